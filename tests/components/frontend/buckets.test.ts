import { expect } from "chai";

import { all, only } from "../../support/run.ts";
import type { Recorded } from "../../support/run.ts";
import { dig, listIn } from "../observability/dig.ts";
import { frontend } from "./frontend.ts";

const bucketType = "aws:s3/bucket:Bucket";

/** What a resource says about a bucket, for each bucket of the frontend. */
function perBucket(resources: readonly Recorded[], type: string): readonly (readonly [string, unknown])[] {
  return all(resources, type).map(({ name, inputs }) => [name, inputs] as const);
}

function statements(policy: Recorded): readonly unknown[] {
  const document: unknown = JSON.parse(String(policy.inputs.policy));
  return listIn(document, "Statement");
}

describe("Buckets of the frontend", () => {
  it("blocks public access to every bucket in all four ways", async () => {
    const { resources } = await frontend();
    const buckets = all(resources, bucketType).map(({ state }) => state.bucket);
    const blocks = all(resources, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").map(
      ({ inputs }) => inputs,
    );
    expect(buckets).to.have.length(2);
    expect(blocks).to.have.deep.members(
      buckets.map((bucket) => ({
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      })),
    );
  });

  it("turns ACLs off and versions on for every bucket", async () => {
    const { resources } = await frontend();
    expect(
      perBucket(resources, "aws:s3/bucketOwnershipControls:BucketOwnershipControls").map(([name, inputs]) => [
        name,
        dig(inputs, "rule"),
      ]),
    ).to.have.deep.members([
      ["frontend-site", { objectOwnership: "BucketOwnerEnforced" }],
      ["frontend-logs", { objectOwnership: "BucketOwnerEnforced" }],
    ]);
    expect(
      perBucket(resources, "aws:s3/bucketVersioning:BucketVersioning").map(([name, inputs]) => [
        name,
        dig(inputs, "versioningConfiguration"),
      ]),
    ).to.have.deep.members([
      ["frontend-site", { status: "Enabled" }],
      ["frontend-logs", { status: "Enabled" }],
    ]);
  });

  it("encrypts the site with its own key, and the logs with S3's, which is all log delivery can write to", async () => {
    const { resources } = await frontend();
    const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const key = only(resources, "aws:kms/key:Key", "frontend-key");
    expect(only(resources, type, "frontend-site").inputs.rules).to.deep.equal([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.state.arn },
        bucketKeyEnabled: true,
      },
    ]);
    expect(only(resources, type, "frontend-logs").inputs.rules).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
  });

  it("refuses requests without TLS, or with an old one, to every bucket", async () => {
    const { resources } = await frontend();
    for (const policy of all(resources, "aws:s3/bucketPolicy:BucketPolicy")) {
      const arn = `arn:aws:s3:::${String(policy.inputs.bucket)}`;
      const everything = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] };
      expect(statements(policy).slice(0, 2), policy.name).to.deep.equal([
        {
          ...everything,
          Sid: "RefuseUnencryptedTransport",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        { ...everything, Sid: "RefuseOldTls", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
      ]);
    }
  });

  it("lets this one distribution read the site, and nobody else", async () => {
    const { resources } = await frontend();
    const policy = only(resources, "aws:s3/bucketPolicy:BucketPolicy", "frontend-site");
    const distribution = only(resources, "aws:cloudfront/distribution:Distribution");
    expect(statements(policy).slice(2)).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${String(policy.inputs.bucket)}/*`,
        Condition: { StringEquals: { "aws:SourceArn": distribution.state.arn } },
      },
    ]);
  });

  it("keeps the buckets in the platform's own region", async () => {
    const { resources } = await frontend();
    expect(all(resources, bucketType).map(({ state }) => state.region)).to.deep.equal([
      "eu-west-1",
      "eu-west-1",
    ]);
  });

  it("logs requests to the site and to its bucket into the other bucket", async () => {
    const { resources } = await frontend();
    const logs = only(resources, bucketType, "frontend-logs").state;
    expect(only(resources, "aws:s3/bucketLogging:BucketLogging").inputs.targetBucket).to.equal(logs.bucket);
    expect(
      only(resources, "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination").inputs
        .deliveryDestinationConfiguration,
    ).to.deep.equal({ destinationResourceArn: logs.arn });
  });

  it("takes logs only from its own account", async () => {
    const { resources } = await frontend();
    const policy = only(resources, "aws:s3/bucketPolicy:BucketPolicy", "frontend-logs");
    const [, , fromBucket, fromCloudFront] = statements(policy);
    const account = dig(fromBucket, "Condition", "StringEquals", "aws:SourceAccount");
    expect(account).to.match(/^\d{12}$/);
    expect(dig(fromCloudFront, "Condition")).to.deep.equal({
      StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
      ArnLike: { "aws:SourceArn": `arn:aws:logs:us-east-1:${String(account)}:delivery-source:*` },
    });
  });

  it("protects buckets and keys where asked, and empties none of them", async () => {
    const { resources } = await frontend({ protect: true });
    const guarded = [...all(resources, bucketType), ...all(resources, "aws:kms/key:Key")];
    expect(guarded.map(({ name, protect }) => [name, protect])).to.have.deep.members([
      ["frontend-site", true],
      ["frontend-logs", true],
      ["frontend-key", true],
      ["frontend-firewall-key", true],
    ]);
    expect(all(resources, bucketType).map(({ inputs }) => inputs.forceDestroy)).to.deep.equal([false, false]);
    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup").inputs.deletionProtectionEnabled).to.equal(
      true,
    );
  });
});
