import { expect } from "chai";

import { changed, graph, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import { found, foundIn, inBoth, rewritten } from "./support/stack.ts";

const tier = (name: string, exit: Partial<Planned>): readonly Planned[] => [
  { type: "aws:ec2/subnet:Subnet", name, props: { tags: { Tier: name } } },
  { type: "aws:ec2/routeTable:RouteTable", name: `${name}-table` },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    name: `${name}-association`,
    refs: { subnetId: name, routeTableId: `${name}-table` },
  },
  {
    type: "aws:ec2/route:Route",
    name: `${name}-route`,
    ...exit,
    refs: { routeTableId: `${name}-table`, ...exit.refs },
  },
];
const network: readonly Planned[] = [
  { type: "aws:ec2/internetGateway:InternetGateway", name: "igw" },
  { type: "aws:ec2/natGateway:NatGateway", name: "nat" },
  ...tier("public", { refs: { gatewayId: "igw" } }),
  ...tier("private", { refs: { natGatewayId: "nat" } }),
  ...without(tier("database", {}), "database-route"),
  { type: "aws:rds/subnetGroup:SubnetGroup", name: "database-group", refs: { subnetIds: ["database"] } },
];

describe("subnet-private-no-igw-route", () => {
  inBoth("passes when only public subnets reach the internet gateway", async (moment) => {
    expect(await found("subnet-private-no-igw-route", moment, network)).to.deep.equal([]);
  });

  inBoth("objects to a private subnet with a route to the internet gateway", async (moment) => {
    const open = changed(network, "private-route", {
      refs: { routeTableId: "private-table", gatewayId: "igw" },
    });
    expect(await found("subnet-private-no-igw-route", moment, open)).to.deep.equal([
      "private: the subnet's tier is private, yet it has a route to an internet gateway: take the route out of its table.",
    ]);
  });

  inBoth("objects to a database subnet with a way out", async (moment) => {
    const open = [
      ...without(network, "database-table", "database-association"),
      ...tier("database", { refs: { natGatewayId: "nat" } }).slice(1),
    ];
    expect(await found("subnet-private-no-igw-route", moment, open)).to.deep.equal([
      "database: the subnet's tier is database, yet it has a route to a NAT gateway: take the route out of its table.",
    ]);
  });

  it("sees a route that stands inside the table", async () => {
    const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0abc" }];
    expect(
      await found(
        "subnet-private-no-igw-route",
        "update",
        changed(network, "private-table", { props: { routes } }),
      ),
    ).to.deep.equal([
      "private: the subnet's tier is private, yet it has a route to an internet gateway: take the route out of its table.",
    ]);
  });
});

describe("subnet-private-no-igw-route, on the main table of the network", () => {
  const refusal =
    "private: the subnet's tier is private, yet it has a route to an internet gateway: take the route out of its table.";
  const alone: readonly Planned[] = [
    { type: "aws:ec2/vpc:Vpc", name: "vpc" },
    { type: "aws:ec2/internetGateway:InternetGateway", name: "igw" },
    {
      ...{ type: "aws:ec2/subnet:Subnet", name: "private" },
      ...{ props: { tags: { Tier: "private" } }, refs: { vpcId: "vpc" } },
    },
    { type: "aws:ec2/routeTable:RouteTable", name: "table" },
    { type: "aws:ec2/route:Route", name: "route", refs: { routeTableId: "table", gatewayId: "igw" } },
  ];

  inBoth("passes when no table is the network's main one", async (moment) => {
    expect(await found("subnet-private-no-igw-route", moment, alone)).to.deep.equal([]);
  });

  inBoth("objects when an open table is made the main one", async (moment) => {
    const main: Planned = {
      ...{ type: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", name: "main" },
      refs: { vpcId: "vpc", routeTableId: "table" },
    };
    expect(await found("subnet-private-no-igw-route", moment, [...alone, main])).to.deep.equal([refusal]);
  });

  inBoth("objects when the table that came with the network is opened", async (moment) => {
    const main: Planned = {
      ...{ type: "aws:ec2/defaultRouteTable:DefaultRouteTable", name: "main" },
      props: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0abc" }] },
      refs: { defaultRouteTableId: "vpc" },
    };
    expect(await found("subnet-private-no-igw-route", moment, [...alone, main])).to.deep.equal([refusal]);
  });
});

describe("a route inside a table", () => {
  it("is seen in the first preview, when the gateway is not known yet", async () => {
    const open = graph("preview", [
      ...without(network, "private-table", "private-route"),
      { type: "aws:ec2/routeTable:RouteTable", name: "private-table", refs: { routes: ["igw"] } },
    ]);
    const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }];
    expect(
      await foundIn("subnet-private-no-igw-route", rewritten(open, "private-table", { routes })),
    ).to.deep.equal([
      "private: the subnet's tier is private, yet it has a route to an internet gateway: take the route out of its table.",
    ]);
  });
});

describe("rds-private-subnets", () => {
  inBoth("passes when databases are in database subnets", async (moment) => {
    expect(await found("rds-private-subnets", moment, network)).to.deep.equal([]);
  });

  inBoth("objects to a subnet with a route to the internet", async (moment) => {
    const open = changed(network, "database-group", { refs: { subnetIds: ["public"] } });
    expect(await found("rds-private-subnets", moment, open)).to.deep.equal([
      "database-group: subnet public has a route to an internet gateway: use the network's database subnets.",
    ]);
  });

  it("waits for the update when a component's output may mean any of its subnets", async () => {
    const opaque = changed(network, "database-group", { refs: { subnetIds: ["public", "database"] } });
    expect(await found("rds-private-subnets", "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.deep.equal([
      ": 1 check deferred until the update: rds-private-subnets 1.",
    ]);
    expect(await found("rds-private-subnets", "update", opaque)).to.have.length(1);
  });
});

const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };
const edge: readonly Planned[] = [
  { type: "aws:ec2/securityGroup:SecurityGroup", name: "group" },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ...{ name: "rule", props: https, refs: { securityGroupId: "group" } },
  },
  { type: "aws:lb/loadBalancer:LoadBalancer", name: "balancer", refs: { securityGroups: ["group"] } },
];

describe("sg-public-ingress-only-on-lb", () => {
  const refusal = (ports: string): string =>
    `${ports} is open to 0.0.0.0/0: only ports 80 and 443 of a load balancer's own group may be.`;

  inBoth("passes when a load balancer's group is open on 443", async (moment) => {
    expect(await found("sg-public-ingress-only-on-lb", moment, edge)).to.deep.equal([]);
  });

  inBoth("objects to another port of a load balancer", async (moment) => {
    const open = changed(edge, "rule", { props: { ...https, fromPort: 8080, toPort: 8080 } });
    expect(await found("sg-public-ingress-only-on-lb", moment, open)).to.deep.equal([
      `rule: ${refusal("port 8080")}`,
    ]);
  });

  inBoth("objects to a group that nothing uses", async (moment) => {
    expect(await found("sg-public-ingress-only-on-lb", moment, without(edge, "balancer"))).to.deep.equal([
      `rule: ${refusal("port 443")}`,
    ]);
  });

  inBoth("objects to a group that a load balancer shares", async (moment) => {
    const shared = [
      ...edge,
      { type: "aws:ec2/instance:Instance", name: "machine", refs: { vpcSecurityGroupIds: ["group"] } },
    ];
    expect(await found("sg-public-ingress-only-on-lb", moment, shared)).to.deep.equal([
      `rule: ${refusal("port 443")}`,
    ]);
  });

  inBoth("passes when another group lets in the load balancer's", async (moment) => {
    const behind = graph(moment, [
      ...edge,
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "machines", refs: { ingress: ["group"] } },
    ]);
    const ingress = [{ protocol: "tcp", fromPort: 80, toPort: 80, securityGroups: ["group-id"] }];
    expect(
      await foundIn("sg-public-ingress-only-on-lb", rewritten(behind, "machines", { ingress })),
    ).to.deep.equal([]);
  });

  it("finds a user by any of the ids it lists, where the graph says nothing", async () => {
    const machine = { type: "aws:ec2/instance:Instance", name: "machine" };
    const shared = [...edge, { ...machine, props: { vpcSecurityGroupIds: ["sg-1", "group-id"] } }];
    expect(await found("sg-public-ingress-only-on-lb", "update", shared)).to.deep.equal([
      `rule: ${refusal("port 443")}`,
    ]);
  });

  inBoth("does not take a load balancer of the same name for the group's own", async (moment) => {
    const namesakes = changed(changed(edge, "group", { props: { name: "edge" } }), "balancer", {
      ...{ props: { name: "edge" }, refs: {} },
    });
    expect(await found("sg-public-ingress-only-on-lb", moment, namesakes)).to.deep.equal([
      `rule: ${refusal("port 443")}`,
    ]);
  });

  it("sees rules inside a group, the default group's too, and the older rule resource", async () => {
    const ingress = [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }];
    const older = { type: "ingress", protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] };
    const open: readonly Planned[] = [
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "inline", props: { ingress } },
      { type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", name: "default", props: { ingress } },
      { type: "aws:ec2/securityGroupRule:SecurityGroupRule", name: "older", props: older },
    ];
    expect(await found("sg-public-ingress-only-on-lb", "update", open)).to.deep.equal(
      ["inline", "default", "older"].map((name) => `${name}: ${refusal("port 80")}`),
    );
  });
});
