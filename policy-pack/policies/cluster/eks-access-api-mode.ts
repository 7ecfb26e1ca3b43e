import { define } from "../../kernel/define.ts";

interface Named {
  readonly metadata?:
    { readonly name?: string | undefined; readonly namespace?: string | undefined } | undefined;
}

function isAwsAuth({ metadata }: Named): string | false {
  return (
    metadata?.name === "aws-auth" &&
    metadata.namespace === "kube-system" &&
    "the ConfigMap aws-auth grants access to the cluster where no access entry shows it: make access entries."
  );
}

export const eksAccessApiMode = define({
  name: "eks-access-api-mode",
  description: "Access to the cluster is given by access entries, and to nobody by having created it.",
  severity: "high",
  controls: { "cis-eks": ["5.5.1"] },
  remediation: "Name everybody under the cluster's access; the EksCluster component makes the entries.",
  checks: {
    "aws:eks/cluster:Cluster": [
      ({ accessConfig }) =>
        accessConfig?.authenticationMode !== "API" &&
        `accessConfig.authenticationMode is ${accessConfig?.authenticationMode ?? "not set, and AWS's default is CONFIG_MAP"}: set API.`,
      ({ accessConfig }) =>
        accessConfig?.bootstrapClusterCreatorAdminPermissions !== false &&
        "accessConfig.bootstrapClusterCreatorAdminPermissions is not false: set it to false, since AWS's default makes whoever deploys an administrator that no entry names.",
    ],
    "kubernetes:core/v1:ConfigMap": [isAwsAuth],
    "kubernetes:core/v1:ConfigMapPatch": [isAwsAuth],
  },
});
