import type { apigatewayv2 } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { toSecurityGroup, toSubnet } from "../ec2/references.ts";
import {
  apiToken,
  authorizerToken,
  integrationToken,
  linkToken,
  quick,
  refuseTaken,
  routeToken,
  toApi,
} from "./http-references.ts";
import { within } from "./within.ts";

/** What HTTP APIs and WebSocket APIs can reach: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations.html */
const httpIntegrations: readonly string[] = ["HTTP_PROXY", "AWS_PROXY"];

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
const integration = behaviour<apigatewayv2.IntegrationArgs, apigatewayv2.IntegrationState>(integrationToken, {
  references: {
    apiId: toApi,
    connectionId: {
      to: linkToken,
      missing: { code: "BadRequestException", message: "VpcLink {value} does not exist" },
    },
  },
  id: ({ hex }) => hex(7),
  outputs: ({ inputs, account }) => ({
    integrationResponseSelectionExpression: isHttp(account, inputs.apiId)
      ? ABSENT
      : "${integration.response.statuscode}",
    timeoutMilliseconds: isHttp(account, inputs.apiId) ? 30000 : 29000,
  }),
  keys: () => [],
  refuses: ({ inputs, account }) => {
    if (isHttp(account, inputs.apiId) && !httpIntegrations.includes(inputs.integrationType)) {
      throw new Refusal(
        "BadRequestException",
        `Integration type ${inputs.integrationType} is not supported for HTTP protocol APIs`,
      );
    }
    if (inputs.connectionType === "VPC_LINK" && inputs.connectionId === undefined) {
      throw new Refusal(
        "BadRequestException",
        "ConnectionId should not be null for VPC_LINK connection type",
      );
    }
  },
  seconds: quick,
});

function isHttp(account: AccountView, apiId: string): boolean {
  return account.find(apiToken, apiId)?.state.protocolType === "HTTP";
}

/** A method and a path, or one of the words: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
const httpRoute = /^(?:\$default|(?:ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/\S*)$/;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
const route = behaviour<apigatewayv2.RouteArgs, apigatewayv2.RouteState>(routeToken, {
  references: {
    apiId: toApi,
    authorizerId: {
      to: authorizerToken,
      missing: { code: "BadRequestException", message: "Invalid authorizer identifier specified {value}" },
    },
  },
  id: ({ hex }) => hex(7),
  outputs: () => ({}),
  keys: (state) => [within(state.apiId, "routes"), within(state.apiId, "routes", state.routeKey)],
  refuses: ({ inputs, account }, before) => {
    const { apiId, routeKey, target } = inputs;
    if (isHttp(account, apiId) && !httpRoute.test(routeKey)) {
      throw new Refusal(
        "BadRequestException",
        'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
      );
    }
    const twin = account.find(routeToken, within(apiId, "routes", routeKey));
    refuseTaken(twin, before, `Route with key ${routeKey} already exists for this API`);
    refuseTarget(account, apiId, target);
  },
  seconds: quick,
});

function refuseTarget(account: AccountView, apiId: string, target: string | undefined): void {
  if (target === undefined) return;
  const found = account.find(integrationToken, target.replace("integrations/", ""));
  if (target.startsWith("integrations/") && found?.state.apiId === apiId) return;
  throw new Refusal(
    "BadRequestException",
    `Invalid target specified ${target}: no such integration of this API`,
  );
}

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
const authorizer = behaviour<apigatewayv2.AuthorizerArgs, apigatewayv2.AuthorizerState>(authorizerToken, {
  autoname: { property: "name", max: 128 },
  references: { apiId: toApi },
  id: ({ hex }) => hex(6),
  outputs: () => ({ authorizerResultTtlInSeconds: 0 }),
  keys: () => [],
  refuses: ({ inputs }) => {
    if (inputs.authorizerType === "JWT" && inputs.jwtConfiguration === undefined) {
      throw new Refusal("BadRequestException", "JwtConfiguration must be set for JWT authorizers");
    }
    if (inputs.authorizerType === "REQUEST" && inputs.authorizerUri === undefined) {
      throw new Refusal("BadRequestException", "AuthorizerUri must be set for REQUEST authorizers");
    }
  },
  seconds: quick,
});

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html */
const link = behaviour<apigatewayv2.VpcLinkArgs, apigatewayv2.VpcLinkState>(linkToken, {
  autoname: { property: "name", max: 128 },
  references: { "subnetIds[]": toSubnet, "securityGroupIds[]": toSecurityGroup },
  id: ({ hex }) => hex(6),
  outputs: ({ id, region }) => ({ arn: `arn:aws:apigateway:${region}::/vpclinks/${id}` }),
  inUse: "ConflictException",
  seconds: { create: 120, update: 5, delete: 90 },
});

/** Where the requests of an API go, and who may make them. */
export const httpRoutes: readonly AnyBehaviour[] = [integration, route, authorizer, link];
