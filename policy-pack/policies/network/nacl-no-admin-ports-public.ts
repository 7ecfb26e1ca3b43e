import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { items, text } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";
import { isWorld } from "../../reading/cidr.ts";

/** Ports by which machines are administered. */
const administration = new Map([
  [22, "SSH"],
  [3389, "remote desktop"],
]);

/** A rule, whether it is a resource or one of a list. */
interface Rule {
  readonly number: number;
  readonly allows: boolean;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidr: string;
}

/** What a rule of a list and one that is a resource have in common: only the names of their number and action differ. */
interface Range {
  readonly cidrBlock?: string | undefined;
  readonly fromPort?: number | undefined;
  readonly ipv6CidrBlock?: string | undefined;
  readonly protocol?: string | undefined;
  readonly toPort?: number | undefined;
}

function ruleOf(number: number | undefined, action: string | undefined, range: Range): Rule {
  return {
    number: number ?? 0,
    allows: text(action).toLowerCase() === "allow",
    protocol: text(range.protocol).toLowerCase(),
    from: range.fromPort ?? 0,
    to: range.toPort ?? 65535,
    cidr: text(range.cidrBlock ?? range.ipv6CidrBlock),
  };
}

function listed(rules: Props<"aws:ec2/networkAcl:NetworkAcl">["ingress"]): readonly Rule[] {
  return items(rules).map((rule) => ruleOf(rule.ruleNo, rule.action, rule));
}

/** TCP, by its number too, and every protocol, for which ports do not count. */
function reaches({ protocol, from, to, cidr }: Rule, port: number): boolean {
  const isEvery = ["", "-1", "all"].includes(protocol);
  const isTcp = ["6", "tcp"].includes(protocol);
  return (isEvery || (isTcp && from <= port && port <= to)) && cidr !== "" && isWorld(cidr);
}

/** The first rule that fits decides, in the order of their numbers, for each kind of address. */
function judge(rules: readonly Rule[]): Findings {
  const ordered = rules.toSorted((a, b) => a.number - b.number);
  return [...administration].flatMap(([port, what]) =>
    ["IPv4", "IPv6"].map((kind) => {
      const first = ordered
        .filter((rule) => rule.cidr.includes(":") === (kind === "IPv6"))
        .find((rule) => reaches(rule, port));
      return (
        first?.allows === true &&
        `rule ${first.number} lets ${first.cidr} in on port ${port} (${what}): deny it by a lower number, or narrow the rule.`
      );
    }),
  );
}

export const naclNoAdminPortsPublic = define({
  name: "nacl-no-admin-ports-public",
  description: "Network ACLs keep the internet away from the ports of administration.",
  severity: "medium",
  controls: { fsbp: ["EC2.21"], cis: ["5.1"], ckv: ["CKV_AWS_232", "CKV_AWS_352"] },
  remediation: "Allow only the ports that are served; the Network component's database tier shows how.",
  checks: {
    "aws:ec2/networkAcl:NetworkAcl": [({ ingress }) => judge(listed(ingress))],
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": [({ ingress }) => judge(listed(ingress))],
    "aws:ec2/networkAclRule:NetworkAclRule": [
      (rule) => rule.egress !== true && judge([ruleOf(rule.ruleNumber, rule.ruleAction, rule)]),
    ],
  },
});
