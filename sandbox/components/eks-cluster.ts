import type { Properties } from "../model.ts";
import { json, merged } from "./arguments.ts";
import { expandAccess } from "./cluster-access.ts";
import { expandAddons, expandOidcProvider, expandVpcCni } from "./cluster-addons.ts";
import { encryption, hasDefaultNodes, isAutomatic, readCluster } from "./cluster-arguments.ts";
import { autoModeNodeRole, autoModePolicies, clusterModes } from "./cluster-auto-mode.ts";
import { innerSubnets } from "./cluster-core.ts";
import { expandFargate } from "./cluster-fargate.ts";
import { expandNodeIdentity } from "./cluster-nodes.ts";
import { describeCluster, identityOf, nodeGroupOptionsOf } from "./cluster-outputs.ts";
import type { ClusterParts } from "./cluster-parts.ts";
import { expandClusterSecurity } from "./cluster-security.ts";
import { expandTemplateNodes } from "./eks-own-nodes.ts";
import type { TemplateNodes } from "./eks-own-nodes.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { at, child, keyOf, ref } from "./plan.ts";
import type { Child, Expansion, Key } from "./plan.ts";
import { expandServiceRole } from "./service-role.ts";
import type { ServiceRole } from "./service-role.ts";
import { expandStorageClasses } from "./storage-classes.ts";

/** What `eks.Cluster` 4.3 makes: https://www.pulumi.com/registry/packages/eks/api-docs/cluster/ */
export function expandCluster(name: string, given: Properties): Expansion {
  const args = readCluster(given);
  const key: Key = `aws:eks/cluster:Cluster::${name}-eksCluster`;
  const roles = { own: ownRole(name, args), ofNodes: autoModeNodeRole(name, args) };
  const security = expandClusterSecurity(name, key, args);
  const kubernetes: Child = {
    type: "pulumi:providers:kubernetes",
    name: `${name}-eks-k8s`,
    inputs: {
      kubeconfig: json(kubeconfigOf(child(key), identityOf(args))),
      enableConfigMapMutable: args.enableConfigMapMutable,
    },
  };
  const keys = { cluster: key, kubernetes: keyOf(kubernetes) };
  const identity = expandNodeIdentity(name, args);
  const access = expandAccess(name, keys, args, identity);
  const cni = expandVpcCni(name, key, args, { kubernetes: keys.kubernetes, entries: access.granted });
  const parts = { args, cluster: key, roles, security, identity, cni, access, kubernetes: keys.kubernetes };
  const nodes = hasDefaultNodes(args) ? defaultNodes(name, parts) : undefined;
  const mapped = access.configMap === undefined ? [] : [access.configMap];
  const fargate = expandFargate(name, key, args, mapped);
  const oidc = expandOidcProvider(name, key, args);
  const classes = expandStorageClasses(name, keys.kubernetes, args, access.granted);
  const optional = [roles.own, roles.ofNodes, identity, access, security, cni, nodes, fargate];
  return {
    children: [
      clusterOf(name, parts),
      kubernetes,
      ...optional.flatMap((part) => part?.children ?? []),
      ...(oidc === undefined ? [] : [oidc]),
      ...Object.values(classes),
      ...expandAddons(name, key, args, { fargate, nodes: nodes?.group }),
    ],
    outputs: describeCluster({ ...parts, nodes, fargate, oidc, classes }),
    keepsOutputs: true,
  };
}

/** The default node group, unless others run the pods. */
function defaultNodes(name: string, parts: ClusterParts): TemplateNodes {
  const { args, cluster, security, access, cni } = parts;
  const { privateSubnetIds, publicSubnetIds, subnetIds } = args;
  const nodeGroupOptions = nodeGroupOptionsOf(parts);
  return expandTemplateNodes({
    name,
    args: nodeGroupOptions,
    core: {
      cluster: child(cluster),
      vpcId: args.vpcId,
      clusterGroupId: security.clusterGroupId ?? ref(cluster, "vpcConfig.clusterSecurityGroupId"),
      tags: args.tags,
      nodeSecurityGroupTags: args.nodeSecurityGroupTags,
      workerSubnetIds: privateSubnetIds ?? publicSubnetIds ?? innerSubnets(subnetIds),
      nodeGroupOptions,
      joinsAfter: [cni && keyOf(cni.component), access.configMap].filter((key) => key !== undefined),
    },
  });
}

function ownRole(name: string, args: Properties): ServiceRole | undefined {
  if (args.serviceRole !== undefined) return undefined;
  return expandServiceRole({
    name: `${name}-eksRole`,
    service: "eks.amazonaws.com",
    description: "Allows EKS to manage clusters on your behalf.",
    actions: ["sts:AssumeRole", "sts:TagSession"],
    policies: ["AmazonEKSClusterPolicy", ...(isAutomatic(args) ? autoModePolicies : [])],
    tags: args.tags,
  });
}

function clusterOf(name: string, { args, roles, security }: ClusterParts): Child {
  const { authenticationMode, encryptionConfigKeyArn } = args;
  const { own, ofNodes } = roles;
  return {
    type: "aws:eks/cluster:Cluster",
    name: `${name}-eksCluster`,
    inputs: {
      name: args.name,
      roleArn: own === undefined ? at(args.serviceRole, "arn") : ref(keyOf(own.role), "arn"),
      version: args.version,
      enabledClusterLogTypes: args.enabledClusterLogTypes,
      upgradePolicy: args.upgradePolicy,
      deletionProtection: args.deletionProtection,
      bootstrapSelfManagedAddons: isAutomatic(args) ? false : (args.bootstrapSelfManagedAddons ?? true),
      accessConfig:
        authenticationMode === undefined
          ? undefined
          : { authenticationMode, bootstrapClusterCreatorAdminPermissions: true },
      encryptionConfig: encryptionConfigKeyArn === undefined ? undefined : encryption(encryptionConfigKeyArn),
      ...clusterModes(args, ofNodes),
      tags: merged({ Name: `${name}-eksCluster` }, args.clusterTags, args.tags),
      vpcConfig: {
        endpointPrivateAccess: args.endpointPrivateAccess,
        endpointPublicAccess: args.endpointPublicAccess,
        publicAccessCidrs: args.publicAccessCidrs,
        securityGroupIds: security.clusterGroupId === undefined ? undefined : [security.clusterGroupId],
        subnetIds: args.subnetIds,
      },
    },
    dependsOn: [own, ofNodes].flatMap((role) => role?.attachments.map(keyOf) ?? []),
    ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
  };
}
