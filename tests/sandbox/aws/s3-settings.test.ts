import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

let world: World;
beforeEach(() => {
  world = new World();
});

function bucket(inputs: Properties = {}): Settled {
  return world.make("aws:s3/bucket:Bucket", "site", { bucket: "site", ...inputs });
}

function set(kind: string, inputs: Properties): Settled {
  return world.make(`aws:s3/${kind[0]?.toLowerCase() ?? ""}${kind.slice(1)}:${kind}`, "site", {
    bucket: "site",
    ...inputs,
  });
}

describe("the lifecycle of objects", () => {
  const lifecycle = (rule: Properties): Settled => {
    bucket();
    const rules = [{ id: "old", status: "Enabled", filter: { prefix: "logs/" }, ...rule }];
    return set("BucketLifecycleConfiguration", { rules });
  };
  const moving = (days: number): Properties => ({
    transitions: [
      { days: 30, storageClass: "STANDARD_IA" },
      { days, storageClass: "GLACIER" },
    ],
  });

  it("keeps them for thirty days where they are accessed rarely", () => {
    expect(refusalOf(() => lifecycle(moving(59)))).to.equal(
      "InvalidArgument: 'Days' in the 'Transition' action for StorageClass 'GLACIER' for filter '(prefix=logs/)' must be 30 days more than 'filter '(prefix=logs/)'' in the 'Transition' action for StorageClass 'STANDARD_IA'",
    );
    world = new World();
    expect(lifecycle(moving(60)).id).to.equal("site");
  });

  it("leaves it open when they move to what is no archive", () => {
    const transitions = [
      { days: 30, storageClass: "STANDARD_IA" },
      { days: 45, storageClass: "ONEZONE_IA" },
    ];
    expect(lifecycle({ transitions }).id).to.equal("site");
  });

  it("moves them to an archive before the date at which they end", () => {
    const transitions = [{ date: "2030-01-01T00:00:00Z", storageClass: "GLACIER" }];
    const rule = { transitions, expiration: { date: "2031-01-01T00:00:00Z" } };
    expect(lifecycle(rule).id).to.equal("site");
  });

  it("moves them to an archive while only marks of deleted ones end", () => {
    const transitions = [{ days: 30, storageClass: "GLACIER" }];
    expect(lifecycle({ transitions, expiration: { expiredObjectDeleteMarker: true } }).id).to.equal("site");
  });

  it("takes a midnight in Greenwich by the clock of another place", () => {
    expect(lifecycle({ expiration: { date: "2030-01-01T01:00:00+01:00" } }).id).to.equal("site");
  });

  it("ends at midnight", () => {
    expect(refusalOf(() => lifecycle({ expiration: { date: "2030-01-01T10:00:00Z" } }))).to.equal(
      "InvalidArgument: 'Date' must be at midnight GMT",
    );
    world = new World();
    expect(lifecycle({ expiration: { date: "2030-01-01T00:00:00Z" } }).id).to.equal("site");
  });
});

describe("a bucket with what S3 does not take", () => {
  it("refuses a tag of AWS's own", () => {
    expect(refusalOf(() => bucket({ tags: { "aws:team": "a" } }))).to.equal(
      "InvalidTag: System tags cannot be added/updated by requester",
    );
  });

  it("refuses an index document in a folder", () => {
    bucket();
    expect(
      refusalOf(() => set("BucketWebsiteConfiguration", { indexDocument: { suffix: "a/index.html" } })),
    ).to.equal("InvalidArgument: The IndexDocument Suffix is not well formed");
  });

  it("stays while it has an object, or a version of one", () => {
    const made = bucket();
    const gone = (): unknown => world.remove("aws:s3/bucket:Bucket", "site", made);
    set("BucketObjectv2", { key: "a", content: "a" });
    expect(refusalOf(gone)).to.equal("BucketNotEmpty: The bucket you tried to delete is not empty");
    set("BucketVersioning", { versioningConfiguration: { status: "Enabled" } });
    expect(refusalOf(gone)).to.equal(
      "BucketNotEmpty: The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    );
  });
});

describe("what a bucket tells", () => {
  function tell(...filters: readonly Properties[]): Settled {
    bucket();
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sns:Publish",
        Resource: "*",
      },
    });
    const { id: topicArn } = world.make("aws:sns/topic:Topic", "told", { name: "told", policy });
    const topics = filters.map((filter) => ({ topicArn, events: ["s3:ObjectCreated:*"], ...filter }));
    return set("BucketNotification", { topics });
  }

  it("is told once", () => {
    expect(refusalOf(() => tell({}, {}))).to.equal(
      "InvalidArgument: Configurations overlap. Configurations on the same bucket cannot share a common event type.",
    );
  });

  const overlapping: readonly (readonly [one: Properties, other: Properties])[] = [
    [{ filterPrefix: "a/" }, {}],
    [{ filterPrefix: "a/" }, { filterPrefix: "a/b/", events: ["s3:ObjectCreated:Put"] }],
    [{ filterSuffix: ".jpg" }, { filterSuffix: "g" }],
    [{ filterPrefix: "a/", filterSuffix: ".jpg" }, { filterSuffix: ".jpg" }],
  ];
  for (const [one, other] of overlapping) {
    it(`is not ${JSON.stringify(one)} beside ${JSON.stringify(other)}`, () => {
      expect(refusalOf(() => tell(one, other))).to.equal(
        "InvalidArgument: Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.",
      );
    });
  }

  const apart: readonly (readonly [one: Properties, other: Properties])[] = [
    [{ filterPrefix: "a/" }, { filterPrefix: "b/" }],
    [{ filterSuffix: ".jpg" }, { filterSuffix: ".png" }],
    [{}, { events: ["s3:ObjectRemoved:*"] }],
    [{ events: ["s3:ObjectCreated:Put"] }, { events: ["s3:ObjectCreated:Copy"] }],
  ];
  for (const [one, other] of apart) {
    it(`is ${JSON.stringify(one)} beside ${JSON.stringify(other)}`, () => {
      expect(tell(one, other).id).to.equal("site");
    });
  }

  it("is told to no FIFO queue", () => {
    bucket();
    const queueArn = "arn:aws:sqs:eu-west-1:999999999999:jobs.fifo";
    expect(
      refusalOf(() => set("BucketNotification", { queues: [{ queueArn, events: ["s3:ObjectCreated:*"] }] })),
    ).to.equal("InvalidArgument: Unable to validate the following destination configurations");
  });
});
