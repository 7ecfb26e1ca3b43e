import { define } from "../../kernel/define.ts";
import { has, items } from "../../kernel/read.ts";

export const eksSecretsEncrypted = define({
  name: "eks-secrets-encrypted",
  description: "Secrets of the cluster are encrypted with a key of the account.",
  severity: "high",
  controls: { fsbp: ["EKS.3"], "cis-eks": ["5.3.1"], ckv: ["CKV_AWS_58"] },
  remediation: "Use the EksCluster component, which brings the key.",
  checks: {
    "aws:eks/cluster:Cluster": [
      ({ encryptionConfig }) =>
        !items(encryptionConfig?.resources).includes("secrets") &&
        "encryptionConfig.resources does not name secrets: add it.",
      ({ encryptionConfig }) =>
        !has(encryptionConfig?.provider, "keyArn") &&
        "encryptionConfig.provider.keyArn is not set: name a key of the account.",
    ],
  },
});
