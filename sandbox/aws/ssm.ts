import type { ssm } from "@pulumi/aws";
import type { Stored } from "../model.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { toKey } from "./kms.ts";
import { refuseFirst } from "./refuse-first.ts";
import type { Rule } from "./refuse-first.ts";

const token = "aws:ssm/parameter:Parameter";

interface Inputs {
  readonly name?: string | undefined;
  readonly type: string;
  readonly value?: string | undefined;
  readonly tier?: string | undefined;
  readonly allowedPattern?: string | undefined;
  readonly overwrite?: boolean | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

/** Characters of a value by tier: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const sizes: Readonly<Record<string, number>> = {
  Standard: 4096,
  Advanced: 8192,
  "Intelligent-Tiering": 8192,
};

/** AWS reads patterns as Java does: one that says nothing here is left to it. */
function allows(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return true;
  }
}

/** Codes: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
const rules: readonly Rule<Request>[] = [
  {
    when: ({ inputs, account, region, before }) =>
      before === undefined &&
      inputs.overwrite !== true &&
      account.find(token, inputs.name ?? "", region) !== undefined,
    code: "ParameterAlreadyExists",
    says: "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
  },
  {
    when: ({ inputs }) => /^\/?(?:aws|ssm)/i.test(inputs.name ?? ""),
    code: "ValidationException",
    says: ({ inputs }) =>
      `Parameter name: can't be prefixed with "${/^\/?aws/i.test(inputs.name ?? "") ? "aws" : "ssm"}" (case-insensitive).`,
  },
  {
    when: ({ inputs }) => !/^\/?[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/.test(inputs.name ?? ""),
    code: "ValidationException",
    says: "Parameter name must be a fully qualified name: letters, numbers and . - _ in parts that / separates.",
  },
  {
    when: ({ inputs }) => (inputs.name ?? "").includes("/") && inputs.name?.startsWith("/") === false,
    code: "ValidationException",
    says: "Parameter name must be a fully qualified name.",
  },
  {
    when: ({ inputs }) => (inputs.value ?? "").length > (sizes[inputs.tier ?? "Standard"] ?? 4096),
    code: "ValidationException",
    says: ({ inputs }) =>
      `${inputs.tier ?? "Standard"} tier parameters support a maximum parameter value of ${String(sizes[inputs.tier ?? "Standard"])} characters.`,
  },
  {
    when: ({ inputs }) =>
      inputs.allowedPattern !== undefined &&
      inputs.value !== undefined &&
      !allows(inputs.allowedPattern, inputs.value),
    code: "ParameterPatternMismatchException",
    says: ({ inputs }) =>
      `Parameter value, failed to satisfy constraint: Parameter value must match ${inputs.allowedPattern ?? ""}.`,
  },
];

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html */
const parameter = behaviour<ssm.ParameterArgs, ssm.ParameterState>(token, {
  autoname: { property: "name", max: 1011 },
  references: {
    keyId: toKey("InvalidKeyId", "Invalid keyId {value}"),
  },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, inputs, accountId, region, before }) => ({
    arn: `arn:aws:ssm:${region}:${accountId}:parameter/${id.replace(/^\//, "")}`,
    dataType: "text",
    hasValueWo: inputs.valueWo !== undefined,
    keyId: inputs.type === "SecureString" ? "alias/aws/ssm" : "",
    tier: "Standard",
    ...(inputs.type === "SecureString" ? {} : { insecureValue: inputs.value ?? "" }),
    version: Number(before?.state.version ?? 0) + 1,
  }),
  keys: (state) => [state.arn, state.name],
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst<Request>(rules, { inputs, account, region, before });
  },
  settles: ["version"],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** Settings that programs read by name. */
export const parameters: readonly AnyBehaviour[] = [parameter];
