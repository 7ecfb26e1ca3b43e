import { items, text } from "../kernel/read.ts";
import type { Props } from "../kernel/tokens.ts";

/** Traffic that a security group lets through: `from` to `to` is every port where the protocol has none. */
export interface Opening {
  readonly from: number;
  readonly to: number;
  readonly cidrs: readonly string[];
}

interface Ports {
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
}

function opening(
  protocol: string | undefined,
  { fromPort, toPort }: Ports,
  cidrs: readonly (string | undefined)[],
): Opening {
  const every = ["", "-1", "all"].includes(text(protocol).toLowerCase());
  const [from, to] = every ? [0, 65535] : [fromPort ?? 0, toPort ?? 65535];
  return { from, to, cidrs: cidrs.filter((cidr) => typeof cidr === "string") };
}

/** Which way a rule lets traffic through. */
export type Direction = "ingress" | "egress";

/** Rules written inside a group. */
export function inlineOpenings(
  group: Pick<Props<"aws:ec2/securityGroup:SecurityGroup">, Direction>,
  direction: Direction = "ingress",
): readonly Opening[] {
  return items(group[direction]).map((rule) =>
    opening(rule.protocol, rule, [...items(rule.cidrBlocks), ...items(rule.ipv6CidrBlocks)]),
  );
}

/** The older rule resource, which says its direction. */
export function ruleOpenings(
  rule: Props<"aws:ec2/securityGroupRule:SecurityGroupRule">,
  direction: Direction = "ingress",
): readonly Opening[] {
  if (rule.type !== direction) return [];
  return [opening(rule.protocol, rule, [...items(rule.cidrBlocks), ...items(rule.ipv6CidrBlocks)])];
}

/** The newer rule resources: one kind for what comes in, and one of the same form for what goes out. */
export function directedRuleOpenings(
  rule: Props<"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule">,
): readonly Opening[] {
  return [opening(rule.ipProtocol, rule, [rule.cidrIpv4, rule.cidrIpv6])];
}

/** For a sentence: `port 443`, `ports 1024 to 2048`, `every port`. */
export function portsOf({ from, to }: Opening): string {
  if (from === 0 && to === 65535) return "every port";
  return from === to ? `port ${String(from)}` : `ports ${String(from)} to ${String(to)}`;
}
