import type { Properties } from "../model.ts";
import { json, shapeOfRecord } from "./arguments.ts";
import { encryption, nodeOptionsOf } from "./cluster-arguments.ts";
import type { ClusterFargate } from "./cluster-fargate.ts";
import type { ClusterParts } from "./cluster-parts.ts";
import type { TemplateNodes } from "./eks-own-nodes.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import type { Identity } from "./kubeconfig.ts";
import { at, child, derive, keyOf, ref, whole } from "./plan.ts";
import type { Child, Key } from "./plan.ts";
import type { ServiceRole } from "./service-role.ts";
import type { StorageClasses } from "./storage-classes.ts";

interface DescribedParts extends ClusterParts {
  readonly oidc: Child | undefined;
  /** The default nodes. Absent where the program wants none. */
  readonly nodes: TemplateNodes | undefined;
  readonly fargate: ClusterFargate | undefined;
  readonly classes: StorageClasses;
}

/** What the cluster component tells the program, and keeps in its state. */
export function describeCluster(parts: DescribedParts): Properties {
  const { args, cluster, fargate, identity, oidc } = parts;
  const issuer = ref(cluster, "identities[0].oidcs[0].issuer");
  const kubeconfig = kubeconfigOf(child(cluster), { roleArn: identityOf(args).roleArn });
  return {
    ...describeSecurity(parts),
    ...describeNodes(parts),
    autoModeNodeRoleName: nodeRoleName(parts),
    core: whole(describeCore(parts, kubeconfig)),
    eksCluster: child(cluster),
    fargateProfileId: fargate === undefined ? "" : ref(fargate.profile),
    fargateProfileStatus: fargate === undefined ? "" : ref(fargate.profile, "status"),
    instanceRoles: identity.roles,
    kubeconfig,
    kubeconfigJson: json(kubeconfig),
    oidcIssuer: derive([issuer], (url) => String(url).replace("https://", "")),
    oidcProviderArn: oidc === undefined ? "" : ref(keyOf(oidc), "arn"),
    oidcProviderUrl: issuer,
  };
}

/** As whom the program reaches the cluster, where it says so. */
export function identityOf({ creationRoleProvider, providerCredentialOpts }: Properties): Identity {
  if (creationRoleProvider !== undefined) return { roleArn: at(creationRoleProvider, "role.arn") };
  if (providerCredentialOpts === undefined) return {};
  return {
    roleArn: at(providerCredentialOpts, "roleArn"),
    profileName: at(providerCredentialOpts, "profileName"),
  };
}

/** What node groups find of the cluster's own: its settings for nodes, and the profile and groups that it made for them. */
export function nodeGroupOptionsOf({ args, identity, security }: ClusterParts): Properties {
  const { profile } = identity;
  const { nodes } = security;
  return {
    ...nodeOptionsOf(args),
    ...(profile === undefined ? {} : { instanceProfile: child(profile) }),
    ...(nodes === undefined
      ? {}
      : { nodeSecurityGroup: child(nodes.group), clusterIngressRule: child(nodes.clusterIngress) }),
  };
}

function nodeRoleName({ roles }: ClusterParts): unknown {
  return roles.ofNodes === undefined ? "" : ref(keyOf(roles.ofNodes.role), "name");
}

function describeSecurity({ cluster, security }: ClusterParts): Properties {
  const ofEks = ref(cluster, "vpcConfig.clusterSecurityGroupId");
  const { clusterGroup, clusterGroupId = ofEks, nodes } = security;
  const made = { clusterSecurityGroup: clusterGroup, clusterSecurityGroupId: clusterGroupId };
  if (nodes === undefined) return { ...made, clusterIngressRuleId: "", nodeSecurityGroupId: ofEks };
  const { group, clusterIngress } = nodes;
  return {
    ...made,
    clusterIngressRuleId: ref(clusterIngress, "securityGroupRuleId"),
    eksClusterIngressRule: child(clusterIngress),
    nodeSecurityGroup: child(group),
    nodeSecurityGroupId: ref(group),
  };
}

function describeNodes({ nodes }: DescribedParts): Properties {
  if (nodes === undefined) return { defaultNodeGroupAsgName: "" };
  return {
    defaultNodeGroup: { autoScalingGroup: child(nodes.group), ...nodes.nodes.outputs },
    defaultNodeGroupAsgName: ref(nodes.group, "name"),
  };
}

function describeCore(parts: DescribedParts, kubeconfig: unknown): Properties {
  const { args, cluster, roles, kubernetes, cni, oidc, identity, security, access, fargate } = parts;
  const { encryptionConfigKeyArn: key } = args;
  return {
    accessEntries: Object.values(shapeOfRecord(args.accessEntries)),
    autoModeNodeRoleName: nodeRoleName(parts),
    cluster: child(cluster),
    clusterIamRole: optional(roles.own, keyOfRole) ?? args.serviceRole,
    clusterSecurityGroup: security.clusterGroup,
    encryptionConfig: key === undefined ? undefined : encryption(key),
    eksNodeAccess: optional(access.configMap, itself),
    endpoint: ref(cluster, "endpoint"),
    fargateProfile: optional(fargate, ({ profile }) => profile),
    instanceRoles: identity.roles,
    kubeconfig,
    nodeGroupOptions: nodeGroupOptionsOf(parts),
    nodeSecurityGroupTags: args.nodeSecurityGroupTags,
    oidcProvider: optional(oidc, keyOf),
    privateSubnetIds: args.privateSubnetIds,
    provider: child(kubernetes),
    publicSubnetIds: args.publicSubnetIds,
    storageClasses: Object.fromEntries(
      Object.entries(parts.classes).map(([name, made]) => [name, child(keyOf(made))]),
    ),
    subnetIds: args.subnetIds,
    tags: args.tags,
    vpcCni: optional(cni, ({ component }) => keyOf(component)),
    vpcId: args.vpcId,
  };
}

const keyOfRole = ({ role }: ServiceRole): Key => keyOf(role);

/** What a part is known by, where there is one. */
function optional<Part>(part: Part | undefined, keyOfPart: (part: Part) => Key): unknown {
  return part === undefined ? undefined : child(keyOfPart(part));
}

const itself = (key: Key): Key => key;
