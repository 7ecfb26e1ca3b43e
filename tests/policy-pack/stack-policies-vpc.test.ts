import { expect } from "chai";

import { changed, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { account, iam, UNKNOWN } from "./fixtures/values.ts";
import { found, inBoth } from "./support/stack.ts";

const required = ["s3", "ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "sts"];
const policy = iam({
  ...{ Principal: "*", Action: "*", Resource: "*" },
  Condition: { StringEquals: { "aws:PrincipalAccount": account } },
});
const endpoints = required.map((service): Planned => ({
  ...{ type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: `endpoint-${service}`, refs: { vpcId: "vpc" } },
  props: { serviceName: `com.amazonaws.eu-west-1.${service}`, policy },
}));
const network: readonly Planned[] = [
  { type: "aws:ec2/vpc:Vpc", name: "vpc" },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    ...{ name: "default", props: { ingress: [], egress: [] }, refs: { vpcId: "vpc" } },
  },
  {
    ...{ type: "aws:ec2/flowLog:FlowLog", name: "log", props: { trafficType: "ALL" } },
    refs: { vpcId: "vpc" },
  },
  ...endpoints,
];
const second: Planned = { type: "aws:ec2/defaultVpc:DefaultVpc", name: "other" };

describe("vpc-default-sg-locked", () => {
  const missing =
    "no DefaultSecurityGroup points to the VPC: add one without rules, or whatever names no group of its own can talk to all others.";

  inBoth("passes when the default group lets nothing through", async (moment) => {
    expect(await found("vpc-default-sg-locked", moment, network)).to.deep.equal([]);
  });

  inBoth("objects to the one VPC whose default group is left as it comes", async (moment) => {
    expect(await found("vpc-default-sg-locked", moment, [...network, second])).to.deep.equal([
      `other: ${missing}`,
    ]);
    expect(await found("vpc-default-sg-locked", moment, without(network, "default"))).to.deep.equal([
      `vpc: ${missing}`,
    ]);
  });

  it("objects to rules in the default group", async () => {
    const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
    const open = changed(network, "default", { props: { egress: [everything] } });
    expect(await found("vpc-default-sg-locked", "preview", open)).to.deep.equal([
      "vpc: the default security group default has egress rules: take them out, and name a group wherever one is needed.",
    ]);
  });

  it("waits while the group is of a VPC that only a remote component knows", async () => {
    const opaque = changed(network, "default", { props: { vpcId: UNKNOWN }, refs: {} });
    const component = [
      ...changed(network, "default", { refs: { vpcId: "component" } }),
      { type: "awsx:ec2:Vpc", name: "component" },
    ];
    for (const planned of [opaque, component]) {
      expect(await found("vpc-default-sg-locked", "preview", planned)).to.deep.equal([]);
      expect(await found("checks-deferred", "preview", planned)).to.deep.equal([
        ": 1 check deferred until the update: vpc-default-sg-locked 1.",
      ]);
    }
  });
});

describe("vpc-flow-logs", () => {
  inBoth("passes when everything is recorded", async (moment) => {
    expect(await found("vpc-flow-logs", moment, network)).to.deep.equal([]);
  });

  inBoth("objects to the one VPC without a record", async (moment) => {
    expect(await found("vpc-flow-logs", moment, [...network, second])).to.deep.equal([
      "other: no FlowLog points to the VPC: add one whose trafficType is ALL, or nobody can tell who talked to whom.",
    ]);
  });

  inBoth("objects to a record of refusals only", async (moment) => {
    const some = changed(network, "log", { props: { trafficType: "REJECT" } });
    expect(await found("vpc-flow-logs", moment, some)).to.deep.equal([
      "vpc: flow logs record REJECT: set trafficType to ALL.",
    ]);
  });

  it("waits for a kind of traffic that is not known yet", async () => {
    const open = changed(network, "log", { props: { trafficType: UNKNOWN } });
    expect(await found("vpc-flow-logs", "preview", open)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", open)).to.have.length(1);
  });
});

describe("vpc-endpoints-present", () => {
  const name = "vpc-endpoints-present";

  inBoth("passes when each service has an endpoint", async (moment) => {
    expect(await found(name, moment, network)).to.deep.equal([]);
  });

  inBoth("names the services without one", async (moment) => {
    const some = without(network, "endpoint-kms", "endpoint-sts");
    expect(await found(name, moment, some)).to.deep.equal([
      "vpc: no VpcEndpoint of the VPC is for kms, sts: add it, or the calls go over the internet.",
    ]);
  });

  it("does not take another VPC's endpoint, nor one of a longer name", async () => {
    const elsewhere = changed([...network, second], "endpoint-s3", { refs: { vpcId: "other" } });
    const outposts = { props: { policy, serviceName: "com.amazonaws.eu-west-1.s3-outposts" } };
    const missing = "no VpcEndpoint of the VPC is for s3: add it, or the calls go over the internet.";
    expect(await found(name, "update", elsewhere)).to.include(`vpc: ${missing}`);
    expect(await found(name, "update", changed(network, "endpoint-s3", outposts))).to.deep.equal([
      `vpc: ${missing}`,
    ]);
  });

  it("waits while an endpoint may be the one that is missing", async () => {
    const opaque = changed(network, "endpoint-s3", { props: { policy, vpcId: UNKNOWN }, refs: {} });
    expect(await found(name, "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.have.length(1);
  });

  it("objects to an endpoint that serves any account", async () => {
    const props = { serviceName: "com.amazonaws.eu-west-1.s3" };
    const open = iam({ Principal: "*", Action: "s3:*", Resource: "*" });
    const reading = iam({ Principal: "*", Action: "s3:GetObject", Resource: "*" });
    const judge = (given: object): Promise<readonly string[]> =>
      found(name, "preview", changed(network, "endpoint-s3", { props: { ...props, ...given } }));
    expect(await judge({})).to.deep.equal([
      "endpoint-s3: policy is not set, so credentials of any account pass: hold it to aws:PrincipalAccount.",
    ]);
    expect(await judge({ policy: open })).to.deep.equal([
      "endpoint-s3: policy lets credentials of any account do s3:*: hold it to aws:PrincipalAccount.",
    ]);
    expect(await judge({ policy: reading })).to.deep.equal([]);
  });
});

const everywhere = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
const groups: readonly Planned[] = [
  { type: "aws:ec2/securityGroup:SecurityGroup", name: "store" },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ...{ name: "in", props: { ipProtocol: "tcp" }, refs: { securityGroupId: "store" } },
  },
  {
    type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ...{
      name: "out",
      props: { ipProtocol: "-1", cidrIpv4: "10.2.0.0/16" },
      refs: { securityGroupId: "store" },
    },
  },
];

describe("sg-no-mixed-rule-management", () => {
  const name = "sg-no-mixed-rule-management";
  const both = (direction: string, rule: string): string =>
    `store: ${direction} stands in the group and in ${rule}: keep one of the two, or each update deletes what the other made.`;

  inBoth("passes when all rules are resources, or all are in the group", async (moment) => {
    expect(await found(name, moment, groups)).to.deep.equal([]);
    const inline = changed(without(groups, "in", "out"), "store", { props: { ingress: [everywhere] } });
    expect(await found(name, moment, inline)).to.deep.equal([]);
  });

  inBoth("objects to rules in both places, direction by direction", async (moment) => {
    const ingress = changed(groups, "store", { props: { ingress: [everywhere] } });
    expect(await found(name, moment, ingress)).to.deep.equal([both("ingress", "in")]);
    const emptied = changed(groups, "store", { props: { egress: [] } });
    expect(await found(name, moment, emptied)).to.deep.equal([both("egress", "out")]);
  });

  it("waits while a rule may be another group's", async () => {
    const opaque = [
      ...changed(groups, "out", { refs: { securityGroupId: ["store", "other"] } }),
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "other", props: { egress: [everywhere] } },
    ];
    expect(await found(name, "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.have.length(1);
  });

  inBoth("counts the older rule resource by its direction", async (moment) => {
    const older = { type: "aws:ec2/securityGroupRule:SecurityGroupRule", props: { type: "egress" } };
    const mixed = changed(changed(groups, "out", older), "store", { props: { ingress: [], egress: [] } });
    expect(await found(name, moment, without(mixed, "in"))).to.deep.equal([both("egress", "out")]);
  });

  inBoth("objects to any rule of a default group, which always says which it has", async (moment) => {
    const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
    expect(await found(name, moment, changed(groups, "store", { type }))).to.deep.equal([
      both("ingress", "in"),
      both("egress", "out"),
    ]);
  });
});

describe("sg-no-unrestricted-egress", () => {
  const name = "sg-no-unrestricted-egress";
  const open = changed(groups, "out", {
    props: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
  });
  const refusal = (ports: string): string =>
    `store: ${ports} of 0.0.0.0/0 can be reached from a group of the data tier: take the rule out.`;
  const tier = { tags: { Tier: "Database" } };

  inBoth("passes when data stays in the network, and where there is no data", async (moment) => {
    expect(await found(name, moment, changed(groups, "store", { props: tier }))).to.deep.equal([]);
    expect(await found(name, moment, open)).to.deep.equal([]);
  });

  inBoth("objects to a way out of the data tier", async (moment) => {
    expect(await found(name, moment, changed(open, "store", { props: tier }))).to.deep.equal([
      refusal("port 443"),
    ]);
  });

  inBoth("knows the data tier by the database that uses the group", async (moment) => {
    const database = { type: "aws:rds/instance:Instance", name: "orders" };
    const used = [...open, { ...database, refs: { vpcSecurityGroupIds: ["store"] } }];
    expect(await found(name, moment, used)).to.deep.equal([refusal("port 443")]);
  });

  it("waits while a rule may be another group's", async () => {
    const tagged = changed(open, "store", { props: tier });
    const opaque = [
      ...changed(tagged, "out", { refs: { securityGroupId: ["store", "other"] } }),
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "other" },
    ];
    expect(await found(name, "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.deep.equal([
      `: 2 checks deferred until the update: ${name} 2.`,
    ]);
  });

  inBoth("sees rules inside the group", async (moment) => {
    const inline = changed(without(groups, "in", "out"), "store", {
      props: { ...tier, egress: [everywhere] },
    });
    expect(await found(name, moment, inline)).to.deep.equal([refusal("every port")]);
  });
});
