import type * as pulumi from "@pulumi/pulumi";

/*
 * What the alarms need to know of their neighbours. How many alarms there are depends on plain values only, so that a preview
 * shows every one; the identifiers may be unknown until the first deployment.
 */

/** A database on RDS. */
export interface WatchedDatabase {
  /** Identifiers of the primary and then its read replicas. */
  readonly instanceIds: readonly pulumi.Output<string>[];
  /** How much memory, and how many connections, each instance has. */
  readonly capacity: { readonly memoryBytes: number; readonly connections: number };
  /** Storage allocated at first, in GiB. */
  readonly storageGb: number;
}

/** A cache on ElastiCache. */
export interface WatchedCache {
  /** Names of the single nodes. */
  readonly nodeIds: readonly string[];
}

/** The network that everything runs in. */
export interface WatchedNetwork {
  /** The whole block of the VPC. */
  readonly vpcCidr: string;
  /** How many NAT gateways there are. */
  readonly natGatewayCount: number;
  readonly natGatewayIds: pulumi.Output<string[]>;
}

/** All that is watched from outside the cluster. */
export interface Watched {
  readonly database: WatchedDatabase;
  readonly cache: WatchedCache;
  readonly network: WatchedNetwork;
}
