import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { refusalOf, trustOf } from "../world.ts";
import { ClusterWorld } from "./cluster-world.ts";

/** The cluster `shop`, and a role for its pods. */
class PodWorld extends ClusterWorld {
  public readonly made = this.cluster();
  public readonly pods = this.role("pods", {
    assumeRolePolicy: trustOf({ Service: "eks-fargate-pods.amazonaws.com" }),
  });

  public profile(inputs: Properties = {}, name = "jobs"): Settled {
    return this.make("aws:eks/fargateProfile:FargateProfile", name, {
      clusterName: "shop",
      fargateProfileName: "jobs",
      podExecutionRoleArn: this.pods.state.arn,
      subnetIds: this.network.subnetIds,
      selectors: [{ namespace: "jobs" }],
      ...inputs,
    });
  }
}

let world: PodWorld;

describe("a Fargate profile", () => {
  beforeEach(() => {
    world = new PodWorld();
  });

  it("goes by its cluster's name and its own", () => {
    const { id, state } = world.profile();
    expect(id).to.equal("shop:jobs");
    expect(state.arn).to.match(
      /^arn:aws:eks:eu-west-1:123456789012:fargateprofile\/shop\/jobs\/[0-9a-f]{32}$/,
    );
  });

  it("refuses a role that Fargate may not assume", () => {
    expect(refusalOf(() => world.profile({ podExecutionRoleArn: world.roleArn }))).to.equal(
      "InvalidParameterException: Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
    );
  });

  it("refuses a subnet with a way straight to the internet", () => {
    const gateway = world.internetGateway(world.network.vpc);
    const [first = ""] = world.network.subnetIds;
    const table = world.make("aws:ec2/routeTable:RouteTable", "public", { vpcId: world.network.vpc.id });
    world.make("aws:ec2/routeTableAssociation:RouteTableAssociation", "public", {
      routeTableId: table.id,
      subnetId: first,
    });
    expect(world.profile().id).to.equal("shop:jobs");
    world.make("aws:ec2/route:Route", "out", {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
    expect(refusalOf(() => world.profile({ fargateProfileName: "other" }, "other"))).to.equal(
      `InvalidParameterException: Subnet ${first} provided in Fargate Profile is not a private subnet`,
    );
  });

  it("refuses a subnet whose VPC's first route table leads out, until another is the main one", () => {
    const gateway = world.internetGateway(world.network.vpc);
    world.make("aws:ec2/route:Route", "out", {
      routeTableId: world.network.vpc.state.mainRouteTableId,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
    expect(() => world.profile()).to.throw("is not a private subnet");
    const inner = world.make("aws:ec2/routeTable:RouteTable", "inner", { vpcId: world.network.vpc.id });
    world.make("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "inner", {
      vpcId: world.network.vpc.id,
      routeTableId: inner.id,
    });
    expect(world.profile().id).to.equal("shop:jobs");
  });

  it("refuses a name that is taken, and a cluster that does not exist", () => {
    world.profile();
    expect(refusalOf(() => world.profile({}, "again"))).to.equal(
      "ResourceInUseException: Fargate Profile already exists with name jobs for cluster shop",
    );
    expect(refusalOf(() => world.profile({ clusterName: "lost" }, "lost"))).to.equal(
      "ResourceNotFoundException: No cluster found for name: lost.",
    );
  });
});
