import type { elasticache } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AccountView, Properties, Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { toUser, userGroupToken, userToken } from "./references.ts";

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html */
const user = behaviour<elasticache.UserArgs, elasticache.UserState>(userToken, {
  id: ({ inputs }) => inputs.userId,
  outputs: ({ id, accountId, region, inputs }) => ({
    arn: `arn:aws:elasticache:${region}:${accountId}:user:${id}`,
    ...(inputs.authenticationMode !== undefined && {
      authenticationMode: {
        ...inputs.authenticationMode,
        passwordCount: inputs.authenticationMode.passwords?.length ?? 0,
      },
    }),
  }),
  refuses: ({ inputs, account, region }, before) => {
    const { userId, userName, authenticationMode } = inputs;
    if (before === undefined && (userId === "default" || account.find(userToken, userId, region))) {
      throw new Refusal("UserAlreadyExists", `User ${userId} already exists.`);
    }
    if (authenticationMode?.type === "iam" && userId !== userName) {
      throw new Refusal(
        "InvalidParameterCombination",
        "The user id and user name must be the same for IAM authentication.",
      );
    }
  },
  keeps: ({ id }, [group]) => {
    if (group === undefined) return;
    throw new Refusal("InvalidUserState", `User ${id} is a member of the user group ${group.id}.`);
  },
  seconds: { create: 6, update: 6, delete: 6 },
});

function membersOf(account: AccountView, ids: readonly string[] | undefined): readonly Stored[] {
  return (ids ?? []).flatMap((id) => account.find(userToken, id) ?? []);
}

/** The service keeps it in lower case, however the program writes it. */
function engineOf({ engine }: Properties): string {
  return (text(engine) ?? "").toLowerCase();
}

/**
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html: a Valkey group takes in Redis OSS users that prove who
 * they are, the other way round it takes in none.
 */
function refuseMembers(engine: string, members: readonly Stored[]): void {
  const names = members.map(({ state }) => state.userName);
  if (engine === "redis" && !names.includes("default")) {
    throw new Refusal(
      "DefaultUserRequired",
      "User group needs to contain a user with the user name default.",
    );
  }
  if (new Set(names).size < names.length) {
    throw new Refusal("DuplicateUserName", "User group must not contain multiple users with the same name.");
  }
  const stranger = members.find(({ state }) =>
    engine === "redis"
      ? engineOf(state) !== "redis"
      : engineOf(state) !== "valkey" && state.noPasswordRequired === true,
  );
  if (stranger !== undefined) {
    throw new Refusal(
      "InvalidParameterCombination",
      `User ${stranger.id} with engine ${String(stranger.state.engine)} cannot be a member of a user group with engine ${engine}.`,
    );
  }
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUserGroup.html */
const userGroup = behaviour<elasticache.UserGroupArgs, elasticache.UserGroupState>(userGroupToken, {
  references: { "userIds[]": toUser },
  id: ({ inputs }) => inputs.userGroupId,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:elasticache:${region}:${accountId}:usergroup:${id}`,
  }),
  refuses: ({ inputs, account, region }, before) => {
    const { userGroupId, engine, userIds } = inputs;
    if (before === undefined && account.find(userGroupToken, userGroupId, region) !== undefined) {
      throw new Refusal("UserGroupAlreadyExists", `User Group ${userGroupId} already exists.`);
    }
    refuseMembers(engineOf({ engine }), membersOf(account, userIds));
  },
  keeps: ({ id }, [group]) => {
    if (group === undefined) return;
    throw new Refusal(
      "InvalidUserGroupState",
      `User group ${id} is associated with the replication group ${group.id}.`,
    );
  },
  seconds: { create: 10, update: 20, delete: 10 },
});

/** Who may sign in to a cache. */
export const access: readonly AnyBehaviour[] = [user, userGroup];
