import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const tokens = {
  bucket: "aws:s3/bucket:Bucket",
  block: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  encryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  logging: "aws:s3/bucketLogging:BucketLogging",
  cors: "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  website: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  notification: "aws:s3/bucketNotification:BucketNotification",
  object: "aws:s3/bucketObjectv2:BucketObjectv2",
} as const;

let world: World;
const fresh = (): void => {
  world = new World();
};

const bucket = (name = "site", inputs: Properties = {}): Settled =>
  world.make(tokens.bucket, name, { bucket: name, ...inputs });

/** What is said about the bucket `site`. */
const set = (kind: keyof typeof tokens, inputs: Properties): Settled =>
  world.make(tokens[kind], "site", { bucket: "site", ...inputs });

describe("a simulated bucket", () => {
  beforeEach(fresh);
  it("has the names that S3 gives it, in its region", () => {
    const { id, state } = bucket();
    expect(id).to.equal("site");
    expect(state).to.include({
      arn: "arn:aws:s3:::site",
      bucketDomainName: "site.s3.amazonaws.com",
      bucketRegionalDomainName: "site.s3.eu-west-1.amazonaws.com",
      hostedZoneId: "Z1BKCTXD74EZPE",
    });
    expect(bucket("far", { region: "us-east-1" }).state).to.include({
      bucketRegionalDomainName: "far.s3.us-east-1.amazonaws.com",
      hostedZoneId: "Z3AQBSTGFYJSTF",
    });
  });

  it("gets a name in lower case when it has none", () => {
    expect(world.make(tokens.bucket, "Site").id).to.match(/^site-[0-9a-f]{7}$/);
  });

  for (const name of ["ab", "Site", "my_site", "a..b", "192.168.5.4", "-site", "xn--site", "site-s3alias"]) {
    it(`refuses the name ${name}`, () => {
      expect(refusalOf(() => bucket(name))).to.equal("InvalidBucketName: The specified bucket is not valid.");
    });
  }

  it("refuses a name that is taken, in whatever region", () => {
    bucket();
    expect(
      refusalOf(() => world.make(tokens.bucket, "twin", { bucket: "site", region: "us-east-1" })),
    ).to.equal(
      "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.",
    );
    expect(refusalOf(() => bucket("commoncrawl"))).to.match(
      /^BucketAlreadyExists: The requested bucket name is not available\. /,
    );
  });

  it("refuses a public ACL, since new buckets block them", () => {
    expect(refusalOf(() => bucket("open", { acl: "public-read" }))).to.equal(
      "InvalidBucketAclWithBlockPublicAccessError: Bucket cannot have public ACLs set with BlockPublicAccess enabled",
    );
  });

  it("stays while it holds objects, unless that is forced", () => {
    const made = bucket();
    const object = set("object", { key: "index.html", content: "hello" });
    expect(refusalOf(() => world.remove(tokens.bucket, "site", made))).to.equal(
      "BucketNotEmpty: The bucket you tried to delete is not empty",
    );
    world.remove(tokens.object, "site", object);
    expect(world.remove(tokens.bucket, "site", made)).to.equal(1);

    const forced = bucket("forced", { forceDestroy: true });
    world.make(tokens.object, "forced", { bucket: "forced", key: "a", content: "a" });
    expect(world.remove(tokens.bucket, "forced", forced)).to.equal(1);
  });

  it("goes before what is set on it", () => {
    const made = bucket();
    set("versioning", { versioningConfiguration: { status: "Enabled" } });
    expect(world.remove(tokens.bucket, "site", made)).to.equal(1);
  });
});

describe("the settings of a simulated bucket", () => {
  beforeEach(fresh);
  beforeEach(() => {
    bucket();
  });

  it("want a bucket", () => {
    expect(
      refusalOf(() => world.make(tokens.block, "lost", { bucket: "lost", blockPublicAcls: true })),
    ).to.equal("NoSuchBucket: The specified bucket does not exist");
  });

  it("never go back to having had no versions", () => {
    const versioning = set("versioning", { versioningConfiguration: { status: "Enabled" } });
    expect(
      refusalOf(() =>
        world.change(tokens.versioning, "site", versioning, {
          bucket: "site",
          versioningConfiguration: { status: "Disabled" },
        }),
      ),
    ).to.equal(
      "InvalidParameter: versioning_configuration.status cannot be updated from 'Enabled' to 'Disabled'",
    );
  });

  it("keep every version while objects are locked", () => {
    bucket("locked", { objectLockEnabled: true });
    expect(
      refusalOf(() =>
        world.make(tokens.versioning, "locked", {
          bucket: "locked",
          versioningConfiguration: { status: "Suspended" },
        }),
      ),
    ).to.match(/^InvalidBucketState: An Object Lock configuration is present on this bucket, /);
  });

  const encrypted = (rule: Properties): Settled =>
    set("encryption", { rules: [{ applyServerSideEncryptionByDefault: rule }] });

  it("take a key only with KMS", () => {
    expect(refusalOf(() => encrypted({ sseAlgorithm: "AES256", kmsMasterKeyId: "key" }))).to.match(
      /^InvalidArgument: a KMSMasterKeyID is not applicable /,
    );
  });

  it("take a key that is not there, with which no object can be encrypted", () => {
    encrypted({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "none" });
    expect(refusalOf(() => set("object", { key: "a", content: "a" }))).to.equal(
      "KMS.NotFoundException: Key 'none' does not exist",
    );
  });

  it("encrypt objects with the bucket's key", () => {
    const key = world.make("aws:kms/key:Key", "data");
    encrypted({ sseAlgorithm: "aws:kms", kmsMasterKeyId: key.state.arn });
    expect(set("object", { key: "a", content: "a" }).state).to.include({
      serverSideEncryption: "aws:kms",
      kmsKeyId: key.state.arn,
      etag: "0cc175b9c0f1b6a831c399e269772661",
      versionId: "",
    });
  });

  const rule = { id: "old", status: "Enabled", filter: {}, expiration: { days: 90 } };
  const lifecycle = (...rules: readonly Properties[]): Settled => set("lifecycle", { rules });

  it("take lifecycle rules that do something, each with its own id", () => {
    expect(lifecycle(rule).id).to.equal("site");
    expect(refusalOf(() => lifecycle({ id: "idle", status: "Enabled", filter: {} }))).to.equal(
      "InvalidRequest: At least one action needs to be specified in a rule",
    );
    expect(refusalOf(() => lifecycle(rule, rule))).to.equal(
      "InvalidArgument: Rule ID must be unique. Found same ID for more than one rule",
    );
  });

  it("move objects to a class no earlier than it takes them, and delete them later", () => {
    const moving = (days: number, storageClass: string): Properties => ({
      ...rule,
      transitions: [{ days, storageClass }],
    });
    expect(refusalOf(() => lifecycle(moving(29, "STANDARD_IA")))).to.equal(
      "InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
    );
    expect(refusalOf(() => lifecycle(moving(90, "GLACIER")))).to.equal(
      "InvalidArgument: 'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action",
    );
    expect(lifecycle(moving(30, "STANDARD_IA")).id).to.equal("site");
  });

  it("send logs to a bucket of the same region", () => {
    const logging = (targetBucket: string): Settled => set("logging", { targetBucket, targetPrefix: "s3/" });
    expect(refusalOf(() => logging("logs"))).to.equal(
      "InvalidTargetBucketForLogging: The target bucket for logging does not exist",
    );
    bucket("logs-far", { region: "us-east-1" });
    expect(refusalOf(() => logging("logs-far"))).to.equal(
      "CrossLocationLoggingProhibitted: Cross S3 location logging not allowed. ",
    );
    bucket("logs");
    expect(logging("logs").id).to.equal("site");
  });

  it("allow other sites only methods that S3 has", () => {
    expect(
      refusalOf(() => set("cors", { corsRules: [{ allowedMethods: ["PATCH"], allowedOrigins: ["*"] }] })),
    ).to.equal("InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method is PATCH");
  });

  it("name the website by region", () => {
    expect(set("website", { indexDocument: { suffix: "index.html" } }).state).to.include({
      websiteDomain: "s3-website-eu-west-1.amazonaws.com",
      websiteEndpoint: "site.s3-website-eu-west-1.amazonaws.com",
    });
    bucket("paris", { region: "eu-west-3" });
    expect(
      world.make(tokens.website, "paris", { bucket: "paris", indexDocument: { suffix: "a" } }).state,
    ).to.include({ websiteDomain: "s3-website.eu-west-3.amazonaws.com" });
    expect(refusalOf(() => set("website", { errorDocument: { key: "404.html" } }))).to.match(
      /^InvalidArgument: A value for IndexDocument Suffix must be provided /,
    );
  });

  it("tell a topic that lets S3 in", () => {
    const tell = (topicArn: unknown): Settled =>
      set("notification", { topics: [{ topicArn, events: ["s3:ObjectCreated:*"] }] });
    expect(refusalOf(() => tell("arn:aws:sns:eu-west-1:123456789012:none"))).to.equal(
      "InvalidArgument: Unable to validate the following destination configurations",
    );
    const closed = world.make("aws:sns/topic:Topic", "closed").state.arn;
    expect(refusalOf(() => tell(closed))).to.match(/^InvalidArgument: Unable to validate /);
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sns:Publish",
        Resource: "*",
      },
    });
    expect(tell(world.make("aws:sns/topic:Topic", "uploads", { policy }).state.arn).id).to.equal("site");
  });
});
