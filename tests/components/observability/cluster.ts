import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess } from "../../../components/contracts.ts";
import { Namespace } from "../../../components/kubernetes/namespace.ts";
import { helmRelease } from "../../../components/kubernetes/release.ts";
import { network } from "../eks-cluster/cluster.ts";

const name = "groundwork-test";

/** A control plane without nodes, and the two controllers whose custom resources and certificates observability uses. */
export function cluster(provider: aws.Provider): ClusterAccess {
  const kubernetes = new k8s.Provider("kubernetes", {});
  const inside = { provider: kubernetes };
  const space = new Namespace(
    "controllers",
    { name: "controllers", owner: "platform", quota: { pods: 10, cpu: "2", memory: "4Gi" } },
    inside,
  );
  const install = (chart: "cert-manager" | "external-secrets", values: Readonly<Record<string, unknown>>) =>
    helmRelease(chart, { chart, namespace: "controllers", values }, { ...inside, dependsOn: space });

  const placement = network(provider);

  const certificates = install("cert-manager", { crds: { enabled: true } });
  const secrets = install("external-secrets", { installCRDs: true });

  return {
    clusterName: controlPlane(placement.privateSubnetIds, provider).name,
    kubernetes,
    nodeSecurityGroupId: new aws.ec2.SecurityGroup("nodes", { vpcId: placement.vpcId }, { provider }).id,
    foundation: [],
    controllers: { certificates, secrets },
    ready: [certificates, secrets],
    controllerReplicas: 1,
  };
}

/** A control plane without nodes, in these subnets. */
export function controlPlane(subnetIds: pulumi.Output<string[]>, provider: aws.Provider): aws.eks.Cluster {
  const role = new aws.iam.Role(
    "control-plane",
    {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      }),
    },
    { provider },
  );
  return new aws.eks.Cluster("cluster", { name, roleArn: role.arn, vpcConfig: { subnetIds } }, { provider });
}
