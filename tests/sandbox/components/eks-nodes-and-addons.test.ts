import { expect } from "chai";
import { ComponentError } from "../../../sandbox/components/arguments.ts";
import { expand } from "../../../sandbox/components/components.ts";
import { reference } from "../../../sandbox/components/engine-values.ts";
import { given } from "../../../sandbox/components/plan.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { Laboratory, make, refusal, urnOf } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const clusterUrn = urnOf("eks:index:Cluster", "main");
const innerUrn = urnOf("aws:eks/cluster:Cluster", "main-eksCluster");
const roleUrn = urnOf("aws:iam/role:Role", "workers");

const others = [
  {
    urn: clusterUrn,
    state: { core: { cluster: reference(innerUrn, "platform"), subnetIds: ["subnet-0", "subnet-1"] } },
  },
  {
    urn: innerUrn,
    id: "platform",
    state: { name: "platform", version: "1.35", accessConfig: { authenticationMode: "API" } },
  },
  { urn: roleUrn, id: "workers", state: { arn: "arn:workers" } },
];

function makeBeside(type: string, args: Properties): Promise<Finished> {
  return make(type, "workers", { cluster: reference(clusterUrn), ...args }, new Laboratory({ others }));
}

describe("eks.ManagedNodeGroup", () => {
  const nodes = (change: Properties = {}): Promise<Finished> =>
    makeBeside("eks:index:ManagedNodeGroup", { nodeRoleArn: "arn:workers", ...change });

  it("takes version and subnets from the cluster, and one to two nodes, when nothing is said", async () => {
    const { laboratory, outputs } = await nodes();
    expect(laboratory.tree()).to.deep.equal(["aws:eks/nodeGroup:NodeGroup workers < the component"]);
    expect(laboratory.inputs("NodeGroup workers")).to.deep.equal({
      clusterName: "platform",
      nodeRoleArn: "arn:workers",
      scalingConfig: { desiredSize: 2, minSize: 1, maxSize: 2 },
      subnetIds: ["subnet-0", "subnet-1"],
      version: "1.35",
    });
    expect(outputs).to.deep.equal({ nodeGroup: "<NodeGroup workers>", placementGroupName: "" });
  });

  it("depends on the inner cluster alone, not on the component", async () => {
    const { laboratory } = await nodes();
    expect(laboratory.waitsFor("NodeGroup workers")).to.deep.equal(["Cluster main-eksCluster"]);
  });

  it("takes the role as a resource", async () => {
    const { laboratory } = await nodes({ nodeRoleArn: undefined, nodeRole: reference(roleUrn, "workers") });
    expect(laboratory.inputs("NodeGroup workers").nodeRoleArn).to.equal("arn:workers");
    expect(laboratory.waitsFor("NodeGroup workers")).to.include("Role workers");
  });

  it("leaves the version to a launch template of the program's own", async () => {
    const launchTemplate = { id: "lt-1", version: "3" };
    const { laboratory } = await nodes({ launchTemplate });
    expect(laboratory.inputs("NodeGroup workers")).to.deep.include({ launchTemplate });
    expect(laboratory.inputs("NodeGroup workers")).not.to.have.property("version");
  });

  it("ignores the number of nodes on request only", async () => {
    const ignored = async (args: Properties): Promise<unknown> =>
      (await nodes(args)).laboratory.child("NodeGroup workers").child.ignoreChanges;
    expect(await ignored({ ignoreScalingChanges: true })).to.deep.equal(["scalingConfig.desiredSize"]);
    expect(await ignored({})).to.deep.equal([]);
  });

  for (const [what, args, reason] of [
    ["no role", {}, "An IAM role, or role ARN must be provided to create a managed node group"],
    [
      "two roles",
      { nodeRoleArn: "arn:workers", nodeRole: reference(roleUrn, "workers") },
      "You cannot specify both nodeRole and nodeRoleArn when creating a managed node group.",
    ],
  ] as const) {
    it(`refuses ${what}, and names the argument`, () => {
      const args_ = { cluster: reference(clusterUrn), ...args };
      expect(() => expand("eks:index:ManagedNodeGroup", "workers", args_))
        .to.throw(ComponentError, "The input properties for the managed node group are invalid.")
        .with.deep.property("properties", [{ path: "nodeRole", reason }]);
    });
  }

  it("refuses what it does not simulate, by name", async () => {
    expect(await refusal(() => nodes({ enableEfaSupport: true }))).to.equal(
      "the sandbox does not simulate 'enableEfaSupport' of eks:index:ManagedNodeGroup",
    );
  });
});

describe("eks.Addon", () => {
  it("passes its arguments on, with the configuration as JSON", async () => {
    const { laboratory, outputs } = await makeBeside("eks:index:Addon", {
      addonName: "coredns",
      addonVersion: "v1",
      configurationValues: { replicaCount: given(3, []), a: 1 },
      preserve: false,
    });
    expect(laboratory.inputs("Addon workers")).to.deep.equal({
      addonName: "coredns",
      addonVersion: "v1",
      clusterName: "platform",
      configurationValues: '{"replicaCount":3,"a":1}',
      preserve: false,
    });
    expect(outputs).to.deep.equal({ addon: "<Addon workers>" });
  });

  it("becomes a child of the cluster", () => {
    const cluster = reference(clusterUrn);
    expect(expand("eks:index:Addon", "dns", { addonName: "coredns", cluster }).parent).to.deep.equal(cluster);
  });
});

describe("expand", () => {
  it("refuses a component that the sandbox does not know, and names those it knows", () => {
    expect(() => expand("eks:index:NodeGroupV3", "new", {})).to.throw(
      /^the sandbox does not know the component eks:index:NodeGroupV3; it knows .*, eks:index:Addon, eks:index:Cluster, /,
    );
  });
});
