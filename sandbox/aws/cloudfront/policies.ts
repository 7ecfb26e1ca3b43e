import type { cloudfront } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import { at } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { uuidOf } from "../uuid.ts";
import { capitals, etagOf } from "./ids.ts";
import type { Words } from "./references.ts";
import {
  accessControlToken,
  cachePolicyToken,
  functionToken,
  keepsUsed,
  originRequestPolicyToken,
  refuseTaken,
  responseHeadersPolicyToken,
} from "./references.ts";

/** Errors: https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html and the page of each action. */
function wordsFor(type: string, kind: string, where: string): Words {
  return {
    taken: [
      `${type}AlreadyExists`,
      `${kind} with this name already exists. You must provide a unique name. To modify an existing one, use Update${type}.`,
    ],
    used: [`${type}InUse`, `Cannot delete ${kind.toLowerCase()} because it is attached to ${where}.`],
  };
}

const behaviours = "one or more cache behaviors in a CloudFront distribution";
const words = {
  accessControl: wordsFor(
    "OriginAccessControl",
    "An origin access control",
    "one or more origins in a CloudFront distribution",
  ),
  cachePolicy: wordsFor("CachePolicy", "A cache policy", behaviours),
  originRequestPolicy: wordsFor("OriginRequestPolicy", "An origin request policy", behaviours),
  responseHeadersPolicy: wordsFor("ResponseHeadersPolicy", "A response headers policy", behaviours),
  function: wordsFor("Function", "A function", behaviours),
} as const;

const quick = { create: 1, update: 1, delete: 1 } as const;
/** A change gives a new one: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateCachePolicy.html */
const changing = ["etag"] as const;

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateOriginAccessControl.html */
const accessControl = behaviour<cloudfront.OriginAccessControlArgs, cloudfront.OriginAccessControlState>(
  accessControlToken,
  {
    scope: "global",
    autoname: { property: "name", max: 64 },
    id: ({ hex }) => `E${capitals(hex, 13)}`,
    outputs: ({ id, accountId, hex, inputs }) => ({
      arn: `arn:aws:cloudfront::${accountId}:origin-access-control/${id}`,
      etag: etagOf(hex, inputs),
    }),
    keys: (state) => [state.arn],
    refuses: ({ account, inputs }, before) => {
      refuseTaken({ account, token: accessControlToken, name: inputs.name }, before, words.accessControl);
    },
    keeps: keepsUsed(words.accessControl),
    settles: changing,
    seconds: quick,
  },
);

/** What caches nothing cannot tell requests apart: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ParametersInCacheKeyAndForwardedToOrigin.html */
const needCaching = {
  EnableAcceptEncodingGzip: ({ enableAcceptEncodingGzip }: KeyParameters) =>
    enableAcceptEncodingGzip === true,
  EnableAcceptEncodingBrotli: ({ enableAcceptEncodingBrotli }: KeyParameters) =>
    enableAcceptEncodingBrotli === true,
  HeaderBehavior: (parameters: KeyParameters) => isChosen(at(parameters, "headersConfig.headerBehavior")),
  CookieBehavior: (parameters: KeyParameters) => isChosen(at(parameters, "cookiesConfig.cookieBehavior")),
  QueryStringBehavior: (parameters: KeyParameters) =>
    isChosen(at(parameters, "queryStringsConfig.queryStringBehavior")),
} as const;

interface KeyParameters {
  readonly enableAcceptEncodingGzip?: boolean | undefined;
  readonly enableAcceptEncodingBrotli?: boolean | undefined;
}

function isChosen(behavior: unknown): boolean {
  return behavior !== undefined && behavior !== "none";
}

interface Ttls {
  readonly minTtl?: number | undefined;
  readonly defaultTtl?: number | undefined;
  readonly maxTtl?: number | undefined;
}

function refuseTtls({ minTtl = 0, defaultTtl = 0, maxTtl = 0 }: Ttls): void {
  if (minTtl > defaultTtl) {
    throw new Refusal("InvalidArgument", "The parameter MinTTL cannot be greater than DefaultTTL.");
  }
  if (defaultTtl > maxTtl) {
    throw new Refusal("InvalidArgument", "The parameter DefaultTTL cannot be greater than MaxTTL.");
  }
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateCachePolicy.html */
const cachePolicy = behaviour<cloudfront.CachePolicyArgs, cloudfront.CachePolicyState>(cachePolicyToken, {
  scope: "global",
  autoname: { property: "name", max: 128 },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: ({ id, accountId, hex, inputs }) => ({
    arn: `arn:aws:cloudfront::${accountId}:cache-policy/${id}`,
    etag: etagOf(hex, inputs),
  }),
  keys: (state) => [state.arn],
  refuses: ({ account, inputs }, before) => {
    refuseTaken({ account, token: cachePolicyToken, name: inputs.name }, before, words.cachePolicy);
    refuseTtls(inputs);
    if (inputs.maxTtl !== 0) return;
    const parameters = inputs.parametersInCacheKeyAndForwardedToOrigin;
    const wrong = Object.entries(needCaching).find(([, isSet]) => isSet(parameters));
    if (wrong === undefined) return;
    throw new Refusal(
      "InvalidArgument",
      `The parameter ${wrong[0]} is invalid for policy with caching disabled.`,
    );
  },
  keeps: keepsUsed(words.cachePolicy),
  settles: changing,
  seconds: quick,
});

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateOriginRequestPolicy.html */
const originRequestPolicy = behaviour<
  cloudfront.OriginRequestPolicyArgs,
  cloudfront.OriginRequestPolicyState
>(originRequestPolicyToken, {
  scope: "global",
  autoname: { property: "name", max: 128 },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: ({ id, accountId, hex, inputs }) => ({
    arn: `arn:aws:cloudfront::${accountId}:origin-request-policy/${id}`,
    etag: etagOf(hex, inputs),
  }),
  keys: (state) => [state.arn],
  refuses: ({ account, inputs }, before) => {
    const { name } = inputs;
    refuseTaken({ account, token: originRequestPolicyToken, name }, before, words.originRequestPolicy);
  },
  keeps: keepsUsed(words.originRequestPolicy),
  settles: changing,
  seconds: quick,
});

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateResponseHeadersPolicy.html */
const responseHeadersPolicy = behaviour<
  cloudfront.ResponseHeadersPolicyArgs,
  cloudfront.ResponseHeadersPolicyState
>(responseHeadersPolicyToken, {
  scope: "global",
  autoname: { property: "name", max: 128 },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: ({ id, accountId, hex, inputs }) => ({
    arn: `arn:aws:cloudfront::${accountId}:response-headers-policy/${id}`,
    etag: etagOf(hex, inputs),
  }),
  keys: (state) => [state.arn],
  refuses: ({ account, inputs }, before) => {
    const { name } = inputs;
    refuseTaken({ account, token: responseHeadersPolicyToken, name }, before, words.responseHeadersPolicy);
  },
  keeps: keepsUsed(words.responseHeadersPolicy),
  settles: changing,
  seconds: quick,
});

/** Bytes of code: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const largestFunction = 10 * 1024;

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateFunction.html */
const edgeFunction = behaviour<cloudfront.FunctionArgs, cloudfront.FunctionState>(functionToken, {
  scope: "global",
  autoname: { property: "name", max: 64 },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, hex, inputs }) => ({
    arn: `arn:aws:cloudfront::${accountId}:function/${id}`,
    etag: etagOf(hex, inputs),
    liveStageEtag: inputs.publish === false ? "" : etagOf(hex, { live: inputs }),
    name: id,
    status: inputs.publish === false ? "UNPUBLISHED" : "UNASSOCIATED",
  }),
  refuses: ({ account, inputs }, before) => {
    refuseTaken({ account, token: functionToken, name: inputs.name }, before, words.function);
    if (!/^[a-zA-Z0-9-_]{1,64}$/.test(inputs.name ?? "")) {
      throw new Refusal("InvalidArgument", "The parameter Name contains invalid characters.");
    }
    if (Buffer.byteLength(inputs.code) > largestFunction) {
      throw new Refusal("FunctionSizeLimitExceeded", "The function exceeds the maximum size of 10240 bytes.");
    }
  },
  keeps: keepsUsed(words.function),
  settles: ["etag", "liveStageEtag"],
  seconds: { create: 5, update: 5, delete: 1 },
});

/** What distributions are told by name. */
export const edgePolicies: readonly AnyBehaviour[] = [
  accessControl,
  cachePolicy,
  originRequestPolicy,
  responseHeadersPolicy,
  edgeFunction,
];
