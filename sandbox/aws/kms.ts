import type { kms } from "@pulumi/aws";
import type { AccountView, Properties } from "../model.ts";
import { Refusal } from "../model.ts";
import { isRecord, text } from "../values.ts";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { namesService } from "./iam/grants.ts";
import { refuseDocument, several, statementsOf, unknownPrincipals } from "./iam/policy-documents.ts";
import { refuseFirst } from "./refuse-first.ts";
import type { Rule } from "./refuse-first.ts";
import { refined } from "./specification/refined.ts";

const keyToken = "aws:kms/key:Key";
const aliasToken = "aws:kms/alias:Alias";
const replicaToken = "aws:kms/replicaKey:ReplicaKey";
const policyToken = "aws:kms/keyPolicy:KeyPolicy";

/** Keys of other origins, and their copies in other regions. */
const otherTokens = [
  replicaToken,
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
] as const;

/**
 * A key by id, ARN or alias. KMS never refuses to schedule a key's deletion, whoever uses it.
 * @param code what the service that uses it says when it is not there.
 */
export function toKey(code = "NotFoundException", message = "Key '{value}' does not exist"): Reference {
  return {
    to: [keyToken, aliasToken, ...otherTokens],
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

/** What keys of a kind can be used for: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html#KMS-CreateKey-request-KeyUsage */
const usages: readonly (readonly [kind: RegExp, usages: readonly string[]])[] = [
  [/^SYMMETRIC_DEFAULT$/, ["ENCRYPT_DECRYPT"]],
  [/^HMAC_/, ["GENERATE_VERIFY_MAC"]],
  [/^RSA_/, ["ENCRYPT_DECRYPT", "SIGN_VERIFY"]],
  [/^ECC_NIST_P/, ["SIGN_VERIFY", "KEY_AGREEMENT"]],
  [/^(?:ECC_|ML_DSA_)/, ["SIGN_VERIFY"]],
];

interface KeyInputs {
  readonly keyUsage?: string | undefined;
  readonly customerMasterKeySpec?: string | undefined;
  readonly enableKeyRotation?: boolean | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Only keys of the usual kind rotate by themselves: https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
const keyRules: readonly Rule<KeyInputs>[] = [
  {
    when: ({ keyUsage = "ENCRYPT_DECRYPT", customerMasterKeySpec = "SYMMETRIC_DEFAULT" }) =>
      usages.find(([kind]) => kind.test(customerMasterKeySpec))?.[1].includes(keyUsage) === false,
    code: "ValidationException",
    says: ({ keyUsage, customerMasterKeySpec }) =>
      `KeyUsage ${keyUsage ?? "ENCRYPT_DECRYPT"} is not compatible with KeySpec ${customerMasterKeySpec ?? "SYMMETRIC_DEFAULT"}`,
  },
  {
    when: ({ tags = {} }) => Object.keys(tags).some((name) => /^aws:/i.test(name)),
    code: "TagException",
    says: "Tags beginning with aws: are reserved",
  },
  {
    when: ({ enableKeyRotation, customerMasterKeySpec = "SYMMETRIC_DEFAULT" }) =>
      enableKeyRotation === true && customerMasterKeySpec !== "SYMMETRIC_DEFAULT",
    code: "UnsupportedOperationException",
    says: "The request was rejected because a specified parameter is not supported or a specified resource is not valid for this operation.",
  },
];

/** Whether a key's policy names a service, as those must that write with it themselves; a key of another account is not looked into. */
export function letsUse(account: AccountView, key: string, service: string): boolean {
  const found = account.find(keyToken, key) ?? account.find(replicaToken, key);
  if (found === undefined) return !key.includes(`:${account.accountId}:`) || account.named(key).length > 0;
  const beside = account
    .all(policyToken)
    .filter(({ state }) => [found.id, found.state.arn].includes(state.keyId));
  return [found.state.policy, ...beside.map(({ state }) => state.policy)].some((policy) =>
    namesService(policy, service),
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
    refuseFirst(keyRules, inputs);
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
const keyPolicy = behaviour<kms.KeyPolicyArgs, kms.KeyPolicyState>(policyToken, {
  references: { keyId: toKey() },
  id: ({ inputs }) => inputs.keyId,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs, account }) => {
    refuseKeyPolicy(inputs.policy, account, inputs.bypassPolicyLockoutSafetyCheck === true);
  },
  seconds: { create: 15, update: 15, delete: 15 },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html */
const replica = refined<kms.ReplicaKeyArgs, kms.ReplicaKeyState>(replicaToken, {
  references: { primaryKeyArn: { ...toKey(), anyRegion: true } },
  rules: [
    {
      when: ({ inputs, account }) => account.find(keyToken, inputs.primaryKeyArn)?.state.multiRegion !== true,
      code: "UnsupportedOperationException",
      says: ({ inputs }) => `${inputs.primaryKeyArn} is not a multi-region primary key.`,
    },
  ],
  keeps: () => undefined,
  seconds: { create: 15, update: 15, delete: 1 },
});

/** Keys that encrypt at rest. */
export const keys: readonly AnyBehaviour[] = [key, alias, keyPolicy, replica];
