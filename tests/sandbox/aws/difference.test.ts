import { expect } from "chai";
import { diffOf } from "../../../sandbox/aws/facts.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";

const subnet = "aws:ec2/subnet:Subnet";
const group = "aws:ec2/securityGroup:SecurityGroup";
const replicationGroup = "aws:elasticache/replicationGroup:ReplicationGroup";

describe("diffOf", () => {
  it("replaces a subnet whose block changes, and only updates its tags", () => {
    const before = { vpcId: "v", cidrBlock: "10.0.0.0/24", tags: { Name: "a", "k8s.io/role": "elb" } };
    const after = { vpcId: "v", cidrBlock: "10.0.1.0/24", tags: { Name: "b" } };
    expect(diffOf(subnet, before, after)).to.deep.equal([
      { path: "cidrBlock", kind: "update", replaces: true },
      { path: "tags.Name", kind: "update", replaces: false },
      { path: 'tags["k8s.io/role"]', kind: "delete", replaces: false },
    ]);
  });

  const web = { fromPort: 443, toPort: 443, protocol: "tcp", securityGroups: ["sg-1", "sg-2"] };
  const ssh = { fromPort: 22, toPort: 22, protocol: "tcp", cidrBlocks: ["10.0.0.0/16"] };

  it("sees no difference in the order of a set, nor of a set inside it", () => {
    expect(
      diffOf(
        group,
        { ingress: [web, ssh] },
        { ingress: [ssh, { ...web, securityGroups: ["sg-2", "sg-1"] }] },
      ),
    ).to.deep.equal([]);
  });

  it("shows a change inside one element of a set as that", () => {
    expect(diffOf(group, { ingress: [web, ssh] }, { ingress: [{ ...ssh, toPort: 23 }, web] })).to.deep.equal([
      { path: "ingress[0].toPort", kind: "update", replaces: false },
    ]);
  });

  it("shows an element that goes, and one that comes", () => {
    expect(diffOf(group, { ingress: [web, ssh] }, { ingress: [web] })).to.deep.equal([
      { path: "ingress[1]", kind: "delete", replaces: false },
    ]);
    expect(diffOf(group, { ingress: [web] }, { ingress: [web, ssh] })).to.deep.equal([
      { path: "ingress[1]", kind: "add", replaces: false },
    ]);
  });

  it("leaves to the service what is no longer given, but empties what is given as empty", () => {
    expect(diffOf(group, { ingress: [web] }, {})).to.deep.equal([]);
    expect(diffOf(group, { ingress: [web] }, { ingress: [] })).to.deep.equal([
      { path: "ingress", kind: "delete", replaces: false },
    ]);
  });

  it("compares documents by what they say", () => {
    const role = "aws:iam/role:Role";
    expect(
      diffOf(role, { assumeRolePolicy: '{"a":1,"b":[2]}' }, { assumeRolePolicy: '{ "b": [2], "a": 1 }' }),
    ).to.deep.equal([]);
    expect(diffOf(role, { assumeRolePolicy: '{"a":1}' }, { assumeRolePolicy: '{"a":2}' })).to.have.length(1);
  });

  it("replaces a cache whose engine goes back, and updates one whose engine goes forward", () => {
    expect(
      diffOf(replicationGroup, { engineVersion: "7.1" }, { engineVersion: "7.0" })[0]?.replaces,
    ).to.equal(true);
    expect(
      diffOf(replicationGroup, { engineVersion: "7.1" }, { engineVersion: "8.0" })[0]?.replaces,
    ).to.equal(false);
  });

  it("replaces a cluster that gives up its encryption, and updates one that takes it up", () => {
    const encryptionConfig = { resources: ["secrets"], provider: { keyArn: "arn:aws:kms:::key/a" } };
    expect(diffOf("aws:eks/cluster:Cluster", { encryptionConfig }, {})[0]?.replaces).to.equal(true);
    expect(diffOf("aws:eks/cluster:Cluster", {}, { encryptionConfig })[0]?.replaces).to.equal(false);
  });

  it("replaces for a value that is unknown yet, where a change would", () => {
    expect(diffOf(subnet, { vpcId: "vpc-1" }, { vpcId: UNKNOWN })).to.deep.equal([
      { path: "vpcId", kind: "update", replaces: true },
    ]);
  });

  it("takes a number for its text", () => {
    expect(diffOf(group, { ingress: [ssh] }, { ingress: [{ ...ssh, fromPort: "22" }] })).to.deep.equal([]);
  });
});
