import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { refusalOf } from "../world.ts";
import { ClusterWorld } from "./cluster-world.ts";

const creator = "arn:aws:iam::123456789012:user/sandbox";
const admins = "arn:aws:iam::123456789012:role/teams/admins";

let world: ClusterWorld;

function entry(principalArn: string, inputs: Properties = {}): Settled {
  return world.make("aws:eks/accessEntry:AccessEntry", principalArn, {
    clusterName: "shop",
    principalArn,
    ...inputs,
  });
}

function policy(name: string, accessScope: Properties = { type: "cluster" }): Settled {
  return world.make("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", name, {
    clusterName: "shop",
    principalArn: admins,
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    accessScope,
  });
}

describe("a simulated access entry", () => {
  beforeEach(() => {
    world = new ClusterWorld();
  });

  it("has AWS's names", () => {
    world.cluster();
    const { id, state } = entry(admins);
    expect(id).to.equal(`shop:${admins}`);
    expect(state.accessEntryArn).to.match(
      /^arn:aws:eks:eu-west-1:123456789012:access-entry\/shop\/role\/123456789012\/admins\/[0-9a-f-]{36}$/,
    );
    expect(state.userName).to.equal("arn:aws:sts::123456789012:assumed-role/admins/{{SessionName}}");
  });

  const strangers = [
    ["a session", "arn:aws:sts::123456789012:assumed-role/admins/me"],
    ["a group", "arn:aws:iam::123456789012:group/admins"],
    ["a whole account", "arn:aws:iam::123456789012:root"],
  ] as const;
  for (const [title, principalArn] of strangers) {
    it(`refuses ${title} as principal`, () => {
      world.cluster();
      expect(refusalOf(() => entry(principalArn))).to.equal(
        "InvalidParameterException: The principalArn parameter format is not valid",
      );
    });
  }

  it("refuses a principal that has one, as who made the cluster has", () => {
    const taken =
      "ResourceInUseException: The specified access entry resource is already in use on this cluster.";
    world.cluster();
    entry(admins);
    const again = (): Settled =>
      world.make("aws:eks/accessEntry:AccessEntry", "again", { clusterName: "shop", principalArn: admins });
    expect(refusalOf(again)).to.equal(taken);
    expect(refusalOf(() => entry(creator))).to.equal(taken);
  });

  it("leaves who made the cluster out on request", () => {
    world.cluster({
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    });
    expect(entry(creator).id).to.equal(`shop:${creator}`);
  });

  it("refuses a cluster that does without", () => {
    world.cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    expect(refusalOf(() => entry(admins))).to.equal(
      "InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  });

  it("refuses the groups of Kubernetes itself", () => {
    world.cluster();
    expect(refusalOf(() => entry(admins, { kubernetesGroups: ["system:masters"] }))).to.equal(
      "InvalidParameterException: The kubernetes group name system:masters is invalid, it cannot start with system:",
    );
  });
});

describe("a simulated access policy", () => {
  beforeEach(() => {
    world = new ClusterWorld();
    world.cluster();
  });

  it("is given to who has an entry only", () => {
    expect(refusalOf(() => policy("AmazonEKSViewPolicy"))).to.equal(
      "ResourceNotFoundException: The specified principalArn could not be found. You can view your available principals with 'list-access-entries'.",
    );
    entry(admins);
    expect(policy("AmazonEKSViewPolicy").id).to.equal(
      `shop#${admins}#arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`,
    );
  });

  it("is one of AWS's", () => {
    entry(admins);
    expect(refusalOf(() => policy("Everything"))).to.equal(
      "ResourceNotFoundException: The specified policyArn could not be found: arn:aws:eks::aws:cluster-access-policy/Everything",
    );
  });

  it("names namespaces where it does not reach everywhere, and only there", () => {
    entry(admins);
    expect(refusalOf(() => policy("AmazonEKSViewPolicy", { type: "namespace" }))).to.equal(
      "InvalidParameterException: You must specify at least one namespace when the access scope type is namespace.",
    );
    const everywhere = { type: "cluster", namespaces: ["apps"] };
    expect(refusalOf(() => policy("AmazonEKSViewPolicy", everywhere))).to.equal(
      "InvalidParameterException: Namespaces can't be specified when the access scope type is cluster.",
    );
  });
});

describe("a simulated pod identity", () => {
  beforeEach(() => {
    world = new ClusterWorld();
    world.cluster();
  });

  const associate = (name: string, inputs: Properties = {}): Settled =>
    world.make("aws:eks/podIdentityAssociation:PodIdentityAssociation", name, {
      clusterName: "shop",
      namespace: "apps",
      serviceAccount: "backend",
      roleArn: world.roleArn,
      ...inputs,
    });

  it("has AWS's names", () => {
    const { id, state } = associate("first");
    expect(id).to.match(/^a-[0-9a-f]{17}$/);
    expect(state.associationArn).to.equal(
      `arn:aws:eks:eu-west-1:123456789012:podidentityassociation/shop/${id}`,
    );
  });

  it("refuses a second one for a service account", () => {
    const { id } = associate("first");
    expect(refusalOf(() => associate("second"))).to.equal(
      `ResourceInUseException: Association already exists: ${id}`,
    );
    expect(associate("third", { namespace: "jobs" }).id).not.to.equal(id);
  });

  it("refuses a role that does not exist", () => {
    expect(refusalOf(() => associate("lost", { roleArn: "arn:aws:iam::123456789012:role/none" }))).to.equal(
      "InvalidParameterException: Role provided in the request does not exist: arn:aws:iam::123456789012:role/none",
    );
  });
});
