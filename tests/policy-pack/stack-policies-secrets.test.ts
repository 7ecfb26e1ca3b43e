import { expect } from "chai";

import { changed, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { resourceOf } from "./fixtures/compliant.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import { found, foundIn, inBoth } from "./support/stack.ts";

const secrets: readonly Planned[] = [
  { type: "aws:secretsmanager/secret:Secret", name: "api" },
  { type: "aws:secretsmanager/secret:Secret", name: "owner", props: { tags: { rotation: "managed" } } },
  {
    type: "aws:secretsmanager/secretRotation:SecretRotation",
    ...{
      name: "rotation",
      props: { rotationRules: { automaticallyAfterDays: 30 } },
      refs: { secretId: "api" },
    },
  },
];

describe("secret-rotation", () => {
  const policy = "secret-rotation";
  const missing =
    "no SecretRotation points to the secret: add one, or tag it rotation=managed or rotation=external.";
  const every = (rotationRules: object): Promise<readonly string[]> =>
    found(policy, "preview", changed(secrets, "rotation", { props: { rotationRules } }));

  inBoth("passes when each secret is rotated, by us or by its service", async (moment) => {
    expect(await found(policy, moment, secrets)).to.deep.equal([]);
  });

  inBoth("objects to the one secret that nobody rotates", async (moment) => {
    expect(await found(policy, moment, without(secrets, "rotation"))).to.deep.equal([`api: ${missing}`]);
  });

  inBoth("takes the word of operators only with a reason", async (moment) => {
    const tagged = (tags: object): readonly Planned[] =>
      changed(without(secrets, "rotation"), "api", { props: { tags } });
    const why = { rotation: "external", "rotation-reason": "the bank gives it out" };
    expect(await found(policy, moment, tagged(why))).to.deep.equal([]);
    expect(await found(policy, moment, tagged({ rotation: "external" }))).to.deep.equal([
      "api: tag rotation is external without a reason: say in the tag rotation-reason why nothing rotates it.",
    ]);
    expect(await found(policy, moment, tagged({ rotation: "never" }))).to.deep.equal([`api: ${missing}`]);
  });

  it("objects to a rotation that comes too late, however it is written", async () => {
    const late = (days: number): readonly string[] => [
      `api: the secret is replaced every ${String(days)} days: do it every 90 days or more often.`,
    ];
    expect(await every({ automaticallyAfterDays: 91 })).to.deep.equal(late(91));
    expect(await every({ scheduleExpression: "rate(120 days)" })).to.deep.equal(late(120));
    expect(await every({ scheduleExpression: "rate(12 hours)" })).to.deep.equal([]);
    expect(await every({ scheduleExpression: "cron(0 8 1 * ? *)" })).to.deep.equal([]);
  });

  it("waits while the rotation may be of this secret", async () => {
    const opaque = changed(secrets, "rotation", { refs: {}, props: { secretId: UNKNOWN } });
    expect(await found(policy, "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.have.length(1);
  });
});

describe("stateful-protected, by the options of a resource", () => {
  const policy = "stateful-protected";
  const unguarded =
    "subject: the option protect is not set: set it, so that nothing deletes the resource by accident.";
  const judge = (type: string, protect: boolean, props: object = {}): Promise<readonly string[]> =>
    foundIn(policy, [resourceOf(type, { ...props }, { protect })]);

  for (const type of [
    "aws:backup/vault:Vault",
    "aws:cloudtrail/trail:Trail",
    "aws:ecr/repository:Repository",
    "aws:efs/fileSystem:FileSystem",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:kms/key:Key",
    "aws:rds/cluster:Cluster",
    "aws:rds/instance:Instance",
    "aws:route53/zone:Zone",
    "aws:s3/bucket:Bucket",
    "aws:secretsmanager/secret:Secret",
  ]) {
    it(`wants ${type} protected`, async () => {
      expect(await judge(type, true)).to.deep.equal([]);
      expect(await judge(type, false)).to.deep.equal([unguarded]);
    });
  }

  it("asks nothing of a read replica, of what holds no data, nor of what has a lock of its own", async () => {
    expect(await judge("aws:rds/instance:Instance", false, { replicateSourceDb: "main" })).to.deep.equal([]);
    expect(await judge("aws:sqs/queue:Queue", false)).to.deep.equal([]);
    expect(await judge("aws:eks/cluster:Cluster", false, { deletionProtection: true })).to.deep.equal([]);
  });
});
