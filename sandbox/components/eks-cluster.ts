import type { Properties } from "../model.ts";
import { json, merged, shape, shapeOfRecord } from "./arguments.ts";
import { expandAccessEntries } from "./cluster-access.ts";
import { expandAddons, expandOidcProvider, expandVpcCni } from "./cluster-addons.ts";
import { accessOf, encryption, hasDefaultNodes, readCluster } from "./cluster-arguments.ts";
import {
  expandDefaultNodes,
  expandNodeAccess,
  expandNodeIdentity,
  expandStorageClasses,
} from "./cluster-nodes.ts";
import type { NodeIdentity } from "./cluster-nodes.ts";
import { describeCluster } from "./cluster-outputs.ts";
import { expandClusterSecurity } from "./cluster-security.ts";
import type { ClusterSecurity } from "./cluster-security.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { at, keyOf, ref } from "./plan.ts";
import type { Child, Expansion, Key } from "./plan.ts";
import { expandServiceRole } from "./service-role.ts";
import type { ServiceRole } from "./service-role.ts";

/** What `eks.Cluster` 4.3 makes: https://www.pulumi.com/registry/packages/eks/api-docs/cluster/ */
export function expandCluster(name: string, given: Properties): Expansion {
  const args = readCluster(given);
  const key: Key = `aws:eks/cluster:Cluster::${name}-eksCluster`;
  const role = ownRole(name, args);
  const security = ownSecurity(name, key, args);
  const cluster: Child = {
    type: "aws:eks/cluster:Cluster",
    name: `${name}-eksCluster`,
    inputs: clusterInputs(name, args, role, security),
    dependsOn: role?.attachments.map(keyOf) ?? [],
    ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
  };
  const kubernetes: Child = {
    type: "pulumi:providers:kubernetes",
    name: `${name}-eks-k8s`,
    inputs: { kubeconfig: json(kubeconfigOf(key)), enableConfigMapMutable: args.enableConfigMapMutable },
  };
  const identity = hasDefaultNodes(args) ? expandNodeIdentity(name, args) : undefined;
  const access = accessTo(name, key, keyOf(kubernetes), args, identity);
  const entries = access.filter(({ parent }) => parent === undefined).map(keyOf);
  const cni = expandVpcCni(name, key, args, { kubernetes: keyOf(kubernetes), entries });
  const nodes =
    identity &&
    expandDefaultNodes({
      name,
      cluster: key,
      args,
      identity,
      security,
      waitFor: [...(cni === undefined ? [] : [keyOf(cni.component)]), ...entries.filter(isConfigMap)],
    });
  const oidc = expandOidcProvider(name, key, args);
  const optional = [role, security, cni, identity, nodes, oidc && { children: [oidc] }].flatMap(
    (part) => part?.children ?? [],
  );
  const classes = expandStorageClasses(name, keyOf(kubernetes), args, entries);
  return {
    children: [
      cluster,
      kubernetes,
      ...access,
      ...optional,
      ...classes,
      ...expandAddons(name, key, args, nodes?.group),
    ],
    outputs: describeCluster({
      args,
      cluster: key,
      role,
      security,
      kubernetes: keyOf(kubernetes),
      cni,
      oidc,
      identity,
      nodes,
      access,
    }),
    keepsOutputs: true,
  };
}

/** Who may use the cluster: entries, the ConfigMap, or both. The default nodes come first. */
function accessTo(
  name: string,
  cluster: Key,
  kubernetes: Key,
  args: Properties,
  identity: NodeIdentity | undefined,
): readonly Child[] {
  const { entries, configMap } = accessOf(args);
  const nodes = identity && {
    defaultNodeGroupInstanceRole: { principalArn: ref(keyOf(identity.role.role), "arn"), type: "EC2_LINUX" },
  };
  const wanted = { ...nodes, ...shapeOfRecord(args.accessEntries) };
  return [
    ...(entries ? expandAccessEntries(name, cluster, { ...args, accessEntries: wanted }) : []),
    ...(configMap ? [expandNodeAccess(name, kubernetes, args, identity)] : []),
  ];
}

function isConfigMap(key: Key): boolean {
  return key.startsWith("kubernetes:core/v1:ConfigMap::");
}

function ownRole(name: string, args: Properties): ServiceRole | undefined {
  if (args.serviceRole !== undefined) return undefined;
  return expandServiceRole({
    name: `${name}-eksRole`,
    service: "eks.amazonaws.com",
    description: "Allows EKS to manage clusters on your behalf.",
    actions: ["sts:AssumeRole", "sts:TagSession"],
    policies: ["AmazonEKSClusterPolicy"],
    tags: args.tags,
  });
}

function ownSecurity(name: string, cluster: Key, args: Properties): ClusterSecurity | undefined {
  return shape(args.skipDefaultSecurityGroups) === true
    ? undefined
    : expandClusterSecurity(name, cluster, args);
}

function clusterInputs(
  name: string,
  args: Properties,
  role: ServiceRole | undefined,
  security: ClusterSecurity | undefined,
): Properties {
  const { authenticationMode, encryptionConfigKeyArn } = args;
  const network = { serviceIpv4Cidr: args.kubernetesServiceIpAddressRange, ipFamily: "ipv4" };
  return {
    name: args.name,
    roleArn: role === undefined ? at(args.serviceRole, "arn") : ref(keyOf(role.role), "arn"),
    version: args.version,
    enabledClusterLogTypes: args.enabledClusterLogTypes,
    upgradePolicy: args.upgradePolicy,
    deletionProtection: args.deletionProtection,
    bootstrapSelfManagedAddons: args.bootstrapSelfManagedAddons ?? true,
    accessConfig: { authenticationMode, bootstrapClusterCreatorAdminPermissions: true },
    encryptionConfig: encryptionConfigKeyArn === undefined ? undefined : encryption(encryptionConfigKeyArn),
    kubernetesNetworkConfig: args.kubernetesServiceIpAddressRange === undefined ? undefined : network,
    tags: merged({ Name: `${name}-eksCluster` }, args.clusterTags, args.tags),
    vpcConfig: {
      endpointPrivateAccess: args.endpointPrivateAccess,
      endpointPublicAccess: args.endpointPublicAccess,
      publicAccessCidrs: args.publicAccessCidrs,
      securityGroupIds: security && [ref(security.clusterGroup)],
      subnetIds: args.subnetIds,
    },
  };
}
