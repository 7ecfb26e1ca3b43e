import { defineStack } from "../../kernel/define.ts";
import type { Graph } from "../../kernel/graph.ts";
import { list } from "../../kernel/params.ts";
import { isWorld } from "../../reading/cidr.ts";
import { portsOf } from "../../reading/firewall.ts";
import { openingsOf } from "../../reading/security-groups.ts";
import type { Group } from "../../reading/security-groups.ts";
import { tierOf } from "../../reading/tiers.ts";

/** Whether a database or a cache stands behind the group, by its tag or by what uses it. */
function guardsData(
  group: Group,
  graph: Graph,
  params: { readonly tierTags: readonly string[]; readonly dataTiers: readonly string[] },
): boolean {
  const tier = tierOf(group.props.tags, params.tierTags)?.toLowerCase() ?? "";
  if (params.dataTiers.includes(tier)) return true;
  const stores = graph.referrers(group).filter(({ type }) => /^aws:(?:rds|elasticache)\//.test(type));
  return stores.length > 0;
}

export const sgNoUnrestrictedEgress = defineStack({
  name: "sg-no-unrestricted-egress",
  description: "Databases and caches cannot call out to the internet.",
  severity: "medium",
  controls: { ckv: ["CKV_AWS_382"] },
  remediation: "Make the group with openTo: answers need no rule, and a store starts no connections.",
  params: {
    tierTags: list(["Tier"], "Tags that say which tier a group belongs to; the first one found counts."),
    dataTiers: list(["data", "database", "isolated"], "Tiers that hold data, in lower case."),
  },
  checks: {
    "aws:ec2/securityGroup:SecurityGroup": [
      (group, graph, params) => {
        const open = openingsOf(group, graph, "egress").flatMap((opening) =>
          opening.cidrs.filter(isWorld).map((cidr) => ({ opening, cidr })),
        );
        return (
          open.length > 0 &&
          guardsData(group, graph, params) &&
          open.map(
            ({ opening, cidr }) =>
              `${portsOf(opening)} of ${cidr} can be reached from a group of the data tier: take the rule out.`,
          )
        );
      },
    ],
  },
});
