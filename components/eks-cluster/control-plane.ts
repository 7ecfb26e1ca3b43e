import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { kubernetesVersion } from "../../versions.ts";
import type { NetworkPlacement } from "../contracts.ts";
import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { describeAccessEntry } from "./access.ts";
import { controlPlaneRole } from "./roles.ts";
import type { EksClusterSettings } from "./settings.ts";

const controlPlaneLogs = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Settings of the cluster, and where it goes. */
export interface ControlPlaneArgs extends EksClusterSettings {
  readonly network: NetworkPlacement;
}

/**
 * The Kubernetes control plane: reached inside the VPC, entered through access entries only, secrets encrypted with a key
 * that rotates, everything it does logged, never in the extended support that costs six times as much.
 */
export class ControlPlane extends pulumi.ComponentResource {
  public readonly cluster: eks.Cluster;
  public readonly arn: pulumi.Output<string>;
  /** EKS's own group of this cluster: control plane, nodes and pods share it. */
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly kubernetes: k8s.Provider;

  public constructor(name: string, args: ControlPlaneArgs, opts: pulumi.ComponentResourceOptions) {
    const { network, ...settings } = args;
    super("platform:index:ControlPlane", name, settings, opts);
    const child = { parent: this };

    const protect = args.deletionProtection;
    const secretsKey = new EncryptionKey(
      `${name}-secrets-key`,
      { description: `Kubernetes secrets of ${args.name}`, protect },
      child,
    );
    const logs = controlPlaneLogGroup(`${name}-logs`, args, child);
    const { accountId } = aws.getCallerIdentityOutput({}, child);
    const { role, attachments } = controlPlaneRole(`${name}-role`, accountId, child);

    this.cluster = new eks.Cluster(
      name,
      {
        name: args.name,
        version: kubernetesVersion,
        upgradePolicy: { supportType: "STANDARD" },
        serviceRole: role,
        vpcId: network.vpcId,
        privateSubnetIds: network.privateSubnetIds,
        // One group for all, EKS's own: with a second one that carries the cluster's tag, load balancers find no group to open.
        skipDefaultSecurityGroups: true,
        authenticationMode: eks.AuthenticationMode.Api,
        accessEntries: Object.fromEntries(
          Object.entries(args.access).map(([key, entry]) => [key, describeAccessEntry(entry)]),
        ),
        endpointPrivateAccess: true,
        endpointPublicAccess: args.endpoint.access === "privateAndPublic",
        ...(args.endpoint.access === "privateAndPublic" && { publicAccessCidrs: args.endpoint.allowedCidrs }),
        encryptionConfigKeyArn: secretsKey.keyArn,
        enabledClusterLogTypes: controlPlaneLogs,
        deletionProtection: args.deletionProtection,
        // Pod Identity needs no OIDC provider, whose certificate would be fetched over the internet in every preview.
        createOidcProvider: false,
        // Nodes and add-ons follow on their own, in an order EKS needs and at versions we pin.
        skipDefaultNodeGroup: true,
        bootstrapSelfManagedAddons: false,
        useDefaultVpcCni: true,
        kubeProxyAddonOptions: { enabled: false },
      },
      // Without the log group EKS makes one of its own, unencrypted and kept for ever.
      { ...child, dependsOn: [logs, ...attachments], transforms: [withoutHiddenAdministrator] },
    );

    this.arn = this.cluster.eksCluster.arn;
    this.securityGroupId = this.cluster.clusterSecurityGroupId;
    const openings = args.endpoint.internalCidrs.map((cidr) =>
      openEndpoint(`${name}-from-${cidr.replace("/", "-")}`, this.securityGroupId, cidr, child),
    );
    this.kubernetes = kubernetesProvider(`${name}-kubernetes`, this.cluster, {
      ...child,
      // On destroy access entries and openings must outlive everything that is deleted through this provider.
      dependsOn: [this.cluster, ...openings],
    });
    this.registerOutputs({ arn: this.arn, securityGroupId: this.securityGroupId });
  }
}

/**
 * AWS would make whoever creates the cluster an administrator, for ever and seen in no settings, and refuse an access entry for
 * the same principal. The component underneath always asks for it.
 */
function withoutHiddenAdministrator({
  type,
  props,
  opts,
}: pulumi.ResourceTransformArgs): pulumi.ResourceTransformResult | undefined {
  if (type !== "aws:eks/cluster:Cluster") return undefined;
  const accessConfig = {
    authenticationMode: eks.AuthenticationMode.Api,
    bootstrapClusterCreatorAdminPermissions: false,
  };
  return { props: { ...props, accessConfig }, opts };
}

function controlPlaneLogGroup(
  name: string,
  args: ControlPlaneArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const key = new EncryptionKey(
    `${name}-key`,
    {
      description: `Control-plane logs of ${args.name}`,
      services: ["logs"],
      protect: args.deletionProtection,
    },
    opts,
  );
  return new aws.cloudwatch.LogGroup(
    name,
    { name: `/aws/eks/${args.name}/cluster`, retentionInDays: args.logRetentionDays, kmsKeyId: key.keyArn },
    opts,
  );
}

/** EKS's own group lets in nothing but its own members: nodes and pods. */
function openEndpoint(
  name: string,
  securityGroupId: pulumi.Output<string>,
  cidrIpv4: string,
  opts: pulumi.CustomResourceOptions,
): aws.vpc.SecurityGroupIngressRule {
  const description = "Kubernetes API from inside the network";
  return new aws.vpc.SecurityGroupIngressRule(
    name,
    { securityGroupId, cidrIpv4, description, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
    opts,
  );
}

function kubernetesProvider(
  name: string,
  cluster: eks.Cluster,
  opts: pulumi.CustomResourceOptions,
): k8s.Provider {
  return new k8s.Provider(
    name,
    {
      kubeconfig: cluster.kubeconfigJson,
      // Without it any change to the cluster would show every object in it as replaced.
      clusterIdentifier: cluster.eksCluster.arn,
      enableServerSideApply: true,
    },
    opts,
  );
}
