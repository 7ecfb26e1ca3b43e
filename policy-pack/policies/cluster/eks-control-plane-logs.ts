import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";

export const eksControlPlaneLogs = define({
  name: "eks-control-plane-logs",
  description: "The cluster's control plane writes the logs that say who did what.",
  severity: "medium",
  controls: { fsbp: ["EKS.8"], "cis-eks": ["2.1.1"], ckv: ["CKV_AWS_37"] },
  remediation: "Use the EksCluster component, which turns all of them on and keeps them logRetentionDays.",
  params: {
    types: list(
      ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      "Logs that the control plane must write; AWS writes none by itself.",
    ),
  },
  checks: {
    "aws:eks/cluster:Cluster": [
      ({ enabledClusterLogTypes }, { params }) => {
        const missing = params.types.filter((type) => !items(enabledClusterLogTypes).includes(type));
        return (
          missing.length > 0 && `enabledClusterLogTypes lacks ${missing.join(", ")}: add what is missing.`
        );
      },
    ],
  },
});
