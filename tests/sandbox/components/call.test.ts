import { expect } from "chai";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { fromMessage, reference, toMessage } from "../../../sandbox/components/engine-values.ts";
import { randomSuffixes } from "../../../sandbox/components/random-suffix.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, at } from "../../../sandbox/values.ts";
import { Engine } from "./engine.ts";
import { refusal, urnOf } from "./laboratory.ts";

const clusterUrn = urnOf("eks:index:Cluster", "main");
const innerUrn = urnOf("aws:eks/cluster:Cluster", "inner");
const suffixUrn = urnOf("eks:index:RandomSuffix", "web-cfnStackName");

/** What the engine asks for when a program calls a method of the cluster. */
function asked(args: Properties = {}, method = "getKubeconfig"): InstanceType<typeof provider.CallRequest> {
  return new provider.CallRequest()
    .setTok(`eks:index:Cluster/${method}`)
    .setArgs(toMessage({ __self__: reference(clusterUrn), ...args }));
}

describe("the service of eks", () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = new Engine();
    engine.outputs.set(clusterUrn, { eksCluster: reference(innerUrn, "platform") });
    engine.outputs.set(innerUrn, {
      name: "platform",
      arn: "arn:aws:eks:eu-west-1:123456789012:cluster/platform",
      endpoint: "https://api",
      certificateAuthority: { data: "Y2E=" },
    });
    await engine.start("eks", randomSuffixes);
  });
  afterEach(() => {
    engine.stop();
  });

  it("answers getKubeconfig with one that takes a role on and uses a profile", async () => {
    const response = await engine.call(asked({ roleArn: "arn:dev", profileName: "work" }));
    const config: unknown = JSON.parse(String(fromMessage(response.getReturn()).result));
    expect(at(config, "clusters.0.cluster.server")).to.equal("https://api");
    expect(at(config, "users.0.user.exec.args")).to.deep.equal([
      ...["--region", "eu-west-1", "eks", "get-token", "--cluster-name", "platform", "--output", "json"],
      ...["--role", "arn:dev", "--profile", "work"],
    ]);
    expect(response.getReturndependenciesMap().get("result")?.getUrnsList()).to.deep.equal([innerUrn]);
  });

  it("knows no kubeconfig in a preview of a cluster that is not there", async () => {
    engine.outputs.set(innerUrn, {});
    const response = await engine.call(asked().setDryrun(true));
    expect(fromMessage(response.getReturn())).to.deep.equal({ result: UNKNOWN });
  });

  it("refuses a method that it does not know", async () => {
    expect(await refusal(() => engine.call(asked({}, "getName")))).to.contain(
      "the sandbox does not know the method eks:index:Cluster/getName",
    );
  });

  it("makes suffixes that are one resource's own, and known once it is made", async () => {
    const make = (urn: string, preview = false): Promise<Properties> =>
      engine
        .ask<InstanceType<typeof provider.CreateResponse>>((client, reply) =>
          client.create(
            new provider.CreateRequest()
              .setUrn(urn)
              .setProperties(toMessage({ input: "web" }))
              .setPreview(preview),
            reply,
          ),
        )
        .then((response) => fromMessage(response.getProperties()));
    const { output } = await make(suffixUrn);
    expect(output).to.match(/^web-[0-9a-f]{8}$/);
    expect((await make(suffixUrn)).output).to.equal(output);
    expect((await make(urnOf("eks:index:RandomSuffix", "other"))).output).not.to.equal(output);
    expect(await make(suffixUrn, true)).to.deep.equal({ output: UNKNOWN });
    expect(await refusal(() => make(urnOf("eks:index:Cluster", "main")))).to.contain("unknown resource type");
  });
});
