import type { apigatewayv2 } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import {
  apiToken,
  domainToken,
  quick,
  refuseTaken,
  routeToken,
  stageToken,
  toApi,
} from "./http-references.ts";
import { refuseUnsetLog } from "./logging.ts";
import { within } from "./within.ts";

/**
 * Routes come with an OpenAPI document, and with a target, which also makes the stage `$default`:
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
 */
const api = behaviour<apigatewayv2.ApiArgs, apigatewayv2.ApiState>(apiToken, {
  autoname: { property: "name", max: 128 },
  id: ({ hex }) => hex(10),
  outputs: ({ id, inputs, accountId, region }) => ({
    apiEndpoint: `${inputs.protocolType === "WEBSOCKET" ? "wss" : "https"}://${id}.execute-api.${region}.amazonaws.com`,
    arn: `arn:aws:apigateway:${region}::/apis/${id}`,
    executionArn: `arn:aws:execute-api:${region}:${accountId}:${id}`,
    ipAddressType: "ipv4",
  }),
  keys: (state) => [state.arn, state.executionArn],
  refuses: ({ inputs }) => {
    if (inputs.protocolType === "WEBSOCKET" && inputs.corsConfiguration !== undefined) {
      throw new Refusal(
        "BadRequestException",
        "CorsConfiguration is not supported for WEBSOCKET protocol type",
      );
    }
  },
  seconds: { create: 2, update: 2, delete: 2 },
});

/** Settings are of routes that there are; those of a document are not looked into. */
function refuseRouteSettings(
  {
    apiId,
    routeSettings = [],
  }: { readonly apiId: string; readonly routeSettings?: readonly unknown[] | undefined },
  account: AccountView,
): void {
  if (account.find(apiToken, apiId)?.state.body !== undefined) return;
  const lost = routeSettings
    .map((settings) => text(at(settings, "routeKey")) ?? "")
    .find((key) => account.find(routeToken, within(apiId, "routes", key)) === undefined);
  if (lost === undefined) return;
  throw new Refusal(
    "NotFoundException",
    `Unable to find Route by key ${lost} within the provided RouteSettings`,
  );
}

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html */
const stage = behaviour<apigatewayv2.StageArgs, apigatewayv2.StageState>(stageToken, {
  autoname: { property: "name", max: 128 },
  references: { apiId: toApi },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, inputs, accountId, account, region, hex }) => {
    const endpoint = text(account.find(apiToken, inputs.apiId)?.state.apiEndpoint) ?? "";
    return {
      arn: `arn:aws:apigateway:${region}::/apis/${inputs.apiId}/stages/${id}`,
      deploymentId: inputs.autoDeploy === true ? hex(6, "deployment") : "",
      executionArn: `arn:aws:execute-api:${region}:${accountId}:${inputs.apiId}/${id}`,
      invokeUrl: `${endpoint}/${id === "$default" ? "" : id}`,
    };
  },
  keys: ({ arn, executionArn, invokeUrl, apiId, name }) => [
    arn,
    executionArn,
    invokeUrl,
    within(apiId, "stages", name),
  ],
  refuses: ({ inputs, account, region }, before) => {
    const isSocket = account.find(apiToken, inputs.apiId)?.state.protocolType === "WEBSOCKET";
    if (isSocket && inputs.accessLogSettings !== undefined) refuseUnsetLog(account, region);
    refuseRouteSettings(inputs, account);
    const twin = account.find(stageToken, within(inputs.apiId, "stages", inputs.name));
    refuseTaken(twin, before, "Stage already exists");
  },
  settles: ["deploymentId"],
  seconds: quick,
});

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments.html */
const deployment = behaviour<apigatewayv2.DeploymentArgs, apigatewayv2.DeploymentState>(
  "aws:apigatewayv2/deployment:Deployment",
  {
    references: { apiId: toApi },
    id: ({ hex }) => hex(6),
    outputs: () => ({ autoDeployed: false }),
    keys: () => [],
    refuses: ({ inputs, account }) => {
      const own = account.find(apiToken, inputs.apiId)?.state;
      if (own?.body !== undefined || own?.target !== undefined) return;
      if (account.find(routeToken, within(inputs.apiId, "routes")) !== undefined) return;
      throw new Refusal("BadRequestException", "At least one route is required before deploying the Api.");
    },
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames.html */
const domain = behaviour<apigatewayv2.DomainNameArgs, apigatewayv2.DomainNameState>(domainToken, {
  references: {
    "domainNameConfiguration.certificateArn": {
      to: "aws:acm/certificate:Certificate",
      missing: { code: "BadRequestException", message: "Certificate {value} not found in the region" },
    },
  },
  id: ({ inputs }) => inputs.domainName,
  outputs: ({ id, region }) => ({
    apiMappingSelectionExpression: "$request.basepath",
    arn: `arn:aws:apigateway:${region}::/domainnames/${id}`,
  }),
  keys: (state) => [state.arn],
  refuses: ({ inputs, account }, before) => {
    refuseTaken(
      account.find(domainToken, inputs.domainName),
      before,
      "The domain name you provided already exists.",
      "BadRequestException",
    );
  },
  seconds: { create: 10, update: 30, delete: 5 },
});

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname-apimappings.html */
const mapping = behaviour<apigatewayv2.ApiMappingArgs, apigatewayv2.ApiMappingState>(
  "aws:apigatewayv2/apiMapping:ApiMapping",
  {
    references: {
      apiId: toApi,
      domainName: {
        to: domainToken,
        missing: { code: "NotFoundException", message: "Invalid domain name identifier specified {value}" },
      },
    },
    id: ({ hex }) => hex(6),
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account }) => {
      const own = account.find(apiToken, inputs.apiId)?.state;
      const isMade = own?.target !== undefined && inputs.stage === "$default";
      const found = account.find(stageToken, within(inputs.apiId, "stages", inputs.stage));
      if (found === undefined && !isMade)
        throw new Refusal("BadRequestException", `Invalid stage identifier specified ${inputs.stage}`);
    },
    seconds: quick,
  },
);

/** APIs over HTTP and WebSocket, and under which names they are reached. */
export const httpApis: readonly AnyBehaviour[] = [api, stage, deployment, domain, mapping];
