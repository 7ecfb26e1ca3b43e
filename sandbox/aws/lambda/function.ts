import type { lambda } from "@pulumi/aws";
import { text } from "../../values.ts";
import type { AnyBehaviour, Context, Made, Reference } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { networkInterface } from "../ec2/interfaces.ts";
import { loosely, toSecurityGroup, toSubnet } from "../ec2/references.ts";
import { toServiceRole } from "../iam/references.ts";
import { placementOf } from "../placement.ts";
import { refuseFunction } from "./function-refusals.ts";
import type { Inputs } from "./function-refusals.ts";
import { functionToken, layerToken, shortNamesOf } from "./references.ts";

/** How API Gateway and others name a function to call: https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
export function invokeArnOf(region: string, arn: string, call = "2015-03-31"): string {
  return `arn:aws:apigateway:${region}:lambda:path/${call}/functions/${arn}/invocations`;
}

/** A SHA-256 as Lambda writes it. */
function hashOf(hexadecimal: string): string {
  return Buffer.from(hexadecimal, "hex").toString("base64");
}

/**
 * One for each pair of subnet and groups, in which the function's environments share addresses:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function interfacesOf(context: Context<Inputs>): readonly Made[] {
  const { inputs, hex } = context;
  const { subnetIds = [], securityGroupIds = [] } = inputs.vpcConfig ?? {};
  return subnetIds.map((subnetId) =>
    networkInterface(context, {
      subnetId,
      securityGroups: securityGroupIds,
      interfaceType: "lambda",
      description: `AWS Lambda VPC ENI-${inputs.name ?? ""}-${hex(12, subnetId)}`,
      salt: subnetId,
    }),
  );
}

/** How Lambda tells what EC2 has told it. */
function asked(reference: Reference, call: string): Reference {
  const { code, message } = reference.missing;
  return {
    ...loosely(reference),
    missing: {
      code: "InvalidParameterValueException",
      message: `Error occurred while ${call}. EC2 Error Code: ${code}. EC2 Error Message: ${message}`,
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
const lambdaFunction = behaviour<lambda.FunctionArgs, lambda.FunctionState>(functionToken, {
  autoname: { property: "name", max: 64 },
  references: {
    role: toServiceRole(
      "InvalidParameterValueException",
      "The role defined for the function cannot be assumed by Lambda.",
    ),
    // Its network interfaces hold subnets and groups.
    "vpcConfig.subnetIds[]": asked(toSubnet, "DescribeSubnets"),
    "vpcConfig.securityGroupIds[]": asked(toSecurityGroup, "DescribeSecurityGroups"),
    "layers[]": {
      to: layerToken,
      missing: { code: "InvalidParameterValueException", message: "Layer version {value} does not exist." },
      holds: false,
      // Lambda looks for the region itself (function-refusals.ts).
      anyRegion: true,
      // Layers of AWS and of others lie in their own accounts.
      anyAccount: true,
    },
  },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, inputs, account, accountId, region, created, hex, before }) => {
    const arn = `arn:aws:lambda:${region}:${accountId}:function:${id}`;
    const version = inputs.publish === true ? String(Number(before?.state.version ?? 0) + 1) : "$LATEST";
    return {
      arn,
      architectures: ["x86_64"],
      invokeArn: invokeArnOf(region, arn),
      lastModified: created,
      loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${id}` },
      qualifiedArn: `${arn}:${version}`,
      qualifiedInvokeArn: invokeArnOf(region, `${arn}:${version}`),
      responseStreamingInvokeArn: invokeArnOf(region, arn, "2021-11-15").replace(
        "/invocations",
        "/response-streaming-invocations",
      ),
      signingJobArn: ABSENT,
      signingProfileVersionArn: ABSENT,
      sourceCodeHash: hashOf(hex(64, "code")),
      sourceCodeSize: ABSENT,
      tracingConfig: { mode: "PassThrough" },
      version,
      ...(inputs.vpcConfig === undefined
        ? {}
        : {
            vpcConfig: {
              ...inputs.vpcConfig,
              vpcId: placementOf(account, inputs.vpcConfig.subnetIds).vpcs[0] ?? "",
            },
          }),
    };
  },
  keys: (state) => [state.arn, state.qualifiedArn, state.invokeArn, ...shortNamesOf(text(state.arn) ?? "")],
  refuses: ({ inputs, account, region }, before) => {
    refuseFunction({ inputs, account, region, before });
  },
  makes: interfacesOf,
  settles: ["lastModified", "qualifiedArn", "qualifiedInvokeArn", "version"],
  seconds: { create: 8, update: 6, delete: 2 },
  secondsToCreate: ({ vpcConfig }) => (vpcConfig === undefined ? undefined : 20),
});

/** https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html */
const layer = behaviour<lambda.LayerVersionArgs, lambda.LayerVersionState>(layerToken, {
  id: ({ inputs, account, accountId, region }) => {
    const layerArn = `arn:aws:lambda:${region}:${accountId}:layer:${inputs.layerName}`;
    const others = account.all(layerToken, region).filter(({ state }) => state.layerArn === layerArn);
    return `${layerArn}:${String(Math.max(0, ...others.map(({ state }) => Number(state.version))) + 1)}`;
  },
  outputs: ({ id, created, hex }) => ({
    arn: id,
    codeSha256: hashOf(hex(64, "code")),
    createdDate: created,
    layerArn: id.slice(0, id.lastIndexOf(":")),
    signingJobArn: ABSENT,
    signingProfileVersionArn: ABSENT,
    sourceCodeSize: ABSENT,
    version: id.split(":").at(-1) ?? "",
  }),
  keys: (state) => [text(state.arn)],
  seconds: { create: 5, update: 1, delete: 1 },
});

/** Code that runs when it is called. */
export const functions: readonly AnyBehaviour[] = [lambdaFunction, layer];
