import { certificates } from "./acm.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { distributions } from "./cloudfront/distribution.ts";
import { edgePolicies } from "./cloudfront/policies.ts";
import { alarms } from "./cloudwatch-alarms.ts";
import { logs } from "./cloudwatch-logs.ts";
import { tables } from "./dynamodb.ts";
import { volumes } from "./ebs.ts";
import { endpoints } from "./ec2/endpoints.ts";
import { gateways } from "./ec2/gateways.ts";
import { launchTemplates } from "./ec2/launch-templates.ts";
import { networkAcls } from "./ec2/network-acls.ts";
import { routes } from "./ec2/routes.ts";
import { securityGroups } from "./ec2/security-groups.ts";
import { vpcs } from "./ec2/vpc.ts";
import { repositories } from "./ecr.ts";
import { fileSystems } from "./efs.ts";
import { clusterAccess } from "./eks/access.ts";
import { addons } from "./eks/addon.ts";
import { clusters } from "./eks/cluster.ts";
import { nodeGroups } from "./eks/node-group.ts";
import { access } from "./elasticache/access.ts";
import { groups as cacheGroups } from "./elasticache/groups.ts";
import { replicationGroups } from "./elasticache/replication-group.ts";
import { events } from "./eventbridge.ts";
import { identityProviders } from "./iam/providers.ts";
import { roles } from "./iam/roles.ts";
import { keys } from "./kms.ts";
import { logDeliveries } from "./log-delivery.ts";
import { groups as databaseGroups } from "./rds/groups.ts";
import { instances } from "./rds/instance.ts";
import { dns } from "./route53.ts";
import { bucketAccess } from "./s3/access.ts";
import { buckets } from "./s3/buckets.ts";
import { bucketConfigurations } from "./s3/configurations.ts";
import { bucketObjects } from "./s3/objects.ts";
import { secrets } from "./secretsmanager.ts";
import { topics } from "./sns.ts";
import { queues } from "./sqs.ts";
import { firewalls } from "./wafv2/firewalls.ts";

const all: readonly AnyBehaviour[] = [
  ...vpcs,
  ...gateways,
  ...routes,
  ...endpoints,
  ...securityGroups,
  ...networkAcls,
  ...launchTemplates,
  ...roles,
  ...identityProviders,
  ...keys,
  ...logs,
  ...secrets,
  ...dns,
  ...certificates,
  ...databaseGroups,
  ...instances,
  ...cacheGroups,
  ...access,
  ...replicationGroups,
  ...clusters,
  ...nodeGroups,
  ...addons,
  ...clusterAccess,
  ...buckets,
  ...bucketAccess,
  ...bucketConfigurations,
  ...bucketObjects,
  ...distributions,
  ...edgePolicies,
  ...firewalls,
  ...topics,
  ...queues,
  ...alarms,
  ...logDeliveries,
  ...events,
  ...tables,
  ...repositories,
  ...fileSystems,
  ...volumes,
];

/** Every resource type that the sandbox simulates, by token. */
export const behaviours: ReadonlyMap<string, AnyBehaviour> = new Map(
  all.map((entry) => [entry.token, entry]),
);
