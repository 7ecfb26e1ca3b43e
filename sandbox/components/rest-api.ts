import type { Properties } from "../model.ts";
import { UNKNOWN, isRecord } from "../values.ts";
import { ComponentError, json, onlyArguments, shape, shapeOfList, shapeOfRecord } from "./arguments.ts";
import { shortHash } from "./awsx-role.ts";
import { at, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Expansion, Key } from "./plan.ts";
import { refuseNamesakes } from "./rest-api-authorizers.ts";
import { ApiDocument } from "./rest-api-document.ts";
import type { Handled } from "./rest-api-document.ts";
import { addRoute } from "./rest-api-routes.ts";

const knownArguments = new Set([
  "apiKeySource",
  "binaryMediaTypes",
  "description",
  "disableExecuteApiEndpoint",
  "gatewayResponses",
  "requestValidator",
  "routes",
  "stageName",
  "staticRoutesBucket",
  "swaggerString",
  "tags",
]);

/** What the API is described by, and what it needs beside itself. */
interface Description {
  readonly title: unknown;
  readonly body: unknown;
  readonly children: readonly Child[];
  readonly handled: readonly Handled[];
}

/** What `RestAPI` of aws-apigateway 3.0 makes: https://www.pulumi.com/registry/packages/aws-apigateway/api-docs/restapi/ */
export function expandRestApi(name: string, args: Properties): Expansion {
  onlyArguments("aws-apigateway:index:RestAPI", args, knownArguments);
  // The real component waits for its routes too: a preview that does not know them shows nothing inside.
  if (shape(args.routes) === UNKNOWN) return unknownYet;
  const types = args.binaryMediaTypes ?? ["*/*"];
  const { title, body, children, handled } = describe(name, args, types);
  const { apiKeySource, description, disableExecuteApiEndpoint, tags } = args;
  const api: Child = {
    type: "aws:apigateway/restApi:RestApi",
    name,
    inputs: {
      ...{ description, disableExecuteApiEndpoint, tags, apiKeySource },
      ...{ name: title, binaryMediaTypes: types, body },
    },
  };
  const restApi = ref(keyOf(api));
  const deployment: Child = {
    type: "aws:apigateway/deployment:Deployment",
    name,
    inputs: { restApi, variables: { version: versionOf(keyOf(api), body) } },
  };
  const permissions = handled.map((one) => permissionFor(name, keyOf(api), one));
  const stage: Child = {
    type: "aws:apigateway/stage:Stage",
    name,
    inputs: { restApi, deployment: ref(keyOf(deployment)), stageName: args.stageName ?? "stage", tags },
    dependsOn: permissions.map(keyOf),
  };
  return {
    children: [...children, api, deployment, ...permissions, stage],
    outputs: {
      url: derive([ref(keyOf(stage), "invokeUrl")], (url) => `${String(url)}/`),
      api: child(keyOf(api)),
      deployment: child(keyOf(deployment)),
      stage: child(keyOf(stage)),
    },
    keepsOutputs: true,
  };
}

const unknownYet: Expansion = {
  children: [],
  outputs: { url: UNKNOWN, api: UNKNOWN, deployment: UNKNOWN, stage: UNKNOWN },
  keepsOutputs: true,
};

function describe(name: string, args: Properties, types: unknown): Description {
  const { swaggerString, routes } = args;
  if (swaggerString !== undefined) {
    const parsed = derive([swaggerString], (given) => titled(String(given), name));
    return { title: at(parsed, "info.title"), body: json(parsed), children: [], handled: [] };
  }
  if (routes === undefined) {
    throw new ComponentError(
      "API must specify either [swaggerString] or as least one of the [route] options.",
    );
  }
  const document = new ApiDocument(name);
  const known = (shapeOfList(routes) ?? []).map(shapeOfRecord);
  refuseNamesakes(known);
  const files = { name, bucket: args.staticRoutesBucket, tags: args.tags };
  for (const route of known) addRoute(document, route, files);
  const body = json(
    document.written({ ...args, gatewayResponses: shapeOfRecord(args.gatewayResponses) }, types),
  );
  return { title: name, body, children: document.children, handled: document.handled };
}

/** A document of the program's own, which goes by the component's name unless it has a title. */
function titled(written: string, name: string): Properties {
  const parsed: unknown = JSON.parse(written);
  const document = isRecord(parsed) ? parsed : {};
  return { ...document, info: { title: name, ...(isRecord(document.info) ? document.info : {}) } };
}

/** Changes with whatever a deployment holds of the API: a deployment is a snapshot, so that there must be a new one then. */
function versionOf(api: Key, body: unknown): unknown {
  const parts = {
    apiKey: ref(api, "apiKeySource"),
    binaryMediaTypes: ref(api, "binaryMediaTypes"),
    endpointConfig: ref(api, "endpointConfiguration"),
    minimumCompression: ref(api, "minimumCompressionSize"),
    policy: ref(api, "policy"),
    swagger: body,
  };
  return derive([parts], (known) => shortHash(JSON.stringify(known)));
}

/** Any stage may call the function, as the console's own test does: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html */
function permissionFor(name: string, api: Key, { path, method, handler }: Handled): Child {
  const place = `${method === "ANY" ? "*" : method}${path}`;
  return {
    type: "aws:lambda/permission:Permission",
    name: `${name}-${shortHash(place)}`,
    inputs: {
      action: "lambda:invokeFunction",
      function: at(handler, "id"),
      principal: "apigateway.amazonaws.com",
      sourceArn: derive([ref(api, "executionArn")], (arn) => `${String(arn)}/*/${place}`),
    },
  };
}
