import type { Properties } from "../model.ts";
import { json, shapeOfRecord } from "./arguments.ts";
import { encryption } from "./cluster-arguments.ts";
import type { VpcCni } from "./cluster-addons.ts";
import type { DefaultNodes, NodeIdentity } from "./cluster-nodes.ts";
import type { ClusterSecurity } from "./cluster-security.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { child, derive, keyOf, ref, whole } from "./plan.ts";
import type { Child, Key } from "./plan.ts";
import type { ServiceRole } from "./service-role.ts";

interface ClusterParts {
  readonly args: Properties;
  readonly cluster: Key;
  /** Absent where the program brings the role. */
  readonly role: ServiceRole | undefined;
  readonly security: ClusterSecurity | undefined;
  readonly kubernetes: Key;
  readonly cni: VpcCni | undefined;
  readonly oidc: Child | undefined;
  /** Absent, as the nodes, where the program wants none. */
  readonly identity: NodeIdentity | undefined;
  readonly nodes: DefaultNodes | undefined;
  /** Who may use the cluster. */
  readonly access: readonly Child[];
}

/** What the cluster component tells the program, and keeps in its state. */
export function describeCluster(parts: ClusterParts): Properties {
  const { cluster, oidc } = parts;
  const issuer = ref(cluster, "identities[0].oidcs[0].issuer");
  return {
    ...describeSecurity(parts),
    ...describeNodes(parts),
    autoModeNodeRoleName: "",
    core: whole(describeCore(parts)),
    eksCluster: child(cluster),
    fargateProfileId: "",
    fargateProfileStatus: "",
    kubeconfig: kubeconfigOf(cluster),
    kubeconfigJson: json(kubeconfigOf(cluster)),
    oidcIssuer: derive([issuer], (url) => String(url).replace("https://", "")),
    oidcProviderArn: oidc === undefined ? "" : ref(keyOf(oidc), "arn"),
    oidcProviderUrl: issuer,
  };
}

function describeSecurity({ cluster, security }: ClusterParts): Properties {
  const ofEks = ref(cluster, "vpcConfig.clusterSecurityGroupId");
  if (security === undefined)
    return { clusterIngressRuleId: "", clusterSecurityGroupId: ofEks, nodeSecurityGroupId: ofEks };
  const { clusterGroup, clusterIngress, nodeGroup } = security;
  return {
    clusterIngressRuleId: ref(clusterIngress, "securityGroupRuleId"),
    clusterSecurityGroup: child(clusterGroup),
    clusterSecurityGroupId: ref(clusterGroup),
    eksClusterIngressRule: child(clusterIngress),
    nodeSecurityGroup: child(nodeGroup),
    nodeSecurityGroupId: ref(nodeGroup),
  };
}

function describeNodes(parts: ClusterParts): Properties {
  const { nodes, security } = parts;
  const instanceRoles = rolesOf(parts);
  if (nodes === undefined || security === undefined) return { defaultNodeGroupAsgName: "", instanceRoles };
  return {
    defaultNodeGroup: {
      autoScalingGroup: child(nodes.group),
      nodeSecurityGroup: child(security.nodeGroup),
      nodeSecurityGroupId: ref(security.nodeGroup),
    },
    defaultNodeGroupAsgName: ref(nodes.group, "name"),
    instanceRoles,
  };
}

function rolesOf({ args, identity }: ClusterParts): unknown {
  return identity === undefined ? (args.instanceRoles ?? []) : [child(keyOf(identity.role.role))];
}

function describeCore(parts: ClusterParts): Properties {
  const { args, cluster, role, kubernetes, cni, oidc, identity, access } = parts;
  const { clusterGroup, clusterIngress, nodeGroup }: Partial<ClusterSecurity> = parts.security ?? {};
  const { encryptionConfigKeyArn: key } = args;
  return {
    accessEntries: Object.values(shapeOfRecord(args.accessEntries)),
    autoModeNodeRoleName: "",
    cluster: child(cluster),
    clusterIamRole: optional(role, keyOfRole) ?? args.serviceRole,
    clusterSecurityGroup: optional(clusterGroup, itself),
    encryptionConfig: key === undefined ? undefined : encryption(key),
    eksNodeAccess: optional(access.find(isConfigMap), keyOf),
    endpoint: ref(cluster, "endpoint"),
    instanceRoles: rolesOf(parts),
    kubeconfig: kubeconfigOf(cluster),
    nodeGroupOptions: {
      clusterIngressRule: optional(clusterIngress, itself),
      instanceProfile: optional(identity, ({ profile }) => profile),
      nodeSecurityGroup: optional(nodeGroup, itself),
      version: args.version,
    },
    nodeSecurityGroupTags: args.nodeSecurityGroupTags,
    oidcProvider: optional(oidc, keyOf),
    privateSubnetIds: args.privateSubnetIds,
    provider: child(kubernetes),
    publicSubnetIds: args.publicSubnetIds,
    storageClasses: {},
    subnetIds: args.subnetIds,
    tags: args.tags,
    vpcCni: optional(cni, ({ component }) => keyOf(component)),
    vpcId: args.vpcId,
  };
}

const isConfigMap = ({ type }: Child): boolean => type === "kubernetes:core/v1:ConfigMap";

const keyOfRole = ({ role }: ServiceRole): Key => keyOf(role);

/** What a part is known by, where there is one. */
function optional<Part>(part: Part | undefined, keyOfPart: (part: Part) => Key): unknown {
  return part === undefined ? undefined : child(keyOfPart(part));
}

const itself = (key: Key): Key => key;
