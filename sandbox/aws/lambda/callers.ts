import type { lambda } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { grants, roleOf } from "../iam/grants.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { uuidOf } from "../uuid.ts";
import { invokeArnOf } from "./function.ts";
import { aliasToken, functionToken, shortNamesOf, toFunction } from "./references.ts";

const permissionToken = "aws:lambda/permission:Permission";

/** What a caller names: a function, or an alias of one. Names are found in one region, ARNs in any. */
function calledBy(account: AccountView, name: unknown, region: string | undefined): Stored | undefined {
  const given = text(name) ?? "";
  return account.find(aliasToken, given, region) ?? account.find(functionToken, given, region);
}

function functionOf(account: AccountView, name: unknown, region: string | undefined): Stored | undefined {
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

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const permission = behaviour<lambda.PermissionArgs, lambda.PermissionState>(permissionToken, {
  references: { function: toFunction },
  id: ({ inputs, hex }) => inputs.statementId ?? `${inputs.statementIdPrefix ?? "terraform-"}${hex(26)}`,
  outputs: ({ id }) => ({ statementId: id }),
  keys: (state) => [statementOf(state), policyOf(state.function)],
  refuses: ({ inputs, account, region }, before) => {
    const isTaken = account.find(permissionToken, statementOf(inputs), region) !== undefined;
    if (before !== undefined || inputs.statementId === undefined || !isTaken) return;
    throw new Refusal(
      "ResourceConflictException",
      `The statement id (${inputs.statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

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

interface MappingInputs {
  readonly functionName: string;
  readonly eventSourceArn?: string | undefined;
  readonly startingPosition?: string | undefined;
}

interface Request extends Pick<Context<MappingInputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

/** What the function's role must be allowed to do to a source, and how Lambda names service and call. */
const calls: Readonly<Record<string, { readonly action: string; readonly called: string }>> = {
  sqs: { action: "sqs:ReceiveMessage", called: "ReceiveMessage on SQS" },
  kinesis: { action: "kinesis:GetRecords", called: "GetRecords on Kinesis" },
  dynamodb: { action: "dynamodb:GetRecords", called: "GetRecords on DynamoDB" },
};

const serviceOf = ({ inputs }: Request): string => inputs.eventSourceArn?.split(":")[2] ?? "";

const called = ({ inputs, account, region }: Request): Stored | undefined =>
  functionOf(account, inputs.functionName, region);

/** A consumer of its own is sent the records of a stream, and gets none. */
function isLacking(request: Request): boolean {
  const call = calls[serviceOf(request)];
  const role = roleOf(request.account, text(called(request)?.state.role));
  const asks = call !== undefined && request.inputs.eventSourceArn?.includes("/consumer/") !== true;
  return asks && role !== undefined && !grants(request.account, role, call.action);
}

/** Seconds; `undefined` for a queue of another account, which Lambda can read as well. */
function timesOf(request: Request): { readonly queue: number; readonly call: number } | undefined {
  const queue = request.account.find("aws:sqs/queue:Queue", request.inputs.eventSourceArn ?? "");
  if (queue === undefined) return undefined;
  return {
    queue: Number(queue.state.visibilityTimeoutSeconds ?? 30),
    call: Number(called(request)?.state.timeout ?? 3),
  };
}

/** The key by which all mappings of a source are found. */
function mappingsOf(source: unknown): string {
  return `${String(source)}/mappings`;
}

/** A function or an alias reads a queue or stream once. Of topics it can read several, each by a mapping. */
function isMapped({ inputs, account, region, before }: Request): boolean {
  const { functionName, eventSourceArn } = inputs;
  return account
    .named(mappingsOf(eventSourceArn))
    .some(
      ({ id, state }) =>
        id !== before?.id &&
        calledBy(account, state.functionName, region) === calledBy(account, functionName, region),
    );
}

const mappingToken = "aws:lambda/eventSourceMapping:EventSourceMapping";

/** Codes: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const rules: readonly Rule<Request>[] = [
  {
    when: (request) => calls[serviceOf(request)] !== undefined && isMapped(request),
    code: "ResourceConflictException",
    says: ({ inputs }) =>
      `The event source arn (" ${inputs.eventSourceArn ?? ""} ") and function (" ${inputs.functionName} ") provided mapping already exists.`,
  },
  {
    when: isLacking,
    code: "InvalidParameterValueException",
    says: (request) =>
      `The function execution role does not have permissions to call ${calls[serviceOf(request)]?.called ?? ""}`,
  },
  {
    when: (request) => {
      const times = timesOf(request);
      return times !== undefined && times.queue < times.call;
    },
    code: "InvalidParameterValueException",
    says: (request) =>
      `Queue visibility timeout: ${String(timesOf(request)?.queue)} seconds is less than Function timeout: ${String(timesOf(request)?.call)} seconds`,
  },
  {
    when: (request) =>
      ["kinesis", "dynamodb"].includes(serviceOf(request)) && request.inputs.startingPosition === undefined,
    code: "InvalidParameterValueException",
    says: "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
  },
];

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html */
const mapping = behaviour<lambda.EventSourceMappingArgs, lambda.EventSourceMappingState>(mappingToken, {
  references: { functionName: toFunction },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: ({ id, inputs, account, accountId, region, created }) => ({
    arn: `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${id}`,
    functionArn: text(calledBy(account, inputs.functionName, region)?.state.arn) ?? "",
    lastModified: created,
    lastProcessingResult: ABSENT,
    maximumRecordAgeInSeconds: 0,
    maximumRetryAttempts: 0,
    parallelizationFactor: 0,
    state: inputs.enabled === false ? "Disabled" : "Enabled",
    stateTransitionReason: "USER_INITIATED",
    uuid: id,
  }),
  keys: (state) => [state.arn, mappingsOf(state.eventSourceArn)],
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst<Request>(rules, { inputs, account, region, before });
  },
  seconds: { create: 15, update: 15, delete: 15 },
});

/** Who calls functions, and by which name. */
export const callers: readonly AnyBehaviour[] = [permission, alias, functionUrl, mapping];
