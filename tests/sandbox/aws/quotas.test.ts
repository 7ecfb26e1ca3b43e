import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { parseRaises, quotaOf, raiseQuotas } from "../../../sandbox/aws/quotas.ts";
import type { Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const quotaToken = "aws:servicequotas/serviceQuota:ServiceQuota";

function address(world: World, index: number): Settled {
  return world.make("aws:ec2/eip:Eip", `address-${index}`, { domain: "vpc" });
}

function fiveAddresses(): World {
  const world = new World();
  for (const index of [1, 2, 3, 4, 5]) address(world, index);
  return world;
}

describe("a quota", () => {
  it("holds until more is asked for", () => {
    const world = fiveAddresses();
    expect(refusalOf(() => address(world, 6))).to.equal(
      "AddressLimitExceeded: The maximum number of addresses has been reached.",
    );
    const raised = { serviceCode: "ec2", quotaCode: "L-0263D0A3", value: 6 };
    expect(world.make(quotaToken, "addresses", raised).id).to.equal("ec2/L-0263D0A3");
    expect(address(world, 6).id).to.match(/^eipalloc-/);
    expect(() => address(world, 7)).to.throw("AddressLimitExceeded");
  });

  it("stays raised when the request for it is deleted", () => {
    const world = fiveAddresses();
    const raised = { serviceCode: "ec2", quotaCode: "L-0263D0A3", value: 6 };
    const request = world.make(quotaToken, "addresses", raised);
    world.remove(quotaToken, "addresses", request);
    expect(address(world, 6).id).to.match(/^eipalloc-/);
  });

  it("is not lowered by asking for less", () => {
    const world = new World();
    world.make(quotaToken, "vpcs", { serviceCode: "vpc", quotaCode: "L-F678F1CE", value: 1 });
    world.vpc("one");
    expect(world.vpc("two", { cidrBlock: "10.1.0.0/16" }).id).to.match(/^vpc-/);
  });

  it("counts load balancers of one type apart from the others", () => {
    const world = new World();
    const vpc = world.vpc();
    const subnets = ["a", "b"].map((zone, index) => {
      const inputs = { cidrBlock: `10.0.${String(index)}.0/24`, availabilityZone: `eu-west-1${zone}` };
      return world.subnet(vpc, inputs, zone).id;
    });
    const balancer = (name: string, loadBalancerType: string): Settled =>
      world.make("aws:lb/loadBalancer:LoadBalancer", name, {
        ...{ name, loadBalancerType, subnets, internal: true },
      });
    for (let index = 0; index < 50; index++) balancer(`net-${index}`, "network");
    for (let index = 0; index < 50; index++) balancer(`app-${index}`, "application");
    expect(refusalOf(() => balancer("app", "application"))).to.equal(
      "TooManyLoadBalancers: The limit on the number of load balancers has been reached",
    );
  });

  it("is raised in every region of an account by its name", () => {
    const account = new Account();
    expect(quotaOf(account, "eu-west-1", "vpc/vpcs")).to.equal(5);
    raiseQuotas(account, parseRaises(["vpc/vpcs=20"]));
    expect(["eu-west-1", "us-east-1"].map((region) => quotaOf(account, region, "vpc/vpcs"))).to.deep.equal([
      20, 20,
    ]);
    account.close();
  });

  for (const wrong of ["vpc/cars=3", "vpc/vpcs", "vpc/vpcs=0", "vpc/vpcs=many"]) {
    it(`refuses ${wrong}, and names those there are`, () => {
      expect(() => parseRaises([wrong])).to.throw(
        `--quota takes name=number, got ${wrong}; the names are ec2/elastic-ips, elasticloadbalancing/application-load-balancers, iam/managed-policies-per-role, lambda/concurrent-executions, rds/clusters, vpc/internet-gateways, vpc/nat-gateways-per-zone, vpc/rules-per-security-group, vpc/vpcs`,
      );
    });
  }
});
