import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import * as eks from "@pulumi/eks";
import { reference, secret } from "../../../sandbox/components/engine-values.ts";
import { simulate } from "../../../sandbox/components/simulate.ts";
import type { Existing, World } from "../../../sandbox/components/simulate.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { refusal, urnOf } from "./laboratory.ts";

/** A world that remembers what was made in it. */
class Memory implements World {
  public readonly preview: boolean;
  public readonly made = new Map<string, Existing & { readonly inputs: Properties }>();

  public constructor(preview = false) {
    this.preview = preview;
  }

  public create({ type, name, inputs }: Parameters<World["create"]>[0]): Existing {
    const state = this.preview
      ? inputs
      : { name: `${name}-name`, arn: `${name}-arn`, version: "1.35", ...inputs };
    this.made.set(`${type}::${name}`, { id: `${name}-id`, state, inputs });
    return { id: `${name}-id`, state };
  }

  public invoke(token: string): Properties {
    return token.includes("getPartition") ? { partition: "aws" } : { version: "v1" };
  }

  public find(type: string, name: string): Existing | undefined {
    return this.made.get(`${type}::${name}`);
  }
}

const cluster = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1"],
  authenticationMode: "API",
  skipDefaultNodeGroup: true,
};

describe("simulate", () => {
  it("makes the children in the order of their needs, and hands each the ids of what it refers to", async () => {
    const world = new Memory();
    await simulate("eks:index:Cluster", "main", cluster, world);
    const keys = [...world.made.keys()];
    expect(keys.indexOf("aws:iam/role:Role::main-eksRole-role")).to.be.lessThan(
      keys.indexOf("aws:eks/cluster:Cluster::main-eksCluster"),
    );
    const attachment = world.made.get(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment::main-eksRole-4b490823",
    );
    expect(attachment?.inputs.role).to.equal("main-eksRole-role-id");
  });

  it("tells a resource as an object of its properties", async () => {
    const { eksCluster } = await simulate("eks:index:Cluster", "main", cluster, new Memory());
    expect(eksCluster).to.include({
      id: "main-eksCluster-id",
      arn: "main-eksCluster-arn",
      name: "main-eksCluster-name",
    });
  });

  it("finds what an argument refers to", async () => {
    const world = new Memory();
    const urn = urnOf("eks:index:Cluster", "main");
    const state = await simulate("eks:index:Cluster", "main", cluster, world);
    world.made.set("eks:index:Cluster::main", { state, inputs: {} });
    const args = { cluster: reference(urn), addonName: "coredns" };
    await simulate("eks:index:Addon", "dns", args, world);
    expect(world.made.get("aws:eks/addon:Addon::dns")?.inputs.clusterName).to.equal("main-eksCluster-name");
  });

  it("refuses a reference to what is not there", async () => {
    const args = { cluster: reference(urnOf("eks:index:Cluster", "none")), addonName: "coredns" };
    expect(await refusal(() => simulate("eks:index:Addon", "dns", args, new Memory()))).to.equal(
      "there is no eks:index:Cluster none",
    );
  });

  it("opens secrets, since mocks receive their content", async () => {
    const world = new Memory();
    await simulate("eks:index:Cluster", "main", { ...cluster, name: secret("platform") }, world);
    expect(world.made.get("aws:eks/cluster:Cluster::main-eksCluster")?.inputs.name).to.equal("platform");
  });

  it("knows no ids in a preview", async () => {
    const world = new Memory(true);
    const outputs = await simulate("eks:index:Cluster", "main", { ...cluster, vpcId: pulumi.unknown }, world);
    expect(outputs.clusterSecurityGroupId).to.equal(UNKNOWN);
    expect(
      world.made.get("aws:ec2/securityGroup:SecurityGroup::main-nodeSecurityGroup")?.inputs.vpcId,
    ).to.equal(UNKNOWN);
  });

  it("answers a real program under mocks, where a component is the argument of another", async () => {
    const world = new Memory();
    await pulumi.runtime.setMocks({
      call: () => ({}),
      newResource: async ({ type, name, inputs }) => {
        const state = await simulate(type, name, inputs, world);
        world.made.set(`${type}::${name}`, { state, inputs: {} });
        return { id: "", state };
      },
    });
    const main = new eks.Cluster("main", { ...cluster, authenticationMode: "API" });
    const nodes = new eks.ManagedNodeGroup("nodes", { cluster: main, nodeRoleArn: "arn:role" });
    const arn = await new Promise((resolve) =>
      pulumi.all([main.eksCluster.arn, nodes.nodeGroup]).apply(resolve),
    );
    await pulumi.runtime.disconnect();
    expect(arn).to.have.property("0", "main-eksCluster-arn");
    expect(world.made.get("aws:eks/nodeGroup:NodeGroup::nodes")?.inputs).to.include({
      clusterName: "main-eksCluster-name",
      version: "1.35",
    });
  });
});
