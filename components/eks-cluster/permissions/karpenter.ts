import type { iam } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What Karpenter's role must name. */
export interface KarpenterScope {
  readonly clusterName: string;
  readonly region: pulumi.Input<string>;
  readonly accountId: pulumi.Input<string>;
  readonly nodeRoleArn: pulumi.Input<string>;
  readonly queueArn: pulumi.Input<string>;
}

type Statement = iam.PolicyStatement;

/** Karpenter puts these on everything it makes; what does not carry them it may not touch. */
const ownedBy = (clusterName: string): string => `kubernetes.io/cluster/${clusterName}`;
const ofPool = { "aws:ResourceTag/karpenter.sh/nodepool": "*" };
const forPool = { "aws:RequestTag/karpenter.sh/nodepool": "*" };

const launched = [
  "fleet",
  "instance",
  "volume",
  "network-interface",
  "launch-template",
  "spot-instances-request",
];

/**
 * Launching: from any image and in any subnet of the region, but only what is tagged for this cluster and a node pool
 * (Karpenter, "CloudFormation", KarpenterControllerNodeLifecyclePolicy).
 */
function describeLaunch({ clusterName, region }: KarpenterScope): Statement[] {
  const arn = (kind: string): pulumi.Output<string> => pulumi.interpolate`arn:aws:ec2:${region}:*:${kind}/*`;
  const requested = {
    [`aws:RequestTag/${ownedBy(clusterName)}`]: "owned",
    "aws:RequestTag/eks:eks-cluster-name": clusterName,
  };
  return [
    {
      Sid: "LaunchFromWhatThereIs",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet"],
      Resource: [
        pulumi.interpolate`arn:aws:ec2:${region}::image/*`,
        pulumi.interpolate`arn:aws:ec2:${region}::snapshot/*`,
        ...["security-group", "subnet", "capacity-reservation", "placement-group"].map(arn),
      ],
    },
    {
      Sid: "LaunchFromOwnTemplates",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet"],
      Resource: arn("launch-template"),
      Condition: {
        StringEquals: { [`aws:ResourceTag/${ownedBy(clusterName)}`]: "owned" },
        StringLike: ofPool,
      },
    },
    {
      Sid: "LaunchAsOwn",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
      Resource: launched.map(arn),
      Condition: { StringEquals: requested, StringLike: forPool },
    },
    {
      Sid: "TagNew",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: launched.map(arn),
      Condition: {
        StringEquals: {
          ...requested,
          "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
        },
        StringLike: forPool,
      },
    },
  ];
}

/** Changing and ending: only what Karpenter launched for this cluster. */
function describeOwn({ clusterName, region }: KarpenterScope): Statement[] {
  const arn = (kind: string): pulumi.Output<string> => pulumi.interpolate`arn:aws:ec2:${region}:*:${kind}/*`;
  const owned = { [`aws:ResourceTag/${ownedBy(clusterName)}`]: "owned" };
  return [
    {
      Sid: "NameOwnInstances",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: arn("instance"),
      Condition: {
        StringEquals: owned,
        StringLike: ofPool,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": clusterName },
        "ForAllValues:StringEquals": {
          "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"],
        },
      },
    },
    {
      Sid: "EndOwn",
      Effect: "Allow",
      Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      Resource: [arn("instance"), arn("launch-template")],
      Condition: { StringEquals: owned, StringLike: ofPool },
    },
  ];
}

/** The instance profiles by which nodes get their role: only that one role, only for EC2 (KarpenterControllerIAMIntegrationPolicy). */
function describeProfiles({ clusterName, region, accountId, nodeRoleArn }: KarpenterScope): Statement[] {
  const profiles = pulumi.interpolate`arn:aws:iam::${accountId}:instance-profile/*`;
  const tagged = (where: "RequestTag" | "ResourceTag"): Record<string, pulumi.Input<string>> => ({
    [`aws:${where}/${ownedBy(clusterName)}`]: "owned",
    [`aws:${where}/topology.kubernetes.io/region`]: region,
  });
  const ofClass = { "aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  const forClass = { "aws:RequestTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  const named = { "aws:RequestTag/eks:eks-cluster-name": clusterName };
  return [
    {
      Sid: "GiveNodesTheirRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: nodeRoleArn,
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      Sid: "MakeProfiles",
      Effect: "Allow",
      Action: "iam:CreateInstanceProfile",
      Resource: profiles,
      Condition: { StringEquals: { ...tagged("RequestTag"), ...named }, StringLike: forClass },
    },
    {
      Sid: "TagOwnProfiles",
      Effect: "Allow",
      Action: "iam:TagInstanceProfile",
      Resource: profiles,
      Condition: {
        StringEquals: { ...tagged("ResourceTag"), ...tagged("RequestTag"), ...named },
        StringLike: { ...ofClass, ...forClass },
      },
    },
    {
      Sid: "ChangeOwnProfiles",
      Effect: "Allow",
      Action: [
        "iam:AddRoleToInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:DeleteInstanceProfile",
      ],
      Resource: profiles,
      Condition: { StringEquals: tagged("ResourceTag"), StringLike: ofClass },
    },
  ];
}

/** What it must know to choose: prices, images, subnets, types (KarpenterControllerResourceDiscoveryPolicy). */
function describeDiscovery({ clusterName, region, accountId }: KarpenterScope): Statement[] {
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Sid: "LookUpPricesAndProfiles",
      Effect: "Allow",
      Action: ["pricing:GetProducts", "iam:ListInstanceProfiles"],
      Resource: "*",
    },
    {
      Sid: "ReadProfiles",
      Effect: "Allow",
      Action: "iam:GetInstanceProfile",
      Resource: pulumi.interpolate`arn:aws:iam::${accountId}:instance-profile/*`,
    },
    {
      Sid: "ReadNamesOfImages",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: pulumi.interpolate`arn:aws:ssm:${region}::parameter/aws/service/*`,
    },
    {
      Sid: "FindTheCluster",
      Effect: "Allow",
      Action: "eks:DescribeCluster",
      Resource: pulumi.interpolate`arn:aws:eks:${region}:${accountId}:cluster/${clusterName}`,
    },
  ];
}

/**
 * What Karpenter may do: launch, name and end nodes of this cluster, give them their one role, and read of interruptions.
 * Everything it changes must carry the cluster's tag.
 */
export function describeKarpenter(scope: KarpenterScope): readonly Statement[] {
  return [
    ...describeLaunch(scope),
    ...describeOwn(scope),
    ...describeProfiles(scope),
    ...describeDiscovery(scope),
    {
      Sid: "ReadInterruptions",
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      Resource: scope.queueArn,
    },
  ];
}
