import type { iam } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Context, Reference } from "../behaviour.ts";
import type { Rule } from "../refuse-first.ts";
import { refined, taken } from "../specification/refined.ts";
import type { Request } from "../specification/refined.ts";
import { refuseDocument, sizeOf } from "./policy-documents.ts";
import { toPolicy } from "./references.ts";

const userToken = "aws:iam/user:User";
const keyToken = "aws:iam/accessKey:AccessKey";
const loginToken = "aws:iam/userLoginProfile:UserLoginProfile";
const userPolicyToken = "aws:iam/userPolicy:UserPolicy";
const userAttachmentToken = "aws:iam/userPolicyAttachment:UserPolicyAttachment";
const membershipToken = "aws:iam/userGroupMembership:UserGroupMembership";
const groupToken = "aws:iam/group:Group";
const groupPolicyToken = "aws:iam/groupPolicy:GroupPolicy";
const groupAttachmentToken = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
const groupMembershipToken = "aws:iam/groupMembership:GroupMembership";
const quick = { create: 1, update: 1, delete: 1 } as const;

/** None of them can be raised, but for policies per user: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const quotas = { keys: 2, policies: 10, groups: 10, userInline: 2048, groupInline: 5120 } as const;

const toUser: Reference = {
  to: userToken,
  missing: { code: "NoSuchEntity", message: "The user with name {value} cannot be found." },
};
const toGroup: Reference = {
  to: groupToken,
  missing: { code: "NoSuchEntity", message: "The group with name {value} cannot be found." },
};

/** What IAM wants gone before a user or a group, in the order in which it looks. */
type Conflict = readonly [token: string, message: string];

function keepsWith(conflicts: readonly Conflict[]) {
  return (_: Stored, holders: readonly Stored[]): void => {
    const found = conflicts.find(([token]) => holders.some((holder) => holder.token === token));
    if (found !== undefined) throw new Refusal("DeleteConflict", `Cannot delete entity, ${found[1]}`);
  };
}

/** The provider itself removes keys and the password of a user with `forceDestroy`, and nothing else. */
const forced: readonly Conflict[] = [
  [loginToken, "must delete login profile first."],
  [keyToken, "must delete access keys first."],
];
const always: readonly Conflict[] = [
  [membershipToken, "must remove users from group first."],
  [groupMembershipToken, "must remove users from group first."],
  [userAttachmentToken, "must detach all policies first."],
  [groupAttachmentToken, "must detach all policies first."],
  ["aws:iam/policyAttachment:PolicyAttachment", "must detach all policies first."],
  [userPolicyToken, "must delete policies first."],
  [groupPolicyToken, "must delete policies first."],
];

/** The user or the group that something hangs on: by then the SDK has put its name in its place. */
interface Bearing {
  readonly user?: unknown;
  readonly group?: unknown;
}

/** What of a type hangs on one user or group already. */
type Hanging = (account: AccountView, inputs: Bearing) => readonly Stored[];

function ofUser(token: string): Hanging {
  return (account, { user }) => hangingOn(account.find(userToken, text(user) ?? ""), token, account);
}

function ofGroup(token: string): Hanging {
  return (account, { group }) => hangingOn(account.find(groupToken, text(group) ?? ""), token, account);
}

function hangingOn(bearer: Stored | undefined, token: string, account: AccountView): readonly Stored[] {
  return bearer === undefined ? [] : account.holders(bearer).filter((holder) => holder.token === token);
}

/** Refuses more on one user or group than IAM's quota of this name says. */
function atMost(quota: number, name: string, hanging: Hanging): Rule<Request<Bearing>> {
  return {
    when: ({ inputs, account, before }) => before === undefined && hanging(account, inputs).length >= quota,
    code: "LimitExceeded",
    says: `Cannot exceed quota for ${name}: ${quota}`,
  };
}

/** Refuses a document that IAM does not take, or that has with the others of its user or group too many characters. */
function refusesInline(quota: number, hanging: Hanging) {
  const written = (policy: unknown): string => text(policy) ?? JSON.stringify(policy);
  return (asked: Context<Bearing & { readonly policy: unknown }>, before: Stored | undefined): void => {
    const { inputs, account } = asked;
    refuseDocument(written(inputs.policy), "identity");
    const others = hanging(account, inputs).filter(({ id }) => id !== before?.id);
    const total = [inputs.policy, ...others.map(({ state }) => state.policy)]
      .map((policy) => sizeOf(written(policy)))
      .reduce((sum, size) => sum + size, 0);
    if (total <= quota) return;
    const user = text(inputs.user);
    const owner = user === undefined ? `group ${text(inputs.group) ?? ""}` : `user ${user}`;
    throw new Refusal("LimitExceeded", `Maximum policy size of ${quota} bytes exceeded for ${owner}`);
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
const user = refined<iam.UserArgs, iam.UserState>(userToken, {
  autoname: { property: "name", max: 64 },
  references: { permissionsBoundary: toPolicy },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, inputs, hex }) => ({
    arn: `arn:aws:iam::${accountId}:user${inputs.path ?? "/"}${id}`,
    uniqueId: `AIDA${hex(17).toUpperCase()}`,
  }),
  rules: [
    taken(userToken, ({ name }) => name, {
      code: "EntityAlreadyExists",
      says: ({ inputs }) => `User with name ${inputs.name ?? ""} already exists.`,
    }),
  ],
  keeps: (thing, holders) => {
    keepsWith(thing.state.forceDestroy === true ? always : [...forced, ...always])(thing, holders);
  },
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
const accessKey = refined<iam.AccessKeyArgs, iam.AccessKeyState>(keyToken, {
  references: { user: toUser },
  id: ({ hex }) => `AKIA${hex(16).toUpperCase()}`,
  rules: [atMost(quotas.keys, "AccessKeysPerUser", ofUser(keyToken))],
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html */
const loginProfile = refined<iam.UserLoginProfileArgs, iam.UserLoginProfileState>(loginToken, {
  references: { user: toUser },
  id: ({ inputs }) => inputs.user,
  rules: [
    taken(loginToken, (inputs) => inputs.user, {
      code: "EntityAlreadyExists",
      says: ({ inputs }) => `Login Profile for user ${inputs.user} already exists.`,
    }),
  ],
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
const userAttachment = refined<iam.UserPolicyAttachmentArgs, iam.UserPolicyAttachmentState>(
  userAttachmentToken,
  {
    references: { user: toUser, policyArn: toPolicy },
    rules: [atMost(quotas.policies, "PoliciesPerUser", ofUser(userAttachmentToken))],
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html */
const groupAttachment = refined<iam.GroupPolicyAttachmentArgs, iam.GroupPolicyAttachmentState>(
  groupAttachmentToken,
  {
    references: { group: toGroup, policyArn: toPolicy },
    rules: [atMost(quotas.policies, "PoliciesPerGroup", ofGroup(groupAttachmentToken))],
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
const userPolicy = refined<iam.UserPolicyArgs, iam.UserPolicyState>(userPolicyToken, {
  autoname: { property: "name", max: 128 },
  references: { user: toUser },
  refuses: refusesInline(quotas.userInline, ofUser(userPolicyToken)),
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html */
const group = refined<iam.GroupArgs, iam.GroupState>(groupToken, {
  autoname: { property: "name", max: 128 },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, inputs, hex }) => ({
    arn: `arn:aws:iam::${accountId}:group${inputs.path ?? "/"}${id}`,
    uniqueId: `AGPA${hex(17).toUpperCase()}`,
  }),
  rules: [
    taken(groupToken, ({ name }) => name, {
      code: "EntityAlreadyExists",
      says: ({ inputs }) => `Group with name ${inputs.name ?? ""} already exists.`,
    }),
  ],
  keeps: keepsWith(always),
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html */
const groupPolicy = refined<iam.GroupPolicyArgs, iam.GroupPolicyState>(groupPolicyToken, {
  autoname: { property: "name", max: 128 },
  references: { group: toGroup },
  refuses: refusesInline(quotas.groupInline, ofGroup(groupPolicyToken)),
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html */
const userMembership = refined<iam.UserGroupMembershipArgs, iam.UserGroupMembershipState>(membershipToken, {
  references: { user: toUser, "groups[]": toGroup },
  id: ({ hex }) => `terraform-${hex(26)}`,
  rules: [
    {
      when: ({ inputs }) => inputs.groups.length > quotas.groups,
      code: "LimitExceeded",
      says: `Cannot exceed quota for GroupsPerUser: ${quotas.groups}`,
    },
  ],
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html */
const groupMembership = refined<iam.GroupMembershipArgs, iam.GroupMembershipState>(groupMembershipToken, {
  references: { "users[]": toUser, group: toGroup },
  id: ({ inputs, name }) => inputs.name ?? name,
  seconds: quick,
});

/** People and machines that sign in with IAM itself. */
export const users: readonly AnyBehaviour[] = [
  user,
  accessKey,
  loginProfile,
  userPolicy,
  userAttachment,
  group,
  groupPolicy,
  groupAttachment,
  userMembership,
  groupMembership,
];
