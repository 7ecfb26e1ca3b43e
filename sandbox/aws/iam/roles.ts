import type { iam } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { quotaOf } from "../quotas.ts";
import { refuseDocument, sizeOf, unknownPrincipals } from "./policy-documents.ts";
import { documentText } from "./statements.ts";
import {
  attachmentToken,
  inlineToken,
  policyToken,
  profileToken,
  roleToken,
  toPolicy,
  toRole,
} from "./references.ts";

/** Characters: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length */
const quotas = { trust: 2048, managed: 6144, inline: 10240 } as const;

const quick = { create: 1, update: 1, delete: 1 } as const;

/** Ids of IAM are upper case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
function uniqueId(prefix: string, hex: (length: number) => string): string {
  return `${prefix}${hex(17).toUpperCase()}`;
}

function refuseTaken(account: AccountView, token: string, name: string | undefined, type: string): void {
  if (name === undefined || account.find(token, name) === undefined) return;
  throw new Refusal("EntityAlreadyExists", `${type} with name ${name} already exists.`);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html: whatever IAM itself hangs on a role goes first. */
function keepsRole({ state }: Stored, holders: readonly Stored[]): void {
  const hangs = (token: string): boolean => holders.some((holder) => holder.token === token);
  const forced = state.forceDetachPolicies === true;
  if (hangs(profileToken)) {
    throw new Refusal(
      "DeleteConflict",
      "Cannot delete entity, must remove roles from instance profile first.",
    );
  }
  if (hangs(attachmentToken) && !forced) {
    throw new Refusal("DeleteConflict", "Cannot delete entity, must detach all policies first.");
  }
  if (hangs(inlineToken) && !forced)
    throw new Refusal("DeleteConflict", "Cannot delete entity, must delete policies first.");
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const role = behaviour<iam.RoleArgs, iam.RoleState>(roleToken, {
  scope: "global",
  autoname: { property: "name", max: 64 },
  references: { permissionsBoundary: toPolicy, "managedPolicyArns[]": toPolicy },
  id: ({ inputs, hex }) => inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`,
  outputs: ({ id, accountId, inputs, created, hex }) => ({
    arn: `arn:aws:iam::${accountId}:role${inputs.path ?? "/"}${id}`,
    createDate: created,
    managedPolicyArns: [],
    name: id,
    uniqueId: uniqueId("AROA", hex),
  }),
  refuses: ({ inputs, account }, before) => {
    if (before === undefined) refuseTaken(account, roleToken, inputs.name, "Role");
    const document = inputs.assumeRolePolicy;
    const trust = refuseDocument(typeof document === "string" ? document : JSON.stringify(document), "trust");
    const [stranger] = unknownPrincipals(trust, account);
    if (stranger !== undefined) {
      throw new Refusal(
        "MalformedPolicyDocument",
        `Invalid principal in policy: "${stranger.kind}":"${stranger.name}"`,
      );
    }
    if (sizeOf(JSON.stringify(trust)) > quotas.trust) {
      throw new Refusal("LimitExceeded", `Cannot exceed quota for ACLSizePerRole: ${quotas.trust}`);
    }
  },
  keeps: keepsRole,
  seconds: { create: 2, update: 1, delete: 2 },
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
const policy = behaviour<iam.PolicyArgs, iam.PolicyState>(policyToken, {
  scope: "global",
  autoname: { property: "name", max: 128 },
  id: ({ accountId, inputs, hex }) =>
    `arn:aws:iam::${accountId}:policy${inputs.path ?? "/"}${inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`}`,
  outputs: ({ id, account, before, hex }) => ({
    arn: id,
    attachmentCount: (before === undefined ? [] : account.holders(before)).filter(
      ({ token }) => token === attachmentToken,
    ).length,
    name: id.slice(id.lastIndexOf("/") + 1),
    policyId: uniqueId("ANPA", hex),
  }),
  keys: () => [],
  refuses: ({ inputs, account, accountId }, before) => {
    const name = inputs.name ?? "";
    const arn = `arn:aws:iam::${accountId}:policy${inputs.path ?? "/"}${name}`;
    if (before === undefined && account.find(policyToken, arn) !== undefined) {
      throw new Refusal(
        "EntityAlreadyExists",
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
      );
    }
    const parsed = refuseDocument(documentText(inputs.policy), "managed");
    if (sizeOf(JSON.stringify(parsed)) > quotas.managed) {
      throw new Refusal("LimitExceeded", `Cannot exceed quota for PolicySize: ${quotas.managed}`);
    }
  },
  keeps: (_, holders) => {
    if (holders.length > 0)
      throw new Refusal("DeleteConflict", "Cannot delete a policy attached to entities.");
  },
  seconds: quick,
});

/** A role's name: by then the SDK has put it in the place of a role. */
function nameOf(role: unknown): string {
  return text(role) ?? "";
}

/** What hangs on a role by now. */
function hangingOn(account: AccountView, role: unknown, token: string): readonly Stored[] {
  const bearer = account.find(roleToken, nameOf(role));
  return bearer === undefined ? [] : account.holders(bearer).filter((holder) => holder.token === token);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const rolePolicy = behaviour<iam.RolePolicyArgs, iam.RolePolicyState>(inlineToken, {
  scope: "global",
  autoname: { property: "name", max: 128 },
  references: { role: toRole },
  id: ({ inputs, hex }) =>
    `${nameOf(inputs.role)}:${inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`}`,
  outputs: ({ id }) => ({ name: id.slice(id.indexOf(":") + 1) }),
  keys: () => [],
  refuses: ({ inputs, account }, before) => {
    const document = documentText(inputs.policy);
    refuseDocument(document, "identity");
    const others = hangingOn(account, inputs.role, inlineToken).filter(({ id }) => id !== before?.id);
    const total = [document, ...others.map(({ state }) => documentText(state.policy))]
      .map(sizeOf)
      .reduce((sum, size) => sum + size, 0);
    if (total > quotas.inline) {
      throw new Refusal(
        "LimitExceeded",
        `Maximum policy size of ${quotas.inline} bytes exceeded for role ${nameOf(inputs.role)}`,
      );
    }
  },
  seconds: quick,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
const rolePolicyAttachment = behaviour<iam.RolePolicyAttachmentArgs, iam.RolePolicyAttachmentState>(
  attachmentToken,
  {
    scope: "global",
    references: { role: toRole, policyArn: toPolicy },
    id: ({ inputs }) => `${nameOf(inputs.role)}/${inputs.policyArn}`,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account, region }, before) => {
      const quota = quotaOf(account, region, "iam/managed-policies-per-role");
      if (before !== undefined || hangingOn(account, inputs.role, attachmentToken).length < quota) return;
      throw new Refusal("LimitExceeded", `Cannot exceed quota for PoliciesPerRole: ${quota}`);
    },
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
const instanceProfile = behaviour<iam.InstanceProfileArgs, iam.InstanceProfileState>(profileToken, {
  scope: "global",
  autoname: { property: "name", max: 128 },
  references: { role: toRole },
  id: ({ inputs, hex }) => inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`,
  outputs: ({ id, accountId, inputs, created, hex }) => ({
    arn: `arn:aws:iam::${accountId}:instance-profile${inputs.path ?? "/"}${id}`,
    createDate: created,
    name: id,
    uniqueId: uniqueId("AIPA", hex),
  }),
  refuses: ({ inputs, account }, before) => {
    if (before === undefined) refuseTaken(account, profileToken, inputs.name, "Instance Profile");
  },
  // The provider waits until the profile can be seen everywhere.
  seconds: { create: 8, update: 2, delete: 1 },
});

/** Roles, and what hangs on them. */
export const roles: readonly AnyBehaviour[] = [
  role,
  policy,
  rolePolicy,
  rolePolicyAttachment,
  instanceProfile,
];
