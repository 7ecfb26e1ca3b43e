import type { Properties } from "../model.ts";
import { json, shapeOfRecord } from "./arguments.ts";
import { encryption } from "./cluster-arguments.ts";
import type { VpcCni } from "./cluster-addons.ts";
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
}

/** What the cluster component tells the program, and keeps in its state. */
export function describeCluster(parts: ClusterParts): Properties {
  const { cluster, security, oidc } = parts;
  const issuer = ref(cluster, "identities[0].oidcs[0].issuer");
  const ofEks = ref(cluster, "vpcConfig.clusterSecurityGroupId");
  return {
    autoModeNodeRoleName: "",
    clusterIngressRuleId: security === undefined ? "" : ref(security.clusterIngress, "securityGroupRuleId"),
    clusterSecurityGroup: security && child(security.clusterGroup),
    clusterSecurityGroupId: security === undefined ? ofEks : ref(security.clusterGroup),
    core: whole(describeCore(parts)),
    defaultNodeGroupAsgName: "",
    eksCluster: child(cluster),
    eksClusterIngressRule: security && child(security.clusterIngress),
    fargateProfileId: "",
    fargateProfileStatus: "",
    instanceRoles: [],
    kubeconfig: kubeconfigOf(cluster),
    kubeconfigJson: json(kubeconfigOf(cluster)),
    nodeSecurityGroup: security && child(security.nodeGroup),
    nodeSecurityGroupId: security === undefined ? ofEks : ref(security.nodeGroup),
    oidcIssuer: derive([issuer], (url) => String(url).replace("https://", "")),
    oidcProviderArn: oidc === undefined ? "" : ref(keyOf(oidc), "arn"),
    oidcProviderUrl: issuer,
  };
}

function describeCore({ args, cluster, role, security, kubernetes, cni, oidc }: ClusterParts): Properties {
  const { encryptionConfigKeyArn } = args;
  return {
    accessEntries: Object.values(shapeOfRecord(args.accessEntries)),
    autoModeNodeRoleName: "",
    cluster: child(cluster),
    clusterIamRole: role === undefined ? args.serviceRole : child(keyOf(role.role)),
    clusterSecurityGroup: security && child(security.clusterGroup),
    encryptionConfig: encryptionConfigKeyArn === undefined ? undefined : encryption(encryptionConfigKeyArn),
    endpoint: ref(cluster, "endpoint"),
    instanceRoles: [],
    kubeconfig: kubeconfigOf(cluster),
    nodeGroupOptions: {
      clusterIngressRule: security && child(security.clusterIngress),
      nodeSecurityGroup: security && child(security.nodeGroup),
      version: args.version,
    },
    nodeSecurityGroupTags: args.nodeSecurityGroupTags,
    oidcProvider: oidc && child(keyOf(oidc)),
    privateSubnetIds: args.privateSubnetIds,
    provider: child(kubernetes),
    publicSubnetIds: args.publicSubnetIds,
    storageClasses: {},
    subnetIds: args.subnetIds,
    tags: args.tags,
    vpcCni: cni && child(keyOf(cni.component)),
    vpcId: args.vpcId,
  };
}
