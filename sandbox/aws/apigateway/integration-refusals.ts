import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";

/** What an integration calls, and how. */
export interface Integration {
  readonly type: string;
  readonly uri?: string | undefined;
  readonly integrationHttpMethod?: string | undefined;
}

const code = "BadRequestException";

/** `arn:aws:apigateway:eu-west-1:sqs:path/…`: what comes after the region. */
function calledBy({ uri = "" }: Integration): readonly [service: string, call: string] {
  const [, , , , service = "", ...call] = uri.split(":");
  return [service, call.join(":")];
}

const ofAws = ({ type }: Integration): boolean => type === "AWS" || type === "AWS_PROXY";

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
const rules: readonly Rule<Integration>[] = [
  {
    when: ({ type, uri }) => type !== "MOCK" && uri === undefined,
    code,
    says: "Uri is required for integrations other than MOCK",
  },
  {
    when: (integration) =>
      (ofAws(integration) || integration.type === "HTTP") && integration.integrationHttpMethod === undefined,
    code,
    says: "Enumeration value for HttpMethod must be non-empty",
  },
  {
    when: ({ type, uri = "" }) => type.startsWith("HTTP") && !/^(?:https?:\/\/|\$\{)/.test(uri),
    code,
    says: "Invalid HTTP endpoint specified for URI",
  },
  {
    when: (integration) => ofAws(integration) && !/^arn:[^:]+:apigateway:/.test(integration.uri ?? ""),
    code,
    says: "Invalid ARN specified in the request",
  },
  {
    when: (integration) => ofAws(integration) && !/^(?:path|action)\//.test(calledBy(integration)[1]),
    code,
    says: "AWS ARN for integration must contain path or action",
  },
  {
    when: (integration) =>
      integration.type === "AWS_PROXY" && !["lambda", "firehose"].includes(calledBy(integration)[0]),
    code,
    says: "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  },
];

/** @throws Refusal for the first rule that an integration breaks. */
export function refuseIntegration(integration: Integration): void {
  refuseFirst(rules, integration);
}
