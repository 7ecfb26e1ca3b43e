import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";

export const eksSupportedVersion = define({
  name: "eks-supported-version",
  description: "Cluster and nodes run a version of Kubernetes that is named and in standard support.",
  severity: "high",
  controls: { fsbp: ["EKS.2"], ckv: ["CKV_AWS_339"] },
  remediation: "Upgrade the cluster one minor version at a time, then its node groups, which follow it.",
  params: {
    versions: list(
      ["1.34", "1.35"],
      "Versions in standard support (EKS User Guide, Kubernetes versions). Nodes may be behind only as far as the list reaches.",
    ),
  },
  checks: {
    "aws:eks/cluster:Cluster": [
      ({ version }, { params: { versions } }) => {
        if (version === undefined) return "version is not set, so AWS picks one: pin it.";
        return (
          !versions.includes(version) &&
          `version is ${version}: move to one in standard support, ${versions.join(" or ")}.`
        );
      },
      ({ upgradePolicy }) =>
        upgradePolicy?.supportType !== "STANDARD" &&
        `upgradePolicy.supportType is ${upgradePolicy?.supportType ?? "not set, and AWS's default is EXTENDED"}: set STANDARD, since extended support costs six times as much.`,
    ],
    "aws:eks/nodeGroup:NodeGroup": [
      ({ amiType, version }, { params: { versions } }) => {
        if (amiType === "CUSTOM") return undefined;
        if (version === undefined)
          return "version is not set, so nodes stay behind when the cluster moves: pin it to the cluster's.";
        return (
          !versions.includes(version) &&
          `version is ${version}: move to one in standard support, ${versions.join(" or ")}.`
        );
      },
    ],
  },
});
