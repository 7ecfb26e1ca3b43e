import type { Properties, Stored } from "../../model.ts";
import type { Order } from "../../operations.ts";
import { text } from "../../values.ts";

/** Where API Gateway keeps things of a type: what is in braces is a property, and `id` the thing's own. */
interface Place {
  /** Where a new one is posted. */
  readonly all: string;
  /** @default `/{id}` after the former */
  readonly one?: string;
  /** How a new one gets there. @default "POST" */
  readonly put?: "PUT" | "PATCH";
}

const method = "/restapis/{restApi}/resources/{resourceId}/methods/{httpMethod}";

/** Paths: https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
const places: Readonly<Record<string, Place>> = {
  "aws:apigateway/account:Account": { all: "/account", one: "/account", put: "PATCH" },
  "aws:apigateway/deployment:Deployment": { all: "/restapis/{restApi}/deployments" },
  "aws:apigateway/integration:Integration": {
    all: `${method}/integration`,
    one: `${method}/integration`,
    put: "PUT",
  },
  "aws:apigateway/method:Method": { all: method, one: method, put: "PUT" },
  "aws:apigateway/resource:Resource": {
    all: "/restapis/{restApi}/resources/{parentId}",
    one: "/restapis/{restApi}/resources/{id}",
  },
  "aws:apigateway/restApi:RestApi": { all: "/restapis" },
  "aws:apigateway/stage:Stage": {
    all: "/restapis/{restApi}/stages",
    one: "/restapis/{restApi}/stages/{stageName}",
  },
  "aws:apigateway/usagePlan:UsagePlan": { all: "/usageplans" },
  "aws:apigatewayv2/api:Api": { all: "/apis" },
  "aws:apigatewayv2/apiMapping:ApiMapping": { all: "/domainnames/{domainName}/apimappings" },
  "aws:apigatewayv2/authorizer:Authorizer": { all: "/apis/{apiId}/authorizers" },
  "aws:apigatewayv2/deployment:Deployment": { all: "/apis/{apiId}/deployments" },
  "aws:apigatewayv2/domainName:DomainName": { all: "/domainnames" },
  "aws:apigatewayv2/integration:Integration": { all: "/apis/{apiId}/integrations" },
  "aws:apigatewayv2/route:Route": { all: "/apis/{apiId}/routes" },
  "aws:apigatewayv2/stage:Stage": { all: "/apis/{apiId}/stages" },
  "aws:apigatewayv2/vpcLink:VpcLink": { all: "/vpclinks" },
};

/** A call as IAM sees it, whose actions here are HTTP's verbs; of what is not known yet, `*`. */
export interface Verb {
  readonly action: string;
  readonly path: string;
}

/** How an operation speaks to API Gateway; `undefined` for a type of another service, or one whose place is not known. */
export function verbOf(order: Order, thing: Stored | undefined): Verb | undefined {
  const { kind, subject, inputs, id } = order;
  const place = places[subject.token];
  if (place === undefined) return undefined;
  const { all, one = `${all}/{id}`, put = "POST" } = place;
  const action = { create: put, update: "PATCH", delete: one === "/account" ? "PATCH" : "DELETE" }[kind];
  const known: Properties = { ...thing?.state, ...inputs, id };
  const path = (kind === "create" ? all : one).replaceAll(
    /\{(\w+)\}/g,
    (_, property: string) => text(known[property]) ?? "*",
  );
  return { action: `apigateway:${action}`, path };
}
