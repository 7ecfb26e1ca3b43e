import type { cloudwatch } from "@pulumi/aws";
import type { Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";

const sourceToken = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const destinationToken = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
const deliveryToken = "aws:cloudwatch/logDelivery:LogDelivery";

/** The service's part of an ARN. */
function serviceOf(arn: string): string {
  return arn.split(":")[2] ?? "";
}

/** What CloudFront logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html */
const edgeLogs: readonly string[] = ["ACCESS_LOGS", "CONNECTION_LOGS"];

interface Source {
  readonly name?: string | undefined;
  readonly resourceArn: string;
  readonly logType: string;
}

/** CloudFront is told in one region only: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html */
function refuseEdgeLog({ inputs: { resourceArn, logType }, region }: Context<Source>): void {
  if (serviceOf(resourceArn) !== "cloudfront") return;
  if (!edgeLogs.includes(logType)) {
    throw new Refusal("ValidationException", `The log type ${logType} is not valid for ${resourceArn}`);
  }
  if (region === "us-east-1") return;
  throw new Refusal(
    "ValidationException",
    `PutDeliverySource action is not supported for this LogType in region ${region}`,
  );
}

/** One source for each resource and kind of log, and it has one name: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/AWS-logs-infrastructure-V2.html */
function refuseSecondSource({ inputs, account }: Context<Source>, before: Stored | undefined): void {
  const twin = account
    .all(sourceToken)
    .find(
      ({ id, state }) =>
        id !== before?.id && state.resourceArn === inputs.resourceArn && state.logType === inputs.logType,
    );
  if (twin === undefined) return;
  throw new Refusal(
    "ConflictException",
    "This ResourceId has already been used in another Delivery Source in this account",
  );
}

function keepsUsed(what: string): (_: Stored, holders: readonly Stored[]) => void {
  return ({ id }, [holder]) => {
    if (holder === undefined) return;
    throw new Refusal(
      "ConflictException",
      `${what} ${id} cannot be deleted while delivery ${holder.id} uses it.`,
    );
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html */
const source = behaviour<cloudwatch.LogDeliverySourceArgs, cloudwatch.LogDeliverySourceState>(sourceToken, {
  autoname: { property: "name", max: 60 },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, region, inputs }) => ({
    arn: `arn:aws:logs:${region}:${accountId}:delivery-source:${id}`,
    name: id,
    service: serviceOf(inputs.resourceArn),
  }),
  refuses: (context, before) => {
    const { account, inputs } = context;
    refuseEdgeLog(context);
    if (account.named(inputs.resourceArn).length === 0) {
      throw new Refusal("ResourceNotFoundException", "The specified resource does not exist.");
    }
    refuseSecondSource(context, before);
  },
  keeps: keepsUsed("Delivery source"),
  seconds: { create: 2, update: 2, delete: 2 },
});

/** Where logs may go, by the service of the ARN: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliveryDestination.html */
const destinationTypes: Readonly<Record<string, "CWL" | "FH" | "S3">> = {
  firehose: "FH",
  logs: "CWL",
  s3: "S3",
};

interface Destination {
  readonly deliveryDestinationConfiguration?:
    { readonly destinationResourceArn?: string | undefined } | undefined;
  readonly outputFormat?: string | undefined;
}

function targetOf({ deliveryDestinationConfiguration }: Destination): string {
  return deliveryDestinationConfiguration?.destinationResourceArn ?? "";
}

/** A bucket's ARN may go on with a prefix, and a log group's with `:*`. */
function withoutPath(arn: string): string {
  return arn.replace(/^(arn:aws:s3:::[^/]+)\/.*$/, "$1").replace(/:\*$/, "");
}

function refuseDestination({ inputs, account }: Context<Destination>): void {
  const target = targetOf(inputs);
  const type = destinationTypes[serviceOf(target)];
  if (type === undefined) {
    throw new Refusal("ValidationException", `The destination resource ${target} is not supported.`);
  }
  if (account.named(withoutPath(target)).length === 0) {
    throw new Refusal("ResourceNotFoundException", "The specified resource does not exist.");
  }
  if (inputs.outputFormat !== "parquet" || type === "S3") return;
  throw new Refusal("ValidationException", "Output format parquet is only supported for S3 destinations.");
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliveryDestination.html */
const destination = behaviour<cloudwatch.LogDeliveryDestinationArgs, cloudwatch.LogDeliveryDestinationState>(
  destinationToken,
  {
    autoname: { property: "name", max: 60 },
    id: ({ inputs, name }) => inputs.name ?? name,
    outputs: ({ id, accountId, region, inputs }) => ({
      arn: `arn:aws:logs:${region}:${accountId}:delivery-destination:${id}`,
      deliveryDestinationType: destinationTypes[serviceOf(targetOf(inputs))] ?? "XRAY",
      name: id,
    }),
    refuses: (context) => {
      if (context.inputs.deliveryDestinationType !== "XRAY") refuseDestination(context);
    },
    keeps: keepsUsed("Delivery destination"),
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** What is written of each request where nothing is chosen: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html */
const edgeFields =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end".split(
    " ",
  );

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateDelivery.html */
const delivery = behaviour<cloudwatch.LogDeliveryArgs, cloudwatch.LogDeliveryState>(deliveryToken, {
  references: {
    deliverySourceName: {
      to: sourceToken,
      missing: { code: "ResourceNotFoundException", message: "Delivery source {value} does not exist." },
    },
    deliveryDestinationArn: {
      to: destinationToken,
      missing: {
        code: "ResourceNotFoundException",
        message: "Delivery destination {value} does not exist.",
      },
    },
  },
  id: ({ hex }) => hex(16),
  outputs: ({ id, accountId, region, account, inputs }) => {
    const service = account.find(sourceToken, inputs.deliverySourceName, region)?.state.service;
    return {
      arn: `arn:aws:logs:${region}:${accountId}:delivery:${id}`,
      fieldDelimiter: "",
      recordFields: service === "cloudfront" ? edgeFields : [],
    };
  },
  refuses: ({ inputs, account, region }, before) => {
    const { deliverySourceName, deliveryDestinationArn } = inputs;
    const others = account.all(deliveryToken, region).filter(({ id }) => id !== before?.id);
    const isTwin = ({ state }: Stored): boolean =>
      state.deliverySourceName === deliverySourceName &&
      state.deliveryDestinationArn === deliveryDestinationArn;
    if (!others.some(isTwin)) return;
    throw new Refusal("ConflictException", "This delivery already exists in this account");
  },
  seconds: { create: 2, update: 2, delete: 2 },
});

/** Logs that services write by themselves. */
export const logDeliveries: readonly AnyBehaviour[] = [source, destination, delivery];
