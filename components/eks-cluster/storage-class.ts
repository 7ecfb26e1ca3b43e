import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Speed and key of the volumes. */
export interface StorageClassArgs {
  readonly keyArn: pulumi.Input<string>;
  readonly iops: number;
  readonly throughputMiBps: number;
}

/**
 * The class of every volume that names none: encrypted gp3, made in the zone where its pod runs, and able to grow. EKS
 * itself brings no default class any more.
 */
export function defaultStorageClass(
  name: string,
  { keyArn, iops, throughputMiBps }: StorageClassArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    name,
    {
      metadata: {
        name: "gp3",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      provisioner: "ebs.csi.aws.com",
      parameters: {
        type: "gp3",
        encrypted: "true",
        kmsKeyId: keyArn,
        iops: String(iops),
        throughput: String(throughputMiBps),
      },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    },
    opts,
  );
}
