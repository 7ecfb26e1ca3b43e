import type { cloudwatch, rum, synthetics } from "@pulumi/aws";
import type { AnyBehaviour, Context, Made } from "./behaviour.ts";
import { toSecurityGroup, toSubnet } from "./ec2/references.ts";
import { roleOf, trusts } from "./iam/grants.ts";
import { toServiceRole } from "./iam/references.ts";
import { bucketToken } from "./s3/references.ts";
import { refined, taken } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const canaryToken = "aws:synthetics/canary:Canary";
const functionToken = "aws:lambda/function:Function";
const invalid = "ValidationException";

/** The function that CloudWatch runs for it, by the ARN of its version. */
function functionAt(version: string): Made {
  const arn = version.split(":").slice(0, 7).join(":");
  const id = arn.split(":").at(-1) ?? "";
  return { token: functionToken, id, state: { arn, name: id }, keys: [arn] };
}

function engineOf(
  name: string,
  { accountId, region, hex }: Pick<Context<unknown>, "accountId" | "region" | "hex">,
): string {
  return `arn:aws:lambda:${region}:${accountId}:function:cwsyn-${name}-${uuidOf(hex(32, "function"))}:1`;
}

/** https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CreateCanary.html */
const canary = refined<synthetics.CanaryArgs, synthetics.CanaryState>(canaryToken, {
  autoname: { property: "name", max: 255, lower: true },
  references: {
    executionRoleArn: toServiceRole(invalid, "The role {value} does not exist."),
    s3Bucket: {
      to: bucketToken,
      missing: { code: invalid, message: "The specified bucket does not exist: {value}" },
      holds: false,
      anyRegion: true,
    },
    "vpcConfig.subnetIds[]": toSubnet,
    "vpcConfig.securityGroupIds[]": toSecurityGroup,
  },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, inputs, accountId, region, created, hex }) => {
    const engineArn = engineOf(id, { accountId, region, hex });
    return {
      arn: `arn:aws:synthetics:${region}:${accountId}:canary:${id}`,
      engineArn,
      sourceLocationArn: engineArn.replace(":function:", ":layer:"),
      status: inputs.startCanary === true ? "RUNNING" : "READY",
      timelines: [
        {
          created,
          lastModified: created,
          lastStarted: inputs.startCanary === true ? created : "",
          lastStopped: "",
        },
      ],
    };
  },
  keys: (state) => [state.arn],
  rules: [
    taken(canaryToken, ({ name }) => name, {
      code: "ConflictException",
      says: ({ inputs }) => `Canary ${inputs.name ?? ""} already exists.`,
    }),
    {
      when: ({ inputs }) => inputs.s3Bucket === undefined && inputs.zipFile === undefined,
      code: "InvalidArgument",
      says: "one of s3_bucket or zip_file is required",
    },
    {
      when: ({ inputs, account }) => {
        const role = roleOf(account, inputs.executionRoleArn);
        return role !== undefined && !trusts(role, "lambda.amazonaws.com");
      },
      code: invalid,
      says: "The role defined for the function cannot be assumed by Lambda.",
    },
  ],
  // It stays when the canary goes, unless told otherwise: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/synthetics_canaries_deletion.html
  makes: ({ id, accountId, region, hex }) => [functionAt(engineOf(id, { accountId, region, hex }))],
  leaves: ({ state }) => (state.deleteLambda === true ? [] : [functionAt(String(state.engineArn))]),
  seconds: { create: 30, update: 20, delete: 10 },
});

/** Where pages report what visitors meet: https://docs.aws.amazon.com/cloudwatchrum/latest/APIReference/API_CreateAppMonitor.html */
const appMonitorToken = "aws:rum/appMonitor:AppMonitor";
const appMonitor = refined<rum.AppMonitorArgs, rum.AppMonitorState>(appMonitorToken, {
  autoname: { property: "name", max: 255 },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, inputs, accountId, region, hex }) => {
    const appMonitorId = uuidOf(hex(32));
    return {
      appMonitorId,
      arn: `arn:aws:rum:${region}:${accountId}:appmonitor/${id}`,
      cwLogGroup: inputs.cwLogEnabled === true ? `RUMService_${id}${appMonitorId.slice(0, 8)}` : "",
    };
  },
  rules: [
    taken(appMonitorToken, ({ name }) => name, {
      code: "ConflictException",
      says: ({ inputs }) => `AppMonitor with name ${inputs.name ?? ""} already exists`,
    }),
  ],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** A question to logs that is kept under a name: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
const queryDefinition = refined<cloudwatch.QueryDefinitionArgs, cloudwatch.QueryDefinitionState>(
  "aws:cloudwatch/queryDefinition:QueryDefinition",
  {
    id: ({ hex }) => uuidOf(hex(32)),
    outputs: ({ id, accountId, region }) => ({
      arn: `arn:aws:logs:${region}:${accountId}:query-definition:${id}`,
      queryDefinitionId: id,
    }),
    keys: (state) => [state.arn],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** What visitors meet, tried out and reported, and what is asked of logs. */
export const visits: readonly AnyBehaviour[] = [canary, appMonitor, queryDefinition];
