import type { memorydb } from "@pulumi/aws";
import type { Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import { hexOf } from "../values.ts";
import type { AnyBehaviour, Existing, Plain, Reference } from "./behaviour.ts";
import { toSecurityGroup } from "./ec2/references.ts";
import { toKey } from "./kms.ts";
import { placementOf, toGroupedSubnet } from "./placement.ts";
import { refined, taken } from "./specification/refined.ts";
import { zonesOf } from "./zones.ts";

const clusterToken = "aws:memorydb/cluster:Cluster";
const userToken = "aws:memorydb/user:User";
const aclToken = "aws:memorydb/acl:Acl";
const subnetGroupToken = "aws:memorydb/subnetGroup:SubnetGroup";
const parameterGroupToken = "aws:memorydb/parameterGroup:ParameterGroup";

/** What AWS gives every account, beside its own: https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html */
const openAccess = "open-access";

/** A named thing of MemoryDB. Codes: https://docs.aws.amazon.com/memorydb/latest/APIReference/API_CreateCluster.html#API_CreateCluster_Errors */
function to(token: string, what: string, foreign?: RegExp): Reference {
  return {
    to: token,
    missing: { code: `${what}NotFoundFault`, message: `${what} {value} not found.` },
    ...(foreign === undefined ? {} : { foreign }),
  };
}

/** Each service says in its own code that a name is taken; the words are ours. */
function unique(token: string, what: string) {
  return taken<{ readonly name?: string | undefined }>(token, ({ name }) => name, {
    code: `${what}AlreadyExistsFault`,
    says: ({ inputs }) => `${what} ${inputs.name ?? ""} already exists.`,
  });
}

/** What is in use stays. */
function keepsUsed(code: string, what: string) {
  return ({ id }: Stored, [holder]: readonly Stored[]): void => {
    if (holder !== undefined) throw new Refusal(code, `${what} ${id} is in use by cluster ${holder.id}.`);
  };
}

const quick = { create: 3, update: 3, delete: 3 } as const;

/** https://docs.aws.amazon.com/memorydb/latest/APIReference/API_CreateUser.html */
const user = refined<memorydb.UserArgs, memorydb.UserState>(userToken, {
  id: ({ inputs }) => inputs.userName,
  outputs: ({ inputs }) => ({
    authenticationMode: {
      ...inputs.authenticationMode,
      passwordCount: inputs.authenticationMode.passwords?.length ?? 0,
    },
    minimumEngineVersion: "6.0",
  }),
  rules: [
    taken(userToken, ({ userName }) => userName, {
      code: "UserAlreadyExistsFault",
      says: ({ inputs }) => `User ${inputs.userName} already exists.`,
    }),
  ],
  seconds: quick,
});

/** https://docs.aws.amazon.com/memorydb/latest/APIReference/API_CreateACL.html. A user that is deleted leaves its lists. */
const acl = refined<memorydb.AclArgs, memorydb.AclState>(aclToken, {
  autoname: { property: "name", max: 40, lower: true },
  references: { "userNames[]": { ...to(userToken, "User"), holds: false } },
  outputs: () => ({ minimumEngineVersion: "6.0" }),
  rules: [unique(aclToken, "ACL")],
  keeps: keepsUsed("InvalidACLStateFault", "ACL"),
  seconds: quick,
});

/** https://docs.aws.amazon.com/memorydb/latest/APIReference/API_CreateSubnetGroup.html */
const subnetGroup = refined<memorydb.SubnetGroupArgs, memorydb.SubnetGroupState>(subnetGroupToken, {
  autoname: { property: "name", max: 255, lower: true },
  references: { "subnetIds[]": toGroupedSubnet },
  rules: [
    unique(subnetGroupToken, "SubnetGroup"),
    {
      when: ({ account, inputs }) => placementOf(account, inputs.subnetIds).vpcs.length > 1,
      code: "InvalidSubnet",
      says: "The subnets are in several VPCs.",
    },
  ],
  keeps: keepsUsed("SubnetGroupInUseFault", "SubnetGroup"),
  seconds: quick,
});

/** https://docs.aws.amazon.com/memorydb/latest/APIReference/API_CreateParameterGroup.html */
const parameterGroup = refined<memorydb.ParameterGroupArgs, memorydb.ParameterGroupState>(
  parameterGroupToken,
  {
    autoname: { property: "name", max: 255, lower: true },
    rules: [unique(parameterGroupToken, "ParameterGroup")],
    keeps: keepsUsed("InvalidParameterGroupStateFault", "ParameterGroup"),
    seconds: quick,
  },
);

type Cluster = Existing<Plain<memorydb.ClusterArgs>>;

/** `c-0001-001` is the first node of the first shard: https://docs.aws.amazon.com/memorydb/latest/devguide/endpoints.html */
function shardsOf({ id, inputs, accountId, region, created }: Cluster, port: number) {
  const { numShards = 1, numReplicasPerShard = 1 } = inputs;
  const [zones, slots] = [zonesOf(region), 16384];
  return Array.from({ length: numShards }, (_, shard) => {
    const name = String(shard + 1).padStart(4, "0");
    const [first, next] = [shard, shard + 1].map((index) => Math.floor((slots * index) / numShards));
    const nodes = Array.from({ length: numReplicasPerShard + 1 }, (__, node) => {
      const member = `${id}-${name}-${String(node + 1).padStart(3, "0")}`;
      const endpoints = [{ address: `${member}.${id}.${domainOf(accountId, region)}`, port }];
      const availabilityZone = zones[node % zones.length]?.name ?? "";
      return { name: member, availabilityZone, createTime: created, endpoints };
    });
    return { name, nodes, numNodes: nodes.length, slots: `${first ?? 0}-${(next ?? slots) - 1}` };
  });
}

/** The end of the addresses of all clusters of an account in a region. */
function domainOf(accountId: string, region: string): string {
  return `${hexOf(`memorydb/${accountId}/${region}`, 6)}.memorydb.${region}.amazonaws.com`;
}

/** What the provider fills in, by https://www.pulumi.com/registry/packages/aws/api-docs/memorydb/cluster/: its schema is not among the facts. */
const documented = <Value>(value: Value): { readonly value: Value; readonly because: string } => ({
  value,
  because: "the provider's documentation says so, and its schema is not among the facts",
});

/** https://docs.aws.amazon.com/memorydb/latest/APIReference/API_CreateCluster.html */
const cluster = refined<memorydb.ClusterArgs, memorydb.ClusterState>(clusterToken, {
  autoname: { property: "name", max: 40, lower: true },
  defaults: {
    autoMinorVersionUpgrade: documented(true),
    numReplicasPerShard: documented(1),
    numShards: documented(1),
    tlsEnabled: documented(true),
  },
  references: {
    aclName: to(aclToken, "ACL", new RegExp(`^${openAccess}$`)),
    subnetGroupName: to(subnetGroupToken, "SubnetGroup"),
    parameterGroupName: to(parameterGroupToken, "ParameterGroup", /^default\./),
    "securityGroupIds[]": toSecurityGroup,
    kmsKeyArn: toKey("InvalidKMSKeyFault", "Key '{value}' does not exist"),
  },
  outputs: (context) => {
    const { id, inputs, accountId, region } = context;
    const { engine = "redis", port = 6379 } = inputs;
    return {
      clusterEndpoints: [{ address: `clustercfg.${id}.${domainOf(accountId, region)}`, port }],
      engine,
      port,
      shards: shardsOf(context, port),
      snapshotRetentionLimit: inputs.snapshotRetentionLimit ?? 0,
    };
  },
  rules: [
    unique(clusterToken, "Cluster"),
    {
      // The provider's own page says it: https://www.pulumi.com/registry/packages/aws/api-docs/memorydb/cluster/
      when: ({ inputs }) => inputs.tlsEnabled === false && inputs.aclName !== openAccess,
      code: "InvalidParameterCombinationException",
      says: `A cluster without TLS must have the ACL ${openAccess}.`,
    },
  ],
  seconds: { create: 900, update: 300, delete: 300 },
});

/** Databases in memory that keep what they are told. */
export const memoryDatabases: readonly AnyBehaviour[] = [user, acl, subnetGroup, parameterGroup, cluster];
