import { expect } from "chai";
import { World, arn } from "./world.ts";

describe("A Kubernetes cluster", () => {
  const fast = { metadata: { name: "fast" }, driverName: "ebs.csi.aws.com", parameters: { iops: "4000" } };
  const type = "storage.k8s.io/v1:VolumeAttributesClass";

  it("does not serve a kind that is newer than its control plane", () => {
    const world = new World();
    const [cluster] = world.account.all("aws:eks/cluster:Cluster");
    world.put("eks/cluster:Cluster", "platform", { ...cluster?.state, version: "1.33" }, [arn]);
    expect(() => world.make(type, fast)).to.throw(
      'NoKindMatch: no matches for kind "VolumeAttributesClass" in version "storage.k8s.io/v1"',
    );
    expect(new World().make(type, fast).id).to.equal("fast");
  });

  it("has no part of an object that another hand made", () => {
    expect(() => new World().check("apps/v1:DeploymentPatch", { metadata: { name: "web" } })).to.throw(
      'UnsupportedType: the sandbox does not simulate kubernetes:apps/v1:DeploymentPatch, which "web" is: it would share an object with whoever made it, of which only one owner\'s fields are kept; change the object where it is made',
    );
  });
});
