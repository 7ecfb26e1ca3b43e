import { expect } from "chai";
import { reference } from "../../../sandbox/components/engine-values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, at, isRecord } from "../../../sandbox/values.ts";
import { Laboratory, make, refusal, urnOf } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const functionUrn = urnOf("aws:lambda/function:Function", "date");
const handler = reference(functionUrn, "date-1");
const others = [{ urn: functionUrn, id: "date-1", state: { arn: "arn:date", invokeArn: "arn:invoke-date" } }];
const answers = {
  "aws:index/getPartition:getPartition": { partition: "aws" },
  "aws:index/getRegion:getRegion": { region: "eu-west-1" },
};

function api(args: Properties, preview = false): Promise<Finished> {
  return make("aws-apigateway:index:RestAPI", "shop", args, new Laboratory({ answers, others, preview }));
}

/** The document of an API with these routes. */
async function documentOf(routes: readonly Properties[], change: Properties = {}): Promise<unknown> {
  const { laboratory } = await api({ routes, ...change });
  const document: unknown = JSON.parse(String(laboratory.inputs("RestApi shop").body));
  return document;
}

/** A property whose name has dots in it. */
function property(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

/** What the document says of a method at a path. */
async function operation(route: Properties, place: string, change: Properties = {}): Promise<unknown> {
  const document = await documentOf([route], change);
  return place.split(" ").reduce(property, at(document, "paths"));
}

const date = { path: "/date", method: "GET", eventHandler: handler };

describe("aws-apigateway.RestAPI", () => {
  it("is an API with one deployment behind one stage, which waits for the rights to call", async () => {
    const { laboratory, outputs } = await api({ routes: [date] });
    expect(laboratory.tree()).to.deep.equal([
      "aws:apigateway/deployment:Deployment shop < the component",
      "aws:apigateway/restApi:RestApi shop < the component",
      "aws:apigateway/stage:Stage shop < the component",
      "aws:lambda/permission:Permission shop-e7f981a5 < the component",
    ]);
    expect(laboratory.inputs("Stage shop")).to.deep.equal({
      restApi: "<RestApi shop>.id",
      deployment: "<Deployment shop>.id",
      stageName: "stage",
    });
    expect(laboratory.waitsFor("Stage shop")).to.include("Permission shop-e7f981a5");
    expect(outputs).to.deep.equal({
      api: "<RestApi shop>",
      deployment: "<Deployment shop>",
      stage: "<Stage shop>",
      url: "<Stage shop>.invokeUrl/",
    });
  });

  it("lets any of its stages call the function of a route", async () => {
    const { laboratory } = await api({ routes: [date, { ...date, path: "any", method: "ANY" }] });
    expect(laboratory.inputs("Permission shop-e7f981a5")).to.deep.equal({
      action: "lambda:invokeFunction",
      function: "date-1",
      principal: "apigateway.amazonaws.com",
      sourceArn: "<RestApi shop>.executionArn/*/GET/date",
    });
    const sources = laboratory.prepared
      .filter(({ child }) => child.type === "aws:lambda/permission:Permission")
      .map(({ inputs }) => inputs.sourceArn?.value);
    expect(sources).to.deep.equal([
      "<RestApi shop>.executionArn/*/GET/date",
      "<RestApi shop>.executionArn/*/*/any",
    ]);
  });

  it("writes what an API is unless it is told otherwise", async () => {
    expect(await documentOf([])).to.deep.equal({
      swagger: "2.0",
      info: { title: "shop", version: "1.0" },
      paths: {},
      "x-amazon-apigateway-binary-media-types": ["*/*"],
      "x-amazon-apigateway-gateway-responses": {
        MISSING_AUTHENTICATION_TOKEN: {
          statusCode: 404,
          responseTemplates: { "application/json": '{"message": "404 Not found" }' },
        },
        ACCESS_DENIED: {
          statusCode: 404,
          responseTemplates: { "application/json": '{"message": "404 Not found" }' },
        },
      },
      "x-amazon-apigateway-api-key-source": "HEADER",
    });
  });

  it("passes on to the API what is about the API", async () => {
    const { laboratory } = await api({
      routes: [],
      apiKeySource: "AUTHORIZER",
      binaryMediaTypes: ["image/png"],
      description: "the shop",
      disableExecuteApiEndpoint: true,
      stageName: "v1",
      tags: { team: "shop" },
    });
    const { body, ...inputs } = laboratory.inputs("RestApi shop");
    expect(inputs).to.deep.equal({
      apiKeySource: "AUTHORIZER",
      binaryMediaTypes: ["image/png"],
      description: "the shop",
      disableExecuteApiEndpoint: true,
      name: "shop",
      tags: { team: "shop" },
    });
    expect(JSON.parse(String(body))).to.deep.include({
      "x-amazon-apigateway-api-key-source": "AUTHORIZER",
      "x-amazon-apigateway-binary-media-types": ["image/png"],
    });
    expect(laboratory.inputs("Stage shop")).to.deep.include({ stageName: "v1", tags: { team: "shop" } });
  });

  it("is deployed anew when what it answers changes, and only then", async () => {
    const versionOf = async (change: Properties): Promise<unknown> => {
      const { laboratory } = await api({ routes: [date], ...change });
      return at(laboratory.inputs("Deployment shop"), "variables.version");
    };
    const version = await versionOf({});
    expect(await versionOf({})).to.equal(version);
    expect(await versionOf({ stageName: "v2" })).to.equal(version);
    expect(await versionOf({ routes: [{ ...date, path: "/time" }] })).not.to.equal(version);
    expect(await versionOf({ requestValidator: "ALL" })).not.to.equal(version);
  });

  it("hands a request to the function of a route", async () => {
    expect(await operation(date, "/date get")).to.deep.equal({
      "x-amazon-apigateway-integration": {
        uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:date/invocations",
        passthroughBehavior: "when_no_match",
        httpMethod: "POST",
        type: "aws_proxy",
      },
    });
  });

  it("takes a document of the program's own, and gives it a title where it has none", async () => {
    const own = { swagger: "2.0", paths: {} };
    const { laboratory } = await api({ swaggerString: JSON.stringify(own) });
    const { body, name } = laboratory.inputs("RestApi shop");
    expect(JSON.parse(String(body))).to.deep.equal({ ...own, info: { title: "shop" } });
    expect(name).to.equal("shop");
    const titled = await api({ swaggerString: JSON.stringify({ info: { title: "Store" } }) });
    expect(titled.laboratory.inputs("RestApi shop").name).to.equal("Store");
  });

  it("passes all below a path on to its target", async () => {
    const route = { path: "proxy", target: { uri: "https://example.com", type: "http_proxy" } };
    const integration = {
      responses: { default: { statusCode: "200" } },
      type: "http_proxy",
      passthroughBehavior: "when_no_match",
      httpMethod: "ANY",
    };
    expect(await operation(route, "/proxy/ x-amazon-apigateway-any-method")).to.deep.equal({
      "x-amazon-apigateway-integration": { ...integration, uri: "https://example.com/" },
    });
    expect(await operation(route, "/proxy/{proxy+} x-amazon-apigateway-any-method")).to.deep.equal({
      "x-amazon-apigateway-integration": {
        ...integration,
        uri: "https://example.com/{proxy}",
        requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
      },
      parameters: [{ name: "proxy", in: "path", required: true, type: "string" }],
    });
  });

  it("takes what a route says in OpenAPI itself", async () => {
    const data = { "x-amazon-apigateway-integration": { type: "mock" } };
    expect(await operation({ path: "/raw", method: "PUT", data }, "/raw put")).to.deep.equal(data);
  });

  it("shows nothing inside while a preview does not know the routes", async () => {
    const { laboratory, outputs } = await api({ routes: UNKNOWN }, true);
    expect(laboratory.tree()).to.deep.equal([]);
    expect(outputs).to.deep.equal({ url: "?", api: "?", deployment: "?", stage: "?" });
  });

  it("refuses what no API can be made of", async () => {
    expect(await refusal(() => api({}))).to.equal(
      "API must specify either [swaggerString] or as least one of the [route] options.",
    );
    expect(await refusal(() => api({ routes: [{ path: "/date", eventHandler: handler }] }))).to.equal(
      "Route missing required [method] property",
    );
    expect(await refusal(() => api({ routes: [{ ...date, method: "TRACE" }] }))).to.equal(
      "Method not supported: TRACE",
    );
    expect(await refusal(() => api({ routes: [], policy: "{}" }))).to.equal(
      "the sandbox does not simulate the argument 'policy' of aws-apigateway:index:RestAPI",
    );
    expect(await refusal(() => api({ routes: [{ path: "/", target: { type: "http" } }] }))).to.equal(
      "the target of a route has no uri",
    );
  });
});
