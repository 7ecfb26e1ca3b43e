import type {
  accessanalyzer,
  backup,
  budgets,
  cfg,
  cloudfront,
  cloudtrail,
  cloudwatch,
  costexplorer,
  dynamodb,
  ebs,
  ec2,
  ecr,
  efs,
  eks,
  elasticache,
  guardduty,
  iam,
  kms,
  lb,
  rds,
  route53,
  s3,
  secretsmanager,
  securityhub,
  sns,
  sqs,
  ssoadmin,
  vpc,
  wafv2,
  ProviderArgs,
} from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import type { Unwrap } from "@pulumi/pulumi";

/** What is read of KEDA's own autoscaler, which the SDK has no class for (KEDA documentation, "ScaledObject specification"). */
interface ScaledObjectArgs {
  readonly metadata?: k8s.types.input.meta.v1.ObjectMeta;
  readonly spec?: {
    readonly scaleTargetRef: { readonly kind?: string; readonly name: string };
    readonly minReplicaCount?: number;
  };
}

/**
 * Every resource type that a policy reads, with the arguments its SDK class takes: a property renamed by a new SDK stops the compiler
 * instead of passing silently. Only types are imported, since loading the SDKs would double the pack's start.
 */
export interface Arguments {
  "aws:accessanalyzer/analyzer:Analyzer": accessanalyzer.AnalyzerArgs;
  "aws:alb/listener:Listener": lb.ListenerArgs;
  "aws:alb/loadBalancer:LoadBalancer": lb.LoadBalancerArgs;
  "aws:backup/plan:Plan": backup.PlanArgs;
  "aws:backup/selection:Selection": backup.SelectionArgs;
  "aws:backup/vault:Vault": backup.VaultArgs;
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": backup.VaultLockConfigurationArgs;
  "aws:budgets/budget:Budget": budgets.BudgetArgs;
  "aws:cfg/deliveryChannel:DeliveryChannel": cfg.DeliveryChannelArgs;
  "aws:cfg/recorder:Recorder": cfg.RecorderArgs;
  "aws:cfg/recorderStatus:RecorderStatus": cfg.RecorderStatusArgs;
  "aws:cloudfront/distribution:Distribution": cloudfront.DistributionArgs;
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": cloudfront.ResponseHeadersPolicyArgs;
  "aws:cloudtrail/trail:Trail": cloudtrail.TrailArgs;
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": cloudwatch.CompositeAlarmArgs;
  "aws:cloudwatch/logDelivery:LogDelivery": cloudwatch.LogDeliveryArgs;
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": cloudwatch.LogDeliverySourceArgs;
  "aws:cloudwatch/logGroup:LogGroup": cloudwatch.LogGroupArgs;
  "aws:cloudwatch/metricAlarm:MetricAlarm": cloudwatch.MetricAlarmArgs;
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": costexplorer.AnomalyMonitorArgs;
  "aws:costexplorer/anomalySubscription:AnomalySubscription": costexplorer.AnomalySubscriptionArgs;
  "aws:dynamodb/table:Table": dynamodb.TableArgs;
  "aws:ebs/encryptionByDefault:EncryptionByDefault": ebs.EncryptionByDefaultArgs;
  "aws:ebs/volume:Volume": ebs.VolumeArgs;
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ec2.DefaultNetworkAclArgs;
  "aws:ec2/defaultRouteTable:DefaultRouteTable": ec2.DefaultRouteTableArgs;
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2.DefaultSecurityGroupArgs;
  "aws:ec2/defaultSubnet:DefaultSubnet": ec2.DefaultSubnetArgs;
  "aws:ec2/defaultVpc:DefaultVpc": ec2.DefaultVpcArgs;
  "aws:ec2/eip:Eip": ec2.EipArgs;
  "aws:ec2/eipAssociation:EipAssociation": ec2.EipAssociationArgs;
  "aws:ec2/flowLog:FlowLog": ec2.FlowLogArgs;
  "aws:ec2/instance:Instance": ec2.InstanceArgs;
  "aws:ec2/internetGateway:InternetGateway": ec2.InternetGatewayArgs;
  "aws:ec2/launchConfiguration:LaunchConfiguration": ec2.LaunchConfigurationArgs;
  "aws:ec2/launchTemplate:LaunchTemplate": ec2.LaunchTemplateArgs;
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": ec2.MainRouteTableAssociationArgs;
  "aws:ec2/natGateway:NatGateway": ec2.NatGatewayArgs;
  "aws:ec2/networkAcl:NetworkAcl": ec2.NetworkAclArgs;
  "aws:ec2/networkAclRule:NetworkAclRule": ec2.NetworkAclRuleArgs;
  "aws:ec2/route:Route": ec2.RouteArgs;
  "aws:ec2/routeTable:RouteTable": ec2.RouteTableArgs;
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2.RouteTableAssociationArgs;
  "aws:ec2/securityGroup:SecurityGroup": ec2.SecurityGroupArgs;
  "aws:ec2/securityGroupRule:SecurityGroupRule": ec2.SecurityGroupRuleArgs;
  "aws:ec2/subnet:Subnet": ec2.SubnetArgs;
  "aws:ec2/vpc:Vpc": ec2.VpcArgs;
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2.VpcEndpointArgs;
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ecr.LifecyclePolicyArgs;
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": ecr.ReplicationConfigurationArgs;
  "aws:ecr/repository:Repository": ecr.RepositoryArgs;
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ecr.RepositoryPolicyArgs;
  "aws:efs/fileSystem:FileSystem": efs.FileSystemArgs;
  "aws:eks/accessEntry:AccessEntry": eks.AccessEntryArgs;
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": eks.AccessPolicyAssociationArgs;
  "aws:eks/addon:Addon": eks.AddonArgs;
  "aws:eks/cluster:Cluster": eks.ClusterArgs;
  "aws:eks/nodeGroup:NodeGroup": eks.NodeGroupArgs;
  "aws:elasticache/cluster:Cluster": elasticache.ClusterArgs;
  "aws:elasticache/replicationGroup:ReplicationGroup": elasticache.ReplicationGroupArgs;
  "aws:elasticache/serverlessCache:ServerlessCache": elasticache.ServerlessCacheArgs;
  "aws:elasticache/subnetGroup:SubnetGroup": elasticache.SubnetGroupArgs;
  "aws:elasticache/user:User": elasticache.UserArgs;
  "aws:guardduty/detector:Detector": guardduty.DetectorArgs;
  "aws:iam/accessKey:AccessKey": iam.AccessKeyArgs;
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": iam.AccountPasswordPolicyArgs;
  "aws:iam/groupPolicy:GroupPolicy": iam.GroupPolicyArgs;
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": iam.GroupPolicyAttachmentArgs;
  "aws:iam/policy:Policy": iam.PolicyArgs;
  "aws:iam/policyAttachment:PolicyAttachment": iam.PolicyAttachmentArgs;
  "aws:iam/role:Role": iam.RoleArgs;
  "aws:iam/rolePolicy:RolePolicy": iam.RolePolicyArgs;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachmentArgs;
  "aws:iam/user:User": iam.UserArgs;
  "aws:iam/userLoginProfile:UserLoginProfile": iam.UserLoginProfileArgs;
  "aws:iam/userPolicy:UserPolicy": iam.UserPolicyArgs;
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": iam.UserPolicyAttachmentArgs;
  "aws:kms/key:Key": kms.KeyArgs;
  "aws:kms/keyPolicy:KeyPolicy": kms.KeyPolicyArgs;
  "aws:lb/listener:Listener": lb.ListenerArgs;
  "aws:lb/loadBalancer:LoadBalancer": lb.LoadBalancerArgs;
  "aws:rds/cluster:Cluster": rds.ClusterArgs;
  "aws:rds/clusterInstance:ClusterInstance": rds.ClusterInstanceArgs;
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": rds.ClusterParameterGroupArgs;
  "aws:rds/instance:Instance": rds.InstanceArgs;
  "aws:rds/parameterGroup:ParameterGroup": rds.ParameterGroupArgs;
  "aws:rds/subnetGroup:SubnetGroup": rds.SubnetGroupArgs;
  "aws:route53/zone:Zone": route53.ZoneArgs;
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": s3.AccountPublicAccessBlockArgs;
  "aws:s3/bucket:Bucket": s3.BucketArgs;
  "aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2": s3.BucketAccelerateConfigurationArgs;
  "aws:s3/bucketAcl:BucketAcl": s3.BucketAclArgs;
  "aws:s3/bucketAclV2:BucketAclV2": s3.BucketAclArgs;
  "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2": s3.BucketCorsConfigurationArgs;
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": s3.BucketLifecycleConfigurationArgs;
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": s3.BucketLifecycleConfigurationArgs;
  "aws:s3/bucketLogging:BucketLogging": s3.BucketLoggingArgs;
  "aws:s3/bucketLoggingV2:BucketLoggingV2": s3.BucketLoggingArgs;
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": s3.BucketObjectLockConfigurationArgs;
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": s3.BucketObjectLockConfigurationArgs;
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": s3.BucketOwnershipControlsArgs;
  "aws:s3/bucketPolicy:BucketPolicy": s3.BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.BucketPublicAccessBlockArgs;
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": s3.BucketReplicationConfigArgs;
  "aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2": s3.BucketRequestPaymentConfigurationArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketV2:BucketV2": s3.BucketArgs;
  "aws:s3/bucketVersioning:BucketVersioning": s3.BucketVersioningArgs;
  "aws:s3/bucketVersioningV2:BucketVersioningV2": s3.BucketVersioningArgs;
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": s3.BucketWebsiteConfigurationArgs;
  "aws:secretsmanager/secret:Secret": secretsmanager.SecretArgs;
  "aws:secretsmanager/secretPolicy:SecretPolicy": secretsmanager.SecretPolicyArgs;
  "aws:secretsmanager/secretRotation:SecretRotation": secretsmanager.SecretRotationArgs;
  "aws:securityhub/account:Account": securityhub.AccountArgs;
  "aws:sns/topic:Topic": sns.TopicArgs;
  "aws:sns/topicPolicy:TopicPolicy": sns.TopicPolicyArgs;
  "aws:sns/topicSubscription:TopicSubscription": sns.TopicSubscriptionArgs;
  "aws:sqs/queue:Queue": sqs.QueueArgs;
  "aws:sqs/queuePolicy:QueuePolicy": sqs.QueuePolicyArgs;
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": sqs.RedriveAllowPolicyArgs;
  "aws:sqs/redrivePolicy:RedrivePolicy": sqs.RedrivePolicyArgs;
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": ssoadmin.PermissionSetInlinePolicyArgs;
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": vpc.SecurityGroupEgressRuleArgs;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": vpc.SecurityGroupIngressRuleArgs;
  "aws:wafv2/webAcl:WebAcl": wafv2.WebAclArgs;
  "aws:wafv2/webAclAssociation:WebAclAssociation": wafv2.WebAclAssociationArgs;
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": wafv2.WebAclLoggingConfigurationArgs;
  "kubernetes:apps/v1:DaemonSet": k8s.apps.v1.DaemonSetArgs;
  "kubernetes:apps/v1:DaemonSetPatch": k8s.apps.v1.DaemonSetPatchArgs;
  "kubernetes:apps/v1:Deployment": k8s.apps.v1.DeploymentArgs;
  "kubernetes:apps/v1:DeploymentPatch": k8s.apps.v1.DeploymentPatchArgs;
  "kubernetes:apps/v1:ReplicaSet": k8s.apps.v1.ReplicaSetArgs;
  "kubernetes:apps/v1:ReplicaSetPatch": k8s.apps.v1.ReplicaSetPatchArgs;
  "kubernetes:apps/v1:StatefulSet": k8s.apps.v1.StatefulSetArgs;
  "kubernetes:apps/v1:StatefulSetPatch": k8s.apps.v1.StatefulSetPatchArgs;
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": k8s.autoscaling.v2.HorizontalPodAutoscalerArgs;
  "kubernetes:batch/v1:CronJob": k8s.batch.v1.CronJobArgs;
  "kubernetes:batch/v1:CronJobPatch": k8s.batch.v1.CronJobPatchArgs;
  "kubernetes:batch/v1:Job": k8s.batch.v1.JobArgs;
  "kubernetes:batch/v1:JobPatch": k8s.batch.v1.JobPatchArgs;
  "kubernetes:core/v1:ConfigMap": k8s.core.v1.ConfigMapArgs;
  "kubernetes:core/v1:ConfigMapPatch": k8s.core.v1.ConfigMapPatchArgs;
  "kubernetes:core/v1:LimitRange": k8s.core.v1.LimitRangeArgs;
  "kubernetes:core/v1:Namespace": k8s.core.v1.NamespaceArgs;
  "kubernetes:core/v1:NamespacePatch": k8s.core.v1.NamespacePatchArgs;
  "kubernetes:core/v1:Pod": k8s.core.v1.PodArgs;
  "kubernetes:core/v1:PodPatch": k8s.core.v1.PodPatchArgs;
  "kubernetes:core/v1:ReplicationController": k8s.core.v1.ReplicationControllerArgs;
  "kubernetes:core/v1:ReplicationControllerPatch": k8s.core.v1.ReplicationControllerPatchArgs;
  "kubernetes:core/v1:ResourceQuota": k8s.core.v1.ResourceQuotaArgs;
  "kubernetes:core/v1:Service": k8s.core.v1.ServiceArgs;
  "kubernetes:core/v1:ServiceAccount": k8s.core.v1.ServiceAccountArgs;
  "kubernetes:core/v1:ServiceAccountPatch": k8s.core.v1.ServiceAccountPatchArgs;
  "kubernetes:core/v1:ServicePatch": k8s.core.v1.ServicePatchArgs;
  "kubernetes:helm.sh/v3:Release": k8s.helm.v3.ReleaseArgs;
  "kubernetes:helm.sh/v4:Chart": k8s.helm.v4.ChartArgs;
  "kubernetes:keda.sh/v1alpha1:ScaledObject": ScaledObjectArgs;
  "kubernetes:networking.k8s.io/v1:Ingress": k8s.networking.v1.IngressArgs;
  "kubernetes:networking.k8s.io/v1:IngressPatch": k8s.networking.v1.IngressPatchArgs;
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": k8s.networking.v1.NetworkPolicyArgs;
  "kubernetes:policy/v1:PodDisruptionBudget": k8s.policy.v1.PodDisruptionBudgetArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": k8s.rbac.v1.ClusterRoleArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": k8s.rbac.v1.ClusterRoleBindingArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch": k8s.rbac.v1.ClusterRoleBindingPatchArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch": k8s.rbac.v1.ClusterRolePatchArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:Role": k8s.rbac.v1.RoleArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": k8s.rbac.v1.RoleBindingArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch": k8s.rbac.v1.RoleBindingPatchArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:RolePatch": k8s.rbac.v1.RolePatchArgs;
  "kubernetes:storage.k8s.io/v1:StorageClass": k8s.storage.v1.StorageClassArgs;
  "pulumi:providers:aws": ProviderArgs;
}

/** A type token that some policy reads. */
export type Token = keyof Arguments;

/** The inputs of a resource as a policy sees them: outputs resolved, and any of them may be absent. */
export type Props<T extends Token> = Partial<Unwrap<Arguments[T]>>;
