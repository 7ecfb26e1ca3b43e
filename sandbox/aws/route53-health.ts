import type { route53 } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const token = "aws:route53/healthCheck:HealthCheck";
const code = "InvalidInput";

/** Kinds that ask an endpoint, and so need to know where it is. */
const asking: readonly string[] = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"];

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
const healthCheck = refined<route53.HealthCheckArgs, route53.HealthCheckState>(token, {
  scope: "global",
  references: {
    "childHealthchecks[]": {
      to: token,
      missing: { code, message: "Invalid parameter : Child health check {value} does not exist." },
    },
  },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: ({ id }) => ({ arn: `arn:aws:route53:::healthcheck/${id}` }),
  keys: (state) => [state.arn],
  rules: [
    {
      when: ({ inputs: { type, ipAddress, fqdn } }) =>
        asking.includes(type) && ipAddress === undefined && fqdn === undefined,
      code,
      says: "Invalid parameter : At least one of the following parameters must be specified: IPAddress, FullyQualifiedDomainName",
    },
    {
      when: ({ inputs: { type, searchString } }) =>
        type.endsWith("_STR_MATCH") !== (searchString !== undefined),
      code,
      says: ({ inputs: { type } }) =>
        type.endsWith("_STR_MATCH")
          ? `Invalid parameter : SearchString must be specified for health checks of type ${type}`
          : `Invalid parameter : SearchString must not be specified for health checks of type ${type}`,
    },
    {
      when: ({ inputs: { type, childHealthchecks = [] } }) =>
        type === "CALCULATED" && childHealthchecks.length === 0,
      code,
      says: "Invalid parameter : Child health checks must be specified for health checks of type CALCULATED",
    },
    {
      when: ({ inputs: { type, cloudwatchAlarmName, cloudwatchAlarmRegion } }) =>
        type === "CLOUDWATCH_METRIC" &&
        (cloudwatchAlarmName === undefined || cloudwatchAlarmRegion === undefined),
      code,
      says: "Invalid parameter : AlarmIdentifier must be specified for health checks of type CLOUDWATCH_METRIC",
    },
  ],
  keeps: (_, holders) => {
    if (holders.length === 0) return;
    throw new Refusal("HealthCheckInUse", "This health check is in use by another health check.");
  },
  seconds: { create: 2, update: 2, delete: 2 },
});

/** What asks whether an endpoint answers. */
export const healthChecks: readonly AnyBehaviour[] = [healthCheck];
