import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, at } from "../../../sandbox/values.ts";

describe("an import", () => {
  it("finds of a thing that no program made what a program can give", () => {
    const account = new Account();
    const token = "aws:ec2/securityGroup:SecurityGroup";
    const state = { name: "eks-cluster-sg", vpcId: "vpc-1", arn: "arn:sg-1", ownerId: "123456789012" };
    account.put({ scope: "eu-west-1", token, id: "sg-1", urn: "", inputs: {}, state, keys: [] });
    const session = { account, settings: { region: "eu-west-1" }, preview: true, seed: "" };
    const subject = { urn: "urn:pulumi:test::test::g", token, name: "group" };
    expect(awsProvider.read(session, subject, "sg-1", undefined)).to.deep.equal({
      id: "sg-1",
      inputs: { name: "eks-cluster-sg", vpcId: "vpc-1" },
      state,
    });
  });
});

describe("the preview of an update", () => {
  it("knows what the service answered before, at every depth, and no input that is gone", () => {
    const session = {
      account: new Account(),
      settings: { region: "eu-west-1" },
      preview: true,
      seed: "0",
    };
    const subject = { urn: "urn:pulumi:test::test::c", token: "aws:eks/cluster:Cluster", name: "cluster" };
    const vpcConfig = { subnetIds: ["subnet-1"], clusterSecurityGroupId: "sg-1" };
    const before = {
      name: "shop",
      endpoint: "https://shop",
      vpcConfig,
      forceUpdateVersion: true,
      tags: { Owner: "us" },
    };
    const inputs = { name: "shop", vpcConfig: { subnetIds: ["subnet-2"] }, tags: { Team: "us" } };
    const { state } = awsProvider.update(session, subject, "shop", before, inputs);
    expect(state).to.deep.include({ endpoint: "https://shop", tags: { Team: "us" } });
    expect(state.vpcConfig).to.deep.equal({ subnetIds: ["subnet-2"], clusterSecurityGroupId: "sg-1" });
    expect(state).not.to.have.property("forceUpdateVersion");
  });
});

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

  it("does not know what the service answers inside the objects of a list", () => {
    const session = { account: new Account(), settings: { region: "eu-west-1" }, preview: true, seed: "0" };
    const token = "aws:dynamodb/table:Table";
    const subject = { urn: "urn:pulumi:test::test::t", token, name: "table" };
    const { state } = awsProvider.create(session, subject, { replicas: [{ regionName: "eu-central-1" }] });
    expect(at(state, "replicas[0].regionName")).to.equal("eu-central-1");
    expect(at(state, "replicas[0].arn")).to.equal(UNKNOWN);
    const before = { replicas: [{ regionName: "eu-central-1", arn: "arn:one" }] };
    const inputs = { replicas: [{ regionName: "eu-central-1" }, { regionName: "eu-north-1" }] };
    const updated = awsProvider.update(session, subject, "table", before, inputs).state;
    expect(at(updated, "replicas[0].arn")).to.equal("arn:one");
    expect(at(updated, "replicas[1].arn")).to.equal(UNKNOWN);
  });

  it("leaves an object out that is not given and that the service does not answer", () => {
    const state = preview({ roleArn: "role", vpcConfig: UNKNOWN });
    expect(state.vpcConfig).to.equal(UNKNOWN);
    expect(state).not.to.have.property("encryptionConfig");
  });
});
