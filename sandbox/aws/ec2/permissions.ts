import type { Properties } from "../../model.ts";
import { list, text } from "../../values.ts";

/** One rule as EC2 keeps it: one protocol, one range of ports, one peer. */
export interface Permission {
  readonly direction: "ingress" | "egress";
  /** What EC2 calls it when it complains. */
  readonly text: string;
  /** The peer, where that is a security group. */
  readonly group: string | undefined;
  /** True for TCP or UDP without ports, which EC2 does not take. */
  readonly lacksPorts: boolean;
}

const protocols: Readonly<Record<string, string>> = {
  "-1": "ALL",
  all: "ALL",
  "6": "TCP",
  "17": "UDP",
  "1": "ICMP",
};

function directionOf(token: string, type: unknown): Permission["direction"] {
  return token.includes("Egress") || type === "egress" ? "egress" : "ingress";
}

function groupOf(properties: Properties): string | undefined {
  const { securityGroupId, self, sourceSecurityGroupId, referencedSecurityGroupId } = properties;
  return text(self === true ? securityGroupId : (sourceSecurityGroupId ?? referencedSecurityGroupId));
}

function peersOf(properties: Properties): readonly string[] {
  const { cidrIpv4, cidrIpv6, prefixListId, cidrBlocks, ipv6CidrBlocks, prefixListIds } = properties;
  const several = [cidrBlocks, ipv6CidrBlocks, prefixListIds].flatMap(list);
  return [cidrIpv4, cidrIpv6, prefixListId, groupOf(properties), ...several].flatMap(
    (peer) => text(peer) ?? [],
  );
}

/** What a rule resource of any of the three types comes down to. */
export function permissionsOf(token: string, properties: Properties): readonly Permission[] {
  const given = (text(properties.ipProtocol ?? properties.protocol) ?? "-1").toLowerCase();
  const protocol = protocols[given] ?? given.toUpperCase();
  const { fromPort, toPort } = properties;
  const isAll = protocol === "ALL";
  const ports = isAll ? "" : `, from port: ${String(fromPort)}, to port: ${String(toPort)}`;
  const group = groupOf(properties);
  return peersOf(properties).map((peer) => ({
    direction: directionOf(token, properties.type),
    text: `peer: ${peer}, ${protocol}${ports}`,
    group: peer === group ? group : undefined,
    lacksPorts: ["TCP", "UDP"].includes(protocol) && (fromPort === undefined || toPort === undefined),
  }));
}
