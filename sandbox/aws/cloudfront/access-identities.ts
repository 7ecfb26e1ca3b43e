import type { cloudfront } from "@pulumi/aws";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { capitals, etagOf } from "./ids.ts";
import { accessIdentityToken, keepsUsed } from "./references.ts";

/**
 * How a distribution signed in to buckets before there were origin access controls:
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateCloudFrontOriginAccessIdentity.html
 */
const accessIdentity = behaviour<cloudfront.OriginAccessIdentityArgs, cloudfront.OriginAccessIdentityState>(
  accessIdentityToken,
  {
    scope: "global",
    id: ({ hex }) => `E${capitals(hex, 13)}`,
    outputs: ({ id, accountId, hex, created, inputs }) => ({
      arn: `arn:aws:cloudfront::${accountId}:origin-access-identity/${id}`,
      callerReference: `terraform-${created.replaceAll(/[-:.TZ]/g, "")}`,
      cloudfrontAccessIdentityPath: `origin-access-identity/cloudfront/${id}`,
      etag: etagOf(hex, inputs),
      iamArn: `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`,
      s3CanonicalUserId: hex(64, "first") + hex(32, "second"),
    }),
    keys: (state) => [state.arn, state.cloudfrontAccessIdentityPath, state.iamArn],
    keeps: keepsUsed({
      used: [
        "CloudFrontOriginAccessIdentityInUse",
        "The CloudFront origin access identity is still being used.",
      ],
    }),
    settles: ["etag"],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Identities of distributions. */
export const accessIdentities: readonly AnyBehaviour[] = [accessIdentity];
