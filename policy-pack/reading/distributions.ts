import { has, items, read, text } from "../kernel/read.ts";
import type { Props } from "../kernel/tokens.ts";

type Distribution = Props<"aws:cloudfront/distribution:Distribution">;

/** What a distribution reads from. */
export type Origin = NonNullable<Distribution["origins"]>[number];

/** How a distribution answers one kind of path. */
export interface Behavior {
  readonly pathPattern?: string | undefined;
  readonly responseHeadersPolicyId?: string | undefined;
  readonly viewerProtocolPolicy?: string | undefined;
}

/** Every behaviour, the default one first. */
export function behaviorsOf({
  defaultCacheBehavior: whole,
  orderedCacheBehaviors: some,
}: Distribution): readonly Behavior[] {
  return [...(whole === undefined ? [] : [whole]), ...items(some)];
}

/** What a behaviour is for, for a sentence: the default one has no pattern. */
export function pathOf({ pathPattern }: Behavior): string {
  return pathPattern ?? "default";
}

/** Whether the origin is a bucket's own endpoint. What has an access control or an S3 configuration is one, whatever its name. */
export function isBucket(origin: Origin): boolean {
  if (has(origin, "s3OriginConfig")) return true;
  if (has(origin, "customOriginConfig") || has(origin, "vpcOriginConfig")) return false;
  return /\.s3[.-][a-z0-9.-]*amazonaws\.com/.test(text(origin.domainName));
}

/** Whether the origin is a bucket that is served as a website, which knows neither TLS nor access control. */
export function isWebsite(origin: Origin): boolean {
  const name = read(origin, "domainName");
  return typeof name === "string" && /\.s3-website[.-]/.test(name);
}
