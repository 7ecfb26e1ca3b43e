import type { apigateway } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Reference } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { refuseDocument } from "../iam/policy-documents.ts";
import { refuseIntegration } from "./integration-refusals.ts";
import { stageToken } from "./logging.ts";
import { within } from "./within.ts";

const apiToken = "aws:apigateway/restApi:RestApi";
const resourceToken = "aws:apigateway/resource:Resource";
const methodToken = "aws:apigateway/method:Method";
const integrationToken = "aws:apigateway/integration:Integration";
export const deploymentToken = "aws:apigateway/deployment:Deployment";

/** Codes: https://docs.aws.amazon.com/apigateway/latest/api/CommonErrors.html. Whatever is part of an API goes with it. */
export const toApi: Reference = {
  to: apiToken,
  missing: { code: "NotFoundException", message: "Invalid API identifier specified {value}" },
  holds: false,
};

const quick = { create: 1, update: 1, delete: 1 } as const;

/** An API is given by its id: by then the SDK has put it in the place of the API. */
interface Place {
  readonly restApi: unknown;
  readonly resourceId: string;
}

export function idOf({ restApi }: { readonly restApi: unknown }): string {
  return text(restApi) ?? "";
}

/** An API's root is a resource too, which API Gateway made, as it does all that an OpenAPI document describes. */
function refuseResource(account: AccountView, { restApi, resourceId }: Place): void {
  const root = account.find(apiToken, idOf({ restApi }))?.state.rootResourceId;
  const own = account.find(resourceToken, resourceId)?.state.restApi;
  if (resourceId === root || own === restApi || isDescribed(account, { restApi })) return;
  throw new Refusal("NotFoundException", "Invalid Resource identifier specified");
}

function isDescribed(account: AccountView, { restApi }: Pick<Place, "restApi">): boolean {
  return account.find(apiToken, idOf({ restApi }))?.state.body !== undefined;
}

function refuseMethod(account: AccountView, place: Place, httpMethod: string): void {
  refuseResource(account, place);
  if (isDescribed(account, place)) return;
  if (methodAt(account, place, httpMethod) !== undefined) return;
  throw new Refusal("NotFoundException", "Invalid Method identifier specified");
}

function methodAt(account: AccountView, place: Place, httpMethod: string): Stored | undefined {
  return account.find(methodToken, within(place.restApi, place.resourceId, httpMethod));
}

/** What of a type an API has there. */
function allWithin(account: AccountView, token: string, key: string): readonly Stored[] {
  return account.named(key).filter((thing) => thing.token === token);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-ip-address-type.html */
const usualEndpoint = { ipAddressType: "ipv4", types: "EDGE" };

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html */
const api = behaviour<apigateway.RestApiArgs, apigateway.RestApiState>(apiToken, {
  autoname: { property: "name", max: 128 },
  id: ({ hex }) => hex(10),
  outputs: ({ id, accountId, region, created, hex }) => ({
    apiKeySource: "HEADER",
    arn: `arn:aws:apigateway:${region}::/restapis/${id}`,
    binaryMediaTypes: [],
    createdDate: created,
    description: "",
    disableExecuteApiEndpoint: false,
    endpointConfiguration: usualEndpoint,
    executionArn: `arn:aws:execute-api:${region}:${accountId}:${id}`,
    minimumCompressionSize: "",
    policy: "",
    rootResourceId: hex(10, "root"),
  }),
  keys: (state) => [state.arn, state.executionArn],
  refuses: ({ inputs }) => {
    const policy: unknown = inputs.policy;
    if (policy !== undefined && policy !== "") {
      const document = text(policy) ?? JSON.stringify(policy);
      refuseDocument(document, "resource", { code: "BadRequestException" });
    }
  },
  seconds: { create: 2, update: 2, delete: 2 },
});

function pathOf(account: AccountView, parentId: string, part: string): string {
  const parent = text(account.find(resourceToken, parentId)?.state.path) ?? "";
  return `${parent}/${part}`;
}

/** Stands for whichever part of a path is a variable, of which a resource has one child. */
const anyVariable = "{}";

function isVariable(pathPart: unknown): boolean {
  return /^\{.*\}$/.test(text(pathPart) ?? "");
}

/** What takes the whole rest of a path leaves nothing to others: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html */
function refuseBelow(parent: Stored | undefined): void {
  const pathPart = text(parent?.state.pathPart) ?? "";
  if (!/^\{.*\+\}$/.test(pathPart)) return;
  throw new Refusal(
    "BadRequestException",
    `Cannot create a child of a resource with a greedy path variable: ${pathPart}`,
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html */
const resource = behaviour<apigateway.ResourceArgs, apigateway.ResourceState>(resourceToken, {
  references: { restApi: toApi },
  id: ({ hex }) => hex(6),
  outputs: ({ inputs, account }) => ({ path: pathOf(account, inputs.parentId, inputs.pathPart) }),
  keys: ({ restApi, parentId, pathPart }) => [
    within(restApi, parentId, pathPart),
    ...(isVariable(pathPart) ? [within(restApi, parentId, anyVariable)] : []),
  ],
  refuses: ({ inputs, account }, before) => {
    const { restApi, parentId, pathPart } = inputs;
    refuseResource(account, { restApi, resourceId: parentId });
    refuseBelow(account.find(resourceToken, parentId));
    const siblingAt = (part: string): Stored | undefined => {
      const found = account.find(resourceToken, within(restApi, parentId, part));
      return found?.id === before?.id ? undefined : found;
    };
    if (siblingAt(pathPart) !== undefined) {
      throw new Refusal(
        "ConflictException",
        `Another resource with the same parent already has this name: ${pathPart}`,
      );
    }
    const other = isVariable(pathPart) ? siblingAt(anyVariable) : undefined;
    if (other === undefined) return;
    throw new Refusal(
      "BadRequestException",
      `A sibling (${text(other.state.pathPart) ?? ""}) of this resource already has a variable path part -- only one is allowed`,
    );
  },
  seconds: quick,
});

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
const method = behaviour<apigateway.MethodArgs, apigateway.MethodState>(methodToken, {
  references: { restApi: toApi },
  id: ({ inputs }) => `agm-${idOf(inputs)}-${inputs.resourceId}-${inputs.httpMethod}`,
  outputs: () => ({}),
  keys: ({ restApi, resourceId, httpMethod }) => [
    within(restApi, resourceId, httpMethod),
    within(restApi, "methods"),
  ],
  refuses: ({ inputs, account }, before) => {
    refuseResource(account, inputs);
    const twin = methodAt(account, inputs, inputs.httpMethod);
    if (twin !== undefined && twin.id !== before?.id)
      throw new Refusal("ConflictException", "Method already exists for this resource");
    if (
      ["CUSTOM", "COGNITO_USER_POOLS"].includes(inputs.authorization) &&
      inputs.authorizerId === undefined
    ) {
      throw new Refusal(
        "BadRequestException",
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
      );
    }
  },
  seconds: quick,
});

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
const integration = behaviour<apigateway.IntegrationArgs, apigateway.IntegrationState>(integrationToken, {
  references: { restApi: toApi },
  id: ({ inputs }) => `agi-${idOf(inputs)}-${inputs.resourceId}-${inputs.httpMethod}`,
  outputs: ({ inputs }) => ({
    cacheNamespace: inputs.resourceId,
    passthroughBehavior: "WHEN_NO_MATCH",
  }),
  keys: ({ restApi, resourceId, httpMethod }) => [within(restApi, resourceId, httpMethod)],
  refuses: ({ inputs, account }) => {
    refuseMethod(account, inputs, inputs.httpMethod);
    refuseIntegration(inputs);
  },
  seconds: quick,
});

/** The classic of a deployment that does not wait for the methods: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html */
const deployment = behaviour<apigateway.DeploymentArgs, apigateway.DeploymentState>(deploymentToken, {
  references: { restApi: toApi },
  id: ({ hex }) => hex(6),
  outputs: ({ created }) => ({ createdDate: created }),
  keys: () => [],
  refuses: ({ inputs, account }) => {
    if (isDescribed(account, inputs)) return;
    const methods = allWithin(account, methodToken, within(inputs.restApi, "methods"));
    if (methods.length === 0)
      throw new Refusal("BadRequestException", "The REST API doesn't contain any methods");
    const bare = methods.some(
      ({ state: { restApi, resourceId, httpMethod } }) =>
        account.find(integrationToken, within(restApi, resourceId, httpMethod)) === undefined,
    );
    if (bare) throw new Refusal("BadRequestException", "No integration defined for method");
  },
  keeps: ({ id, state }, _, account) => {
    if (allWithin(account, stageToken, within(state.restApi, "deployments", id)).length === 0) return;
    throw new Refusal(
      "BadRequestException",
      "Active stages pointing to this deployment must be moved or deleted",
    );
  },
  seconds: quick,
});

/** REST APIs, and what they are made of. */
export const restApis: readonly AnyBehaviour[] = [api, resource, method, integration, deployment];
