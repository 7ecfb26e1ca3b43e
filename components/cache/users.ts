import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { CacheStore } from "../contracts.ts";
import type { CacheSettings } from "./settings.ts";

/** Who may sign in: the group the cache is given, and each user as its role must name it. */
export interface Admission {
  readonly group: aws.elasticache.UserGroup;
  readonly users: CacheStore["users"];
}

/**
 * The users that may sign in to the cache, and the group the cache is given. They prove who they are with IAM: whose role may
 * `elasticache:Connect` as the user gets in, and there is no password to leak.
 */
export function admitUsers(
  name: string,
  { identifier, engine, users }: Pick<CacheSettings, "identifier" | "engine" | "users">,
  opts: pulumi.CustomResourceOptions,
): Admission {
  const named = Object.entries(users).map(([user, accessString]) => {
    // Sign-in with IAM needs id and name to be the same (Amazon ElastiCache user guide, "Authenticating with IAM").
    const id = `${identifier}-${user}`;
    const made = new aws.elasticache.User(
      `${name}-${user}`,
      { userId: id, userName: id, engine, accessString, authenticationMode: { type: "iam" } },
      opts,
    );
    return [user, { name: id, arn: made.arn, userId: made.userId }] as const;
  });
  const members = named.map(([, { userId }]) => userId);
  const everyone =
    engine === "redis" ? [...members, lockDefaultUser(name, identifier, opts).userId] : members;

  return {
    group: new aws.elasticache.UserGroup(name, { userGroupId: identifier, engine, userIds: everyone }, opts),
    users: Object.fromEntries(named.map(([user, { name: id, arn }]) => [user, { name: id, arn }])),
  };
}

/**
 * Redis OSS wants a user called `default` in every group, for clients that do not sign in: this one is switched off and may do
 * nothing. Valkey has none (Amazon ElastiCache user guide, "Role-Based Access Control").
 */
function lockDefaultUser(
  name: string,
  identifier: string,
  opts: pulumi.CustomResourceOptions,
): aws.elasticache.User {
  return new aws.elasticache.User(
    `${name}-default`,
    {
      userId: `${identifier}-default`,
      userName: "default",
      engine: "redis",
      accessString: "off ~* -@all",
      authenticationMode: { type: "no-password-required" },
    },
    opts,
  );
}
