import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

let world: World;
const bucket = (name: string): Settled => world.make("aws:s3/bucket:Bucket", name, { bucket: name });
const keepVersions = (name: string): Settled =>
  world.make("aws:s3/bucketVersioning:BucketVersioning", name, {
    bucket: name,
    versioningConfiguration: { status: "Enabled" },
  });

describe("the replication of a bucket", () => {
  const replicate = (role: Settled, rule: Properties = {}): Settled =>
    world.make("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "copy", {
      bucket: "orders",
      role: role.state.arn,
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copies" }, ...rule }],
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

  it("says of a filter what becomes of delete markers", () => {
    world = new World();
    for (const name of ["orders", "copies"]) keepVersions(bucket(name).id);
    const role = world.role("copier");
    const filter = { prefix: "paid/" };
    expect(refusalOf(() => replicate(role, { filter }))).to.equal(
      "InvalidRequest: DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.",
    );
    const deleteMarkerReplication = { status: "Disabled" };
    expect(replicate(role, { filter, deleteMarkerReplication }).id).to.equal("orders");
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
