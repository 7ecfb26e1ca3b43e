import { expect } from "chai";

import { changed, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { keyArn } from "./fixtures/values.ts";
import { found, inBoth } from "./support/stack.ts";

const encryption = {
  ...{
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
    bucketKeyEnabled: true,
  },
};
const buckets: readonly Planned[] = [
  { type: "aws:s3/bucket:Bucket", name: "site" },
  { type: "aws:s3/bucket:Bucket", name: "audit" },
  ...["site", "audit"].flatMap((bucket) => [
    {
      type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      name: `${bucket}-block`,
      refs: { bucket },
    },
    {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      name: `${bucket}-encryption`,
      props: { rules: [encryption] },
      refs: { bucket },
    },
  ]),
];

describe("s3-block-public-access", () => {
  inBoth("passes when each bucket has a block", async (moment) => {
    expect(await found("s3-block-public-access", moment, buckets)).to.deep.equal([]);
  });

  inBoth("objects to the one bucket without a block", async (moment) => {
    expect(await found("s3-block-public-access", moment, without(buckets, "audit-block"))).to.deep.equal([
      "audit: no BucketPublicAccessBlock points to the bucket: add one with all four flags true.",
    ]);
  });

  it("waits for the update when a block may be another bucket's", async () => {
    const opaque = changed(without(buckets, "audit-block"), "site-block", {
      refs: { bucket: ["site", "audit"] },
    });
    expect(await found("s3-block-public-access", "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.deep.equal([
      ": 2 checks deferred until the update: s3-block-public-access 2.",
    ]);
  });

  it("takes a block that names the bucket in letters", async () => {
    const named = changed(
      changed(buckets, "audit", { props: { bucket: "acme-audit" } }),
      ...(["audit-block", { refs: {}, props: { bucket: "acme-audit" } }] as const),
    );
    expect(await found("s3-block-public-access", "preview", named)).to.deep.equal([]);
  });
});

describe("s3-kms-encryption", () => {
  inBoth("passes when each bucket is encrypted with a key", async (moment) => {
    expect(await found("s3-kms-encryption", moment, buckets)).to.deep.equal([]);
  });

  inBoth("objects to a bucket without a configuration", async (moment) => {
    expect(await found("s3-kms-encryption", moment, without(buckets, "site-encryption"))).to.deep.equal([
      "site: no BucketServerSideEncryptionConfiguration points to the bucket: add one with aws:kms.",
    ]);
  });

  it("objects to S3's own keys", async () => {
    const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
    expect(
      await found("s3-kms-encryption", "preview", changed(buckets, "site-encryption", { props: { rules } })),
    ).to.deep.equal([
      "site: sseAlgorithm is AES256: use aws:kms.",
      "site: kmsMasterKeyId is not set: name a key of the account.",
      "site: bucketKeyEnabled is not true: set it, or every object costs a call to KMS.",
    ]);
  });
});
