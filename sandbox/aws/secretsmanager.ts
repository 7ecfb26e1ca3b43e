import type { secretsmanager } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { AccountView } from "../model.ts";
import { text } from "../values.ts";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { refuseDocument } from "./iam/policy-documents.ts";
import { toKey } from "./kms.ts";
import { uuidOf } from "./uuid.ts";

export const secretToken = "aws:secretsmanager/secret:Secret";
/** A secret that waits for its deletion: nothing but its name is left. */
const scheduledToken = "aws:secretsmanager/secret:ScheduledForDeletion";
const quick = { create: 1, update: 1, delete: 1 } as const;
/** Bytes of a secret: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const valueQuota = 65_536;

/** A secret by ARN or name. Codes: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export const toSecret: Reference = {
  to: secretToken,
  missing: {
    code: "ResourceNotFoundException",
    message: "Secrets Manager can't find the specified secret.",
  },
  holds: false,
};

function refuseName(name: string, account: AccountView, region: string): void {
  if (account.find(secretToken, name, region) !== undefined) {
    throw new Refusal(
      "ResourceExistsException",
      `The operation failed because the secret ${name} already exists.`,
    );
  }
  const waiting = account.find(scheduledToken, name, region);
  if (Date.now() < Date.parse(text(waiting?.state.until) ?? "")) {
    throw new Refusal(
      "InvalidRequestException",
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const secret = behaviour<secretsmanager.SecretArgs, secretsmanager.SecretState>(secretToken, {
  autoname: { property: "name", max: 512 },
  references: {
    kmsKeyId: toKey("InvalidParameterException", "The KMS key {value} does not exist or is not accessible."),
  },
  id: ({ accountId, region, inputs, hex }) => {
    const name = inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`;
    return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${hex(6)}`;
  },
  outputs: ({ id, inputs }) => ({
    arn: id,
    name: id.slice(id.indexOf(":secret:") + ":secret:".length, -"-123456".length),
    policy: "",
    replicas: inputs.replicas ?? [],
  }),
  refuses: ({ inputs, account, region }, before) => {
    const { policy = "", name } = inputs;
    if (policy !== "") refuseDocument(policy, "resource", { code: "MalformedPolicyDocumentException" });
    if (before === undefined && name !== undefined) refuseName(name, account, region);
  },
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
  leaves: ({ state }) => {
    const days = Number(state.recoveryWindowInDays);
    if (!(days > 0)) return [];
    const until = new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
    return [{ token: scheduledToken, id: String(state.name), state: { until, arn: state.arn } }];
  },
  seconds: quick,
});

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
const secretVersion = behaviour<secretsmanager.SecretVersionArgs, secretsmanager.SecretVersionState>(
  "aws:secretsmanager/secretVersion:SecretVersion",
  {
    references: { secretId: toSecret },
    id: ({ account, region, inputs, hex }) => {
      const arn = account.find(secretToken, inputs.secretId, region)?.id ?? inputs.secretId;
      return `${arn}|${uuidOf(hex(32))}`;
    },
    outputs: ({ id, inputs }) => {
      const [arn = "", versionId = ""] = id.split("|");
      return {
        arn,
        hasSecretStringWo: inputs.secretStringWo !== undefined,
        secretArn: arn,
        versionId,
        versionStages: ["AWSCURRENT"],
      };
    },
    keys: () => [],
    refuses: ({ inputs: { secretString, secretBinary } }) => {
      const sizes = [
        ["secretString", Buffer.byteLength(secretString ?? "")],
        ["secretBinary", Buffer.byteLength(secretBinary ?? "", "base64")],
      ] as const;
      const large = sizes.find(([, size]) => size > valueQuota);
      if (large === undefined) return;
      throw new Refusal(
        "ValidationException",
        `1 validation error detected: Value at '${large[0]}' failed to satisfy constraint: Member must have length less than or equal to ${valueQuota}`,
      );
    },
    seconds: quick,
  },
);

/** What only some may know. */
export const secrets: readonly AnyBehaviour[] = [secret, secretVersion];
