import { expect } from "chai";
import type { Properties } from "../../../../sandbox/model.ts";
import { at } from "../../../../sandbox/values.ts";
import { networkOf } from "../network-of.ts";
import { refusalOf, trustOf } from "../world.ts";
import { ClusterWorld } from "./cluster-world.ts";

let world: ClusterWorld;

describe("a simulated group of nodes", () => {
  beforeEach(() => {
    world = new ClusterWorld();
    world.cluster();
  });

  it("has AWS's names, and the version of its cluster", () => {
    const { id, state } = world.nodes();
    expect(id).to.equal("shop:nodes");
    expect(state.arn).to.match(/^arn:aws:eks:eu-west-1:123456789012:nodegroup\/shop\/nodes\/[0-9a-f-]{36}$/);
    expect(at(state, "resources[0].autoscalingGroups[0].name")).to.match(/^eks-nodes-[0-9a-f-]{36}$/);
    expect(state).to.include({ version: "1.34", status: "ACTIVE", capacityType: "ON_DEMAND", diskSize: 20 });
  });

  it("makes up a name behind a prefix", () => {
    const { state } = world.nodes({ nodeGroupName: undefined, nodeGroupNamePrefix: "main-" });
    expect(state.nodeGroupName).to.match(/^main-[0-9a-f]{26}$/);
  });

  it("has a role that trusts EC2 by its name in China too", () => {
    const { state } = world.role("chinese", {
      assumeRolePolicy: trustOf({ Service: "ec2.amazonaws.com.cn" }),
    });
    expect(world.nodes({ nodeRoleArn: state.arn }).id).to.equal("shop:nodes");
  });

  it("never becomes older", () => {
    const made = world.nodes();
    const older = world.validNodes({ version: "1.33" });
    expect(refusalOf(() => world.change("aws:eks/nodeGroup:NodeGroup", "nodes", made, older))).to.equal(
      "InvalidParameterException: Requested Nodegroup version 1.33 is lower than the current version 1.34",
    );
  });

  const refusals: readonly (readonly [title: string, inputs: Properties, message: string])[] = [
    [
      "a cluster that does not exist",
      { clusterName: "none" },
      "ResourceNotFoundException: No cluster found for name: none.",
    ],
    [
      "to be ahead of the control plane",
      { version: "1.35" },
      "InvalidParameterException: Requested Nodegroup version 1.35 is not valid: it must be a supported one, and not newer than the cluster version 1.34",
    ],
    [
      "to begin below its least",
      { scalingConfig: { minSize: 3, desiredSize: 2, maxSize: 4 } },
      "InvalidParameterException: Minimum capacity 3 can't be greater than desired size 2",
    ],
    [
      "to begin above its most",
      { scalingConfig: { minSize: 1, desiredSize: 5, maxSize: 4 } },
      "InvalidParameterException: desired capacity 5 can't be greater than max size 4",
    ],
    [
      "a launch template that does not exist",
      { launchTemplate: { id: "lt-0000", version: "1" } },
      "InvalidRequestException: You must use a valid fully-formed launch template: lt-0000 does not exist",
    ],
  ];
  for (const [title, inputs, message] of refusals) {
    it(`refuses ${title}`, () => {
      expect(refusalOf(() => world.nodes(inputs))).to.equal(message);
    });
  }

  it("refuses a subnet outside of the cluster's VPC", () => {
    const { subnetIds } = networkOf(world, "ab", "other");
    expect(refusalOf(() => world.nodes({ subnetIds }))).to.equal(
      "InvalidParameterException: Subnets specified for the nodegroup must be in the VPC of the cluster",
    );
  });

  it("refuses a name that is taken in its cluster", () => {
    world.nodes();
    expect(refusalOf(() => world.nodes({ nodeGroupName: "nodes" }, "again"))).to.equal(
      "ResourceInUseException: NodeGroup already exists with name nodes and cluster name shop",
    );
  });

  it("never becomes ready in a cluster without a network", () => {
    world.cluster({ name: "bare", bootstrapSelfManagedAddons: false }, "bare");
    const bare = { clusterName: "bare" };
    expect(refusalOf(() => world.nodes(bare))).to.equal(
      "NodeCreationFailure: Unhealthy nodes in the kubernetes cluster: container runtime network not ready: cni plugin not initialized",
    );
    world.addon("vpc-cni", bare);
    expect(world.nodes(bare).id).to.equal("bare:nodes");
  });
});
