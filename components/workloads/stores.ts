import type { iam } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { CacheStore, DatabaseStore } from "../contracts.ts";
import type { storeNames } from "./rows/access.ts";

/** What a service gets by naming a store under `uses`. */
export interface StoreBinding {
  /** The one port inside the VPC that it may connect to. */
  readonly port: number;
  /** Variables that say where the store is and as whom to sign in. */
  readonly variables: (service: string) => Readonly<Record<string, pulumi.Input<string>>>;
  /** What the service's role needs to sign in. */
  readonly statements: (service: string) => readonly iam.PolicyStatement[];
}

/** The stores of the platform, by the names that rows use. */
export type Stores = Readonly<Record<(typeof storeNames)[number], StoreBinding>>;

/** The database user of a service: its own name, in the form that needs no quotes in SQL. */
export function databaseUserOf(service: string): string {
  return service.replaceAll("-", "_");
}

/**
 * The user of the cache that a service signs in as: the one of its own name, else the first.
 * @throws Error when there is none; the cache's settings ask for one.
 */
export function cacheUserOf(service: string, users: CacheStore["users"]): CacheStore["users"][string] {
  const user = users[service] ?? Object.values(users)[0];
  if (user === undefined) throw new Error("the cache has no users");
  return user;
}

/** Turns the stores into what rows may name. `accountArn` begins the ARNs of the account and region: `eu-west-1:111111111111`. */
export function bindStores(
  database: DatabaseStore,
  cache: CacheStore,
  regionAndAccount: pulumi.Input<string>,
): Stores {
  const signIn =
    (resourceIds: readonly pulumi.Input<string>[]) =>
    (service: string): readonly iam.PolicyStatement[] => [
      {
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: resourceIds.map(
          (id) =>
            pulumi.interpolate`arn:aws:rds-db:${regionAndAccount}:dbuser:${id}/${databaseUserOf(service)}`,
        ),
      },
    ];
  const account = (service: string): Readonly<Record<string, pulumi.Input<string>>> => ({
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: database.databaseName,
    DATABASE_USER: databaseUserOf(service),
  });
  const [primary, ...replicas] = database.resourceIds;
  return {
    database: {
      port: database.port,
      variables: (service) => ({ DATABASE_HOST: database.endpoint, ...account(service) }),
      statements: signIn(primary === undefined ? [] : [primary]),
    },
    databaseReader: {
      port: database.port,
      variables: (service) => ({
        // PostgreSQL's clients take a list and use the first that answers.
        DATABASE_READER_HOST: pulumi.all([...database.readerEndpoints]).apply((hosts) => hosts.join(",")),
        ...account(service),
      }),
      statements: signIn(replicas),
    },
    cache: {
      port: cache.port,
      variables: (service) => ({
        CACHE_HOST: cache.endpoint,
        CACHE_PORT: String(cache.port),
        CACHE_USER: cacheUserOf(service, cache.users).name,
        CACHE_NAME: cache.replicationGroupId,
      }),
      statements: (service) => [
        {
          Effect: "Allow",
          Action: "elasticache:Connect",
          Resource: [cache.groupArn, cacheUserOf(service, cache.users).arn],
        },
      ],
    },
  };
}
