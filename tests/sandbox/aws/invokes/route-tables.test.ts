import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { at } from "../../../../sandbox/values.ts";
import { World } from "../world.ts";

/** A VPC with a gateway, and a public and a private subnet of which only the first has a table of its own. */
class Routed extends World {
  public readonly network = this.vpc();
  public readonly gateway = this.internetGateway(this.network);
  public readonly open = this.subnet(this.network, { cidrBlock: "10.0.0.0/24" }, "open");
  public readonly hidden = this.subnet(this.network, { cidrBlock: "10.0.1.0/24" }, "hidden");
  public readonly table: Settled;

  public constructor() {
    super();
    this.table = this.make("aws:ec2/routeTable:RouteTable", "open", {
      vpcId: this.network.id,
      tags: { tier: "open" },
    });
    const routeTableId = this.table.id;
    this.make("aws:ec2/routeTableAssociation:RouteTableAssociation", "open", {
      routeTableId,
      subnetId: this.open.id,
    });
    this.make("aws:ec2/route:Route", "open", {
      routeTableId,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: this.gateway.id,
    });
  }

  public one(args: Properties): Properties {
    return this.ask("aws:ec2/getRouteTable:getRouteTable", args);
  }

  public several(args: Properties): unknown {
    return this.ask("aws:ec2/getRouteTables:getRouteTables", args).ids;
  }
}

const filter = (name: string, value: string): Properties => ({ filters: [{ name, values: [value] }] });

describe("a question about route tables", () => {
  it("finds the one that a subnet is associated with, and where it leads", () => {
    const world = new Routed();
    const table = world.one({ subnetId: world.open.id });
    expect(table).to.include({ id: world.table.id, vpcId: world.network.id, subnetId: world.open.id });
    expect(at(table, "associations.0.subnetId")).to.equal(world.open.id);
    expect(at(table, "routes.0")).to.include({
      cidrBlock: "0.0.0.0/0",
      gatewayId: world.gateway.id,
      natGatewayId: "",
    });
  });

  it("finds none for a subnet that has the VPC's own only by default", () => {
    const world = new Routed();
    expect(() => world.one({ subnetId: world.hidden.id })).to.throw(
      "query returned no results. Please change your search criteria and try again",
    );
  });

  it("finds the main table of a VPC, which leads nowhere", () => {
    const world = new Routed();
    const main = world.one({ vpcId: world.network.id, ...filter("association.main", "true") });
    expect(main).to.deep.include({ id: world.network.state.mainRouteTableId, routes: [] });
    expect(at(main, "associations.0.main")).to.equal(true);
  });

  it("must mean one table", () => {
    const world = new Routed();
    expect(() => world.one({ vpcId: world.network.id })).to.throw(
      "multiple Route Tables matched; use additional constraints to reduce matches to a single Route Table",
    );
  });

  it("lists tables by their tags, their subnets and their routes", () => {
    const world = new Routed();
    const main = world.network.state.mainRouteTableId;
    expect(world.several({ vpcId: world.network.id })).to.deep.equal([world.table.id, main]);
    for (const args of [
      { tags: { tier: "open" } },
      filter("tag:tier", "open"),
      filter("association.subnet-id", world.open.id),
      filter("route.gateway-id", world.gateway.id),
      filter("route.destination-cidr-block", "0.0.0.0/0"),
    ])
      expect(world.several(args), JSON.stringify(args)).to.deep.equal([world.table.id]);
  });

  it("knows that the default VPC leads to the internet", () => {
    const world = new World();
    const { id } = world.ask("aws:ec2/getVpc:getVpc", { default: true });
    const main = world.ask("aws:ec2/getRouteTable:getRouteTable", { vpcId: id });
    expect(at(main, "routes.0.cidrBlock")).to.equal("0.0.0.0/0");
    expect(at(main, "routes.0.gatewayId")).to.match(/^igw-/);
  });
});
