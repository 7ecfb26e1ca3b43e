import { expect } from "chai";

import { changed, without } from "./fixtures/graph.ts";
import type { Moment, Planned } from "./fixtures/graph.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import { found, inBoth } from "./support/stack.ts";

const instance: Planned = {
  ...{
    type: "aws:rds/instance:Instance",
    name: "orders",
    props: { engine: "postgres", engineVersion: "17" },
  },
  refs: { vpcSecurityGroupIds: ["store"] },
};
const clientRule: Planned = {
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ...{ name: "rule", props: { ipProtocol: "tcp", fromPort: 5432, toPort: 5432 } },
  refs: { securityGroupId: "store", referencedSecurityGroupId: "nodes" },
};
const stores: readonly Planned[] = [
  { type: "aws:ec2/securityGroup:SecurityGroup", name: "store" },
  { type: "aws:ec2/securityGroup:SecurityGroup", name: "nodes" },
  ...[clientRule, instance],
];

describe("rds-ingress-from-sg-only", () => {
  const policy = "rds-ingress-from-sg-only";
  const opened = (ports: string): string =>
    `orders: security group store opens ${ports} to 10.2.0.0/16: let in the clients' security groups instead.`;
  const office = { ipProtocol: "tcp", cidrIpv4: "10.2.0.0/16" };
  const byCidr = { refs: { securityGroupId: "store" } };

  inBoth("passes when clients come by their groups", async (moment) => {
    expect(await found(policy, moment, stores)).to.deep.equal([]);
  });

  inBoth("objects to a block of addresses", async (moment) => {
    const open = changed(stores, "rule", { ...byCidr, props: { ...office, fromPort: 5000, toPort: 6000 } });
    expect(await found(policy, moment, open)).to.deep.equal([opened("ports 5000 to 6000")]);
  });

  inBoth("leaves other ports and other groups alone", async (moment) => {
    const metrics = changed(stores, "rule", {
      ...byCidr,
      props: { ...office, fromPort: 9187, toPort: 9187 },
    });
    const others = changed(stores, "rule", { props: { ...office }, refs: { securityGroupId: "nodes" } });
    expect(await found(policy, moment, metrics)).to.deep.equal([]);
    expect(await found(policy, moment, others)).to.deep.equal([]);
  });

  inBoth("sees rules inside the group, and the older rule resource", async (moment) => {
    const cidrs = { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.2.0.0/16"] };
    const inline = changed(stores, "store", { props: { ingress: [cidrs] } });
    const older = changed(stores, "rule", {
      ...{
        ...byCidr,
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        props: { type: "ingress", ...cidrs },
      },
    });
    expect(await found(policy, moment, inline)).to.deep.equal([opened("port 5432")]);
    expect(await found(policy, moment, older)).to.deep.equal([opened("port 5432")]);
  });

  it("knows the port of a cluster's engine, and takes any for an engine it does not know", async () => {
    const rule = changed(stores, "rule", { ...byCidr, props: { ...office, fromPort: 3306, toPort: 3306 } });
    const cluster = { type: "aws:rds/cluster:Cluster", props: { engine: "aurora-mysql" } };
    expect(await found(policy, "update", changed(rule, "orders", cluster))).to.have.length(1);
    expect(await found(policy, "update", rule)).to.deep.equal([]);
    const other = changed(rule, "orders", { props: { engine: "oracle-ee" } });
    expect(await found(policy, "update", other)).to.have.length(1);
  });

  it("objects to the network's default group", async () => {
    expect(await found(policy, "preview", changed(stores, "orders", { refs: {} }))).to.deep.equal([
      "orders: vpcSecurityGroupIds is not set, so the network's default group decides who gets in: name a group.",
    ]);
  });

  it("waits while nobody can tell which group is meant", async () => {
    const opaque = changed(stores, "orders", { refs: { vpcSecurityGroupIds: ["store", "nodes"] } });
    expect(await found(policy, "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.have.length(1);
  });
});

describe("rds-force-ssl", () => {
  const policy = "rds-force-ssl";
  const open = (name: string, value: string): string =>
    `orders: ${name} is ${value} in its parameters: set it to 1, or passwords and data may cross the network in the clear.`;
  const judge = (
    moment: Moment,
    group: Readonly<Record<string, unknown>>,
    db: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly string[]> =>
    found(
      policy,
      moment,
      [
        { type: "aws:rds/parameterGroup:ParameterGroup", name: "parameters", props: group },
        { ...instance, props: { ...db }, refs: { parameterGroupName: "parameters" } },
      ].map((planned) => ({ ...planned })),
    );
  const parameter = (name: string, value: string) => ({ parameters: [{ name, value }] });

  inBoth("passes when TLS is forced, or is by default", async (moment) => {
    expect(await judge(moment, { family: "postgres14", ...parameter("rds.force_ssl", "1") })).to.deep.equal(
      [],
    );
    expect(await judge(moment, { family: "postgres17" })).to.deep.equal([]);
    expect(
      await judge(moment, { family: "mysql8.4", ...parameter("require_secure_transport", "ON") }),
    ).to.deep.equal([]);
  });

  inBoth("objects when it is switched off, or off by default", async (moment) => {
    expect(await judge(moment, { family: "postgres17", ...parameter("rds.force_ssl", "0") })).to.deep.equal([
      open("rds.force_ssl", "0"),
    ]);
    expect(await judge(moment, { family: "postgres14" })).to.deep.equal([open("rds.force_ssl", "not set")]);
    expect(await judge(moment, { family: "mysql8.4" })).to.deep.equal([
      open("require_secure_transport", "not set"),
    ]);
  });

  it("judges the default parameters by the engine's version", async () => {
    const alone = (engineVersion: string): readonly Planned[] => [
      { ...instance, refs: {}, props: { engine: "postgres", engineVersion } },
    ];
    expect(await found(policy, "preview", alone("17"))).to.deep.equal([]);
    expect(await found(policy, "preview", alone("14.2"))).to.deep.equal([open("rds.force_ssl", "not set")]);
  });

  it("objects to a group that another program has", async () => {
    const foreign = [{ ...instance, refs: {}, props: { parameterGroupName: "shared" } }];
    expect(await found(policy, "preview", foreign)).to.deep.equal([
      "orders: parameterGroupName names a group of another program, so nothing shows that it forces TLS: manage the group here.",
    ]);
  });

  it("asks a cluster for its own kind of group, and a replica without a group for nothing", async () => {
    const group = { type: "aws:rds/clusterParameterGroup:ClusterParameterGroup", name: "parameters" };
    const cluster: readonly Planned[] = [
      { ...group, props: { family: "aurora-postgresql16" } },
      {
        ...{ type: "aws:rds/cluster:Cluster", name: "orders" },
        refs: { dbClusterParameterGroupName: "parameters" },
      },
    ];
    expect(await found(policy, "preview", cluster)).to.deep.equal([open("rds.force_ssl", "not set")]);
    const replica = [{ ...instance, refs: {}, props: { replicateSourceDb: "main" } }];
    expect(await found(policy, "preview", replica)).to.deep.equal([]);
  });

  it("objects to an authority that has expired", async () => {
    expect(
      await judge("preview", { family: "postgres17" }, { caCertIdentifier: "rds-ca-2019" }),
    ).to.deep.equal([
      "orders: caCertIdentifier is rds-ca-2019, which has expired: use rds-ca-rsa2048-g1 or newer.",
    ]);
  });

  it("waits for parameters that are not known yet", async () => {
    expect(await judge("preview", { family: "postgres17", parameters: UNKNOWN })).to.deep.equal([]);
  });
});

describe("elasticache-private-subnets", () => {
  const policy = "elasticache-private-subnets";
  const tier = (name: string): readonly Planned[] => [
    { type: "aws:ec2/subnet:Subnet", name },
    { type: "aws:ec2/routeTable:RouteTable", name: `${name}-table` },
    {
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      ...{ name: `${name}-association`, refs: { subnetId: name, routeTableId: `${name}-table` } },
    },
  ];
  const caches: readonly Planned[] = [
    { type: "aws:ec2/natGateway:NatGateway", name: "nat" },
    ...[...tier("private"), ...tier("database")],
    {
      ...{ type: "aws:ec2/route:Route", name: "route" },
      refs: { routeTableId: "private-table", natGatewayId: "nat" },
    },
    { type: "aws:elasticache/subnetGroup:SubnetGroup", name: "group", refs: { subnetIds: ["database"] } },
    {
      type: "aws:elasticache/replicationGroup:ReplicationGroup",
      ...{ name: "sessions", refs: { subnetGroupName: "group" } },
    },
  ];
  const way = "subnet private has a route to a NAT gateway: use the network's database subnets.";

  inBoth("passes when caches are in database subnets", async (moment) => {
    expect(await found(policy, moment, caches)).to.deep.equal([]);
  });

  inBoth("objects to a subnet with a way out", async (moment) => {
    const open = changed(caches, "group", { refs: { subnetIds: ["private"] } });
    expect(await found(policy, moment, open)).to.deep.equal([`group: ${way}`]);
    const serverless = { type: "aws:elasticache/serverlessCache:ServerlessCache", name: "burst" };
    const bare = [
      ...without(caches, "group", "sessions"),
      { ...serverless, refs: { subnetIds: ["private"] } },
    ];
    expect(await found(policy, moment, bare)).to.deep.equal([`burst: ${way}`]);
  });

  inBoth("objects to a cache in the default group", async (moment) => {
    const unnamed = changed(caches, "sessions", { refs: {} });
    const node = { type: "aws:elasticache/cluster:Cluster", refs: {}, props: { subnetGroupName: "default" } };
    const named = changed(caches, "sessions", node);
    const remedy = "name a group of the network's database subnets.";
    expect(await found(policy, moment, unnamed)).to.deep.equal([
      `sessions: subnetGroupName is not set: ${remedy}`,
    ]);
    expect(await found(policy, moment, named)).to.deep.equal([
      `sessions: subnetGroupName is default: ${remedy}`,
    ]);
  });
});
