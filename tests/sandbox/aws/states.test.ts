import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, at } from "../../../sandbox/values.ts";

describe("a preview", () => {
  const preview = (inputs: Properties): Properties => {
    const account = new Account();
    const session = { account, settings: { region: "eu-west-1" }, preview: true, seed: "0" };
    const token = "aws:eks/cluster:Cluster";
    const subject = { urn: "urn:pulumi:test::test::c", token, name: "cluster" };
    const { state } = awsProvider.create(session, subject, inputs);
    expect([...account.everything()]).to.deep.equal([]);
    return state;
  };

  it("knows what is given, and nothing that the service answers", () => {
    const state = preview({ name: "shop", roleArn: "role", vpcConfig: { subnetIds: ["subnet-1"] } });
    expect(state.name).to.equal("shop");
    expect(state.endpoint).to.equal(UNKNOWN);
    expect(at(state, "vpcConfig.subnetIds")).to.deep.equal(["subnet-1"]);
    expect(at(state, "vpcConfig.clusterSecurityGroupId")).to.equal(UNKNOWN);
  });

  it("leaves an object out that is not given and that the service does not answer", () => {
    const state = preview({ roleArn: "role", vpcConfig: UNKNOWN });
    expect(state.vpcConfig).to.equal(UNKNOWN);
    expect(state).not.to.have.property("encryptionConfig");
  });
});
