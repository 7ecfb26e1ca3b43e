import type { Forms } from "./forms-model.ts";

const own = "{region}:{account}";
const jobDefinition = `arn:aws:batch:${own}:job-definition/{name}`;
/** What waits for somebody to agree in the console: https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html */
const pending = { connectionStatus: "PENDING" } as const;

/**
 * What builds, runs and watches programs. Ids are the provider's (https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service),
 * ARNs those of https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
 */
export const platformForms: Readonly<Record<string, Forms>> = {
  "aws:amp/ruleGroupNamespace:RuleGroupNamespace": {
    id: `arn:aws:aps:${own}:rulegroupsnamespace/{workspaceId}/{name}`,
    arn: "{id}",
  },
  "aws:amp/workspace:Workspace": {
    prometheusEndpoint: "https://aps-workspaces.{region}.amazonaws.com/workspaces/{id}/",
  },
  "aws:apprunner/autoScalingConfigurationVersion:AutoScalingConfigurationVersion": {
    id: `arn:aws:apprunner:${own}:autoscalingconfiguration/{autoScalingConfigurationName}/1/{hex:32}`,
    arn: "{id}",
    latest: true,
    status: "active",
  },
  "aws:apprunner/connection:Connection": {
    arn: `arn:aws:apprunner:${own}:connection/{connectionName}/{hex:32}`,
    status: "PENDING_HANDSHAKE",
  },
  // https://docs.aws.amazon.com/apprunner/latest/dg/manage-custom-domains.html
  "aws:apprunner/customDomainAssociation:CustomDomainAssociation": {
    certificateValidationRecords: [
      {
        name: "_{hex:32:name}.{domainName}.",
        status: "PENDING_VALIDATION",
        type: "CNAME",
        value: "_{hex:32:value}.{hex:10}.acm-validations.aws.",
      },
    ],
    dnsTarget: "{hex:10:service}.{region}.awsapprunner.com",
    status: "pending_certificate_dns_validation",
  },
  // https://docs.aws.amazon.com/apprunner/latest/api/API_Service.html
  "aws:apprunner/service:Service": {
    id: `arn:aws:apprunner:${own}:service/{serviceName}/{hex:32}`,
    arn: "{id}",
    serviceId: "{hex:32}",
    serviceUrl: "{hex:10}.{region}.awsapprunner.com",
    status: "RUNNING",
  },
  "aws:apprunner/vpcConnector:VpcConnector": {
    id: `arn:aws:apprunner:${own}:vpcconnector/{vpcConnectorName}/1/{hex:32}`,
    arn: "{id}",
    status: "ACTIVE",
    vpcConnectorRevision: 1,
  },
  "aws:autoscaling/lifecycleHook:LifecycleHook": { id: "{name}" },
  "aws:autoscaling/schedule:Schedule": {
    id: "{scheduledActionName}",
    arn: `arn:aws:autoscaling:${own}:scheduledUpdateGroupAction:{uuid}:autoScalingGroupName/{autoscalingGroupName}:scheduledActionName/{scheduledActionName}`,
  },
  // https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeEnvironmentDetail.html
  "aws:batch/computeEnvironment:ComputeEnvironment": {
    ecsClusterArn: `arn:aws:ecs:${own}:cluster/AWSBatch-{name}-{uuid}`,
    status: "VALID",
    statusReason: "ComputeEnvironment Healthy",
  },
  "aws:batch/jobDefinition:JobDefinition": {
    id: `${jobDefinition}:1`,
    arn: "{id}",
    arnPrefix: jobDefinition,
    revision: 1,
  },
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-secret.html
  "aws:cloudwatch/eventConnection:EventConnection": {
    arn: `arn:aws:events:${own}:connection/{name}/{uuid}`,
    secretArn: `arn:aws:secretsmanager:${own}:secret:events!connection/{name}/{uuid::secret}-{hex:6}`,
  },
  "aws:cloudwatch/eventApiDestination:EventApiDestination": {
    arn: `arn:aws:events:${own}:api-destination/{name}/{uuid}`,
  },
  "aws:cloudwatch/logStream:LogStream": {
    id: "{name}",
    arn: `arn:aws:logs:${own}:log-group:{logGroupName}:log-stream:{name}`,
  },
  "aws:codeartifact/domain:Domain": { assetSizeBytes: "0", repositoryCount: 0 },
  "aws:codeartifact/repository:Repository": {
    id: `arn:aws:codeartifact:${own}:repository/{domain}/{repository}`,
    administratorAccount: "{account}",
    arn: "{id}",
  },
  "aws:codebuild/project:Project": {
    id: `arn:aws:codebuild:${own}:project/{name}`,
    badgeUrl: "",
    publicProjectAlias: "",
  },
  "aws:codeconnections/connection:Connection": {
    id: `arn:aws:codeconnections:${own}:connection/{uuid}`,
    arn: "{id}",
    ...pending,
  },
  "aws:codestarconnections/connection:Connection": {
    id: `arn:aws:codestar-connections:${own}:connection/{uuid}`,
    arn: "{id}",
    ...pending,
  },
  "aws:codedeploy/deploymentGroup:DeploymentGroup": {
    id: "{uuid}",
    arn: `arn:aws:codedeploy:${own}:deploymentgroup:{appName}/{deploymentGroupName}`,
    computePlatform: "Server",
    deploymentGroupId: "{id}",
  },
  "aws:cognito/identityPool:IdentityPool": {
    id: "{region}:{uuid}",
    arn: `arn:aws:cognito-identity:${own}:identitypool/{id}`,
  },
  "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment": { id: "{identityPoolId}" },
  // Who was made by others is to change the password: https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
  "aws:cognito/user:User": {
    id: "{userPoolId}/{username}",
    preferredMfaSetting: "",
    status: "FORCE_CHANGE_PASSWORD",
    sub: "{uuid}",
  },
  "aws:grafana/workspace:Workspace": {
    id: "g-{hex:10}",
    endpoint: "{id}.grafana-workspace.{region}.amazonaws.com",
  },
  "aws:imagebuilder/component:Component": {
    id: `arn:aws:imagebuilder:${own}:component/{name}/{version}/1`,
    arn: "{id}",
    type: "BUILD",
  },
  "aws:iot/certificate:Certificate": {
    id: "{hex:64}",
    arn: `arn:aws:iot:${own}:cert/{id}`,
    caCertificateId: "",
  },
  "aws:organizations/account:Account": { id: "{digits:12}", status: "ACTIVE" },
  "aws:ses/domainIdentity:DomainIdentity": {
    id: "{domain}",
    arn: `arn:aws:ses:${own}:identity/{domain}`,
  },
  "aws:ses/template:Template": { id: "{name}", arn: `arn:aws:ses:${own}:template/{name}` },
  "aws:xray/group:Group": { id: `arn:aws:xray:${own}:group/{groupName}/{HEX:26}`, arn: "{id}" },
};
