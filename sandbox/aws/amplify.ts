import type { amplify } from "@pulumi/aws";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { refined, taken } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const appToken = "aws:amplify/app:App";
const branchToken = "aws:amplify/branch:Branch";
const domainToken = "aws:amplify/domainAssociation:DomainAssociation";

/** Codes of all of them: https://docs.aws.amazon.com/amplify/latest/APIReference/API_CreateBranch.html#API_CreateBranch_Errors. What an app has goes with it. */
const toApp: Reference = {
  to: appToken,
  missing: { code: "NotFoundException", message: "App {value} not found." },
  holds: false,
};

const quick = { create: 2, update: 2, delete: 2 } as const;

/** https://docs.aws.amazon.com/amplify/latest/APIReference/API_CreateApp.html: a repository is read with somebody's token. */
const app = refined<amplify.AppArgs, amplify.AppState>(appToken, {
  autoname: { property: "name", max: 255 },
  id: ({ hex }) => `d${hex(13)}`,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:amplify:${region}:${accountId}:apps/${id}`,
    defaultDomain: `${id}.amplifyapp.com`,
    productionBranches: [],
  }),
  keys: (state) => [state.arn],
  rules: [
    {
      when: ({ inputs, before }) =>
        before === undefined &&
        inputs.repository !== undefined &&
        inputs.accessToken === undefined &&
        inputs.oauthToken === undefined,
      code: "BadRequestException",
      says: "You should at least provide one valid token",
    },
  ],
  seconds: quick,
});

/** https://docs.aws.amazon.com/amplify/latest/APIReference/API_CreateBranch.html */
const branch = refined<amplify.BranchArgs, amplify.BranchState>(branchToken, {
  references: { appId: toApp },
  id: ({ inputs }) => `${inputs.appId}/${inputs.branchName}`,
  outputs: ({ inputs, accountId, region }) => ({
    arn: `arn:aws:amplify:${region}:${accountId}:apps/${inputs.appId}/branches/${encodeURIComponent(inputs.branchName)}`,
    destinationBranch: "",
    displayName: inputs.displayName ?? inputs.branchName.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
    sourceBranch: "",
  }),
  keys: (state) => [state.arn],
  rules: [
    taken(branchToken, ({ appId, branchName }) => `${appId}/${branchName}`, {
      code: "BadRequestException",
      says: ({ inputs }) => `The branch ${inputs.branchName} already exists.`,
    }),
  ],
  seconds: quick,
});

/** https://docs.aws.amazon.com/amplify/latest/APIReference/API_CreateDomainAssociation.html; the provider waits until the domain is proven. */
const domain = refined<amplify.DomainAssociationArgs, amplify.DomainAssociationState>(domainToken, {
  references: { appId: toApp },
  id: ({ inputs }) => `${inputs.appId}/${inputs.domainName}`,
  outputs: ({ inputs, accountId, region, hex }) => ({
    arn: `arn:aws:amplify:${region}:${accountId}:apps/${inputs.appId}/domains/${inputs.domainName}`,
    certificateVerificationDnsRecord: `_${hex(32, "record")}.${inputs.domainName}. CNAME _${hex(32, "value")}.${hex(10, "zone")}.acm-validations.aws.`,
  }),
  keys: (state) => [state.arn],
  rules: [
    taken(domainToken, ({ appId, domainName }) => `${appId}/${domainName}`, {
      code: "BadRequestException",
      says: ({ inputs }) => `The domain ${inputs.domainName} is already associated with the app.`,
    }),
  ],
  seconds: { create: 300, update: 120, delete: 10 },
});

/** https://docs.aws.amazon.com/amplify/latest/APIReference/API_CreateWebhook.html */
const webhook = refined<amplify.WebhookArgs, amplify.WebhookState>("aws:amplify/webhook:Webhook", {
  references: { appId: toApp },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: ({ id, inputs, accountId, region, hex }) => ({
    arn: `arn:aws:amplify:${region}:${accountId}:apps/${inputs.appId}/webhooks/${id}`,
    url: `https://webhooks.amplify.${region}.amazonaws.com/prod/webhooks?id=${id}&token=${hex(40, "token")}`,
  }),
  keys: (state) => [state.arn],
  rules: [
    {
      when: ({ account, inputs }) =>
        account.find(branchToken, `${inputs.appId}/${inputs.branchName}`) === undefined,
      code: "NotFoundException",
      says: ({ inputs }) => `Branch ${inputs.branchName} not found.`,
    },
  ],
  seconds: quick,
});

/** Sites that are built from a repository. */
export const sites: readonly AnyBehaviour[] = [app, branch, domain, webhook];
