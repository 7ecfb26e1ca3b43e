import { stringify } from "yaml";
import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { notSimulated, shapeOfList, shapeOfText } from "./arguments.ts";
import type { ClusterSecurity } from "./cluster-security.ts";
import { keyPairOf, machineOf } from "./node-machines.ts";
import { ask, at, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";
import { expandServiceRole } from "./service-role.ts";
import type { ServiceRole } from "./service-role.ts";

/** What the component starts nodes on where the program does not say. */
const usualInstanceType = "t3.medium";

/** Who the nodes are: the role of their machines, and the profile that gives it to them. */
export interface NodeIdentity {
  readonly children: readonly Child[];
  readonly role: ServiceRole;
  readonly profile: Key;
}

/** The role that the component makes for nodes: https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
export function expandNodeIdentity(name: string, args: Properties): NodeIdentity {
  const role = expandServiceRole({
    name: `${name}-instanceRole`,
    service: "ec2.amazonaws.com",
    actions: ["sts:AssumeRole"],
    policies: ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"],
    tags: args.tags,
  });
  const profile: Child = {
    type: "aws:iam/instanceProfile:InstanceProfile",
    name: `${name}-instanceProfile`,
    inputs: { role: child(keyOf(role.role)) },
    dependsOn: role.attachments.map(keyOf),
  };
  return { children: [...role.children, profile], role, profile: keyOf(profile) };
}

/** What the default nodes are made from. */
export interface NodesRequest {
  readonly name: string;
  readonly cluster: Key;
  readonly args: Properties;
  readonly identity: NodeIdentity;
  readonly security: ClusterSecurity | undefined;
  /** What must be there before a node can join. */
  readonly waitFor: readonly Key[];
}

/** The default node group: a launch template and an Auto Scaling group of the program's own account. */
export interface DefaultNodes {
  readonly children: readonly Child[];
  readonly group: Key;
}

/** Makes the default node group as the component does where nobody says `skipDefaultNodeGroup`. */
export function expandDefaultNodes(request: NodesRequest): DefaultNodes {
  const { name, cluster, args, waitFor } = request;
  const template: Child = {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: `${name}-launchTemplate`,
    inputs: templateInputs(request),
  };
  const clusterName = ref(cluster, "name");
  const tag = (key: unknown, value: unknown): Properties => ({ key, value, propagateAtLaunch: true });
  const group: Child = {
    type: "aws:autoscaling/group:Group",
    name,
    inputs: {
      minSize: args.minSize ?? 1,
      maxSize: args.maxSize ?? 2,
      desiredCapacity: args.desiredCapacity ?? 2,
      launchTemplate: {
        name: ref(keyOf(template), "name"),
        version: derive([ref(keyOf(template), "latestVersion")], String),
      },
      vpcZoneIdentifiers: workerSubnets(args),
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 50 } },
      tags: [
        tag(
          derive([clusterName], (known) => `kubernetes.io/cluster/${String(known)}`),
          "owned",
        ),
        tag(
          "Name",
          derive([clusterName], (known) => `${String(known)}-worker`),
        ),
      ],
    },
    dependsOn: waitFor,
  };
  const keyPair = keyPairOf(name, args);
  return {
    children: [...(keyPair === undefined ? [] : [keyPair]), template, group],
    group: keyOf(group),
  };
}

function templateInputs({ name, cluster, args, identity, security }: NodesRequest): Properties {
  if (security === undefined)
    throw notSimulated("eks:index:Cluster", "the default node group without the default security groups");
  const instanceType = args.instanceType ?? usualInstanceType;
  const imageId = args.nodeAmiId ?? recommendedImage(args.version ?? ref(cluster, "version"), instanceType);
  return {
    imageId,
    instanceType,
    ...machineOf(name, args, imageId),
    iamInstanceProfile: { name: ref(identity.profile, "name") },
    networkInterfaces: [
      {
        associatePublicIpAddress: derive([args.nodeAssociatePublicIpAddress], (open) =>
          String(open !== false),
        ),
        // The nodes would not reach the control plane before it admits them.
        securityGroups: derive([ref(security.nodeGroup), ref(security.clusterIngress)], (group) => [group]),
      },
    ],
    userData: userDataOf(cluster),
  };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html */
function recommendedImage(version: unknown, instanceType: unknown): unknown {
  const name = derive([version, instanceType], (kubernetes, machine) => {
    const architecture = /^[a-z]+\d+g/.test(String(machine)) ? "arm64" : "x86_64";
    return `/aws/service/eks/optimized-ami/${String(kubernetes)}/amazon-linux-2023/${architecture}/standard/recommended/image_id`;
  });
  return at(ask("aws:ssm/getParameter:getParameter", { name }), "value");
}

/** How Amazon Linux 2023 is told its cluster: https://awslabs.github.io/amazon-eks-ami/nodeadm/ */
function userDataOf(cluster: Key): unknown {
  const about = {
    name: ref(cluster, "name"),
    apiServerEndpoint: ref(cluster, "endpoint"),
    certificateAuthority: ref(cluster, "certificateAuthority.data"),
    cidr: ref(cluster, "kubernetesNetworkConfig.serviceIpv4Cidr"),
  };
  return derive([about], (known) => {
    const node = { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: { cluster: known } };
    const text = [
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="//"',
      "",
      "--//",
      "Content-Type: application/node.eks.aws",
      "",
      `---\n${stringify(node)}`,
      "--//--",
      "",
    ].join("\n");
    return Buffer.from(text).toString("base64");
  });
}

/**
 * Private subnets, if there are any. The real component looks for a route to an internet gateway where the program does not say which
 * are private; here a subnet is public where it gives addresses at launch.
 */
function workerSubnets(args: Properties): unknown {
  const { nodeSubnetIds, privateSubnetIds, publicSubnetIds, subnetIds } = args;
  const given = nodeSubnetIds ?? privateSubnetIds ?? publicSubnetIds;
  if (given !== undefined) return given;
  const filters = [
    { name: "subnet-id", values: subnetIds },
    { name: "map-public-ip-on-launch", values: ["false"] },
  ];
  const inner = at(ask("aws:ec2/getSubnets:getSubnets", { filters }), "ids");
  return derive([subnetIds, inner], (all, hidden) => (list(hidden).length === 0 ? all : hidden));
}

/** Lets nodes, roles and users in by the ConfigMap that EKS reads: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
export function expandNodeAccess(
  name: string,
  kubernetes: Key,
  args: Properties,
  identity: NodeIdentity | undefined,
): Child {
  const given = (shapeOfList(args.instanceRoles) ?? []).map((role) => at(role, "arn"));
  const arns = identity === undefined ? given : [ref(keyOf(identity.role.role), "arn")];
  const own = arns.map((roleArn) => ({ roleArn, ...nodeUser }));
  const roles = derive([own, args.roleMappings ?? []], (nodes, more) =>
    mappings([nodes, more].flatMap(list), "rolearn", "roleArn"),
  );
  const users =
    args.userMappings === undefined
      ? undefined
      : derive([args.userMappings], (known) => mappings(list(known), "userarn", "userArn"));
  return {
    type: "kubernetes:core/v1:ConfigMap",
    name: `${name}-nodeAccess`,
    inputs: {
      apiVersion: "v1",
      kind: "ConfigMap",
      immutable: false,
      metadata: {
        name: "aws-auth",
        namespace: "kube-system",
        annotations: { "pulumi.com/patchForce": "true" },
      },
      data: { mapRoles: roles, mapUsers: users },
    },
    providers: { kubernetes },
  };
}

const nodeUser = {
  username: "system:node:{{EC2PrivateDNSName}}",
  groups: ["system:bootstrappers", "system:nodes"],
};

function mappings(given: readonly unknown[], key: string, argument: string): string {
  return stringify(
    given.filter(isRecord).map(({ [argument]: arn, username, groups }) => ({ [key]: arn, username, groups })),
  );
}

/** Classes of volumes that the program asks for, by name or with their parameters. */
export function expandStorageClasses(
  name: string,
  kubernetes: Key,
  args: Properties,
  waitFor: readonly Key[],
): readonly Child[] {
  if (args.storageClasses === undefined) return [];
  const type = shapeOfText(args.storageClasses);
  if (type === undefined)
    throw notSimulated("eks:index:Cluster", "'storageClasses' other than one volume type");
  return [
    {
      type: "kubernetes:storage.k8s.io/v1:StorageClass",
      name: `${name.toLowerCase()}-${type}`,
      inputs: {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: "kubernetes.io/aws-ebs",
        parameters: { type },
      },
      dependsOn: waitFor,
      providers: { kubernetes },
    },
  ];
}
