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
});
