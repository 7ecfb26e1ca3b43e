import type { pipes } from "@pulumi/aws";
import type { AccountView } from "../model.ts";
import { isRecord } from "../values.ts";
import type { AnyBehaviour, Plain, Reference } from "./behaviour.ts";
import { grants, roleOf, trusts } from "./iam/grants.ts";
import { refined } from "./specification/refined.ts";

type Pipe = Plain<pipes.PipeArgs>;

/** What must be said of a source beside where it is: https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html */
const parameters: Readonly<Record<string, readonly [property: string, name: string]>> = {
  dynamodb: ["dynamodbStreamParameters", "DynamoDBStreamParameters"],
  kafka: ["managedStreamingKafkaParameters", "ManagedStreamingKafkaParameters"],
  kinesis: ["kinesisStreamParameters", "KinesisStreamParameters"],
};

const serviceOf = ({ source }: Pipe): string => source.split(":")[2] ?? "";

function missingParameter(pipe: Pipe): string | undefined {
  const [property, name] = parameters[serviceOf(pipe)] ?? [];
  const told: unknown = pipe.sourceParameters;
  return property === undefined || (isRecord(told) && told[property] !== undefined) ? undefined : name;
}

function isLacking(account: AccountView, pipe: Pipe): boolean {
  const role = roleOf(account, pipe.roleArn);
  if (serviceOf(pipe) !== "sqs" || role === undefined || !trusts(role, "pipes.amazonaws.com")) return false;
  return !grants(account, role, "sqs:ReceiveMessage");
}

/** One of several kinds of things, of which only those of one service are looked up here. */
function toOneOf(to: readonly string[], services: string): Reference {
  return {
    to,
    missing: { code: "ResourceNotFoundException", message: "The resource '{value}' does not exist" },
    foreign: new RegExp(`^(?!arn:[a-z-]+:(?:${services}):)|:function:[^:]+:`),
    holds: false,
    anyRegion: true,
    anyAccount: true,
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes.html */
const pipe = refined<pipes.PipeArgs, pipes.PipeState>("aws:pipes/pipe:Pipe", {
  references: {
    enrichment: toOneOf(["aws:lambda/function:Function"], "lambda"),
    source: toOneOf(
      ["aws:sqs/queue:Queue", "aws:dynamodb/table:Table", "aws:kinesis/stream:Stream"],
      "sqs|dynamodb|kinesis",
    ),
  },
  rules: [
    {
      when: ({ inputs }) => missingParameter(inputs) !== undefined,
      code: "ValidationException",
      says: ({ inputs }) =>
        `{"ValidationErrorFields":[{"Name":"SourceParameters.${missingParameter(inputs) ?? ""}","Message":"Missing required parameter."}]}`,
    },
    {
      when: ({ inputs, account }) => isLacking(account, inputs),
      // The pipe is made, and fails while the provider waits for it.
      code: "UnexpectedState",
      says: "unexpected state 'CREATE_FAILED', wanted target 'RUNNING, STOPPED'. last error: Input parameter is invalid from the request due to : The provided customer role does not have permissions to call ReceiveMessage on SQS",
    },
  ],
});

/** From a source to a target. */
export const pipelines: readonly AnyBehaviour[] = [pipe];
