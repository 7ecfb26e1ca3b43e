import type { lambda } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { isPrincipal } from "../iam/policy-documents.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { invokeArnOf } from "./function.ts";
import { aliasToken, functionToken, shortNamesOf, toFunction } from "./references.ts";

const permissionToken = "aws:lambda/permission:Permission";

/** What a caller names: a function, or an alias of one. Names are found in one region, ARNs in any. */
export function calledBy(
  account: AccountView,
  name: unknown,
  region: string | undefined,
): Stored | undefined {
  const given = text(name) ?? "";
  return account.find(aliasToken, given, region) ?? account.find(functionToken, given, region);
}

export function functionOf(
  account: AccountView,
  name: unknown,
  region: string | undefined,
): Stored | undefined {
  const called = calledBy(account, name, region);
  if (called?.token !== aliasToken) return called;
  return account.find(functionToken, text(called.state.functionName) ?? "", called.scope);
}

/** Whether a function's policy lets a service call it. */
export function mayCall(account: AccountView, service: string, functionArn: string): boolean {
  const called = functionOf(account, functionArn, undefined);
  return account
    .named(policyOf(called?.id))
    .some(
      ({ token, scope, state }) =>
        token === permissionToken &&
        [service, "*"].includes(text(state.principal) ?? "") &&
        functionOf(account, state.function, scope) === called,
    );
}

/** The key by which what the policy of a function says is found: functions of several regions share it. */
function policyOf(called: unknown): string {
  const [name = ""] = shortOf(called).split(":");
  return `${name}/policy`;
}

/** The name of a function, and the alias or version after it: without the beginning of an ARN. */
function shortOf(called: unknown): string {
  return (text(called) ?? "").replace(/^.*function:/, "");
}

interface Statement {
  readonly function?: unknown;
  readonly qualifier?: string | undefined;
  readonly statementId?: string | undefined;
}

/** A statement within the policy that it is part of, of which a function, and each of its aliases and versions, has one. */
function statementOf({ function: called, qualifier, statementId }: Statement): string {
  return `${[shortOf(called), qualifier].filter((part) => part !== undefined).join(":")}/${statementId ?? ""}`;
}

interface Asked extends Statement {
  readonly principal: string;
}

/** Codes: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html#API_AddPermission_Errors */
const permissionRules: readonly Rule<Asked>[] = [
  {
    when: ({ qualifier }) => qualifier === "$LATEST",
    code: "InvalidParameterValueException",
    says: "We currently do not support adding policies for $LATEST.",
  },
  {
    when: ({ principal }) => !isPrincipal(principal),
    code: "InvalidParameterValueException",
    says: "The provided principal was invalid. Please check the principal and try again.",
  },
];

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const permission = behaviour<lambda.PermissionArgs, lambda.PermissionState>(permissionToken, {
  references: { function: toFunction },
  id: ({ inputs, hex }) => inputs.statementId ?? `${inputs.statementIdPrefix ?? "terraform-"}${hex(26)}`,
  outputs: ({ id }) => ({ statementId: id }),
  keys: (state) => [statementOf(state), policyOf(state.function)],
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst(permissionRules, inputs);
    const isTaken = account.find(permissionToken, statementOf(inputs), region) !== undefined;
    if (before !== undefined || inputs.statementId === undefined || !isTaken) return;
    throw new Refusal(
      "ResourceConflictException",
      `The statement id (${inputs.statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

interface Routed {
  readonly functionVersion: string;
  readonly routingConfig?:
    { readonly additionalVersionWeights?: Readonly<Record<string, number>> | undefined } | undefined;
}

function weighted({ routingConfig }: Routed): readonly string[] {
  return Object.keys(routingConfig?.additionalVersionWeights ?? {});
}

/** An alias divides its calls between two versions at most: https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
const routingRules: readonly Rule<Routed>[] = [
  {
    when: (inputs) => weighted(inputs).length > 1,
    code: "InvalidParameterValueException",
    says: "Number of items in AdditionalVersionWeights cannot be greater than 1",
  },
  {
    when: (inputs) => weighted(inputs).includes(inputs.functionVersion),
    code: "InvalidParameterValueException",
    says: ({ functionVersion }) =>
      `Invalid function version ${functionVersion}. Function version ${functionVersion} is already included in routing configuration.`,
  },
  {
    when: (inputs) => inputs.functionVersion === "$LATEST" && weighted(inputs).length > 0,
    code: "InvalidParameterValueException",
    says: "$LATEST is not supported for an alias pointing to more than 1 version",
  },
];

function isPublished(target: Stored | undefined, version: string): boolean {
  return version === "$LATEST" || Number(version) <= Number(target?.state.version);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html */
const alias = behaviour<lambda.AliasArgs, lambda.AliasState>(aliasToken, {
  autoname: { property: "name", max: 128 },
  references: { functionName: toFunction },
  id: ({ inputs, name, account, accountId, region }) =>
    `arn:aws:lambda:${region}:${accountId}:function:${functionOf(account, inputs.functionName, region)?.id ?? inputs.functionName}:${inputs.name ?? name}`,
  outputs: ({ id, region }) => ({ arn: id, invokeArn: invokeArnOf(region, id) }),
  keys: (state) => [state.arn, state.invokeArn, ...shortNamesOf(text(state.arn) ?? "")],
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst(routingRules, inputs);
    const target = functionOf(account, inputs.functionName, region);
    const arn = text(target?.state.arn) ?? "";
    if (!isPublished(target, inputs.functionVersion))
      throw new Refusal("ResourceNotFoundException", `Function not found: ${arn}:${inputs.functionVersion}`);
    const aliasArn = `${arn}:${inputs.name ?? ""}`;
    if (before !== undefined || account.find(aliasToken, aliasArn) === undefined) return;
    throw new Refusal("ResourceConflictException", `Alias already exists: ${aliasArn}`);
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
const functionUrl = behaviour<lambda.FunctionUrlArgs, lambda.FunctionUrlState>(
  "aws:lambda/functionUrl:FunctionUrl",
  {
    references: { functionName: toFunction },
    id: ({ inputs }) =>
      [inputs.functionName, inputs.qualifier].filter((part) => part !== undefined).join("/"),
    outputs: ({ inputs, account, region, hex }) => ({
      functionArn: text(calledBy(account, inputs.functionName, region)?.state.arn) ?? "",
      functionUrl: `https://${hex(32)}.lambda-url.${region}.on.aws/`,
      urlId: hex(32),
    }),
    keys: (state) => [state.urlId],
    refuses: ({ inputs, account, region }, before) => {
      const twin = account
        .all("aws:lambda/functionUrl:FunctionUrl", region)
        .find(
          ({ state }) =>
            state.qualifier === inputs.qualifier &&
            calledBy(account, state.functionName, region) === calledBy(account, inputs.functionName, region),
        );
      if (twin === undefined || before !== undefined) return;
      throw new Refusal(
        "ResourceConflictException",
        `Failed to create function url config for [functionArn = ${text(twin.state.functionArn) ?? ""}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      );
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Who calls functions, and by which name. */
export const callers: readonly AnyBehaviour[] = [permission, alias, functionUrl];
