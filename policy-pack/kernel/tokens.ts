import type {
  dynamodb,
  ebs,
  ec2,
  efs,
  eks,
  elasticache,
  iam,
  kms,
  lb,
  rds,
  s3,
  sns,
  sqs,
  vpc,
} from "@pulumi/aws";
import type { cloudwatch } from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import type { Unwrap } from "@pulumi/pulumi";

/**
 * Every resource type that a policy reads, with the arguments its SDK class takes: a property renamed by a new SDK stops the compiler
 * instead of passing silently. Only types are imported, since loading the SDKs would double the pack's start.
 */
export interface Arguments {
  "aws:alb/loadBalancer:LoadBalancer": lb.LoadBalancerArgs;
  "aws:cloudwatch/logGroup:LogGroup": cloudwatch.LogGroupArgs;
  "aws:dynamodb/table:Table": dynamodb.TableArgs;
  "aws:ebs/volume:Volume": ebs.VolumeArgs;
  "aws:ec2/defaultRouteTable:DefaultRouteTable": ec2.DefaultRouteTableArgs;
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2.DefaultSecurityGroupArgs;
  "aws:ec2/instance:Instance": ec2.InstanceArgs;
  "aws:ec2/internetGateway:InternetGateway": ec2.InternetGatewayArgs;
  "aws:ec2/launchTemplate:LaunchTemplate": ec2.LaunchTemplateArgs;
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": ec2.MainRouteTableAssociationArgs;
  "aws:ec2/route:Route": ec2.RouteArgs;
  "aws:ec2/routeTable:RouteTable": ec2.RouteTableArgs;
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2.RouteTableAssociationArgs;
  "aws:ec2/securityGroup:SecurityGroup": ec2.SecurityGroupArgs;
  "aws:ec2/securityGroupRule:SecurityGroupRule": ec2.SecurityGroupRuleArgs;
  "aws:ec2/subnet:Subnet": ec2.SubnetArgs;
  "aws:ec2/vpc:Vpc": ec2.VpcArgs;
  "aws:efs/fileSystem:FileSystem": efs.FileSystemArgs;
  "aws:eks/accessEntry:AccessEntry": eks.AccessEntryArgs;
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": eks.AccessPolicyAssociationArgs;
  "aws:eks/cluster:Cluster": eks.ClusterArgs;
  "aws:elasticache/cluster:Cluster": elasticache.ClusterArgs;
  "aws:elasticache/replicationGroup:ReplicationGroup": elasticache.ReplicationGroupArgs;
  "aws:iam/groupPolicy:GroupPolicy": iam.GroupPolicyArgs;
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": iam.GroupPolicyAttachmentArgs;
  "aws:iam/policy:Policy": iam.PolicyArgs;
  "aws:iam/policyAttachment:PolicyAttachment": iam.PolicyAttachmentArgs;
  "aws:iam/role:Role": iam.RoleArgs;
  "aws:iam/rolePolicy:RolePolicy": iam.RolePolicyArgs;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachmentArgs;
  "aws:iam/userPolicy:UserPolicy": iam.UserPolicyArgs;
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": iam.UserPolicyAttachmentArgs;
  "aws:kms/key:Key": kms.KeyArgs;
  "aws:kms/keyPolicy:KeyPolicy": kms.KeyPolicyArgs;
  "aws:lb/loadBalancer:LoadBalancer": lb.LoadBalancerArgs;
  "aws:rds/cluster:Cluster": rds.ClusterArgs;
  "aws:rds/clusterInstance:ClusterInstance": rds.ClusterInstanceArgs;
  "aws:rds/instance:Instance": rds.InstanceArgs;
  "aws:rds/subnetGroup:SubnetGroup": rds.SubnetGroupArgs;
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": s3.AccountPublicAccessBlockArgs;
  "aws:s3/bucket:Bucket": s3.BucketArgs;
  "aws:s3/bucketV2:BucketV2": s3.BucketArgs;
  "aws:s3/bucketPolicy:BucketPolicy": s3.BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.BucketPublicAccessBlockArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:sns/topic:Topic": sns.TopicArgs;
  "aws:sns/topicPolicy:TopicPolicy": sns.TopicPolicyArgs;
  "aws:sns/topicSubscription:TopicSubscription": sns.TopicSubscriptionArgs;
  "aws:sqs/queue:Queue": sqs.QueueArgs;
  "aws:sqs/queuePolicy:QueuePolicy": sqs.QueuePolicyArgs;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": vpc.SecurityGroupIngressRuleArgs;
  "kubernetes:apps/v1:DaemonSet": k8s.apps.v1.DaemonSetArgs;
  "kubernetes:apps/v1:DaemonSetPatch": k8s.apps.v1.DaemonSetPatchArgs;
  "kubernetes:apps/v1:Deployment": k8s.apps.v1.DeploymentArgs;
  "kubernetes:apps/v1:DeploymentPatch": k8s.apps.v1.DeploymentPatchArgs;
  "kubernetes:apps/v1:ReplicaSet": k8s.apps.v1.ReplicaSetArgs;
  "kubernetes:apps/v1:ReplicaSetPatch": k8s.apps.v1.ReplicaSetPatchArgs;
  "kubernetes:apps/v1:StatefulSet": k8s.apps.v1.StatefulSetArgs;
  "kubernetes:apps/v1:StatefulSetPatch": k8s.apps.v1.StatefulSetPatchArgs;
  "kubernetes:batch/v1:CronJob": k8s.batch.v1.CronJobArgs;
  "kubernetes:batch/v1:CronJobPatch": k8s.batch.v1.CronJobPatchArgs;
  "kubernetes:batch/v1:Job": k8s.batch.v1.JobArgs;
  "kubernetes:batch/v1:JobPatch": k8s.batch.v1.JobPatchArgs;
  "kubernetes:core/v1:ConfigMap": k8s.core.v1.ConfigMapArgs;
  "kubernetes:core/v1:ConfigMapPatch": k8s.core.v1.ConfigMapPatchArgs;
  "kubernetes:core/v1:Pod": k8s.core.v1.PodArgs;
  "kubernetes:core/v1:PodPatch": k8s.core.v1.PodPatchArgs;
  "kubernetes:core/v1:ReplicationController": k8s.core.v1.ReplicationControllerArgs;
  "kubernetes:core/v1:ReplicationControllerPatch": k8s.core.v1.ReplicationControllerPatchArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": k8s.rbac.v1.ClusterRoleBindingArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": k8s.rbac.v1.RoleBindingArgs;
  "kubernetes:storage.k8s.io/v1:StorageClass": k8s.storage.v1.StorageClassArgs;
}

/** A type token that some policy reads. */
export type Token = keyof Arguments;

/** The inputs of a resource as a policy sees them: outputs resolved, and any of them may be absent. */
export type Props<T extends Token> = Partial<Unwrap<Arguments[T]>>;
