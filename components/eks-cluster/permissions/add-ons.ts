import type { iam } from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What the network add-on needs to give pods addresses of the VPC (AmazonEKS_CNI_Policy, for this cluster's nodes only). */
export function describePodNetwork(): readonly iam.PolicyStatement[] {
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
      ],
      Resource: "*",
    },
    {
      Sid: "GiveAddressesToPods",
      Effect: "Allow",
      Action: [
        "ec2:AssignPrivateIpAddresses",
        "ec2:AttachNetworkInterface",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DetachNetworkInterface",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:UnassignPrivateIpAddresses",
      ],
      Resource: [
        "arn:aws:ec2:*:*:instance/*",
        "arn:aws:ec2:*:*:network-interface/*",
        "arn:aws:ec2:*:*:security-group/*",
        "arn:aws:ec2:*:*:subnet/*",
      ],
    },
    {
      Sid: "TagNetworkInterfaces",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: "arn:aws:ec2:*:*:network-interface/*",
    },
  ];
}

const volumes = "arn:aws:ec2:*:*:volume/*";
const snapshots = "arn:aws:ec2:*:*:snapshot/*";

/** The driver puts this tag on everything it makes. */
const ours = { StringEquals: { "aws:ResourceTag/ebs.csi.aws.com/cluster": "true" } };
const asOurs = { StringEquals: { "aws:RequestTag/ebs.csi.aws.com/cluster": "true" } };

const ownVolumes: readonly iam.PolicyStatement[] = [
  {
    Sid: "CreateOwn",
    Effect: "Allow",
    Action: ["ec2:CreateVolume", "ec2:CreateSnapshot"],
    Resource: [volumes, snapshots],
    Condition: asOurs,
  },
  {
    Sid: "SnapshotOwnVolumes",
    Effect: "Allow",
    Action: "ec2:CreateSnapshot",
    Resource: volumes,
    Condition: ours,
  },
  {
    Sid: "RestoreOwnSnapshots",
    Effect: "Allow",
    Action: "ec2:CreateVolume",
    Resource: snapshots,
    Condition: ours,
  },
  {
    Sid: "TagNew",
    Effect: "Allow",
    Action: "ec2:CreateTags",
    Resource: [volumes, snapshots],
    Condition: { StringEquals: { "ec2:CreateAction": ["CreateVolume", "CreateSnapshot"] } },
  },
  {
    Sid: "ChangeOwn",
    Effect: "Allow",
    Action: [
      "ec2:AttachVolume",
      "ec2:DetachVolume",
      "ec2:ModifyVolume",
      "ec2:DeleteVolume",
      "ec2:DeleteSnapshot",
    ],
    Resource: [volumes, snapshots],
    Condition: ours,
  },
  {
    Sid: "AttachToInstances",
    Effect: "Allow",
    Action: ["ec2:AttachVolume", "ec2:DetachVolume"],
    Resource: "arn:aws:ec2:*:*:instance/*",
  },
];

/**
 * Volumes and snapshots that carry the driver's own tag, and the use of one key through EC2 (AmazonEBSCSIDriverPolicyV2 is
 * wider: it also takes volumes that in-tree plugins made).
 */
export function describeVolumes(keyArn: pulumi.Input<string>): readonly iam.PolicyStatement[] {
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeSnapshots",
        "ec2:DescribeTags",
        "ec2:DescribeVolumeStatus",
        "ec2:DescribeVolumes",
        "ec2:DescribeVolumesModifications",
      ],
      Resource: "*",
    },
    ...ownVolumes,
    {
      Sid: "EncryptThroughEc2",
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: keyArn,
    },
    {
      Sid: "LetEc2UseTheKey",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: keyArn,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
