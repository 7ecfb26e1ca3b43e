import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../model.ts";
import { ComponentError, shapeOfList, shapeOfRecord, shapeOfText } from "./arguments.ts";
import { at, derive, keyOf, ref } from "./plan.ts";
import type { Child } from "./plan.ts";
import type { ApiDocument } from "./rest-api-document.ts";

/** Who may take on the role with which API Gateway calls a function that authorizes. */
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "AllowAssumeRole",
      Effect: "Allow",
      Principal: { Service: ["lambda.amazonaws.com", "apigateway.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ],
});

/** @throws ComponentError for two different authorizers of one name. */
export function refuseNamesakes(routes: readonly Properties[]): void {
  const byName = new Map<string, Properties>();
  for (const authorizer of routes.flatMap(authorizersOf)) {
    const name = shapeOfText(authorizer.authorizerName);
    if (name === undefined) continue;
    if (!isDeepStrictEqual(byName.get(name) ?? authorizer, authorizer)) {
      throw new ComponentError(
        `Multiple authorizers with the same name '${name}' but different configurations are not allowed.`,
      );
    }
    byName.set(name, authorizer);
  }
}

function authorizersOf({ authorizers }: Properties): readonly Properties[] {
  return (shapeOfList(authorizers) ?? []).map(shapeOfRecord);
}

/** What a route asks of whoever calls it. Its authorizers become part of the document. */
export function guardsOf(document: ApiDocument, route: Properties): (operation: Properties) => Properties {
  const security = authorizersOf(route).map((authorizer) => securityOf(document, authorizer));
  if (route.apiKeyRequired === true) {
    document.define("api_key", { type: "apiKey", name: "x-api-key", in: "header" });
    security.push({ api_key: [] });
  }
  const required = (shapeOfList(route.requiredParameters) ?? []).map((one) => {
    const { name, in: place } = shapeOfRecord(one);
    return { name, in: place, required: true };
  });
  return (operation) => {
    const parameters = [...(shapeOfList(operation.parameters) ?? []), ...required];
    return {
      ...operation,
      ...(security.length === 0 ? {} : { security }),
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(route.requestValidator === undefined
        ? {}
        : { "x-amazon-apigateway-request-validator": route.requestValidator }),
      ...(route.iamAuthEnabled === true ? { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } : {}),
    };
  };
}

/** The requirement of one authorizer, by a name that the document defines. */
function securityOf(document: ApiDocument, authorizer: Properties): Properties {
  const name = shapeOfText(authorizer.authorizerName) ?? document.nameDefinition();
  const isFunction = authorizer.handler !== undefined;
  if (!document.defines(name)) {
    document.define(name, {
      type: "apiKey",
      name: authorizer.parameterName,
      in: isFunction ? authorizer.parameterLocation : "header",
      "x-amazon-apigateway-authtype": isFunction ? authorizer.authType : "cognito_user_pools",
      "x-amazon-apigateway-authorizer": isFunction
        ? functionAuthorizer(document, name, authorizer)
        : poolAuthorizer(authorizer),
    });
  }
  return { [name]: isFunction ? [] : (authorizer.methodsToAuthorize ?? []) };
}

function sourceOf({ identitySource }: Properties): unknown {
  return derive(shapeOfList(identitySource) ?? [], (...sources) => sources.join(", "));
}

function poolAuthorizer(authorizer: Properties): Properties {
  return {
    type: "cognito_user_pools",
    identitySource: sourceOf(authorizer),
    providerARNs: authorizer.providerARNs,
  };
}

function functionAuthorizer(document: ApiDocument, name: string, authorizer: Properties): Properties {
  const { type, handler, identityValidationExpression, authorizerResultTtlInSeconds } = authorizer;
  const role: Child = {
    type: "aws:iam/role:Role",
    name: `${name}-authorizer-role`,
    inputs: { assumeRolePolicy: trust },
  };
  const invocation: Child = {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: `${name}-invocation-policy`,
    inputs: { role: ref(keyOf(role)), policy: derive([at(handler, "arn")], mayInvoke) },
  };
  document.children.push(role, invocation);
  return {
    type,
    authorizerUri: at(handler, "invokeArn"),
    authorizerCredentials: ref(keyOf(role), "arn"),
    identitySource: sourceOf(authorizer),
    identityValidationExpression,
    authorizerResultTtlInSeconds,
  };
}

function mayInvoke(functionArn: unknown): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Action: "lambda:InvokeFunction", Effect: "Allow", Resource: functionArn }],
  });
}
