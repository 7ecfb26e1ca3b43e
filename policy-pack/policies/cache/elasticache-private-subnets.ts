import { defineStack } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { waysOut } from "../../reading/routes.ts";

/** Without a group of its own a cache goes to the default one, which spreads over every subnet of the default network. */
function judge(group: string | undefined): Findings {
  return (
    (group === undefined || group === "" || group === "default") &&
    `subnetGroupName is ${group ?? "not set"}: name a group of the network's database subnets.`
  );
}

export const elasticachePrivateSubnets = defineStack({
  name: "elasticache-private-subnets",
  description: "Caches live in subnets without a way to the internet or from it.",
  severity: "high",
  controls: { fsbp: ["ElastiCache.7"], ckv: ["CKV_AWS_323"] },
  remediation: "Give the subnet group the network's databaseSubnetIds, and the cache the group.",
  checks: {
    "aws:elasticache/subnetGroup:SubnetGroup": [(group, graph) => waysOut(group, graph, "subnetIds")],
    "aws:elasticache/replicationGroup:ReplicationGroup": [({ props }) => judge(props.subnetGroupName)],
    "aws:elasticache/cluster:Cluster": [
      ({ props }) => props.replicationGroupId === undefined && judge(props.subnetGroupName),
    ],
    "aws:elasticache/serverlessCache:ServerlessCache": [(cache, graph) => waysOut(cache, graph, "subnetIds")],
  },
});
