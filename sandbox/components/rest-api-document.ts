import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import { ComponentError } from "./arguments.ts";
import { ask, at, derive } from "./plan.ts";
import type { Child } from "./plan.ts";

/** A function that answers a method at a path. */
export interface Handled {
  readonly path: string;
  /** As the route spells it. */
  readonly method: string;
  /** A resource as a value. */
  readonly handler: unknown;
}

/** The OpenAPI document of a `RestAPI` in the making, with the resources that its routes need. Nodes may stand anywhere in it. */
export class ApiDocument {
  public readonly children: Child[] = [];
  readonly #name: string;
  readonly #paths: Record<string, Properties> = {};
  readonly #definitions: Record<string, Properties> = {};
  readonly #handled = new Map<string, Handled>();

  /** @param name that of the component. */
  public constructor(name: string) {
    this.#name = name;
  }

  /** What functions are called for, each path and method once. */
  public get handled(): readonly Handled[] {
    return [...this.#handled.values()];
  }

  /** Adds a method to a path. */
  public add(path: string, method: string, operation: unknown): void {
    this.#paths[path] = { ...this.#paths[path], [swaggerMethod(method)]: operation };
  }

  /** Gives a path this method and no other. */
  public set(path: string, method: string, operation: Properties): void {
    this.#paths[path] = { [swaggerMethod(method)]: operation };
  }

  public handle(one: Handled): void {
    this.#handled.set(`${one.path} ${one.method}`, one);
  }

  /** Names a security definition that has no name of its own. */
  public nameDefinition(): string {
    return `${this.#name}-authorizer-${Object.keys(this.#definitions).length}`;
  }

  public defines(name: string): boolean {
    return name in this.#definitions;
  }

  public define(name: string, definition: Properties): void {
    this.#definitions[name] = definition;
  }

  /** The whole document. */
  public written(
    { requestValidator, apiKeySource, gatewayResponses }: Properties,
    types: unknown,
  ): Properties {
    const definitions = this.#definitions;
    return {
      swagger: "2.0",
      info: { title: this.#name, version: "1.0" },
      paths: this.#paths,
      "x-amazon-apigateway-binary-media-types": types,
      "x-amazon-apigateway-gateway-responses": {
        ...(isRecord(gatewayResponses) ? gatewayResponses : {}),
        ...missingIn(gatewayResponses),
      },
      "x-amazon-apigateway-api-key-source": apiKeySource ?? "HEADER",
      ...(requestValidator === undefined ? {} : validatedBy(requestValidator)),
      ...(Object.keys(definitions).length === 0 ? {} : { securityDefinitions: definitions }),
    };
  }
}

const notFound = {
  statusCode: 404,
  responseTemplates: { "application/json": '{"message": "404 Not found" }' },
};

/** What nobody may know of looks as if it were not there, unless the program says otherwise. */
function missingIn(given: unknown): Properties {
  const names = ["MISSING_AUTHENTICATION_TOKEN", "ACCESS_DENIED"];
  const missing = names.filter((name) => !isRecord(given) || given[name] === undefined);
  return Object.fromEntries(missing.map((name) => [name, notFound]));
}

function validatedBy(requestValidator: unknown): Properties {
  const validator = (validateRequestBody: boolean, validateRequestParameters: boolean): Properties => ({
    validateRequestBody,
    validateRequestParameters,
  });
  return {
    "x-amazon-apigateway-request-validators": {
      ALL: validator(true, true),
      BODY_ONLY: validator(true, false),
      PARAMS_ONLY: validator(false, true),
    },
    "x-amazon-apigateway-request-validator": requestValidator,
  };
}

/** A method as OpenAPI writes it: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-any-method.html */
function swaggerMethod(method: string): string {
  const lowered = method.toLowerCase();
  if (lowered === "any") return "x-amazon-apigateway-any-method";
  if (["get", "put", "post", "delete", "options", "head", "patch"].includes(lowered)) return lowered;
  throw new ComponentError(`Method not supported: ${method}`);
}

/** What is called in a region by the name that API Gateway has for it: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
export function integrationUri(
  parts: readonly unknown[],
  write: (...known: readonly string[]) => string,
): unknown {
  const partition = at(ask("aws:index/getPartition:getPartition"), "partition");
  const region = at(ask("aws:index/getRegion:getRegion"), "region");
  return derive([partition, region, ...parts], (known, place, ...others) => {
    const [inPartition, inRegion] = [String(known), String(place)];
    return `arn:${inPartition}:apigateway:${inRegion}:${write(...others.map(String))}`;
  });
}
