import { furtherExceptions } from "./actions-further-exceptions.ts";
import type { Actions } from "./actions-model.ts";
import { always, paired } from "./actions-model.ts";

const groupRules = ["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"];

/**
 * Where the type's name does not lead to its action, or to one of several. The API calls are those that the provider makes:
 * https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
 */
export const exceptions: Readonly<Record<string, Actions>> = {
  ...furtherExceptions,
  "aws:acm/certificate:Certificate": {
    create: ["acm:RequestCertificate"],
    update: ["acm:UpdateCertificateOptions"],
  },
  "aws:acm/certificateValidation:CertificateValidation": { create: ["acm:DescribeCertificate"], delete: [] },
  "aws:cloudwatch/eventTarget:EventTarget": {
    update: ["events:PutTargets"],
    delete: ["events:RemoveTargets"],
  },
  "aws:cloudwatch/logDelivery:LogDelivery": { update: ["logs:UpdateDeliveryConfiguration"] },
  "aws:cloudwatch/logGroup:LogGroup": { update: ["logs:PutRetentionPolicy"] },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { delete: ["cloudwatch:DeleteAlarms"] },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { create: groupRules, update: groupRules, delete: [] },
  "aws:ec2/eip:Eip": {
    create: ["ec2:AllocateAddress"],
    update: ["ec2:AssociateAddress"],
    delete: ["ec2:ReleaseAddress"],
  },
  "aws:ec2/instance:Instance": {
    create: ["ec2:RunInstances"],
    update: ["ec2:ModifyInstanceAttribute"],
    delete: ["ec2:TerminateInstances"],
  },
  "aws:ec2/internetGateway:InternetGateway": {
    create: ["ec2:CreateInternetGateway", "ec2:AttachInternetGateway"],
    delete: ["ec2:DetachInternetGateway", "ec2:DeleteInternetGateway"],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    update: ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
  },
  "aws:ec2/networkAcl:NetworkAcl": {
    create: ["ec2:CreateNetworkAcl", "ec2:CreateNetworkAclEntry"],
    update: ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAclEntry"],
  },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
    create: ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAclEntry"],
    update: ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAclEntry"],
    delete: [],
  },
  "aws:ec2/defaultRouteTable:DefaultRouteTable": {
    create: ["ec2:CreateRoute", "ec2:DeleteRoute"],
    update: ["ec2:CreateRoute", "ec2:DeleteRoute"],
    delete: [],
  },
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": always("ec2:ReplaceNetworkAclAssociation"),
  "aws:ec2/networkAclRule:NetworkAclRule": {
    create: ["ec2:CreateNetworkAclEntry"],
    update: ["ec2:ReplaceNetworkAclEntry"],
    delete: ["ec2:DeleteNetworkAclEntry"],
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": paired(
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:RevokeSecurityGroupIngress",
  ),
  "aws:ec2/route:Route": { update: ["ec2:ReplaceRoute"] },
  "aws:ec2/routeTable:RouteTable": { update: ["ec2:CreateRoute", "ec2:DeleteRoute"] },
  "aws:ec2/subnet:Subnet": { update: ["ec2:ModifySubnetAttribute"] },
  "aws:ec2/vpc:Vpc": {
    create: ["ec2:CreateVpc", "ec2:ModifyVpcAttribute"],
    update: ["ec2:ModifyVpcAttribute"],
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": paired(
    "ecr:SetRepositoryPolicy",
    "ecr:DeleteRepositoryPolicy",
  ),
  "aws:eks/cluster:Cluster": { update: ["eks:UpdateClusterConfig"] },
  "aws:eks/nodeGroup:NodeGroup": { update: ["eks:UpdateNodegroupConfig"] },
  "aws:iam/policy:Policy": { update: ["iam:CreatePolicyVersion"] },
  "aws:iam/role:Role": { update: ["iam:UpdateRole", "iam:UpdateAssumeRolePolicy"] },
  "aws:kms/key:Key": {
    create: ["kms:CreateKey"],
    update: ["kms:UpdateKeyDescription", "kms:PutKeyPolicy", "kms:EnableKeyRotation"],
    delete: ["kms:ScheduleKeyDeletion"],
  },
  "aws:kms/keyPolicy:KeyPolicy": always("kms:PutKeyPolicy"),
  "aws:kms/replicaKey:ReplicaKey": {
    create: ["kms:ReplicateKey", "kms:CreateKey"],
    update: ["kms:UpdateKeyDescription"],
    delete: ["kms:ScheduleKeyDeletion"],
  },
  "aws:lambda/function:Function": {
    update: ["lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"],
  },
  "aws:lb/listenerRule:ListenerRule": {
    create: ["elasticloadbalancing:CreateRule"],
    update: ["elasticloadbalancing:ModifyRule"],
    delete: ["elasticloadbalancing:DeleteRule"],
  },
  "aws:lb/loadBalancer:LoadBalancer": { update: ["elasticloadbalancing:ModifyLoadBalancerAttributes"] },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    create: ["elasticloadbalancing:RegisterTargets"],
    delete: ["elasticloadbalancing:DeregisterTargets"],
  },
  "aws:dynamodb/tableItem:TableItem": {
    create: ["dynamodb:PutItem"],
    update: ["dynamodb:UpdateItem"],
    delete: ["dynamodb:DeleteItem"],
  },
  "aws:route53/record:Record": always("route53:ChangeResourceRecordSets"),
  "aws:route53/zone:Zone": {
    create: ["route53:CreateHostedZone"],
    update: ["route53:UpdateHostedZoneComment"],
    delete: ["route53:DeleteHostedZone"],
  },
  "aws:s3/bucket:Bucket": { update: ["s3:PutBucketTagging"] },
  "aws:s3/bucketAcl:BucketAcl": always("s3:PutBucketAcl"),
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": always(
    "s3:PutAccelerateConfiguration",
  ),
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": always("s3:PutBucketCORS"),
  "aws:s3/bucketNotification:BucketNotification": always("s3:PutBucketNotification"),
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": paired(
    "s3:PutBucketWebsite",
    "s3:DeleteBucketWebsite",
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": always("s3:PutLifecycleConfiguration"),
  "aws:s3/bucketLogging:BucketLogging": always("s3:PutBucketLogging"),
  "aws:s3/bucketObject:BucketObject": {
    create: ["s3:PutObject"],
    update: ["s3:PutObject"],
    delete: ["s3:DeleteObject"],
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    create: ["s3:PutObject"],
    update: ["s3:PutObject"],
    delete: ["s3:DeleteObject"],
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": always("s3:PutBucketOwnershipControls"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": always("s3:PutBucketPublicAccessBlock"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": always(
    "s3:PutEncryptionConfiguration",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": always("s3:PutBucketVersioning"),
  "aws:secretsmanager/secretVersion:SecretVersion": {
    create: ["secretsmanager:PutSecretValue"],
    update: ["secretsmanager:UpdateSecretVersionStage"],
    delete: ["secretsmanager:UpdateSecretVersionStage"],
  },
  "aws:sns/topic:Topic": { update: ["sns:SetTopicAttributes"] },
  "aws:sns/topicPolicy:TopicPolicy": always("sns:SetTopicAttributes"),
  "aws:sns/topicSubscription:TopicSubscription": {
    create: ["sns:Subscribe"],
    update: ["sns:SetSubscriptionAttributes"],
    delete: ["sns:Unsubscribe"],
  },
  "aws:sqs/queue:Queue": { update: ["sqs:SetQueueAttributes"] },
  "aws:sqs/queuePolicy:QueuePolicy": always("sqs:SetQueueAttributes"),
  "aws:sqs/redrivePolicy:RedrivePolicy": always("sqs:SetQueueAttributes"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    create: ["ec2:AuthorizeSecurityGroupEgress"],
    update: ["ec2:ModifySecurityGroupRules"],
    delete: ["ec2:RevokeSecurityGroupEgress"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    create: ["ec2:AuthorizeSecurityGroupIngress"],
    update: ["ec2:ModifySecurityGroupRules"],
    delete: ["ec2:RevokeSecurityGroupIngress"],
  },
};

/** Every action that an entry names. */
export const exceptionalActions: readonly string[] = Object.values(exceptions).flatMap((actions) =>
  Object.values(actions).flat(),
);
