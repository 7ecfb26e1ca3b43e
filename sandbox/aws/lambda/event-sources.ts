import type { lambda } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { grants, roleOf } from "../iam/grants.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { uuidOf } from "../uuid.ts";
import { calledBy, functionOf } from "./callers.ts";
import { toFunction } from "./references.ts";

const queueToken = "aws:sqs/queue:Queue";
const tableToken = "aws:dynamodb/table:Table";

interface Inputs {
  readonly functionName: string;
  readonly batchSize?: number | undefined;
  readonly maximumBatchingWindowInSeconds?: number | undefined;
  readonly destinationConfig?: unknown;
  readonly eventSourceArn?: string | undefined;
  readonly startingPosition?: string | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
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
  const queue = request.account.find(queueToken, request.inputs.eventSourceArn ?? "");
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

/** The mapping there is: a function or an alias reads a queue or stream once. Of topics it can read several, each by a mapping. */
function twinOf({ inputs, account, region, before }: Request): string | undefined {
  const { functionName, eventSourceArn } = inputs;
  return account
    .named(mappingsOf(eventSourceArn))
    .find(
      ({ id, state }) =>
        id !== before?.id &&
        calledBy(account, state.functionName, region) === calledBy(account, functionName, region),
    )?.id;
}

/** What Lambda reads by itself: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html */
const sources: ReadonlySet<string> = new Set(["sqs", "kinesis", "dynamodb", "kafka", "mq", "rds"]);

/** True for a source of this account. */
function isOwn({ inputs, account }: Request): boolean {
  return inputs.eventSourceArn?.split(":")[4] === account.accountId;
}

function isLostQueue(request: Request): boolean {
  return serviceOf(request) === "sqs" && isOwn(request) && timesOf(request) === undefined;
}

/** The stream of a table, or of its replica in another region, whose own stream no table tells. */
function isTableThere(account: AccountView, stream: string): boolean {
  const [, , , region, , path = ""] = stream.split(":");
  const [, name = ""] = path.split("/");
  return (
    account.find(tableToken, stream) !== undefined ||
    account.named(name).some(({ token, scope }) => token === tableToken && scope !== region)
  );
}

function isLostStream(request: Request): boolean {
  const arn = request.inputs.eventSourceArn?.replace(/\/consumer\/.*$/, "") ?? "";
  const { account } = request;
  const isThere: Readonly<Record<string, () => boolean>> = {
    kinesis: () => account.find("aws:kinesis/stream:Stream", arn) !== undefined,
    dynamodb: () => isTableThere(account, arn),
  };
  return isOwn(request) && isThere[serviceOf(request)]?.() === false;
}

function isFifo({ inputs }: Request): boolean {
  return inputs.eventSourceArn?.endsWith(".fifo") === true;
}

const mappingToken = "aws:lambda/eventSourceMapping:EventSourceMapping";

/** Codes: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const rules: readonly Rule<Request>[] = [
  {
    when: (request) => request.inputs.eventSourceArn !== undefined && !sources.has(serviceOf(request)),
    code: "InvalidParameterValueException",
    says: "Unrecognized event source.",
  },
  {
    when: (request) => calls[serviceOf(request)] !== undefined && twinOf(request) !== undefined,
    code: "ResourceConflictException",
    says: (request) => {
      const { eventSourceArn = "", functionName } = request.inputs;
      const pair =
        serviceOf(request) === "sqs"
          ? `An event source mapping with SQS arn (" ${eventSourceArn} ") and function (" ${functionName} ")`
          : `The event source arn (" ${eventSourceArn} ") and function (" ${functionName} ") provided mapping`;
      return `${pair} already exists. Please update or delete the existing mapping with UUID ${twinOf(request) ?? ""}`;
    },
  },
  {
    when: isLostQueue,
    code: "InvalidParameterValueException",
    says: "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
  },
  {
    when: isLostStream,
    code: "InvalidParameterValueException",
    says: ({ inputs }) => `Stream not found: ${inputs.eventSourceArn ?? ""}`,
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
  {
    when: (request) =>
      serviceOf(request) === "dynamodb" && request.inputs.startingPosition === "AT_TIMESTAMP",
    code: "InvalidParameterValueException",
    says: ({ inputs }) => `Unsupported starting position for arn type: ${inputs.eventSourceArn ?? ""}`,
  },
  {
    when: (request) => isFifo(request) && (request.inputs.maximumBatchingWindowInSeconds ?? 0) > 0,
    code: "InvalidParameterValueException",
    says: "Invalid request provided: Batching window is not supported for FIFO queues",
  },
  {
    when: (request) =>
      serviceOf(request) === "sqs" &&
      !isFifo(request) &&
      (request.inputs.batchSize ?? 0) > 10 &&
      (request.inputs.maximumBatchingWindowInSeconds ?? 0) === 0,
    code: "InvalidParameterValueException",
    says: "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
  },
  {
    when: (request) => serviceOf(request) === "sqs" && request.inputs.destinationConfig !== undefined,
    code: "InvalidParameterValueException",
    says: "Unsupported DestinationConfig parameter for given event source mapping type.",
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

/** What functions read by themselves. */
export const eventSources: readonly AnyBehaviour[] = [mapping];
