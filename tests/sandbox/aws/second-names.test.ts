import { expect } from "chai";
import { behaviourOfType } from "../../../sandbox/aws/provider.ts";
import { firstNameOf } from "../../../sandbox/aws/second-names.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

describe("a type that the provider has twice", () => {
  for (const [second, first] of [
    ["aws:alb/listenerRule:ListenerRule", "aws:lb/listenerRule:ListenerRule"],
    ["aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket"],
    ["aws:s3/bucketVersioningV2:BucketVersioningV2", "aws:s3/bucketVersioning:BucketVersioning"],
    ["aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObjectv2:BucketObjectv2"],
    ["aws:dynamodb/table:Table", "aws:dynamodb/table:Table"],
  ] as const) {
    it(`is ${first} as ${second}`, () => {
      expect(firstNameOf(second)).to.equal(first);
      expect(behaviourOfType(second)).to.equal(behaviourOfType(first));
    });
  }

  it("is found under its first name", () => {
    const world = new World();
    world.make("aws:s3/bucketV2:BucketV2", "orders", { bucket: "orders" });
    const versioning = { bucket: "orders", versioningConfiguration: { status: "Enabled" } };
    expect(world.make("aws:s3/bucketVersioningV2:BucketVersioningV2", "all", versioning).id).to.equal(
      "orders",
    );
    const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
    expect(world.make(lock, "lock", { bucket: "orders" }).id).to.equal("orders");
  });

  it("takes lists where the first takes one object", () => {
    const { state } = new World().make("aws:s3/bucketV2:BucketV2", "orders", {
      bucket: "orders",
      versionings: [{ enabled: true }],
      tags: { Team: "shop" },
    });
    expect(state.versioning).to.deep.include({ enabled: true });
    expect(state.tags).to.deep.equal({ Team: "shop" });
  });

  it("is refused as the first one is", () => {
    const world = new World();
    const network = networkOf(world, "a");
    world.internetGateway(network.vpc);
    const balancer = (): unknown =>
      world.make("aws:alb/loadBalancer:LoadBalancer", "web", { name: "web", subnets: network.subnetIds });
    expect(refusalOf(balancer)).to.equal(
      "ValidationError: At least two subnets in two different Availability Zones must be specified",
    );
  });

  it("is deleted, and may be made again", () => {
    const world = new World();
    const token = "aws:s3/bucketV2:BucketV2";
    const made = world.make(token, "orders", { bucket: "orders" });
    expect(() => world.make(token, "again", { bucket: "orders" })).to.throw("BucketAlreadyOwnedByYou");
    world.remove(token, "orders", made);
    expect(world.make(token, "again", { bucket: "orders" }).id).to.equal("orders");
  });
});
