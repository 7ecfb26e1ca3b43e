import type { elasticache } from "@pulumi/aws";
import type { AnyBehaviour, Existing, Plain } from "../behaviour.ts";
import { toSecurityGroup } from "../ec2/references.ts";
import { refined } from "../specification/refined.ts";
import type { Request, RulesFor } from "../specification/refined.ts";
import { groupToken, toParameterGroup, toSubnetGroup } from "./references.ts";
import { domainOf } from "./topology.ts";

const clusterToken = "aws:elasticache/cluster:Cluster";

type Asked = Request<Plain<elasticache.ClusterArgs>>;

const isMemcached = ({ inputs }: Asked): boolean => inputs.engine === "memcached";

/** Codes: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html */
const rules: RulesFor<elasticache.ClusterArgs> = [
  {
    when: ({ inputs, account, region, before }) =>
      before === undefined && account.find(clusterToken, inputs.clusterId ?? "", region) !== undefined,
    code: "CacheClusterAlreadyExists",
    says: "Cache cluster already exists",
  },
  {
    // Copies and shards are a replication group's: the provider says so in its plan.
    when: (asked) => !isMemcached(asked) && (asked.inputs.numCacheNodes ?? 1) > 1,
    code: "InvalidParameterCombination",
    says: ({ inputs }) => `engine "${inputs.engine ?? "redis"}" does not support num_cache_nodes > 1`,
  },
  {
    when: (asked) => asked.inputs.parameterGroupName?.endsWith(".cluster.on") === true,
    code: "InvalidParameterCombination",
    says: "Cluster mode should be disabled in parameter group, but found it is enabled.",
  },
];

type Existent = Existing<Plain<elasticache.ClusterArgs>>;

/** Where its nodes are reached; those of Memcached tell of each other at one more address. */
function endpointsOf({ id, accountId, region, inputs }: Existent) {
  const port = inputs.port ?? (inputs.engine === "memcached" ? 11211 : 6379);
  const { account, end } = domainOf(accountId, region);
  const cacheNodes = Array.from({ length: inputs.numCacheNodes ?? 1 }, (_, index) => {
    const number = String(index + 1).padStart(4, "0");
    const availabilityZone = inputs.availabilityZone ?? `${region}a`;
    const address = `${id}.${account}.${number}.${end}`;
    return { address, availabilityZone, id: number, outpostArn: "", port };
  });
  if (inputs.engine !== "memcached") return { cacheNodes, port };
  const clusterAddress = `${id}.${account}.cfg.${end}`;
  return { cacheNodes, port, clusterAddress, configurationEndpoint: `${clusterAddress}:${port}` };
}

/** One node, or several of Memcached. */
const cluster = refined<elasticache.ClusterArgs, elasticache.ClusterState>(clusterToken, {
  autoname: { property: "clusterId", max: 50, lower: true },
  references: {
    subnetGroupName: toSubnetGroup,
    parameterGroupName: toParameterGroup,
    "securityGroupIds[]": toSecurityGroup,
    replicationGroupId: {
      to: groupToken,
      missing: { code: "ReplicationGroupNotFoundFault", message: "ReplicationGroup {value} not found." },
    },
  },
  id: ({ inputs, name }) => inputs.clusterId ?? name,
  outputs: (made) => ({
    ...endpointsOf(made),
    arn: `arn:aws:elasticache:${made.region}:${made.accountId}:cluster:${made.id}`,
    clusterId: made.id,
  }),
  rules,
  seconds: { create: 300, update: 300, delete: 240 },
});

/** Caches without copies. */
export const cacheClusters: readonly AnyBehaviour[] = [cluster];
