import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import type { Reference } from "../behaviour.ts";

/** Tokens of a distribution and of what it names. */
export const distributionToken = "aws:cloudfront/distribution:Distribution";
export const accessIdentityToken = "aws:cloudfront/originAccessIdentity:OriginAccessIdentity";
export const accessControlToken = "aws:cloudfront/originAccessControl:OriginAccessControl";
export const cachePolicyToken = "aws:cloudfront/cachePolicy:CachePolicy";
export const originRequestPolicyToken = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy";
export const responseHeadersPolicyToken = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
export const functionToken = "aws:cloudfront/function:Function";

/** Policies that AWS keeps for everybody, by name; each name begins with `Managed-`. */
export const managed = {
  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
  cache: {
    Amplify: "2e54312d-136d-493c-8eb9-b001f22f67d2",
    CachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    CachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    CachingOptimizedForUncompressedObjects: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
    "Elemental-MediaPackage": "08627262-05a9-4f76-9ded-b50ca2e3a84f",
    UseOriginCacheControlHeaders: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
    "UseOriginCacheControlHeaders-QueryStrings": "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
  },
  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
  originRequest: {
    AllViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    "AllViewerAndCloudFrontHeaders-2022-06": "33f36d7e-f396-46d9-90e0-52428a34d9dc",
    AllViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    "CORS-CustomOrigin": "59781a5b-3903-41f3-afcb-af62929ccde1",
    "CORS-S3Origin": "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
    "Elemental-MediaTailor-PersonalizedManifests": "775133bc-15f2-49f9-abea-afb2e0bf67d2",
    HostHeaderOnly: "bf0718e1-ba1e-49d1-88b1-f726733018ae",
    UserAgentRefererHeaders: "acba4595-bd28-49b8-b9fe-13317c0390fa",
  },
  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
  responseHeaders: {
    "CORS-and-SecurityHeadersPolicy": "e61eb60c-9c35-4d20-a928-2b84e02af89c",
    "CORS-With-Preflight": "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
    "CORS-with-preflight-and-SecurityHeadersPolicy": "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
    SecurityHeadersPolicy: "67f7725c-6f97-4210-82d7-5512b31e9d03",
    SimpleCORS: "60669652-455b-4ae9-85a4-c4c02393f86c",
  },
} as const;

function toPolicy(to: string, code: string, kind: string, ids: Readonly<Record<string, string>>): Reference {
  return {
    to,
    missing: { code, message: `The ${kind} does not exist.` },
    foreign: new RegExp(`^(?:${Object.values(ids).join("|")})$`),
  };
}

/** Codes: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistribution.html#API_CreateDistribution_Errors */
export const toCachePolicy = toPolicy(cachePolicyToken, "NoSuchCachePolicy", "cache policy", managed.cache);
export const toOriginRequestPolicy = toPolicy(
  originRequestPolicyToken,
  "NoSuchOriginRequestPolicy",
  "origin request policy",
  managed.originRequest,
);
export const toResponseHeadersPolicy = toPolicy(
  responseHeadersPolicyToken,
  "NoSuchResponseHeadersPolicy",
  "response headers policy",
  managed.responseHeaders,
);
export const toAccessControl: Reference = {
  to: accessControlToken,
  missing: { code: "InvalidOriginAccessControl", message: "The origin access control is not valid." },
};
export const toAccessIdentity: Reference = {
  to: accessIdentityToken,
  missing: {
    code: "InvalidOrigin",
    message: "The specified origin access identity does not exist or is not valid.",
  },
};
export const toFunction: Reference = {
  to: functionToken,
  missing: {
    code: "InvalidFunctionAssociation",
    message: "A CloudFront function association is invalid: there is no function {value}.",
  },
};

/** How CloudFront says that a name is taken, and that something is still used. */
export interface Words {
  readonly taken: readonly [code: string, message: string];
  readonly used: readonly [code: string, message: string];
}

/** @throws Refusal where another thing of the type has the name, as CloudFront's names are one per account. */
export function refuseTaken(
  { account, token, name }: { account: AccountView; token: string; name: string | undefined },
  before: Stored | undefined,
  { taken: [code, message] }: Words,
): void {
  const others = account.all(token).filter(({ id }) => id !== before?.id);
  if (others.some(({ state }) => state.name === name)) throw new Refusal(code, message);
}

/** @returns what refuses a deletion while a distribution names the thing. */
export function keepsUsed({
  used: [code, message],
}: Pick<Words, "used">): (_: Stored, holders: readonly Stored[]) => void {
  return (_, holders) => {
    if (holders.length > 0) throw new Refusal(code, message);
  };
}
