import type { cognito } from "@pulumi/aws";
import type { AccountView, Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import { list, text } from "../values.ts";
import type { AnyBehaviour, Plain, Reference } from "./behaviour.ts";
import { refined, taken } from "./specification/refined.ts";
import type { Request } from "./specification/refined.ts";

const poolToken = "aws:cognito/userPool:UserPool";
const domainToken = "aws:cognito/userPoolDomain:UserPoolDomain";
const clientToken = "aws:cognito/userPoolClient:UserPoolClient";
const serverToken = "aws:cognito/resourceServer:ResourceServer";
const invalid = "InvalidParameterException";

/** Clients, groups and providers go with their pool. */
const toPool: Reference = {
  to: poolToken,
  missing: { code: "ResourceNotFoundException", message: "User pool {value} does not exist." },
  holds: false,
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html */
function keepPool({ id, state }: Stored, _: readonly Stored[], account: AccountView): void {
  if (state.deletionProtection === "ACTIVE") {
    throw new Refusal(
      invalid,
      "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
    );
  }
  if (account.all(domainToken).every((domain) => domain.state.userPoolId !== id)) return;
  throw new Refusal(
    invalid,
    "User pool cannot be deleted. It has a domain configured that should be deleted first.",
  );
}

/** Attributes that every pool knows: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const standardAttributes: ReadonlySet<string> = new Set(
  "address birthdate email email_verified family_name gender given_name identities locale middle_name name nickname phone_number phone_number_verified picture preferred_username profile sub updated_at website zoneinfo".split(
    " ",
  ),
);

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html */
const pool = refined<cognito.UserPoolArgs, cognito.UserPoolState>(poolToken, {
  id: ({ region, hex }) => `${region}_${hex(9)}`,
  outputs: ({ id, accountId, region, created }) => ({
    arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`,
    creationDate: created,
    endpoint: `cognito-idp.${region}.amazonaws.com/${id}`,
    lastModifiedDate: created,
  }),
  rules: [
    {
      when: ({ inputs, before }) =>
        before !== undefined && list(before.state.schemas).length > (inputs.schemas ?? []).length,
      code: invalid,
      says: "cannot modify or remove schema items",
    },
    {
      when: ({ inputs: { schemas = [] } }) =>
        schemas.some(({ name, required }) => required === true && !standardAttributes.has(name)),
      code: invalid,
      says: "Required custom attributes are not supported currently.",
    },
  ],
  keeps: keepPool,
  seconds: { create: 3, update: 3, delete: 2 },
});

/** A domain of one's own is served by CloudFront, whose certificates are in one region: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html */
const domain = refined<cognito.UserPoolDomainArgs, cognito.UserPoolDomainState>(domainToken, {
  references: { userPoolId: toPool },
  id: ({ inputs }) => inputs.domain,
  rules: [
    {
      when: ({ inputs, account, before }) =>
        before === undefined && account.all(domainToken).some(({ state }) => state.domain === inputs.domain),
      code: invalid,
      says: "Domain already associated with another user pool.",
    },
    {
      when: ({ inputs: { certificateArn } }) =>
        certificateArn !== undefined && certificateArn.split(":")[3] !== "us-east-1",
      code: invalid,
      says: "Invalid certificate ARN: the certificate must be in us-east-1.",
    },
  ],
  seconds: { create: 5, update: 5, delete: 5 },
  // A distribution is made for it.
  secondsToCreate: ({ certificateArn }) => (certificateArn === undefined ? undefined : 300),
});

type ClientRequest = Request<Plain<cognito.UserPoolClientArgs>>;

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html */
function unknownProvider({ inputs, account }: ClientRequest): string | undefined {
  const own = account
    .all("aws:cognito/identityProvider:IdentityProvider")
    .filter(({ state }) => state.userPoolId === inputs.userPoolId)
    .map(({ state }) => state.providerName);
  return inputs.supportedIdentityProviders?.find((name) => name !== "COGNITO" && !own.includes(name));
}

/** What every pool offers: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html */
const standardScopes: readonly string[] = [
  "aws.cognito.signin.user.admin",
  "email",
  "openid",
  "phone",
  "profile",
];

function unknownScopes({ inputs, account }: ClientRequest): readonly string[] {
  const own = account
    .all(serverToken)
    .filter(({ state }) => state.userPoolId === inputs.userPoolId)
    .flatMap(({ state }) => list(state.scopeIdentifiers).map((scope) => text(scope) ?? ""));
  return (inputs.allowedOauthScopes ?? []).filter((scope) => ![...standardScopes, ...own].includes(scope));
}

/** A machine that signs in is nobody: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoint-oauth-grants.html */
function personalScope({ allowedOauthFlows = [], allowedOauthScopes = [] }: ClientRequest["inputs"]) {
  if (!allowedOauthFlows.includes("client_credentials")) return undefined;
  return allowedOauthScopes.find((scope) => standardScopes.includes(scope));
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html */
const client = refined<cognito.UserPoolClientArgs, cognito.UserPoolClientState>(clientToken, {
  references: { userPoolId: toPool },
  id: ({ hex }) => hex(26),
  rules: [
    {
      when: (asked) => unknownProvider(asked) !== undefined,
      code: invalid,
      says: (asked) =>
        `The provider ${unknownProvider(asked) ?? ""} does not exist for User Pool ${asked.inputs.userPoolId}.`,
    },
    {
      when: (asked) => unknownScopes(asked).length > 0,
      code: "ScopeDoesNotExistException",
      says: (asked) => `Invalid scopes requested: ${unknownScopes(asked).join(", ")}`,
    },
    {
      when: ({ inputs: { allowedOauthFlows = [], generateSecret } }) =>
        allowedOauthFlows.includes("client_credentials") && generateSecret !== true,
      code: "InvalidOAuthFlowException",
      says: "client_credentials flow can not be selected if client does not have a client secret.",
    },
    {
      when: ({ inputs: { allowedOauthFlows = [] } }) =>
        allowedOauthFlows.includes("client_credentials") && allowedOauthFlows.length > 1,
      code: "InvalidOAuthFlowException",
      says: "client_credentials flow can not be selected along with code flow or implicit flow.",
    },
    {
      when: ({ inputs: { allowedOauthFlows = [], callbackUrls = [] } }) =>
        allowedOauthFlows.some((flow) => flow === "code" || flow === "implicit") && callbackUrls.length === 0,
      code: "InvalidOAuthFlowException",
      says: "CallbackUrls can not be empty when code flow or implicit flow is selected",
    },
    {
      when: ({ inputs }) => personalScope(inputs) !== undefined,
      code: "InvalidOAuthFlowException",
      says: ({ inputs }) => `${personalScope(inputs) ?? ""} is not supported with client_credentials flow`,
    },
  ],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html: a scope is asked for with the name of its server. */
const resourceServer = refined<cognito.ResourceServerArgs, cognito.ResourceServerState>(serverToken, {
  references: { userPoolId: toPool },
  id: ({ inputs }) => `${inputs.userPoolId}|${inputs.identifier}`,
  outputs: ({ inputs }) => ({
    scopeIdentifiers: (inputs.scopes ?? []).map(({ scopeName }) => `${inputs.identifier}/${scopeName}`),
  }),
  keys: () => [],
  rules: [
    taken(serverToken, ({ userPoolId, identifier }) => `${userPoolId}|${identifier}`, {
      code: invalid,
      says: ({ inputs }) => `${inputs.identifier} already exists in user pool ${inputs.userPoolId}.`,
    }),
  ],
  settles: ["scopeIdentifiers"],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** Who signs in. */
export const userPools: readonly AnyBehaviour[] = [pool, domain, client, resourceServer];
