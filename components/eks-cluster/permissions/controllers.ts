import type { iam } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * What the cluster autoscaler may do: look at everything it must simulate, and change only the Auto Scaling groups that EKS
 * tagged for this cluster (cluster-autoscaler 1.35, cloudprovider/aws/README.md, "Full Cluster Autoscaler Features Policy").
 */
export function describeClusterAutoscaler(clusterName: string): readonly iam.PolicyStatement[] {
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      Resource: "*",
    },
    {
      Sid: "ReadLabelsAndTaintsOfEmptyGroups",
      Effect: "Allow",
      Action: "eks:DescribeNodegroup",
      Resource: `arn:aws:eks:*:*:nodegroup/${clusterName}/*`,
    },
    {
      Sid: "ScaleOwnGroups",
      Effect: "Allow",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: "arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*",
      Condition: {
        StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" },
      },
    },
  ];
}

/** What external-secrets may read: the named secrets, decrypted by Secrets Manager and in no other way. */
export function describeExternalSecrets(names: readonly string[]): readonly iam.PolicyStatement[] {
  return [
    {
      Sid: "ReadNamedSecrets",
      Effect: "Allow",
      Action: [
        "secretsmanager:GetSecretValue",
        "secretsmanager:DescribeSecret",
        "secretsmanager:ListSecretVersionIds",
      ],
      // Secrets Manager ends every ARN with a hyphen and six characters of its own.
      Resource: names.map(
        (name) => `arn:aws:secretsmanager:*:*:secret:${name.endsWith("*") ? name : `${name}-??????`}`,
      ),
    },
    {
      Sid: "DecryptThemThroughSecretsManager",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: "arn:aws:kms:*:*:key/*",
      Condition: { StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com" } },
    },
  ];
}

/** What external-dns needs: the records of one zone, named by its id (its guide, "AWS", "IAM Permissions"). */
export function describeZone(zoneId: pulumi.Input<string>): readonly iam.PolicyStatement[] {
  return [
    {
      Sid: "ChangeRecordsOfZone",
      Effect: "Allow",
      Action: [
        "route53:ChangeResourceRecordSets",
        "route53:ListResourceRecordSets",
        "route53:ListTagsForResources",
      ],
      Resource: pulumi.interpolate`arn:aws:route53:::hostedzone/${zoneId}`,
    },
    {
      Sid: "FindZone",
      Effect: "Allow",
      Action: "route53:ListHostedZones",
      Resource: "*",
    },
  ];
}
