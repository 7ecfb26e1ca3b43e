import { define } from "../../kernel/define.ts";

/** The add-on's driver, that of EKS Auto Mode, and the name from before there were drivers, which the first one answers to. */
const blockStorage = ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs"];

export const k8sStorageclassEncrypted = define({
  name: "k8s-storageclass-encrypted",
  description: "Volumes of the cluster are encrypted gp3, in the zone of the pod that asks for them.",
  severity: "high",
  controls: { fsbp: ["EC2.3"], cis: ["2.2.1"] },
  remediation: "Use the storage class that the EksCluster component makes.",
  checks: {
    "kubernetes:storage.k8s.io/v1:StorageClass": [
      (storage) => {
        if (!blockStorage.some((driver) => driver === storage.provisioner)) return undefined;
        const { encrypted, type } = storage.parameters ?? {};
        const mode = storage.volumeBindingMode;
        return [
          encrypted !== "true" && 'parameters.encrypted is not "true": set it.',
          type !== "gp3" && `parameters.type is ${type ?? "not set"}: use gp3.`,
          mode !== "WaitForFirstConsumer" &&
            `volumeBindingMode is ${mode ?? "not set"}: use WaitForFirstConsumer, or volumes are made in a zone without their pod.`,
        ];
      },
    ],
  },
});
