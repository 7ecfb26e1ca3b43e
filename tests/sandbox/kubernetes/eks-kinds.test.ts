import { expect } from "chai";
import { World, arn, kubeconfig } from "./world.ts";

const policy = {
  metadata: { name: "web" },
  spec: { podSelector: { matchLabels: { app: "web" } }, securityGroups: { groupIds: ["sg-1"] } },
};
const nodeClass = { metadata: { name: "larger" }, spec: { ephemeralStorage: { size: "160Gi" } } };

/** A cluster in Auto Mode. */
function automatic(): World {
  const world = new World();
  const { clusters } = kubeconfig();
  const endpoint = /https:[^"]+/.exec(JSON.stringify(clusters))?.[0];
  world.put("eks/cluster:Cluster", "platform", { arn, endpoint, computeConfig: { enabled: true } }, [arn]);
  return world;
}

describe("A cluster of EKS serves", () => {
  it("security groups of pods, without a definition of the program's", () => {
    const world = new World();
    world.make("vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", policy);
    expect(world.contents()).to.deep.equal(["SecurityGroupPolicy default/web"]);
  });

  it("classes of nodes in Auto Mode only, which lie in no namespace", () => {
    const type = "eks.amazonaws.com/v1:NodeClass";
    expect(() => new World().make(type, nodeClass)).to.throw('no matches for kind "NodeClass"');
    const world = automatic();
    world.make(type, nodeClass);
    expect(world.contents()).to.deep.equal(["NodeClass larger"]);
  });

  it("no other kind of the same group", () => {
    expect(() => new World().make("vpcresources.k8s.aws/v1beta1:SecurityGroup", policy)).to.throw(
      'no matches for kind "SecurityGroup" in version "vpcresources.k8s.aws/v1beta1"',
    );
  });
});
