import type { kms } from "@pulumi/aws";
import type { AccountView, Properties } from "../model.ts";
import { Refusal } from "../model.ts";
import { isRecord, text } from "../values.ts";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { refuseDocument, several, statementsOf, unknownPrincipals } from "./iam/policy-documents.ts";

const keyToken = "aws:kms/key:Key";
const aliasToken = "aws:kms/alias:Alias";

/**
 * A key by id, ARN or alias. KMS never refuses to schedule a key's deletion, whoever uses it.
 * @param code what the service that uses it says when it is not there.
 */
export function toKey(code = "NotFoundException", message = "Key '{value}' does not exist"): Reference {
  return {
    to: [keyToken, aliasToken],
    missing: { code, message },
    holds: false,
    foreign: /(?:^|:)alias\/aws\//,
  };
}

/** What KMS gives a key that comes without: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultPolicy(accountId: string): string {
  return JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });
}

function namesOwnAccount({ Principal }: Properties, { accountId }: AccountView): boolean {
  const principals = isRecord(Principal) ? several(Principal.AWS) : several(Principal);
  return principals.some(
    (one) => one === "*" || one === accountId || one.startsWith(`arn:aws:iam::${accountId}:`),
  );
}

/** Somebody of the account must be able to change the policy again: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function refuseKeyPolicy(policy: unknown, account: AccountView, bypass: boolean): void {
  const wording = { code: "MalformedPolicyDocumentException" };
  const document = refuseDocument(text(policy) ?? JSON.stringify(policy), "resource", wording);
  if (unknownPrincipals(document, account).length > 0) {
    throw new Refusal(wording.code, "Policy contains a statement with one or more invalid principals.");
  }
  const governed = statementsOf(document).some(
    (statement) =>
      statement.Effect === "Allow" &&
      namesOwnAccount(statement, account) &&
      several(statement.Action).some((action) => /^(?:\*|kms:(?:\*|Put\*|PutKeyPolicy))$/i.test(action)),
  );
  if (governed || bypass) return;
  throw new Refusal(
    wording.code,
    "The new key policy will not allow you to update the key policy in the future.",
  );
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html. Deleting one schedules it, so it is never refused. */
const key = behaviour<kms.KeyArgs, kms.KeyState>(keyToken, {
  id: ({ hex }) => hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
  outputs: ({ id, accountId, region, inputs }) => ({
    arn: `arn:aws:kms:${region}:${accountId}:key/${id}`,
    description: "",
    keyId: id,
    multiRegion: false,
    policy: defaultPolicy(accountId),
    ...(inputs.enableKeyRotation === true && { rotationPeriodInDays: 365 }),
  }),
  refuses: ({ inputs, account }) => {
    if (inputs.policy !== undefined)
      refuseKeyPolicy(inputs.policy, account, inputs.bypassPolicyLockoutSafetyCheck === true);
  },
  keeps: () => undefined,
  // The provider waits until policy and rotation can be seen everywhere.
  seconds: { create: 12, update: 30, delete: 1 },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
const alias = behaviour<kms.AliasArgs, kms.AliasState>(aliasToken, {
  autoname: { property: "name", prefix: "alias/", max: 256 },
  references: { targetKeyId: toKey() },
  id: ({ inputs, hex }) => inputs.name ?? `${inputs.namePrefix ?? "alias/"}${hex(26)}`,
  outputs: ({ id, accountId, region, inputs, account }) => ({
    arn: `arn:aws:kms:${region}:${accountId}:${id}`,
    name: id,
    targetKeyArn: text(account.find(keyToken, inputs.targetKeyId, region)?.state.arn) ?? "",
  }),
  refuses: ({ inputs, account, accountId, region }, before) => {
    const { name = "" } = inputs;
    if (name.startsWith("alias/aws/")) {
      throw new Refusal(
        "NotAuthorizedException",
        "The alias name begins with alias/aws/, which AWS keeps for itself",
      );
    }
    if (before === undefined && account.find(aliasToken, name, region) !== undefined) {
      throw new Refusal(
        "AlreadyExistsException",
        `An alias with the name arn:aws:kms:${region}:${accountId}:${name} already exists`,
      );
    }
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
const keyPolicy = behaviour<kms.KeyPolicyArgs, kms.KeyPolicyState>("aws:kms/keyPolicy:KeyPolicy", {
  references: { keyId: toKey() },
  id: ({ inputs }) => inputs.keyId,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs, account }) => {
    refuseKeyPolicy(inputs.policy, account, inputs.bypassPolicyLockoutSafetyCheck === true);
  },
  seconds: { create: 15, update: 15, delete: 15 },
});

/** Keys that encrypt at rest. */
export const keys: readonly AnyBehaviour[] = [key, alias, keyPolicy];
