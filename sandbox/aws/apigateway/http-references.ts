import type { Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import type { Reference } from "../behaviour.ts";

/** Tokens of what APIs are made of. */
export const apiToken = "aws:apigatewayv2/api:Api";
export const stageToken = "aws:apigatewayv2/stage:Stage";
export const routeToken = "aws:apigatewayv2/route:Route";
export const integrationToken = "aws:apigatewayv2/integration:Integration";
export const authorizerToken = "aws:apigatewayv2/authorizer:Authorizer";
export const domainToken = "aws:apigatewayv2/domainName:DomainName";
export const linkToken = "aws:apigatewayv2/vpcLink:VpcLink";

/** Code: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html. Whatever is part of an API goes with it. */
export const toApi: Reference = {
  to: apiToken,
  missing: { code: "NotFoundException", message: "Invalid API identifier specified {value}" },
  holds: false,
};

/** Seconds: an API is data. */
export const quick = { create: 1, update: 1, delete: 1 } as const;

/** @throws Refusal when another one goes by the same name. */
export function refuseTaken(
  twin: Stored | undefined,
  before: Stored | undefined,
  message: string,
  code = "ConflictException",
): void {
  if (twin !== undefined && twin.id !== before?.id) throw new Refusal(code, message);
}
