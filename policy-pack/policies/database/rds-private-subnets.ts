import { defineStack } from "../../kernel/define.ts";
import { Undecided } from "../../kernel/findings.ts";
import { certainExits } from "../../reading/routes.ts";

export const rdsPrivateSubnets = defineStack({
  name: "rds-private-subnets",
  description: "Databases live in subnets without a way to the internet or from it.",
  severity: "critical",
  controls: { fsbp: ["RDS.18"] },
  remediation: "Give the subnet group the network's databaseSubnetIds.",
  checks: {
    "aws:rds/subnetGroup:SubnetGroup": [
      (group, graph) => {
        const { nodes, exact } = graph.targets(group, "subnetIds", "aws:ec2/subnet:Subnet");
        const findings = nodes.flatMap((subnet) =>
          certainExits(subnet, graph, ["an internet gateway", "a NAT gateway"]).map(
            (exit) => `subnet ${subnet.name} has a route to ${exit}: use the network's database subnets.`,
          ),
        );
        if (findings.length > 0 && !exact) throw new Undecided("subnetIds");
        return findings;
      },
    ],
  },
});
