import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { addOns } from "../../versions.ts";
import { describePodNetwork, describeVolumes } from "./permissions/add-ons.ts";
import { PodIdentity } from "./pod-identity.ts";

/** Name of an EKS add-on we install. */
export type AddOnName = keyof typeof addOns;

/** One EKS add-on: its configuration, and the AWS rights of its pods. */
export interface AddOn {
  readonly addOn: AddOnName;
  /** Values of the add-on's own schema (`aws eks describe-addon-configuration`). */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Rights of its pods; absent when they call no AWS API. */
  readonly identity?: {
    readonly serviceAccount: string;
    readonly statements: readonly aws.iam.PolicyStatement[];
  };
}

/**
 * What nodes need to become ready, in place before the first of them starts: without the network add-on a node never becomes
 * ready and its group fails after 25 minutes. Without nodes these add-ons have nothing to wait for.
 */
export const beforeNodes: readonly AddOn[] = [
  {
    addOn: "vpc-cni",
    configuration: { enableNetworkPolicy: "true" },
    identity: { serviceAccount: "aws-node", statements: describePodNetwork() },
  },
  { addOn: "kube-proxy" },
  { addOn: "eks-pod-identity-agent" },
];

/** What runs on nodes and is never active without them. `volumeKeyArn` encrypts the volumes of pods, `volumeTags` say whose they are. */
export function afterNodes(
  volumeKeyArn: pulumi.Input<string>,
  volumeTags: Readonly<Record<string, string>>,
): readonly AddOn[] {
  return [
    { addOn: "coredns", configuration: { autoScaling: { enabled: true } } },
    {
      addOn: "aws-ebs-csi-driver",
      configuration: { controller: { extraVolumeTags: volumeTags } },
      identity: { serviceAccount: "ebs-csi-controller-sa", statements: describeVolumes(volumeKeyArn) },
    },
    { addOn: "metrics-server" },
  ];
}

/** Installs add-ons at their pinned versions, each after the role its pods get. */
export function installAddOns(
  name: string,
  clusterName: string,
  wanted: readonly AddOn[],
  { parent, dependsOn }: { readonly parent: pulumi.Resource; readonly dependsOn: pulumi.Resource[] },
): aws.eks.Addon[] {
  return wanted.map(({ addOn, configuration, identity }) => {
    const role =
      identity === undefined
        ? []
        : [
            new PodIdentity(
              `${name}-${addOn}-identity`,
              { clusterName, namespace: "kube-system", ...identity },
              { parent, dependsOn },
            ),
          ];

    return new aws.eks.Addon(
      `${name}-${addOn}`,
      {
        clusterName,
        addonName: addOn,
        addonVersion: addOns[addOn],
        ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      },
      { parent, dependsOn: [...dependsOn, ...role] },
    );
  });
}
