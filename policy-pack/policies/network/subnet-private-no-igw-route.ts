import { defineStack } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { certainExits } from "../../reading/routes.ts";
import type { Exit } from "../../reading/routes.ts";
import { tierOf } from "../../reading/tiers.ts";

/** What a tier's tag promises, by its value. */
const forbidden: Readonly<Record<string, readonly Exit[]>> = {
  private: ["an internet gateway"],
  isolated: ["an internet gateway", "a NAT gateway"],
  database: ["an internet gateway", "a NAT gateway"],
};

export const subnetPrivateNoIgwRoute = defineStack({
  name: "subnet-private-no-igw-route",
  description:
    "Subnets that are called private have no route to an internet gateway, and those of databases none to a NAT either.",
  severity: "critical",
  controls: { "cis-eks": ["5.4.3"], ckv: ["CKV2_AWS_35"] },
  remediation: "Use the Network component, whose tiers have route tables of their own.",
  params: {
    tierTags: list(
      ["Tier", "SubnetType"],
      "Tags that say which tier a subnet belongs to; the first one found counts.",
    ),
  },
  checks: {
    "aws:ec2/subnet:Subnet": [
      (subnet, graph, { tierTags }) => {
        const tier = tierOf(subnet.props.tags, tierTags);
        return certainExits(subnet, graph, forbidden[tier?.toLowerCase() ?? ""] ?? []).map(
          (exit) =>
            `the subnet's tier is ${tier ?? "unknown"}, yet it has a route to ${exit}: take the route out of its table.`,
        );
      },
    ],
  },
});
