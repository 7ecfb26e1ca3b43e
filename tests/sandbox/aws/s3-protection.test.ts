import { expect } from "chai";
import type { Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

let world: World;
const bucket = (name: string): Settled => world.make("aws:s3/bucket:Bucket", name, { bucket: name });
const keepVersions = (name: string): Settled =>
  world.make("aws:s3/bucketVersioning:BucketVersioning", name, {
    bucket: name,
    versioningConfiguration: { status: "Enabled" },
  });

describe("the replication of a bucket", () => {
  const replicate = (role: Settled): Settled =>
    world.make("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "copy", {
      bucket: "orders",
      role: role.state.arn,
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copies" } }],
    });

  it("needs every version on both sides", () => {
    world = new World();
    bucket("orders");
    const role = world.role("copier");
    expect(refusalOf(() => replicate(role))).to.equal(
      "InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    );
    keepVersions("orders");
    expect(refusalOf(() => replicate(role))).to.equal("InvalidRequest: Destination bucket must exist.");
    bucket("copies");
    expect(refusalOf(() => replicate(role))).to.equal(
      "InvalidRequest: Destination bucket must have versioning enabled.",
    );
    keepVersions("copies");
    expect(replicate(role).id).to.equal("orders");
  });
});

describe("the lock of a bucket's objects", () => {
  it("needs every version", () => {
    world = new World();
    bucket("orders");
    const lock = (): Settled =>
      world.make("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "lock", {
        bucket: "orders",
        rule: { defaultRetention: { mode: "GOVERNANCE", days: 7 } },
      });
    expect(refusalOf(lock)).to.equal(
      "InvalidBucketState: Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
    keepVersions("orders");
    expect(lock().id).to.equal("orders");
  });
});
