import type { Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { grants, roleOf, trusts } from "../iam/grants.ts";
import { placementOf, strayGroup } from "../placement.ts";
import { quotaOf } from "../quotas.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { functionToken } from "./references.ts";
import { retiredRuntimes } from "./runtimes.ts";

/** What a function is asked to be. */
export interface Inputs {
  readonly name?: string | undefined;
  readonly role: string;
  readonly packageType?: string | undefined;
  readonly handler?: string | undefined;
  readonly runtime?: string | undefined;
  readonly imageUri?: string | undefined;
  readonly layers?: readonly string[] | undefined;
  readonly environment?: { readonly variables?: Readonly<Record<string, string>> | undefined } | undefined;
  readonly reservedConcurrentExecutions?: number | undefined;
  readonly snapStart?: { readonly applyOn: string } | undefined;
  readonly deadLetterConfig?: { readonly targetArn: string } | undefined;
  readonly vpcConfig?:
    | {
        readonly subnetIds?: readonly string[] | undefined;
        readonly securityGroupIds?: readonly string[] | undefined;
      }
    | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

/** Bytes of all variables together: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const variablesQuota = 4096;

/** What a function may not set, since Lambda does: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

function reservedIn({ environment }: Inputs): readonly string[] {
  return Object.keys(environment?.variables ?? {}).filter((name) => reserved.has(name));
}

/** https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes */
const snapped = /^(?:java(?:1[1-9]|[2-9]\d)|python3\.(?:1[2-9]|[2-9]\d)|dotnet(?:[89]|[1-9]\d))$/;

/** What SnapStart does not start; `undefined` where it does, or is not asked to. */
function unsnapped({ snapStart, packageType, runtime = "" }: Inputs): string | undefined {
  if (snapStart?.applyOn !== "PublishedVersions") return undefined;
  if (packageType === "Image") return "ContainerImage";
  return snapped.test(runtime) ? undefined : runtime;
}

/** Two layers that are versions of one. */
function twoOfOne({ layers = [] }: Inputs): readonly string[] {
  const nameOf = (layer: string): string => layer.slice(0, layer.lastIndexOf(":"));
  const second = layers.find((layer, index) =>
    layers.slice(0, index).some((other) => nameOf(other) === nameOf(layer)),
  );
  return second === undefined ? [] : layers.filter((layer) => nameOf(layer) === nameOf(second)).slice(0, 2);
}

/** What an account must leave to the functions that reserve nothing: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const unreserved = 100;

function reservedWith({ inputs, account, region, before }: Request): number {
  const others = account.all(functionToken, region).filter(({ id }) => id !== before?.id);
  const counts = others.map(({ state }) => Math.max(0, Number(state.reservedConcurrentExecutions ?? 0)));
  return counts.reduce((sum, count) => sum + count, inputs.reservedConcurrentExecutions ?? 0);
}

const isImage = ({ inputs }: Request): boolean => inputs.packageType === "Image";
const inVpc = ({ inputs }: Request): boolean => (inputs.vpcConfig?.subnetIds ?? []).length > 0;

function lacks(request: Request, action: string): boolean {
  const role = roleOf(request.account, request.inputs.role);
  return role !== undefined && !grants(request.account, role, action);
}

/** By the service of a dead letter's ARN, what a function must be allowed to do. */
const deadLetterAction: Readonly<Record<string, string>> = { sqs: "sqs:SendMessage", sns: "sns:Publish" };

function deadLetterLacks(request: Request): string | undefined {
  const service = request.inputs.deadLetterConfig?.targetArn.split(":")[2] ?? "";
  const action = deadLetterAction[service];
  return action !== undefined && lacks(request, action) ? action : undefined;
}

/** Codes: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const rules: readonly Rule<Request>[] = [
  {
    when: ({ inputs, account, region, before }) =>
      before === undefined && account.find(functionToken, inputs.name ?? "", region) !== undefined,
    code: "ResourceConflictException",
    says: ({ inputs }) => `Function already exist: ${inputs.name ?? ""}`,
  },
  {
    when: ({ inputs, account }) => {
      const role = roleOf(account, inputs.role);
      return role === undefined || !trusts(role, "lambda.amazonaws.com");
    },
    code: "InvalidParameterValueException",
    says: "The role defined for the function cannot be assumed by Lambda.",
  },
  {
    when: (request) => !isImage(request) && request.inputs.runtime === undefined,
    code: "InvalidParameterValueException",
    says: "Runtime is mandatory when the package type is Zip.",
  },
  {
    when: ({ inputs, before }) => before === undefined && retiredRuntimes.has(inputs.runtime ?? ""),
    code: "InvalidParameterValueException",
    says: ({ inputs }) =>
      `The runtime parameter of ${inputs.runtime ?? ""} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
  },
  {
    when: (request) => !isImage(request) && request.inputs.handler === undefined,
    code: "InvalidParameterValueException",
    says: "Handler is mandatory when the package type is Zip.",
  },
  {
    when: (request) => isImage(request) && request.inputs.imageUri === undefined,
    code: "InvalidParameterValueException",
    says: "ImageUri is mandatory when the package type is Image.",
  },
  {
    when: (request) =>
      isImage(request) && (request.inputs.runtime !== undefined || request.inputs.handler !== undefined),
    code: "InvalidParameterValueException",
    says: "Please don't provide handler or runtime or layer when the intent is to create a function with an image.",
  },
  {
    when: ({ inputs }) => unsnapped(inputs) !== undefined,
    code: "InvalidParameterValueException",
    says: ({ inputs }) => `${unsnapped(inputs) ?? ""} is not supported for SnapStart enabled functions.`,
  },
  {
    when: ({ inputs, region }) =>
      (inputs.layers ?? []).some((layer) => layer.startsWith("arn:") && layer.split(":")[3] !== region),
    code: "InvalidParameterValueException",
    says: ({ region }) =>
      `Layers are not in the same region as the function. Layers are expected to be in region ${region}.`,
  },
  {
    when: ({ inputs }) => twoOfOne(inputs).length > 0,
    code: "InvalidParameterValueException",
    says: ({ inputs }) =>
      `Two different versions of the same layer are not allowed to be referenced in the same function. ${twoOfOne(inputs).join(" and ")} are versions of the same layer.`,
  },
  {
    when: (request) =>
      (request.inputs.reservedConcurrentExecutions ?? 0) > 0 &&
      reservedWith(request) >
        quotaOf(request.account, request.region, "lambda/concurrent-executions") - unreserved,
    code: "InvalidParameterValueException",
    says: `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreserved}].`,
  },
  {
    when: ({ inputs }) => reservedIn(inputs).length > 0,
    code: "InvalidParameterValueException",
    says: ({ inputs }) =>
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reservedIn(inputs).join(", ")}`,
  },
  {
    when: ({ inputs }) => JSON.stringify(inputs.environment?.variables ?? {}).length > variablesQuota,
    code: "InvalidParameterValueException",
    says: `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.`,
  },
  {
    when: (request) => inVpc(request) && (request.inputs.vpcConfig?.securityGroupIds ?? []).length === 0,
    code: "InvalidParameterValueException",
    says: "SecurityGroupIds must be provided when SubnetIds are provided in the VpcConfig.",
  },
  {
    when: ({ inputs, account }) => strayOf({ inputs, account }) !== undefined,
    code: "InvalidParameterValueException",
    says: ({ inputs, account }) =>
      `Security Groups are required to be in the same VPC: ${strayOf({ inputs, account }) ?? ""}`,
  },
  {
    when: (request) => inVpc(request) && lacks(request, "ec2:CreateNetworkInterface"),
    code: "InvalidParameterValueException",
    says: "The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
  },
  {
    when: (request) => deadLetterLacks(request) !== undefined,
    code: "InvalidParameterValueException",
    says: (request) => {
      const [service = "", call = ""] = (deadLetterLacks(request) ?? "").split(":");
      return `The provided execution role does not have permissions to call ${call} on ${service.toUpperCase()}`;
    },
  },
];

function strayOf({ inputs, account }: Pick<Request, "inputs" | "account">): string | undefined {
  const [vpcId] = placementOf(account, inputs.vpcConfig?.subnetIds).vpcs;
  if (vpcId === undefined) return undefined;
  return text(strayGroup(account, inputs.vpcConfig?.securityGroupIds, vpcId)?.groupId);
}

/** @throws Refusal for the first rule of Lambda that the request breaks. */
export function refuseFunction(request: Request): void {
  refuseFirst(rules, request);
}
