import { expect } from "chai";
import { expand } from "../../../sandbox/components/components.ts";
import { reference } from "../../../sandbox/components/engine-values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { at, isRecord } from "../../../sandbox/values.ts";
import { Laboratory, arnOf, make, refusal, urnOf } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const functionUrn = urnOf("aws:lambda/function:Function", "who");
const handler = reference(functionUrn, "who-1");
const others = [{ urn: functionUrn, id: "who-1", state: { arn: "arn:who", invokeArn: "arn:invoke-who" } }];
const answers = {
  "aws:index/getPartition:getPartition": { partition: "aws" },
  "aws:index/getRegion:getRegion": { region: "eu-west-1" },
};

function api(...routes: readonly Properties[]): Promise<Finished> {
  return make("aws-apigateway:index:RestAPI", "shop", { routes }, new Laboratory({ answers, others }));
}

const raw = { method: "GET", data: {} };
const handled = { path: "/date", method: "GET", eventHandler: handler };

/** What the document says of the handled path. */
async function operation(change: Properties): Promise<Properties> {
  const { paths } = await documentOf({ ...handled, ...change });
  const found = at(isRecord(paths) ? paths["/date"] : undefined, "get");
  return isRecord(found) ? found : {};
}

async function documentOf(...routes: readonly Properties[]): Promise<Properties> {
  const { laboratory } = await api(...routes);
  const document: unknown = JSON.parse(String(laboratory.inputs("RestApi shop").body));
  return isRecord(document) ? document : {};
}

const token = {
  parameterName: "Authorization",
  parameterLocation: "header",
  authType: "oauth2",
  type: "token",
  handler,
  identitySource: ["method.request.header.Authorization"],
  authorizerResultTtlInSeconds: 0,
};

describe("what a RestAPI asks of its callers", () => {
  it("is nothing unless a route says so", async () => {
    expect(Object.keys(await operation({}))).to.deep.equal(["x-amazon-apigateway-integration"]);
    expect(await documentOf({ ...raw, path: "/" })).not.to.have.property("securityDefinitions");
  });

  it("is a key", async () => {
    const guarded = { ...handled, apiKeyRequired: true };
    expect((await operation(guarded)).security).to.deep.equal([{ api_key: [] }]);
    expect((await documentOf(guarded)).securityDefinitions).to.deep.equal({
      api_key: { type: "apiKey", name: "x-api-key", in: "header" },
    });
  });

  it("is a signature of IAM", async () => {
    expect(await operation({ iamAuthEnabled: true })).to.deep.include({
      "x-amazon-apigateway-auth": { type: "AWS_IAM" },
    });
  });

  it("is what must be in the request, and who looks for it", async () => {
    const asked = { requiredParameters: [{ in: "query", name: "key" }], requestValidator: "PARAMS_ONLY" };
    expect(await operation(asked)).to.deep.include({
      parameters: [{ name: "key", in: "query", required: true }],
      "x-amazon-apigateway-request-validator": "PARAMS_ONLY",
    });
    const { laboratory } = await make(
      "aws-apigateway:index:RestAPI",
      "shop",
      { routes: [], requestValidator: "ALL" },
      new Laboratory(),
    );
    expect(JSON.parse(String(laboratory.inputs("RestApi shop").body))).to.deep.include({
      "x-amazon-apigateway-request-validator": "ALL",
      "x-amazon-apigateway-request-validators": {
        ALL: { validateRequestBody: true, validateRequestParameters: true },
        BODY_ONLY: { validateRequestBody: true, validateRequestParameters: false },
        PARAMS_ONLY: { validateRequestBody: false, validateRequestParameters: true },
      },
    });
  });

  it("is what a function makes of a token, which API Gateway calls in a role of its own", async () => {
    const guarded = { ...handled, authorizers: [token] };
    const { laboratory } = await api(guarded);
    expect(laboratory.tree()).to.include.members([
      "aws:iam/role:Role shop-authorizer-0-authorizer-role < the component",
      "aws:iam/rolePolicy:RolePolicy shop-authorizer-0-invocation-policy < the component",
    ]);
    const { policy, role } = laboratory.inputs("RolePolicy shop-authorizer-0-invocation-policy");
    expect(role).to.equal("<Role shop-authorizer-0-authorizer-role>.id");
    expect(JSON.parse(String(policy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [{ Action: "lambda:InvokeFunction", Effect: "Allow", Resource: "arn:who" }],
    });
    expect((await operation(guarded)).security).to.deep.equal([{ "shop-authorizer-0": [] }]);
    expect((await documentOf(guarded)).securityDefinitions).to.deep.equal({
      "shop-authorizer-0": {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "oauth2",
        "x-amazon-apigateway-authorizer": {
          type: "token",
          authorizerUri: "arn:invoke-who",
          authorizerCredentials: arnOf("Role shop-authorizer-0-authorizer-role"),
          identitySource: "method.request.header.Authorization",
          authorizerResultTtlInSeconds: 0,
        },
      },
    });
  });

  it("is a login of Cognito", async () => {
    const authorizers = [
      {
        authorizerName: "people",
        parameterName: "Authorization",
        providerARNs: ["arn:pool"],
        identitySource: ["method.request.header.Authorization", "method.request.header.Other"],
        methodsToAuthorize: ["shop/read"],
      },
    ];
    const guarded = { ...handled, authorizers };
    expect((await operation(guarded)).security).to.deep.equal([{ people: ["shop/read"] }]);
    expect((await documentOf(guarded)).securityDefinitions).to.deep.equal({
      people: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": {
          type: "cognito_user_pools",
          identitySource: "method.request.header.Authorization, method.request.header.Other",
          providerARNs: ["arn:pool"],
        },
      },
    });
  });

  it("is one authorizer for all routes that call it by the same name", () => {
    const authorizers = [{ ...token, authorizerName: "gate" }];
    const routes = [
      { ...handled, authorizers },
      { ...handled, path: "/time", authorizers },
    ];
    const { children } = expand("aws-apigateway:index:RestAPI", "shop", { routes });
    const roles = children.filter(({ type }) => type === "aws:iam/role:Role").map(({ name }) => name);
    expect(roles).to.deep.equal(["gate-authorizer-role"]);
  });

  it("must not be two things under one name", async () => {
    const gate = { ...token, authorizerName: "gate" };
    const two = (): Promise<Finished> =>
      api(
        { ...handled, authorizers: [gate] },
        { ...handled, path: "/time", authorizers: [{ ...gate, type: "request" }] },
      );
    expect(await refusal(two)).to.equal(
      "Multiple authorizers with the same name 'gate' but different configurations are not allowed.",
    );
  });

  it("holds for a target as for all below it", async () => {
    const route = { path: "/proxy", target: { uri: "https://example.com" }, authorizers: [token] };
    const { paths } = await documentOf(route);
    const secured = Object.values(isRecord(paths) ? paths : {}).map((path) =>
      at(isRecord(path) ? Object.values(path)[0] : undefined, "security"),
    );
    expect(secured).to.deep.equal([[{ "shop-authorizer-0": [] }], [{ "shop-authorizer-0": [] }]]);
  });
});
