import { expect } from "chai";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { reference, secret, toMessage } from "../../../sandbox/components/engine-values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { Engine } from "./engine.ts";
import { refusal, urnOf } from "./laboratory.ts";

type ConstructRequest = InstanceType<typeof provider.ConstructRequest>;

const awsProvider = "urn:pulumi:test::test::pulumi:providers:aws::main::provider-id";
const clusterUrn = urnOf("eks:index:Cluster", "main");

function request(type: string, name: string, inputs: Properties): ConstructRequest {
  const asked = new provider.ConstructRequest().setType(type).setName(name).setInputs(toMessage(inputs));
  asked.getProvidersMap().set("aws", awsProvider);
  return asked;
}

const addon = (inputs: Properties = {}): ConstructRequest =>
  request("eks:index:Addon", "dns", { addonName: "coredns", cluster: reference(clusterUrn), ...inputs });

const nodes = (inputs: Properties = {}): ConstructRequest =>
  request("eks:index:ManagedNodeGroup", "nodes", {
    cluster: reference(clusterUrn),
    nodeRoleArn: "arn:role",
    subnetIds: ["subnet-1"],
    version: "1.35",
    ...inputs,
  });

describe("the service of remote components", () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = new Engine();
    engine.outputs.set(clusterUrn, {
      core: { cluster: reference(urnOf("aws:eks/cluster:Cluster", "inner"), "platform") },
    });
    engine.outputs.set(urnOf("aws:eks/cluster:Cluster", "inner"), {
      name: "platform",
      accessConfig: { authenticationMode: "API" },
    });
    await engine.start("eks");
  });
  afterEach(() => {
    engine.stop();
  });

  it("registers the component without inputs, and its children under it through the program's provider", async () => {
    const response = await engine.construct(nodes());
    const component = engine.only("eks:index:ManagedNodeGroup");
    expect(component.inputs).to.deep.equal({});
    expect(component.request.getCustom()).to.equal(false);
    const child = engine.only("aws:eks/nodeGroup:NodeGroup");
    expect(child.request.getCustom()).to.equal(true);
    expect(child.request.getParent()).to.equal(response.getUrn());
    expect(child.request.getProvider()).to.equal(awsProvider);
    expect(child.inputs).to.include({ clusterName: "platform", nodeRoleArn: "arn:role" });
  });

  it("answers with references to the children, and what each output depends on", async () => {
    const response = await engine.construct(nodes());
    const urn = urnOf("aws:eks/nodeGroup:NodeGroup", "nodes");
    expect(response.getState()?.toJavaScript()).to.deep.equal({
      nodeGroup: reference(urn, "id-of-nodes"),
      placementGroupName: "",
    });
    const dependencies = response.getStatedependenciesMap().get("nodeGroup")?.getUrnsList();
    expect(dependencies).to.deep.equal([urn]);
  });

  it("keeps the outputs in the state of those components that do", async () => {
    const [kept, dropped] = [await engine.construct(nodes()), await engine.construct(addon())];
    expect(Object.keys(engine.outputs.get(kept.getUrn()) ?? {})).to.deep.equal([
      "nodeGroup",
      "placementGroupName",
    ]);
    expect(engine.outputs.get(dropped.getUrn())).to.deep.equal({});
  });

  it("tells the engine what a child depends on, by property", async () => {
    const asked = nodes({ nodeRoleArn: "arn:role" });
    const urns = new provider.ConstructRequest.PropertyDependencies().setUrnsList(["urn:role"]);
    asked.getInputdependenciesMap().set("nodeRoleArn", urns);
    await engine.construct(asked);
    const child = engine.only("aws:eks/nodeGroup:NodeGroup").request;
    expect(child.getDependenciesList()).to.deep.equal([
      "urn:pulumi:test::test::aws:eks/cluster:Cluster::inner",
      "urn:role",
    ]);
    expect(child.getPropertydependenciesMap().get("nodeRoleArn")?.getUrnsList()).to.deep.equal(["urn:role"]);
    expect(child.getPropertydependenciesMap().get("version")?.getUrnsList()).to.deep.equal([]);
  });

  it("passes `protect` on to the children, `retainOnDelete` not", async () => {
    await engine.construct(
      nodes().setProtect(true).setRetainondelete(true).setDependenciesList(["urn:other"]),
    );
    const component = engine.only("eks:index:ManagedNodeGroup").request;
    expect(component.getProtect()).to.equal(true);
    expect(component.getRetainondelete()).to.equal(true);
    expect(component.getDependenciesList()).to.deep.equal(["urn:other"]);
    const child = engine.only("aws:eks/nodeGroup:NodeGroup").request;
    expect(child.getProtect()).to.equal(true);
    expect(child.hasRetainondelete()).to.equal(false);
    expect(child.getDependenciesList()).not.to.include("urn:other");
  });

  it("puts an add-on under its cluster, whatever the program says", async () => {
    await engine.construct(addon().setParent("urn:stack"));
    expect(engine.only("eks:index:Addon").request.getParent()).to.equal(clusterUrn);
  });

  it("keeps secrets marked as secret", async () => {
    await engine.construct(addon({ configurationValues: { key: secret("hunter2") } }));
    const { configurationValues } = engine.only("aws:eks/addon:Addon").inputs;
    expect(configurationValues).to.deep.equal(secret('{"key":"hunter2"}'));
  });

  it("takes what it is not told in a preview as unknown", async () => {
    engine.outputs.set(clusterUrn, { core: UNKNOWN });
    await engine.construct(nodes().setDryrun(true));
    expect(engine.only("aws:eks/nodeGroup:NodeGroup").inputs.clusterName).to.equal(UNKNOWN);
    expect(engine.only("aws:eks/nodeGroup:NodeGroup").request.getDependenciesList()).to.deep.equal([]);
  });

  it("answers several at once", async () => {
    const responses = await Promise.all([engine.construct(nodes()), engine.construct(addon())]);
    expect(responses.map((response) => response.getUrn())).to.deep.equal([
      urnOf("eks:index:ManagedNodeGroup", "nodes"),
      urnOf("eks:index:Addon", "dns"),
    ]);
  });

  it("fails when a child fails", async () => {
    engine.failing.add("nodes");
    expect(await refusal(() => engine.construct(nodes()))).to.contain("out of addresses");
  });

  it("registers nothing when it refuses the arguments, and names the ones at fault", async () => {
    const refused = refusal(() => engine.construct(nodes({ nodeRoleArn: undefined })));
    expect(await refused).to.equal(
      "3 INVALID_ARGUMENT: The input properties for the managed node group are invalid.",
    );
    expect(engine.registered).to.deep.equal([]);
  });

  it("refuses a component of another package", async () => {
    expect(await refusal(() => engine.construct(request("awsx:ec2:Vpc", "net", {})))).to.contain(
      "awsx:ec2:Vpc is not a component of eks",
    );
  });
});
