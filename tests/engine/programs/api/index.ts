import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const inVpc = config.getBoolean("inVpc") ?? false;
const memorySize = config.getNumber("memorySize") ?? 128;

const counters = new aws.dynamodb.Table("counters", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
});

const role = new aws.iam.Role("handler-role", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});

const logging = new aws.iam.RolePolicyAttachment("handler-logs", {
  role: role.name,
  policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
});

new aws.iam.RolePolicy("handler-table", {
  role: role.id,
  policy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["dynamodb:UpdateItem"], Resource: counters.arn }],
  },
});

const subnetIds = inVpc
  ? aws.ec2
      .getVpcOutput({ default: true })
      .apply(({ id }) => aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [id] }] }).ids)
  : undefined;

const handler = new aws.lambda.Function(
  "handler",
  {
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    memorySize,
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => ({ statusCode: 200 });"),
    }),
    environment: { variables: { TABLE: counters.name } },
    ...(subnetIds === undefined
      ? {}
      : { vpcConfig: { subnetIds, securityGroupIds: [new aws.ec2.SecurityGroup("handler").id] } }),
  },
  { dependsOn: [logging] },
);

// A function written in place: the SDK packs its code, and makes its role and what it may do.
const hello = new aws.lambda.CallbackFunction("hello", {
  callback: () => Promise.resolve({ statusCode: 200, body: "hello" }),
});

const api = new aws.apigatewayv2.Api("api", { protocolType: "HTTP" });

for (const [name, route, target] of [
  ["count", "POST /count", handler],
  ["hello", "GET /hello", hello],
] as const) {
  new aws.lambda.Permission(name, {
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    function: target,
    sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
  });
  const integration = new aws.apigatewayv2.Integration(name, {
    apiId: api.id,
    integrationType: "AWS_PROXY",
    integrationUri: target.arn,
    integrationMethod: "POST",
    payloadFormatVersion: "2.0",
  });
  new aws.apigatewayv2.Route(name, {
    apiId: api.id,
    routeKey: route,
    target: pulumi.interpolate`integrations/${integration.id}`,
  });
}

const stage = new aws.apigatewayv2.Stage("stage", { apiId: api.id, name: "$default", autoDeploy: true });

export const endpoint = api.apiEndpoint;
export const stageName = stage.name;
