import type { Properties } from "../model.ts";
import { ComponentError, shapeOfText } from "./arguments.ts";
import { at, derive } from "./plan.ts";
import { guardsOf } from "./rest-api-authorizers.ts";
import { integrationUri } from "./rest-api-document.ts";
import type { ApiDocument } from "./rest-api-document.ts";
import { addStaticRoute } from "./rest-api-files.ts";
import type { StaticFiles } from "./rest-api-files.ts";

/** Adds a route to the document: that of the first kind of which it says something. */
export function addRoute(document: ApiDocument, route: Properties, files: StaticFiles): void {
  const path = rootedPath(required(route, "path"));
  if (route.eventHandler !== undefined) addHandler(document, path, route);
  else if (route.localPath !== undefined) addStaticRoute(document, path, route, files);
  else if (route.target !== undefined) addIntegration(document, path, route);
  else if (route.data !== undefined) addData(document, path, route);
  else throw new ComponentError("Non-exhaustive match for route");
}

/** A text that a route cannot do without. */
function required(route: Properties, property: string): string {
  const known = shapeOfText(route[property]);
  if (known === undefined) throw new ComponentError(`Route missing required [${property}] property`);
  return known;
}

function rootedPath(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

function addHandler(document: ApiDocument, path: string, route: Properties): void {
  const method = required(route, "method");
  const handler = route.eventHandler;
  const uri = integrationUri(
    [at(handler, "arn")],
    (arn = "") => `lambda:path/2015-03-31/functions/${arn}/invocations`,
  );
  const integration = { uri, passthroughBehavior: "when_no_match", httpMethod: "POST", type: "aws_proxy" };
  document.add(path, method, guardsOf(document, route)({ "x-amazon-apigateway-integration": integration }));
  document.handle({ path, method, handler });
}

/** The target answers for the path itself, and for all below it. */
function addIntegration(document: ApiDocument, path: string, route: Properties): void {
  const folder = path.endsWith("/") ? path : `${path}/`;
  const guarded = guardsOf(document, route);
  document.add(folder, "ANY", guarded({ "x-amazon-apigateway-integration": proxyTo(route.target, "") }));
  document.add(
    `${folder}{proxy+}`,
    "ANY",
    guarded({
      "x-amazon-apigateway-integration": {
        ...proxyTo(route.target, "{proxy}"),
        requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
      },
      parameters: [{ name: "proxy", in: "path", required: true, type: "string" }],
    }),
  );
}

function proxyTo(target: unknown, below: string): Properties {
  const orElse = (property: string, otherwise: string): unknown =>
    derive([at(target, property)], (known) => known ?? otherwise);
  return {
    responses: { default: { statusCode: "200" } },
    uri: derive([at(target, "uri")], (uri) => {
      if (typeof uri !== "string") throw new ComponentError("the target of a route has no uri");
      return `${uri.endsWith("/") ? uri : `${uri}/`}${below}`;
    }),
    type: orElse("type", "http_proxy"),
    connectionType: at(target, "connectionType"),
    connectionId: at(target, "connectionId"),
    // The SDK's `passthroughBehaviour` is another word, which the real component does not read either.
    passthroughBehavior: orElse("passthroughBehavior", "when_no_match"),
    httpMethod: "ANY",
  };
}

function addData(document: ApiDocument, path: string, route: Properties): void {
  document.add(path, required(route, "method"), route.data);
}
