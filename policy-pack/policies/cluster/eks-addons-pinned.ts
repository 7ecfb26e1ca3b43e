import { parse } from "yaml";

import { defineStack } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { has, property, text } from "../../kernel/read.ts";
import { partners } from "../../reading/relations.ts";

/** Whether the CNI enforces NetworkPolicies, which it does not by itself (EKS User Guide, "Limit Pod traffic"). JSON is YAML too. */
function enforcesPolicies(configuration: string | undefined): boolean {
  return String(property(parse(text(configuration)), "enableNetworkPolicy")) === "true";
}

export const eksAddonsPinned = defineStack({
  name: "eks-addons-pinned",
  description: "The cluster's own parts are add-ons of a named version, and the network keeps its policies.",
  severity: "medium",
  controls: { "cis-eks": ["4.3.1", "5.4.4"] },
  remediation: "Use the EksCluster component, which brings the add-ons with the versions in versions.ts.",
  params: {
    required: list(
      ["vpc-cni", "coredns", "kube-proxy", "aws-ebs-csi-driver", "eks-pod-identity-agent"],
      "Add-ons that a cluster must have, unless it is in Auto Mode, which has them built in.",
    ),
  },
  checks: {
    "aws:eks/cluster:Cluster": [
      (cluster, graph, { required }) => {
        if (cluster.props.computeConfig?.enabled === true) return undefined;
        const addons = partners(cluster, graph, ["aws:eks/addon:Addon"], "clusterName");
        const present = addons.map(({ props }) => props.addonName);
        return required
          .filter((name) => !present.includes(name))
          .map((name) => `the add-on ${name} is missing: add it, with its version.`);
      },
    ],
    "aws:eks/addon:Addon": [
      ({ props }) =>
        !has(props, "addonVersion") && "addonVersion is not set, so AWS picks one: pin the version.",
      ({ props: { addonName, configurationValues } }) =>
        addonName === "vpc-cni" &&
        !enforcesPolicies(configurationValues) &&
        "configurationValues does not set enableNetworkPolicy to true: without it no NetworkPolicy is enforced.",
    ],
  },
});
