import type * as aws from "@pulumi/aws";

const yearInSeconds = 31_536_000;

/**
 * How the edge caches: by path and accepted encoding alone, so that no query string, cookie or header can push a page out of
 * the cache or reach the bucket. What the origin says by `Cache-Control` holds between zero and the maximum. CloudFront tells
 * encodings apart only where it caches at all (developer guide, "Cache compressed objects").
 */
function cachedFor(defaultTtl: number, maxTtl: number): aws.cloudfront.CachePolicyArgs {
  const caches = maxTtl > 0;
  return {
    minTtl: 0,
    defaultTtl,
    maxTtl,
    parametersInCacheKeyAndForwardedToOrigin: {
      enableAcceptEncodingBrotli: caches,
      enableAcceptEncodingGzip: caches,
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
    },
  };
}

/** Pages: short, so that a release is seen soon. */
export const documentCaching = (maxAgeSeconds: number): aws.cloudfront.CachePolicyArgs =>
  cachedFor(maxAgeSeconds, maxAgeSeconds);

/** Files whose name changes with their content: a year, nothing longer is kept by browsers. */
export const assetCaching: aws.cloudfront.CachePolicyArgs = cachedFor(yearInSeconds, yearInSeconds);

/**
 * Policies that AWS keeps for everybody, by their fixed ids (CloudFront developer guide, "Use managed cache policies" and
 * "Use managed origin request policies").
 */
export const managedPolicies = {
  /** Passes every request on. */
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  /** Passes on all the viewer sent except the host name, which must be the API's for its certificate to match. */
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
} as const;
