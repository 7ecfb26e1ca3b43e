import type { appsync } from "@pulumi/aws";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { toServiceRole } from "./iam/references.ts";
import { refined, taken } from "./specification/refined.ts";

const apiToken = "aws:appsync/graphQLApi:GraphQLApi";
const resolverToken = "aws:appsync/resolver:Resolver";
const sourceToken = "aws:appsync/dataSource:DataSource";

/** Codes: https://docs.aws.amazon.com/appsync/latest/APIReference/CommonErrors.html and the page of each action. */
const toApi: Reference = {
  to: apiToken,
  missing: { code: "NotFoundException", message: "GraphQL API {value} not found." },
  holds: false,
};

const toSource: Reference = {
  to: sourceToken,
  missing: { code: "NotFoundException", message: "No data source found named {value}" },
};

interface Place {
  readonly accountId: string;
  readonly region: string;
}

function arnOf({ region, accountId }: Place, apiId: string, ...path: readonly string[]): string {
  return [`arn:aws:appsync:${region}:${accountId}:apis`, apiId, ...path].join("/");
}

/** Addresses: https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html#handshake-details-to-establish-the-websocket-connection */
const api = refined<appsync.GraphQLApiArgs, appsync.GraphQLApiState>(apiToken, {
  references: { "logConfig.cloudwatchLogsRoleArn": toServiceRole("BadRequestException") },
  id: ({ hex }) => hex(26),
  outputs: (made) => {
    const host = (kind: string): string =>
      `${made.hex(26, "host")}.appsync-${kind}.${made.region}.amazonaws.com`;
    return {
      arn: arnOf(made, made.id),
      uris: { GRAPHQL: `https://${host("api")}/graphql`, REALTIME: `wss://${host("realtime-api")}/graphql` },
    };
  },
  keys: (state) => [state.arn],
  seconds: { create: 3, update: 2, delete: 2 },
});

/** https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateApiKey.html */
const apiKey = refined<appsync.ApiKeyArgs, appsync.ApiKeyState>("aws:appsync/apiKey:ApiKey", {
  references: { apiId: toApi },
  id: ({ inputs, hex }) => `${inputs.apiId}:da2-${hex(26)}`,
  outputs: ({ hex }) => ({ apiKeyId: `da2-${hex(26)}`, key: `da2-${hex(26)}` }),
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateDataSource.html */
const source = refined<appsync.DataSourceArgs, appsync.DataSourceState>(sourceToken, {
  references: {
    apiId: toApi,
    serviceRoleArn: toServiceRole("BadRequestException", "The role {value} cannot be assumed by AppSync."),
  },
  id: ({ inputs }) => `${inputs.apiId}-${inputs.name ?? ""}`,
  outputs: (made) => ({ arn: arnOf(made, made.inputs.apiId, "datasources", made.inputs.name ?? "") }),
  keys: (state) => [state.arn, state.name],
  inUse: "BadRequestException",
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateFunction.html */
const step = refined<appsync.FunctionArgs, appsync.FunctionState>("aws:appsync/function:Function", {
  references: { apiId: toApi, dataSource: toSource },
  id: ({ inputs, hex }) => `${inputs.apiId}-${hex(26)}`,
  outputs: (made) => {
    const functionId = made.hex(26);
    return { arn: arnOf(made, made.inputs.apiId, "functions", functionId), functionId };
  },
  keys: (state) => [state.arn, state.functionId],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateResolver.html */
const resolver = refined<appsync.ResolverArgs, appsync.ResolverState>(resolverToken, {
  references: {
    apiId: toApi,
    dataSource: toSource,
    "pipelineConfig.functions[]": {
      to: "aws:appsync/function:Function",
      missing: { code: "NotFoundException", message: "Function {value} not found." },
    },
  },
  id: ({ inputs }) => `${inputs.apiId}-${inputs.type}-${inputs.field}`,
  outputs: (made) => {
    const { apiId, type, field } = made.inputs;
    return { arn: arnOf(made, apiId, "types", type, "resolvers", field) };
  },
  keys: (state) => [state.arn],
  rules: [
    taken(resolverToken, ({ apiId, type, field }) => `${apiId}-${type}-${field}`, {
      code: "BadRequestException",
      says: "Only one resolver is allowed per field.",
    }),
  ],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** GraphQL interfaces, and where their answers come from. */
export const graphQlApis: readonly AnyBehaviour[] = [api, apiKey, source, step, resolver];
