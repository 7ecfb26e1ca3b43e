import type { iam } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { CacheStore, DatabaseStore } from "../contracts.ts";
import type { storeNames } from "./rows/access.ts";
import type { PodSettings } from "./workload-settings.ts";

/** Who signs in: a service or job by its name, and whose user of the database it takes, where that is not its own. */
export type Client = Pick<PodSettings, "name" | "databaseUser">;

/** What a service gets by naming a store under `uses`. */
export interface StoreBinding {
  /** The one port inside the VPC that it may connect to. */
  readonly port: number;
  /** Variables that say where the store is and as whom to sign in. */
  readonly variables: (client: Client) => Readonly<Record<string, pulumi.Input<string>>>;
  /** What the service's role needs to sign in. */
  readonly statements: (client: Client) => readonly iam.PolicyStatement[];
}

/** The stores of the platform, by the names that rows use. */
export type Stores = Readonly<Record<(typeof storeNames)[number], StoreBinding>>;

/** The database user of a service: its name, or that of another, in the form that needs no quotes in SQL. */
export function databaseUserOf({ name, databaseUser = name }: Client): string {
  return databaseUser.replaceAll("-", "_");
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
    (client: Client): readonly iam.PolicyStatement[] => [
      {
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: resourceIds.map(
          (id) =>
            pulumi.interpolate`arn:aws:rds-db:${regionAndAccount}:dbuser:${id}/${databaseUserOf(client)}`,
        ),
      },
    ];
  const account = (client: Client): Readonly<Record<string, pulumi.Input<string>>> => ({
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: database.databaseName,
    DATABASE_USER: databaseUserOf(client),
  });
  const [primary, ...replicas] = database.resourceIds;
  return {
    database: {
      port: database.port,
      variables: (client) => ({ DATABASE_HOST: database.endpoint, ...account(client) }),
      statements: signIn(primary === undefined ? [] : [primary]),
    },
    databaseReader: {
      port: database.port,
      variables: (client) => ({
        // PostgreSQL's clients take a list and use the first that answers.
        DATABASE_READER_HOST: pulumi.all([...database.readerEndpoints]).apply((hosts) => hosts.join(",")),
        ...account(client),
      }),
      statements: signIn(replicas),
    },
    cache: {
      port: cache.port,
      variables: ({ name }) => ({
        CACHE_HOST: cache.endpoint,
        CACHE_PORT: String(cache.port),
        CACHE_USER: cacheUserOf(name, cache.users).name,
        CACHE_NAME: cache.replicationGroupId,
      }),
      statements: ({ name }) => [
        {
          Effect: "Allow",
          Action: "elasticache:Connect",
          Resource: [cache.groupArn, cacheUserOf(name, cache.users).arn],
        },
      ],
    },
  };
}
