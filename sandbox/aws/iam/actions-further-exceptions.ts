import type { Actions } from "./actions-model.ts";
import { always, paired } from "./actions-model.ts";

const databaseInstance: Actions = {
  create: ["rds:CreateDBInstance"],
  update: ["rds:ModifyDBInstance"],
  delete: ["rds:DeleteDBInstance"],
};
const membership: Actions = {
  create: ["iam:AddUserToGroup"],
  update: ["iam:AddUserToGroup", "iam:RemoveUserFromGroup"],
  delete: ["iam:RemoveUserFromGroup"],
};

/** Made, changed and deleted under one name that is not the type's. */
function under(prefix: string, name: string, change = "Update"): Actions {
  return {
    create: [`${prefix}:Create${name}`],
    update: [`${prefix}:${change}${name}`],
    delete: [`${prefix}:Delete${name}`],
  };
}

/** Those of services that not every program has: https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service */
export const furtherExceptions: Readonly<Record<string, Actions>> = {
  "aws:appautoscaling/policy:Policy": paired(
    "application-autoscaling:PutScalingPolicy",
    "application-autoscaling:DeleteScalingPolicy",
  ),
  "aws:appautoscaling/target:Target": paired(
    "application-autoscaling:RegisterScalableTarget",
    "application-autoscaling:DeregisterScalableTarget",
  ),
  "aws:autoscaling/attachment:Attachment": paired(
    "autoscaling:AttachLoadBalancerTargetGroups",
    "autoscaling:DetachLoadBalancerTargetGroups",
  ),
  "aws:autoscaling/group:Group": under("autoscaling", "AutoScalingGroup"),
  "aws:autoscaling/policy:Policy": paired("autoscaling:PutScalingPolicy", "autoscaling:DeletePolicy"),
  "aws:backup/plan:Plan": under("backup", "BackupPlan"),
  "aws:backup/selection:Selection": {
    create: ["backup:CreateBackupSelection"],
    delete: ["backup:DeleteBackupSelection"],
  },
  "aws:backup/vault:Vault": { create: ["backup:CreateBackupVault"], delete: ["backup:DeleteBackupVault"] },
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": paired(
    "backup:PutBackupVaultLockConfiguration",
    "backup:DeleteBackupVaultLockConfiguration",
  ),
  "aws:budgets/budget:Budget": always("budgets:ModifyBudget"),
  "aws:cfg/recorder:Recorder": paired(
    "config:PutConfigurationRecorder",
    "config:DeleteConfigurationRecorder",
  ),
  "aws:cfg/recorderStatus:RecorderStatus": paired(
    "config:StartConfigurationRecorder",
    "config:StopConfigurationRecorder",
  ),
  "aws:cfg/rule:Rule": paired("config:PutConfigRule", "config:DeleteConfigRule"),
  "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": under(
    "cloudfront",
    "CloudFrontOriginAccessIdentity",
  ),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { delete: ["cloudwatch:DeleteAlarms"] },
  "aws:costexplorer/costAllocationTag:CostAllocationTag": always("ce:UpdateCostAllocationTagsStatus"),
  "aws:docdb/clusterInstance:ClusterInstance": databaseInstance,
  "aws:ebs/encryptionByDefault:EncryptionByDefault": paired(
    "ec2:EnableEbsEncryptionByDefault",
    "ec2:DisableEbsEncryptionByDefault",
  ),
  "aws:ec2/defaultSubnet:DefaultSubnet": { delete: [] },
  "aws:ec2/defaultVpc:DefaultVpc": { delete: [] },
  "aws:ec2/eipAssociation:EipAssociation": paired("ec2:AssociateAddress", "ec2:DisassociateAddress"),
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    create: ["autoscaling:CreateLaunchConfiguration"],
    delete: ["autoscaling:DeleteLaunchConfiguration"],
  },
  "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions": {
    ...always("ec2:ModifyVpcPeeringConnectionOptions"),
    delete: [],
  },
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": paired(
    "ec2:AssociateVpcCidrBlock",
    "ec2:DisassociateVpcCidrBlock",
  ),
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": {
    create: ["ec2:AcceptVpcPeeringConnection"],
    delete: [],
  },
  "aws:ec2clientvpn/authorizationRule:AuthorizationRule": paired(
    "ec2:AuthorizeClientVpnIngress",
    "ec2:RevokeClientVpnIngress",
  ),
  "aws:ec2clientvpn/endpoint:Endpoint": under("ec2", "ClientVpnEndpoint", "Modify"),
  "aws:ec2clientvpn/networkAssociation:NetworkAssociation": paired(
    "ec2:AssociateClientVpnTargetNetwork",
    "ec2:DisassociateClientVpnTargetNetwork",
  ),
  "aws:ec2clientvpn/route:Route": paired("ec2:CreateClientVpnRoute", "ec2:DeleteClientVpnRoute"),
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": under("ec2", "TransitGatewayVpcAttachment", "Modify"),
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": always(
    "ecr:PutRegistryScanningConfiguration",
  ),
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": always("ecr:PutReplicationConfiguration"),
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": always("ecs:PutClusterCapacityProviders"),
  "aws:efs/backupPolicy:BackupPolicy": always("elasticfilesystem:PutBackupPolicy"),
  "aws:iam/groupMembership:GroupMembership": membership,
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": { update: ["iam:UpdateRoleDescription"] },
  "aws:iam/userGroupMembership:UserGroupMembership": membership,
  "aws:iam/userLoginProfile:UserLoginProfile": under("iam", "LoginProfile"),
  "aws:inspector2/enabler:Enabler": {
    create: ["inspector2:Enable"],
    update: ["inspector2:Enable", "inspector2:Disable"],
    delete: ["inspector2:Disable"],
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    create: ["firehose:CreateDeliveryStream"],
    update: ["firehose:UpdateDestination"],
    delete: ["firehose:DeleteDeliveryStream"],
  },
  "aws:lambda/functionUrl:FunctionUrl": under("lambda", "FunctionUrlConfig"),
  "aws:lambda/layerVersion:LayerVersion": { create: ["lambda:PublishLayerVersion"] },
  "aws:macie2/account:Account": {
    create: ["macie2:EnableMacie"],
    update: ["macie2:UpdateMacieSession"],
    delete: ["macie2:DisableMacie"],
  },
  "aws:rds/clusterInstance:ClusterInstance": databaseInstance,
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": paired(
    "rds:StartDBInstanceAutomatedBackupsReplication",
    "rds:StopDBInstanceAutomatedBackupsReplication",
  ),
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": {
    ...always("rds:ModifyDBProxyTargetGroup"),
    delete: [],
  },
  "aws:rds/proxyTarget:ProxyTarget": paired("rds:RegisterDBProxyTargets", "rds:DeregisterDBProxyTargets"),
  "aws:route53/zoneAssociation:ZoneAssociation": {
    create: ["route53:AssociateVPCWithHostedZone"],
    delete: ["route53:DisassociateVPCFromHostedZone"],
  },
  "aws:route53/resolverRule:ResolverRule": under("route53resolver", "ResolverRule"),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": always(
    "s3:PutBucketObjectLockConfiguration",
  ),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": always("s3:PutReplicationConfiguration"),
  "aws:secretsmanager/secretPolicy:SecretPolicy": paired(
    "secretsmanager:PutResourcePolicy",
    "secretsmanager:DeleteResourcePolicy",
  ),
  "aws:secretsmanager/secretRotation:SecretRotation": paired(
    "secretsmanager:RotateSecret",
    "secretsmanager:CancelRotateSecret",
  ),
  "aws:securityhub/account:Account": {
    create: ["securityhub:EnableSecurityHub"],
    update: ["securityhub:UpdateSecurityHubConfiguration"],
    delete: ["securityhub:DisableSecurityHub"],
  },
  "aws:securityhub/standardsSubscription:StandardsSubscription": paired(
    "securityhub:BatchEnableStandards",
    "securityhub:BatchDisableStandards",
  ),
  "aws:servicediscovery/httpNamespace:HttpNamespace": { delete: ["servicediscovery:DeleteNamespace"] },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    delete: ["servicediscovery:DeleteNamespace"],
  },
  "aws:servicequotas/serviceQuota:ServiceQuota": {
    ...always("servicequotas:RequestServiceQuotaIncrease"),
    delete: [],
  },
  "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget": {
    create: ["ssm:RegisterTargetWithMaintenanceWindow"],
    delete: ["ssm:DeregisterTargetFromMaintenanceWindow"],
  },
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": {
    create: ["ssm:RegisterTaskWithMaintenanceWindow"],
    delete: ["ssm:DeregisterTaskFromMaintenanceWindow"],
  },
  "aws:iam/policyAttachment:PolicyAttachment": paired("iam:AttachRolePolicy", "iam:DetachRolePolicy"),
  "aws:iam/serverCertificate:ServerCertificate": {
    create: ["iam:UploadServerCertificate"],
    update: ["iam:UpdateServerCertificate"],
    delete: ["iam:DeleteServerCertificate"],
  },
  "aws:macie2/classificationJob:ClassificationJob": paired(
    "macie2:CreateClassificationJob",
    "macie2:UpdateClassificationJob",
  ),
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": always("s3:PutAccountPublicAccessBlock"),
  "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": always(
    "s3:PutIntelligentTieringConfiguration",
  ),
  "aws:s3/bucketMetric:BucketMetric": always("s3:PutMetricsConfiguration"),
  "aws:sns/smsPreferences:SmsPreferences": always("sns:SetSMSAttributes"),
  "aws:networkfirewall/firewall:Firewall": {
    create: ["network-firewall:CreateFirewall"],
    update: ["network-firewall:UpdateFirewallDescription"],
    delete: ["network-firewall:DeleteFirewall"],
  },
  "aws:glue/catalogDatabase:CatalogDatabase": under("glue", "Database"),
  "aws:glue/catalogTable:CatalogTable": under("glue", "Table"),
};
