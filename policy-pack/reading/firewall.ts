import type { Props } from "../kernel/tokens.ts";

/** Traffic that a security group lets in: `from` to `to` is every port where the protocol has none. */
export interface Opening {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidrs: readonly string[];
}

interface Ports {
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
}

function opening(
  protocol: string,
  { fromPort, toPort }: Ports,
  cidrs: readonly (string | undefined)[],
): Opening {
  const every = ["-1", "all"].includes(protocol.toLowerCase());
  const [from, to] = every ? [0, 65535] : [fromPort ?? 0, toPort ?? 65535];
  return { protocol, from, to, cidrs: cidrs.filter((cidr) => cidr !== undefined) };
}

/** Rules written inside a group. */
export function inlineOpenings({
  ingress,
}: Pick<Props<"aws:ec2/securityGroup:SecurityGroup">, "ingress">): readonly Opening[] {
  return (ingress ?? []).map((rule) =>
    opening(rule.protocol, rule, [...(rule.cidrBlocks ?? []), ...(rule.ipv6CidrBlocks ?? [])]),
  );
}

/** The older rule resource, which has a direction. */
export function ruleOpenings(rule: Props<"aws:ec2/securityGroupRule:SecurityGroupRule">): readonly Opening[] {
  if (rule.type !== "ingress") return [];
  return [opening(rule.protocol ?? "-1", rule, [...(rule.cidrBlocks ?? []), ...(rule.ipv6CidrBlocks ?? [])])];
}

/** The newer rule resource, which is for traffic coming in only. */
export function ingressRuleOpenings(
  rule: Props<"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule">,
): readonly Opening[] {
  return [opening(rule.ipProtocol ?? "-1", rule, [rule.cidrIpv4, rule.cidrIpv6])];
}

/** For a sentence: `port 443`, `ports 1024 to 2048`, `every port`. */
export function portsOf({ from, to }: Opening): string {
  if (from === 0 && to === 65535) return "every port";
  return from === to ? `port ${String(from)}` : `ports ${String(from)} to ${String(to)}`;
}
