import type { elasticache } from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import { hexOf, isRecord, list, text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { zonesOf } from "../zones.ts";
import { parameterGroupToken } from "./references.ts";

/** A replication group's inputs, all of them known. */
export type Inputs = {
  readonly [Key in keyof elasticache.ReplicationGroupArgs]: Unwrap<elasticache.ReplicationGroupArgs[Key]>;
};

/** How many nodes there are, and how they are arranged. */
export interface Topology {
  /** True in cluster mode, where keys are spread over shards. */
  readonly clustered: boolean;
  readonly shards: number;
  readonly replicas: number;
}

/** Cluster mode is the parameter group's to say; those of AWS say it in their name. */
function isClustered({ inputs, account, region }: Context<Inputs>): boolean {
  const name = inputs.parameterGroupName;
  if (name === undefined) return inputs.numNodeGroups !== undefined || inputs.clusterMode === "enabled";
  if (name.startsWith("default.")) return name.endsWith(".cluster.on");
  const group = account.find(parameterGroupToken, name, region);
  return list(group?.state.parameters)
    .filter(isRecord)
    .some((parameter) => parameter.name === "cluster-enabled" && text(parameter.value) === "yes");
}

/** How the group's nodes are arranged; in cluster mode they are counted by shard, otherwise together. */
export function topologyOf(context: Context<Inputs>): Topology {
  const { numNodeGroups, replicasPerNodeGroup, numCacheClusters } = context.inputs;
  const clustered = isClustered(context);
  const nodes = numCacheClusters ?? 1 + (replicasPerNodeGroup ?? 0);
  return clustered
    ? { clustered, shards: numNodeGroups ?? 1, replicas: replicasPerNodeGroup ?? 0 }
    : { clustered, shards: numNodeGroups ?? 1, replicas: nodes - 1 };
}

/** `<group>-<shard>-<node>` in cluster mode, otherwise `<group>-<node>`. */
export function membersOf(id: string, { clustered, shards, replicas }: Topology): string[] {
  const count = (length: number): readonly number[] => Array.from({ length }, (_, index) => index + 1);
  const node = (number: number): string => String(number).padStart(3, "0");
  return count(shards).flatMap((shard) =>
    count(1 + replicas).map((number) =>
      clustered ? `${id}-${String(shard).padStart(4, "0")}-${node(number)}` : `${id}-${node(number)}`,
    ),
  );
}

/** Where clients connect; what the mode does not have is `undefined`. */
export interface Endpoints {
  readonly configuration?: string;
  readonly primary?: string;
  readonly reader?: string;
}

/** The parts of every cache's address that are the same for an account in a region. */
export function domainOf(
  accountId: string,
  region: string,
): { readonly account: string; readonly end: string } {
  const short = (zonesOf(region)[0]?.id ?? "").replace(/-az\d+$/, "");
  return { account: hexOf(`elasticache/${accountId}/${region}`, 6), end: `${short}.cache.amazonaws.com` };
}

/** The names of a group: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html. With encryption in transit the part in front says what it is. */
export function endpointsOf(
  { accountId, region }: Pick<Context<Inputs>, "accountId" | "region">,
  id: string,
  clustered: boolean,
  encrypted: boolean,
): Endpoints {
  const { account, end } = domainOf(accountId, region);
  if (clustered) {
    return {
      configuration: encrypted ? `clustercfg.${id}.${account}.${end}` : `${id}.${account}.clustercfg.${end}`,
    };
  }
  return encrypted
    ? { primary: `master.${id}.${account}.${end}`, reader: `replica.${id}.${account}.${end}` }
    : { primary: `${id}.${account}.ng.0001.${end}`, reader: `${id}-ro.${account}.${end}` };
}
