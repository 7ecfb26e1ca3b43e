import { expect } from "chai";
import { faultIn } from "../../../sandbox/aws/route53-values.ts";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

let world: World;
beforeEach(() => {
  world = new World();
});

function zone(name = "example.com", inputs: Properties = {}): Settled {
  return world.make("aws:route53/zone:Zone", name, { name, ...inputs });
}

function record(zoneId: string, inputs: Properties, name = "www"): Settled {
  return world.make("aws:route53/record:Record", JSON.stringify(inputs), {
    zoneId,
    name,
    type: "A",
    ...inputs,
  });
}

const address = { ttl: 60, records: ["192.0.2.1"] };

describe("the values of a DNS record", () => {
  it("are addresses, or strings of 255 characters", () => {
    expect(faultIn("A", ["192.0.2.1", "lb.example.com"])).to.equal(
      "Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with 'lb.example.com''",
    );
    expect(faultIn("AAAA", ["192.0.2.1"])).to.contain("AAAARRDATAIllegalIPv6Address");
    expect(faultIn("TXT", ["x".repeat(256)])).to.contain("CharacterStringTooLong (Value is too long)");
    const whole = ["x".repeat(255), `${"a".repeat(200)}""${"b".repeat(200)}`, '"v=spf1 -all"'];
    expect(faultIn("TXT", whole)).to.equal(undefined);
    expect(faultIn("AAAA", ["2001:db8::1"])).to.equal(undefined);
    expect(faultIn("MX", ["10 mail.example.com"])).to.equal(undefined);
  });

  it("are refused with the change that brings them", () => {
    expect(refusalOf(() => record(zone().id, { ttl: 60, records: ["x"] }))).to.match(
      /^InvalidChangeBatch: \[Invalid Resource Record: /,
    );
  });
});

describe("a DNS record beside another", () => {
  it("is not another name's, whichever comes first", () => {
    const { id } = zone();
    record(id, { type: "CNAME", ttl: 60, records: ["example.org"] });
    expect(refusalOf(() => record(id, address))).to.equal(
      "InvalidChangeBatch: [RRSet of type A with DNS name www.example.com. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone example.com.]",
    );
  });

  it("is not one of several answers where it was the only one", () => {
    const { id } = zone();
    record(id, address);
    const several = { ...address, setIdentifier: "b", multivalueAnswerRoutingPolicy: true };
    expect(refusalOf(() => record(id, several))).to.equal(
      "InvalidChangeBatch: [RRSet with DNS name www.example.com., type A, SetIdentifier b cannot be created because a non multivalue answer rrset exists with the same name and type.]",
    );
    expect(record(zone("example.org").id, several).state.setIdentifier).to.equal("b");
  });
});

describe("an alias", () => {
  const alias = (name: string, zoneId: string): Properties => ({
    aliases: [{ name, zoneId, evaluateTargetHealth: false }],
  });

  it("leads within a zone to a record that is there", () => {
    const { id } = zone();
    const tried = `Tried to create an alias that targets live.example.com., type A in zone ${id}`;
    expect(refusalOf(() => record(id, alias("live.example.com", id)))).to.equal(
      `InvalidChangeBatch: [${tried}, but that target was not found]`,
    );
    record(id, address, "live");
    expect(record(id, alias("live.example.com", id)).state.fqdn).to.equal("www.example.com");
  });

  it("leads to a load balancer in the zone of AWS, not in one's own", () => {
    const { id } = zone();
    const balancer = "shop-1.eu-west-1.elb.amazonaws.com";
    const tried = `Tried to create an alias that targets ${balancer}., type A in zone ${id}`;
    expect(refusalOf(() => record(id, alias(balancer, id)))).to.equal(
      `InvalidChangeBatch: [${tried}, but the alias target name does not lie within the target zone, ${tried}, but that target was not found]`,
    );
    expect(record(id, alias(balancer, "Z32O12XQLNTSW2")).state.fqdn).to.equal("www.example.com");
  });
});

describe("a private zone", () => {
  it("is in a VPC that is there, and the only one of its name", () => {
    const within = (vpcId: string, name = "first"): Settled =>
      world.make("aws:route53/zone:Zone", name, { name: "corp.internal", vpcs: [{ vpcId }] });
    expect(refusalOf(() => within("vpc-none"))).to.equal("InvalidVPCId: The VPC ID is invalid.");
    const { id } = world.vpc();
    const first = within(id);
    expect(refusalOf(() => within(id, "second"))).to.equal(
      `ConflictingDomainExists: The VPC ${id} in region eu-west-1 has already been associated with the hosted zone ${first.id} with the same domain name.`,
    );
    expect(zone("corp.internal").state.name).to.equal("corp.internal");
  });
});

describe("a private zone for VPCs of two regions", () => {
  it("finds each in its own", () => {
    const far = world.vpc("far", { region: "us-east-1" });
    const vpcs = [{ vpcId: world.vpc().id }, { vpcId: far.id, vpcRegion: "us-east-1" }];
    const made = world.make("aws:route53/zone:Zone", "both", { name: "corp.internal", vpcs });
    expect(made.state.name).to.equal("corp.internal");
  });
});

describe("the association of a zone with a VPC", () => {
  it("is of a private zone", () => {
    const associate = (zoneId: string, vpcId: string): Settled =>
      world.make("aws:route53/zoneAssociation:ZoneAssociation", "more", { zoneId, vpcId });
    const { id: vpcId } = world.vpc();
    const { id: zoneId } = zone("shop.example.com");
    expect(refusalOf(() => associate(zoneId, vpcId))).to.equal(
      `PublicZoneVPCAssociation: Attempting to associate public zone: ${zoneId} with vpc: ${vpcId}`,
    );
    const other = world.vpc("other");
    const inside = { name: "corp.internal", vpcs: [{ vpcId }] };
    const hidden = world.make("aws:route53/zone:Zone", "hidden", inside);
    expect(associate(hidden.id, other.id).id).to.equal(`${hidden.id}:${other.id}`);
  });
});

describe("a rule that hands questions on", () => {
  it("leads out", () => {
    const vpc = world.vpc();
    const subnets = ["a", "b"].map((letter, index) =>
      world.subnet(vpc, { cidrBlock: `10.0.${index}.0/24`, availabilityZone: `eu-west-1${letter}` }, letter),
    );
    const rule = (direction: string): Settled =>
      world.make("aws:route53/resolverRule:ResolverRule", direction, {
        domainName: "corp.example.com",
        ruleType: "FORWARD",
        targetIps: [{ ip: "10.0.0.5" }],
        resolverEndpointId: world.make("aws:route53/resolverEndpoint:ResolverEndpoint", direction, {
          direction,
          securityGroupIds: [world.securityGroup(vpc, direction).id],
          ipAddresses: subnets.map(({ id }) => ({ subnetId: id })),
        }).id,
      });
    expect(refusalOf(() => rule("INBOUND"))).to.equal(
      "InvalidRequestException: [RSLVR-00700] Resolver rules can only be associated to OUTBOUND resolver endpoints.",
    );
    expect(rule("OUTBOUND").state.ruleType).to.equal("FORWARD");
  });
});
