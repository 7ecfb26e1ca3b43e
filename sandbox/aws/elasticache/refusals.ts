import type { Stored } from "../../model.ts";
import { list, text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { placementOf, strayGroup } from "../placement.ts";
import type { Rule } from "../refuse-first.ts";
import { releaseOf } from "./engines.ts";
import type { Release } from "./engines.ts";
import { groupToken, parameterGroupToken, subnetGroupToken, userGroupToken } from "./references.ts";
import { topologyOf } from "./topology.ts";
import type { Inputs, Topology } from "./topology.ts";

/** What ElastiCache is asked for, with all that it looks up to judge it. */
export interface Request {
  readonly inputs: Inputs;
  readonly before: Stored | undefined;
  /** Another group that has the identifier. */
  readonly taken: boolean;
  readonly engine: string;
  readonly release: Release | undefined;
  /** Family of the parameter group, also of one of AWS's. */
  readonly family: string | undefined;
  readonly topology: Topology;
  readonly subnetGroup: Stored | undefined;
  /** Names of the zones that the subnets lie in. */
  readonly zones: readonly string[];
  /** A security group of another VPC. */
  readonly stray: { readonly groupId: string } | undefined;
  readonly userGroup: Stored | undefined;
}

/** Looks up what a request is judged by. */
export function requestOf(context: Context<Inputs>, before: Stored | undefined): Request {
  const { inputs, account, region } = context;
  const find = (token: string, name: string | undefined): Stored | undefined =>
    account.find(token, name ?? "", region);
  const subnetGroup = find(subnetGroupToken, inputs.subnetGroupName);
  const engine = inputs.engine ?? "redis";
  return {
    inputs,
    before,
    taken: before === undefined && find(groupToken, inputs.replicationGroupId) !== undefined,
    engine,
    release: releaseOf(engine, inputs.engineVersion),
    family:
      text(find(parameterGroupToken, inputs.parameterGroupName)?.state.family) ??
      familyIn(inputs.parameterGroupName),
    topology: topologyOf(context),
    subnetGroup,
    zones: placementOf(account, list(subnetGroup?.state.subnetIds).map(String)).zones,
    stray: strayGroup(account, inputs.securityGroupIds, text(subnetGroup?.state.vpcId)),
    userGroup: find(userGroupToken, inputs.userGroupIds?.[0]),
  };
}

/** `default.redis6.x.cluster.on` is of the family `redis6.x`. */
function familyIn(parameterGroupName: string | undefined): string | undefined {
  return /^default\.([a-z]+\d+(?:\.(?:x|\d+))?)(?:\.cluster\.on)?$/.exec(parameterGroupName ?? "")?.[1];
}

/** Families that are too old for cluster mode and failing over: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html */
const oldNodes = /^cache\.(?:t1|m1|m2|c1)\./;

const combination = "InvalidParameterCombination";
const value = "InvalidParameterValue";

const identity: readonly Rule<Request>[] = [
  {
    when: ({ taken }) => taken,
    code: "ReplicationGroupAlreadyExistsFault",
    says: ({ inputs }) => `Replication group ${inputs.replicationGroupId ?? ""} already exists.`,
  },
  {
    when: ({ inputs: { nodeType = "" } }) =>
      nodeType !== "" && !/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(nodeType),
    code: value,
    says: ({ inputs }) => `The cache node type ${inputs.nodeType ?? ""} is not valid.`,
  },
  {
    when: ({ release }) => release === undefined,
    code: combination,
    says: ({ inputs, engine }) => `Cannot find version ${inputs.engineVersion ?? ""} for ${engine}`,
  },
  {
    when: ({ family, release }) => family !== undefined && family !== release?.family,
    code: combination,
    says: ({ family, release }) =>
      `Expected a parameter group of family ${release?.family ?? ""} but found one of family ${family ?? ""}`,
  },
];

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const arrangement: readonly Rule<Request>[] = [
  {
    when: ({ topology, inputs, before }) =>
      before === undefined && topology.clustered && inputs.automaticFailoverEnabled !== true,
    code: value,
    says: "Redis with cluster mode enabled cannot be created with auto failover turned off.",
  },
  {
    when: ({ topology, inputs }) => topology.clustered && inputs.automaticFailoverEnabled !== true,
    code: combination,
    says: "Turning off automatic failover for replication group with cluster mode enabled is not supported.",
  },
  {
    when: ({ topology }) => !topology.clustered && topology.shards > 1,
    code: combination,
    says: "Cannot create a multi-shard replication group with cluster mode disabled.",
  },
  {
    when: ({ topology, inputs }) =>
      (topology.clustered || inputs.automaticFailoverEnabled === true) &&
      oldNodes.test(inputs.nodeType ?? ""),
    code: combination,
    says: ({ inputs }) =>
      `The node type ${inputs.nodeType ?? ""} supports neither cluster mode nor automatic failover.`,
  },
  {
    when: ({ topology, inputs }) =>
      !topology.clustered && inputs.automaticFailoverEnabled === true && topology.replicas === 0,
    // The provider says so in its plan.
    code: combination,
    says: '"num_cache_clusters": must be at least 2 if automatic_failover_enabled is true',
  },
  {
    when: ({ inputs }) => inputs.multiAzEnabled === true && inputs.automaticFailoverEnabled !== true,
    code: combination,
    // The provider says so in its plan.
    says: "automatic_failover_enabled must be true if multi_az_enabled is true",
  },
  {
    when: ({ topology, inputs }) => inputs.multiAzEnabled === true && topology.replicas === 0,
    code: combination,
    says: "Must have at least one replica per shard for Multi-AZ.",
  },
];

const place: readonly Rule<Request>[] = [
  {
    when: ({ subnetGroup }) => subnetGroup === undefined,
    code: "CacheSubnetGroupNotFoundFault",
    says: "Cache Subnet Group default does not exist.",
  },
  {
    when: ({ inputs, zones }) => inputs.multiAzEnabled === true && zones.length < 2,
    code: combination,
    says: ({ inputs, zones }) =>
      `Multi-AZ needs subnets in at least two zones, ${inputs.subnetGroupName ?? ""} has them in ${zones.join(", ")}.`,
  },
  {
    when: ({ stray }) => stray !== undefined,
    code: value,
    says: ({ stray }) =>
      `Some security groups are invalid: [${stray?.groupId ?? ""}] is not in the VPC of the cache subnet group.`,
  },
];

/** What a password may consist of: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html */
const authToken = /^[A-Za-z0-9!&#$^<>-]*$/;

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html */
const access: readonly Rule<Request>[] = [
  {
    when: ({ inputs }) => inputs.authToken !== undefined && inputs.transitEncryptionEnabled !== true,
    code: value,
    says: "The AUTH token is only supported when encryption-in-transit is enabled",
  },
  {
    when: ({ inputs }) => !authToken.test(inputs.authToken ?? ""),
    code: value,
    says: "Invalid AuthToken provided.",
  },
  {
    when: ({ userGroup, inputs }) => userGroup !== undefined && inputs.transitEncryptionEnabled !== true,
    code: combination,
    says: "User group based access control requires encryption-in-transit to be enabled on the replication group.",
  },
  {
    when: ({ userGroup, inputs }) => userGroup !== undefined && inputs.transitEncryptionMode === "preferred",
    code: combination,
    says: "Transit encryption preferred is not supported with redis access control.",
  },
  {
    when: ({ userGroup, engine }) => engine === "redis" && userGroup?.state.engine === "valkey",
    code: combination,
    says: ({ userGroup }) =>
      `User group ${userGroup?.id ?? ""} has another engine than the replication group.`,
  },
];

/** What ElastiCache does not take, in the order in which it looks. */
export const replicationGroupRules: readonly Rule<Request>[] = [
  ...identity,
  ...arrangement,
  ...place,
  ...access,
];
