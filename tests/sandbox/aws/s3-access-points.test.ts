import { expect } from "chai";
import type { Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

describe("other ways to a simulated bucket", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const bucket = (name: string): Settled => world.make("aws:s3/bucket:Bucket", name, { bucket: name });
  const point = (name: string, inputs = {}): Settled =>
    world.make("aws:s3/accessPoint:AccessPoint", name, { name: "reports", bucket: "site", ...inputs });

  it("are access points of buckets that there are, each of its name", () => {
    expect(refusalOf(() => point("first"))).to.equal(
      "InvalidRequest: Amazon S3 AccessPoint can only be created for existing bucket",
    );
    expect(point("theirs", { name: "theirs", bucketAccountId: "999999999999" }).state.bucket).to.equal(
      "site",
    );
    bucket("site");
    point("first");
    expect(refusalOf(() => point("second"))).to.equal(
      "AccessPointAlreadyOwnedByYou: Your previous request to create the named accesspoint succeeded and you already own it.",
    );
  });

  it("are faster where the bucket's name has no dots", () => {
    const fast = (name: string): Settled =>
      world.make("aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration", name, {
        bucket: bucket(name).id,
        status: "Enabled",
      });
    expect(refusalOf(() => fast("www.example.com"))).to.equal(
      "InvalidRequest: S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
    );
    expect(fast("site").id).to.equal("site");
  });
});
