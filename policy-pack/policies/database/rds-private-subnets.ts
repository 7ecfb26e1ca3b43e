import { defineStack } from "../../kernel/define.ts";
import { waysOut } from "../../reading/routes.ts";

export const rdsPrivateSubnets = defineStack({
  name: "rds-private-subnets",
  description: "Databases live in subnets without a way to the internet or from it.",
  severity: "critical",
  controls: { fsbp: ["RDS.18"] },
  remediation: "Give the subnet group the network's databaseSubnetIds.",
  checks: {
    "aws:rds/subnetGroup:SubnetGroup": [(group, graph) => waysOut(group, graph, "subnetIds")],
  },
});
