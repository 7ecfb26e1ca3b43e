import { analyzers } from "./access-analyzer.ts";
import { accountSettings } from "./account-settings.ts";
import { certificates } from "./acm.ts";
import { sites } from "./amplify.ts";
import { httpRoutes } from "./apigateway/http-routes.ts";
import { httpApis } from "./apigateway/http.ts";
import { callerKeys } from "./apigateway/keys.ts";
import { restApis } from "./apigateway/rest.ts";
import { restStages } from "./apigateway/stages.ts";
import { usage } from "./apigateway/usage.ts";
import { scaling } from "./appautoscaling.ts";
import { graphQlApis } from "./appsync.ts";
import { workgroups } from "./athena.ts";
import { instanceGroups } from "./autoscaling.ts";
import { backupSafeguards } from "./backup-safeguards.ts";
import { backups } from "./backup.ts";
import { jobQueues } from "./batch.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { spending } from "./budgets.ts";
import { builds } from "./builds.ts";
import { configuration } from "./cfg.ts";
import { stacks } from "./cloudformation.ts";
import { accessIdentities } from "./cloudfront/access-identities.ts";
import { distributions } from "./cloudfront/distribution.ts";
import { signingKeys } from "./cloudfront/keys.ts";
import { edgePolicies } from "./cloudfront/policies.ts";
import { trails } from "./cloudtrail.ts";
import { alarms } from "./cloudwatch-alarms.ts";
import { compositeAlarms } from "./cloudwatch-composites.ts";
import { logFilters } from "./cloudwatch-filters.ts";
import { logs } from "./cloudwatch-logs.ts";
import { userPools } from "./cognito.ts";
import { costWatch } from "./cost-explorer.ts";
import { detectors } from "./detectors.ts";
import { snapshotLifecycles } from "./dlm.ts";
import { documentClusters } from "./docdb.ts";
import { tables } from "./dynamodb.ts";
import { volumes } from "./ebs.ts";
import { attachments } from "./ec2/attachments.ts";
import { clientVpns } from "./ec2/client-vpn.ts";
import { defaultNetwork } from "./ec2/default-network.ts";
import { endpoints } from "./ec2/endpoints.ts";
import { gateways } from "./ec2/gateways.ts";
import { machines } from "./ec2/instances.ts";
import { launchTemplates } from "./ec2/launch-templates.ts";
import { networkAcls } from "./ec2/network-acls.ts";
import { peerings } from "./ec2/peerings.ts";
import { routes } from "./ec2/routes.ts";
import { securityGroups } from "./ec2/security-groups.ts";
import { transitGateways } from "./ec2/transit-gateways.ts";
import { vpcBlocks } from "./ec2/vpc-blocks.ts";
import { vpcs } from "./ec2/vpc.ts";
import { vpns } from "./ec2/vpn.ts";
import { registries } from "./ecr-registry.ts";
import { repositories } from "./ecr.ts";
import { capacityProviders } from "./ecs/capacity-provider.ts";
import { containerServices } from "./ecs/service.ts";
import { taskDefinitions } from "./ecs/task-definition.ts";
import { fileSystems } from "./efs.ts";
import { clusterAccess } from "./eks/access.ts";
import { addons } from "./eks/addon.ts";
import { clusters } from "./eks/cluster.ts";
import { fargateProfiles } from "./eks/fargate-profile.ts";
import { nodeGroups } from "./eks/node-group.ts";
import { access } from "./elasticache/access.ts";
import { cacheClusters } from "./elasticache/cluster.ts";
import { groups as cacheGroups } from "./elasticache/groups.ts";
import { replicationGroups } from "./elasticache/replication-group.ts";
import { serverlessCaches } from "./elasticache/serverless.ts";
import { events } from "./eventbridge.ts";
import { experiments } from "./fis.ts";
import { exclusivePolicies } from "./iam/exclusive.ts";
import { catalogues } from "./glue.ts";
import { identityProviders } from "./iam/providers.ts";
import { roles } from "./iam/roles.ts";
import { serverCertificates } from "./iam/server-certificates.ts";
import { users } from "./iam/users.ts";
import { streams } from "./kinesis.ts";
import { keys } from "./kms.ts";
import { callers } from "./lambda/callers.ts";
import { eventSources } from "./lambda/event-sources.ts";
import { functions } from "./lambda/function.ts";
import { invocations } from "./lambda/invocations.ts";
import { listeners } from "./lb/listener.ts";
import { loadBalancers } from "./lb/load-balancer.ts";
import { targetGroups } from "./lb/target-group.ts";
import { logDeliveries } from "./log-delivery.ts";
import { classifications } from "./macie.ts";
import { memoryDatabases } from "./memorydb.ts";
import { brokers } from "./mq.ts";
import { kafkaClusters } from "./msk.ts";
import { searchDomains } from "./opensearch.ts";
import { accounts } from "./organizations.ts";
import { networkFirewalls } from "./network-firewall.ts";
import { pipelines } from "./pipes.ts";
import { serviceQuotas } from "./quotas.ts";
import { clusterMembers } from "./rds/cluster-members.ts";
import { databaseClusters } from "./rds/cluster.ts";
import { databaseCopies } from "./rds/copies.ts";
import { groups as databaseGroups } from "./rds/groups.ts";
import { instances } from "./rds/instance.ts";
import { databaseProxies } from "./rds/proxies.ts";
import { healthChecks } from "./route53-health.ts";
import { resolvers } from "./route53-resolver.ts";
import { dns } from "./route53.ts";
import { storage } from "./s3/index.ts";
import { schedules } from "./scheduler.ts";
import { secretAccess } from "./secrets-access.ts";
import { secrets } from "./secretsmanager.ts";
import { discovery } from "./servicediscovery.ts";
import { mail } from "./sesv2.ts";
import { topics } from "./sns.ts";
import { queues } from "./sqs.ts";
import { operations } from "./ssm-operations.ts";
import { parameters } from "./ssm.ts";
import { stateMachines } from "./stepfunctions.ts";
import { visits } from "./synthetics.ts";
import { firewalls } from "./wafv2/firewalls.ts";

const all: readonly AnyBehaviour[] = [
  ...vpcs,
  ...defaultNetwork,
  ...gateways,
  ...routes,
  ...endpoints,
  ...securityGroups,
  ...networkAcls,
  ...launchTemplates,
  ...machines,
  ...instanceGroups,
  ...stacks,
  ...roles,
  ...identityProviders,
  ...keys,
  ...logs,
  ...secrets,
  ...dns,
  ...resolvers,
  ...certificates,
  ...databaseGroups,
  ...instances,
  ...loadBalancers,
  ...targetGroups,
  ...listeners,
  ...functions,
  ...callers,
  ...eventSources,
  ...invocations,
  ...httpApis,
  ...httpRoutes,
  ...restApis,
  ...restStages,
  ...taskDefinitions,
  ...containerServices,
  ...cacheGroups,
  ...access,
  ...replicationGroups,
  ...clusters,
  ...nodeGroups,
  ...addons,
  ...clusterAccess,
  ...storage,
  ...distributions,
  ...edgePolicies,
  ...accessIdentities,
  ...firewalls,
  ...topics,
  ...queues,
  ...streams,
  ...stateMachines,
  ...parameters,
  ...alarms,
  ...logDeliveries,
  ...events,
  ...schedules,
  ...builds,
  ...pipelines,
  ...workgroups,
  ...tables,
  ...repositories,
  ...fileSystems,
  ...volumes,
  ...scaling,
  ...usage,
  ...graphQlApis,
  ...backups,
  ...jobQueues,
  ...configuration,
  ...trails,
  ...compositeAlarms,
  ...logFilters,
  ...userPools,
  ...detectors,
  ...attachments,
  ...peerings,
  ...fargateProfiles,
  ...users,
  ...serverCertificates,
  ...kafkaClusters,
  ...searchDomains,
  ...brokers,
  ...cacheClusters,
  ...documentClusters,
  ...serviceQuotas,
  ...accounts,
  ...databaseClusters,
  ...clusterMembers,
  ...databaseCopies,
  ...databaseProxies,
  ...memoryDatabases,
  ...serverlessCaches,
  ...clientVpns,
  ...spending,
  ...analyzers,
  ...registries,
  ...mail,
  ...operations,
  ...sites,
  ...secretAccess,
  ...discovery,
  ...vpcBlocks,
  ...transitGateways,
  ...vpns,
  ...networkFirewalls,
  ...catalogues,
  ...capacityProviders,
  ...accountSettings,
  ...backupSafeguards,
  ...signingKeys,
  ...callerKeys,
  ...costWatch,
  ...snapshotLifecycles,
  ...experiments,
  ...exclusivePolicies,
  ...classifications,
  ...healthChecks,
  ...visits,
];

/** Every resource type that the sandbox simulates, by token. */
export const behaviours: ReadonlyMap<string, AnyBehaviour> = new Map(
  all.map((entry) => [entry.token, entry]),
);
