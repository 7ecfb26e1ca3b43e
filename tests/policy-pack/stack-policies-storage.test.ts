import { expect } from "chai";

import { changed, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { iam, UNKNOWN, withTls } from "./fixtures/values.ts";
import type { ShortStatement } from "./fixtures/values.ts";
import { found, inBoth } from "./support/stack.ts";

const rule = {
  ...{ id: "clean-up", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
  noncurrentVersionExpiration: { noncurrentDays: 90 },
};
const expiry = { id: "expire", status: "Enabled", filter: {}, expiration: { days: 365 } };

/** A bucket and what configures it, each part named after the bucket. */
function bucket(name: string, rules: readonly object[]): readonly Planned[] {
  const refs = { bucket: name };
  return [
    { type: "aws:s3/bucket:Bucket", name },
    {
      ...{ type: "aws:s3/bucketPolicy:BucketPolicy", name: `${name}-policy`, refs },
      props: { policy: iam(withTls) },
    },
    {
      ...{ type: "aws:s3/bucketVersioning:BucketVersioning", name: `${name}-versioning`, refs },
      props: { versioningConfiguration: { status: "Enabled" } },
    },
    {
      type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      ...{ name: `${name}-lifecycle`, refs, props: { rules } },
    },
  ];
}

const buckets: readonly Planned[] = [
  ...bucket("site", [rule]),
  ...bucket("logs", [rule, expiry]),
  {
    type: "aws:s3/bucketLogging:BucketLogging",
    ...{ name: "logging", refs: { bucket: "site", targetBucket: "logs" } },
  },
];

/** What a policy says of the buckets with another policy, versioning or lifecycle for one. */
function withProps(part: string, props: Readonly<Record<string, unknown>>): readonly Planned[] {
  return changed(buckets, part, { props });
}

describe("s3-tls-only", () => {
  const refusal =
    "site: the bucket's policy does not refuse every request without TLS: deny everyone s3:* on the bucket and its objects while aws:SecureTransport is false.";
  const judge = (statement: ShortStatement): Promise<readonly string[]> =>
    found("s3-tls-only", "preview", withProps("site-policy", { policy: iam(statement) }));

  inBoth("passes when each bucket refuses plain text", async (moment) => {
    expect(await found("s3-tls-only", moment, buckets)).to.deep.equal([]);
  });

  inBoth("objects to the one bucket without a policy", async (moment) => {
    expect(await found("s3-tls-only", moment, without(buckets, "site-policy"))).to.deep.equal([
      "site: no BucketPolicy points to the bucket: add one that denies everyone whose aws:SecureTransport is false.",
    ]);
  });

  it("takes a refusal that names the bucket and its objects", async () => {
    const both = ["arn:aws:s3:::site", "arn:aws:s3:::site/*"];
    expect(await judge({ ...withTls, Action: ["s3:GetObject", "s3:*"], Resource: both })).to.deep.equal([]);
  });

  it("objects to a refusal of objects only, of reading only, or of some requests only", async () => {
    const some = { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:PrincipalAccount": "1" } };
    expect(await judge({ ...withTls, Resource: "arn:aws:s3:::site/*" })).to.deep.equal([refusal]);
    expect(await judge({ ...withTls, Resource: "arn:aws:s3:::site" })).to.deep.equal([refusal]);
    expect(await judge({ ...withTls, Action: "s3:GetObject" })).to.deep.equal([refusal]);
    expect(await judge({ ...withTls, Condition: some })).to.deep.equal([refusal]);
    expect(await judge({ ...withTls, Principal: { Service: "s3.amazonaws.com" } })).to.deep.equal([refusal]);
  });

  it("waits for a policy that is not known yet", async () => {
    const open = withProps("site-policy", { policy: UNKNOWN });
    expect(await found("s3-tls-only", "preview", open)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", open)).to.have.length(1);
  });
});

describe("s3-versioning", () => {
  inBoth("passes when each bucket keeps versions", async (moment) => {
    expect(await found("s3-versioning", moment, buckets)).to.deep.equal([]);
  });

  inBoth("takes the older name of the resource", async (moment) => {
    const older = changed(buckets, "site-versioning", {
      type: "aws:s3/bucketVersioningV2:BucketVersioningV2",
    });
    expect(await found("s3-versioning", moment, older)).to.deep.equal([]);
  });

  inBoth("objects to the one bucket that says nothing", async (moment) => {
    expect(await found("s3-versioning", moment, without(buckets, "logs-versioning"))).to.deep.equal([
      "logs: no BucketVersioning points to the bucket: add one whose status is Enabled.",
    ]);
  });

  it("objects to versions that are no longer kept", async () => {
    const suspended = withProps("site-versioning", { versioningConfiguration: { status: "Suspended" } });
    expect(await found("s3-versioning", "preview", suspended)).to.deep.equal([
      "site: versioning is Suspended: set its status to Enabled.",
    ]);
    expect(await found("s3-versioning", "preview", withProps("site-versioning", {}))).to.deep.equal([
      "site: versioning is not set: set its status to Enabled.",
    ]);
  });

  it("waits while versioning may be another bucket's", async () => {
    const opaque = changed(without(buckets, "logs-versioning"), "site-versioning", {
      refs: { bucket: ["site", "logs"] },
    });
    expect(await found("s3-versioning", "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.deep.equal([
      ": 2 checks deferred until the update: s3-versioning 2.",
    ]);
  });

  it("waits while versioning is of something that only another program knows", async () => {
    const foreign = changed(without(buckets, "logs-versioning"), "site-versioning", {
      ...{ refs: {}, props: { bucket: UNKNOWN } },
    });
    expect(await found("s3-versioning", "preview", foreign)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", foreign)).to.have.length(1);
  });
});

describe("s3-lifecycle", () => {
  const uploads =
    "no rule for the whole bucket ends unfinished uploads within 7 days: add abortIncompleteMultipartUpload, or their parts are paid for ever.";
  const versions =
    "no rule for the whole bucket expires old versions: add noncurrentVersionExpiration, or each is kept and paid for ever.";
  const judge = (name: string, rules: readonly object[]): Promise<readonly string[]> =>
    found("s3-lifecycle", "preview", withProps(`${name}-lifecycle`, { rules }));

  inBoth("passes when buckets let go of what is old", async (moment) => {
    expect(await found("s3-lifecycle", moment, buckets)).to.deep.equal([]);
  });

  inBoth("objects to the one bucket that keeps everything", async (moment) => {
    expect(await found("s3-lifecycle", moment, without(buckets, "site-lifecycle"))).to.deep.equal([
      "site: no BucketLifecycleConfiguration points to the bucket: add one that ends unfinished uploads and expires what is old.",
    ]);
  });

  it("objects to rules for a part of the bucket, switched off, or late", async () => {
    const both = [`site: ${uploads}`, `site: ${versions}`];
    expect(await judge("site", [{ ...rule, filter: { prefix: "tmp/" } }])).to.deep.equal(both);
    expect(await judge("site", [{ ...rule, prefix: "tmp/" }])).to.deep.equal(both);
    expect(await judge("site", [{ ...rule, status: "Disabled" }])).to.deep.equal(both);
    expect(
      await judge("site", [{ ...rule, abortIncompleteMultipartUpload: { daysAfterInitiation: 30 } }]),
    ).to.deep.equal([`site: ${uploads}`]);
  });

  it("asks for the end of old versions only where there are any", async () => {
    const rules = [{ ...rule, noncurrentVersionExpiration: undefined }];
    expect(await judge("site", rules)).to.deep.equal([`site: ${versions}`]);
    const plain = without(withProps("site-lifecycle", { rules }), "site-versioning");
    expect(await found("s3-lifecycle", "preview", plain)).to.deep.equal([]);
  });

  inBoth("objects to logs that are kept for ever", async (moment) => {
    const kept = withProps("logs-lifecycle", { rules: [rule] });
    expect(await found("s3-lifecycle", moment, kept)).to.deep.equal([
      "logs: other buckets log here and no rule for the whole bucket expires objects: add expiration.days.",
    ]);
  });
});

describe("s3-access-logging", () => {
  const missing = "no BucketLogging points to the bucket: add one whose targetBucket is a bucket for logs.";

  inBoth("passes when a bucket logs to another, which needs no log itself", async (moment) => {
    expect(await found("s3-access-logging", moment, buckets)).to.deep.equal([]);
  });

  inBoth("objects to buckets without a log", async (moment) => {
    expect(await found("s3-access-logging", moment, without(buckets, "logging"))).to.deep.equal([
      `site: ${missing}`,
      `logs: ${missing}`,
    ]);
  });

  inBoth("objects to a bucket that logs to itself", async (moment) => {
    const circular = changed(buckets, "logging", { refs: { bucket: "site", targetBucket: "site" } });
    expect(await found("s3-access-logging", moment, circular)).to.deep.equal([
      "site: the bucket logs to itself, and each log is logged again: name another targetBucket.",
      `logs: ${missing}`,
    ]);
  });
});

describe("s3-object-lock-on-audit-buckets", () => {
  const lock: Planned = {
    type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    ...{ name: "lock", refs: { bucket: "audit" } },
    props: { rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } } },
  };
  const trail: Planned = {
    ...{ type: "aws:cloudtrail/trail:Trail", name: "trail", refs: { s3BucketName: "audit" } },
  };
  const audit: Planned = {
    ...{ type: "aws:s3/bucket:Bucket", name: "audit", props: { objectLockEnabled: true } },
  };
  const unlocked =
    "audit: objectLockEnabled is not true: set it, which is possible only while the bucket is made.";
  const unkept =
    "audit: no BucketObjectLockConfiguration gives the bucket a default retention: add one, or only objects that ask for it are locked.";
  const policy = "s3-object-lock-on-audit-buckets";

  inBoth("passes when the trail's bucket is locked", async (moment) => {
    expect(await found(policy, moment, [...buckets, audit, lock, trail])).to.deep.equal([]);
  });

  inBoth("objects to a trail's bucket without a lock", async (moment) => {
    const open = [...buckets, { ...audit, props: {} }, trail];
    expect(await found(policy, moment, open)).to.deep.equal([unlocked, unkept]);
  });

  inBoth("objects to a bucket that is tagged for audits", async (moment) => {
    const open = [{ ...audit, props: { tags: { Purpose: "audit" } } }];
    expect(await found(policy, moment, open)).to.deep.equal([unlocked, unkept]);
  });

  it("objects to a lock without a default, and asks nothing of other buckets", async () => {
    for (const rule of [undefined, { mode: "GOVERNANCE" }, { days: 365 }]) {
      const empty = { ...lock, props: { rule: { defaultRetention: rule } } };
      expect(await found(policy, "preview", [audit, empty, trail])).to.deep.equal([unkept]);
    }
    expect(await found(policy, "preview", [{ ...audit, props: {} }])).to.deep.equal([]);
  });
});
