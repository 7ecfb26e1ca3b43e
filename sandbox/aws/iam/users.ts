import type { iam } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Reference } from "../behaviour.ts";
import { refined } from "../specification/refined.ts";
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

function isTaken(account: AccountView, token: string, name: string | undefined): boolean {
  return account.all(token).some(({ state }) => state.name === name);
}

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
    {
      when: ({ inputs, account, before }) => before === undefined && isTaken(account, userToken, inputs.name),
      code: "EntityAlreadyExists",
      says: ({ inputs }) => `User with name ${inputs.name ?? ""} already exists.`,
    },
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
  rules: [
    {
      when: ({ inputs, account, before }) =>
        before === undefined &&
        account.all(keyToken).filter(({ state }) => state.user === inputs.user).length >= quotas.keys,
      code: "LimitExceeded",
      says: `Cannot exceed quota for AccessKeysPerUser: ${quotas.keys}`,
    },
  ],
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html */
const loginProfile = refined<iam.UserLoginProfileArgs, iam.UserLoginProfileState>(loginToken, {
  references: { user: toUser },
  id: ({ inputs }) => inputs.user,
  rules: [
    {
      when: ({ inputs, account, before }) =>
        before === undefined && account.find(loginToken, inputs.user) !== undefined,
      code: "EntityAlreadyExists",
      says: ({ inputs }) => `Login Profile for user ${inputs.user} already exists.`,
    },
  ],
  seconds: quick,
});

/** A document that IAM takes, and with the entity's others no more characters than it may have. */
function refuseInline(document: unknown, others: readonly Stored[], quota: number, entity: string): void {
  const written = (policy: unknown): string => text(policy) ?? JSON.stringify(policy);
  refuseDocument(written(document), "identity");
  const total = [document, ...others.map(({ state }) => state.policy)]
    .map((policy) => sizeOf(written(policy)))
    .reduce((sum, size) => sum + size, 0);
  if (total <= quota) return;
  throw new Refusal("LimitExceeded", `Maximum policy size of ${quota} bytes exceeded for ${entity}`);
}

/** What already hangs on a user or a group, without the thing itself. */
function othersOf(
  account: AccountView,
  token: string,
  owner: "user" | "group",
  name: unknown,
  before: Stored | undefined,
): readonly Stored[] {
  return account.all(token).filter(({ id, state }) => state[owner] === name && id !== before?.id);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
const userAttachment = refined<iam.UserPolicyAttachmentArgs, iam.UserPolicyAttachmentState>(
  userAttachmentToken,
  {
    references: { user: toUser, policyArn: toPolicy },
    rules: [
      {
        when: ({ inputs, account, before }) =>
          othersOf(account, userAttachmentToken, "user", inputs.user, before).length >= quotas.policies,
        code: "LimitExceeded",
        says: `Cannot exceed quota for PoliciesPerUser: ${quotas.policies}`,
      },
    ],
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html */
const groupAttachment = refined<iam.GroupPolicyAttachmentArgs, iam.GroupPolicyAttachmentState>(
  groupAttachmentToken,
  {
    references: { group: toGroup, policyArn: toPolicy },
    rules: [
      {
        when: ({ inputs, account, before }) =>
          othersOf(account, groupAttachmentToken, "group", inputs.group, before).length >= quotas.policies,
        code: "LimitExceeded",
        says: `Cannot exceed quota for PoliciesPerGroup: ${quotas.policies}`,
      },
    ],
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
const userPolicy = refined<iam.UserPolicyArgs, iam.UserPolicyState>(userPolicyToken, {
  autoname: { property: "name", max: 128 },
  references: { user: toUser },
  refuses: ({ inputs, account }, before) => {
    const others = othersOf(account, userPolicyToken, "user", inputs.user, before);
    refuseInline(inputs.policy, others, quotas.userInline, `user ${text(inputs.user) ?? ""}`);
  },
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
    {
      when: ({ inputs, account, before }) =>
        before === undefined && isTaken(account, groupToken, inputs.name),
      code: "EntityAlreadyExists",
      says: ({ inputs }) => `Group with name ${inputs.name ?? ""} already exists.`,
    },
  ],
  keeps: keepsWith(always),
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html */
const groupPolicy = refined<iam.GroupPolicyArgs, iam.GroupPolicyState>(groupPolicyToken, {
  autoname: { property: "name", max: 128 },
  references: { group: toGroup },
  refuses: ({ inputs, account }, before) => {
    const others = othersOf(account, groupPolicyToken, "group", inputs.group, before);
    refuseInline(inputs.policy, others, quotas.groupInline, `group ${text(inputs.group) ?? ""}`);
  },
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
