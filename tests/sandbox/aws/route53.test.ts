import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const zoneToken = "aws:route53/zone:Zone";

let world: World;

function zone(inputs: Properties = {}): Settled {
  return world.make(zoneToken, "zone", { name: "shop.example.com", ...inputs });
}

function record(zoneId: string, name: string, inputs: Properties = {}): Settled {
  return world.make("aws:route53/record:Record", JSON.stringify([name, inputs]), {
    zoneId,
    name,
    type: "A",
    ttl: 60,
    records: ["192.0.2.1"],
    ...inputs,
  });
}

describe("a simulated DNS zone", () => {
  beforeEach(() => {
    world = new World();
  });

  it("has AWS's id and four name servers", () => {
    const { id, state } = zone();
    expect(id).to.match(/^Z[0-9A-F]{20}$/);
    expect(state).to.include({ zoneId: id, arn: `arn:aws:route53:::hostedzone/${id}` });
    const servers = JSON.stringify(state.nameServers);
    expect(servers).to.match(
      /^\["ns-\d+\.awsdns-\d\d\.com","ns-\d+\.awsdns-\d\d\.net","ns-\d+\.awsdns-\d\d\.org","ns-\d+\.awsdns-\d\d\.co\.uk"\]$/,
    );
  });

  it("refuses a name that is none", () => {
    expect(refusalOf(() => zone({ name: "shop..com" }))).to.equal(
      "InvalidDomainName: shop..com is not a valid domain name",
    );
  });

  it("stays while it has records of the program, unless it may be emptied", () => {
    const made = zone();
    record(made.id, "www");
    expect(refusalOf(() => world.remove(zoneToken, "zone", made))).to.equal(
      "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
    );
    const { state } = world.change(zoneToken, "zone", made, { name: "shop.example.com", forceDestroy: true });
    expect(world.remove(zoneToken, "zone", { ...made, state })).to.equal(35);
  });
});

describe("a simulated DNS record", () => {
  beforeEach(() => {
    world = new World();
  });

  it("lies in its zone, with or without the zone's name", () => {
    const { id } = zone();
    expect(record(id, "www").state.fqdn).to.equal("www.shop.example.com");
    expect(record(id, "API.shop.example.com.").state.fqdn).to.equal("api.shop.example.com");
    expect(record(id, "shop.example.com").id).to.equal(`${id}_shop.example.com_A`);
    expect(record(id, "www.example.org").state.fqdn).to.equal("www.example.org.shop.example.com");
  });

  it("refuses a name that only looks like one of the zone", () => {
    const { id } = zone();
    expect(refusalOf(() => record(id, "workshop.example.com"))).to.equal(
      "InvalidChangeBatch: [RRSet with DNS name workshop.example.com. is not permitted in zone shop.example.com.]",
    );
  });

  it("refuses a zone that does not exist", () => {
    expect(refusalOf(() => record("Z0000", "www"))).to.equal(
      "NoSuchHostedZone: No hosted zone found with ID: Z0000",
    );
  });

  it("refuses a name and type that are there, unless it may overwrite them", () => {
    const { id } = zone();
    record(id, "www");
    const twin = { ttl: 300 };
    expect(refusalOf(() => record(id, "www", twin))).to.equal(
      "InvalidChangeBatch: [Tried to create resource record set [name='www.shop.example.com.', type='A'] but it already exists]",
    );
    expect(record(id, "www", { ...twin, allowOverwrite: true }).state.ttl).to.equal(300);
  });

  it("refuses the zone's own name servers, which are there from the start", () => {
    const { id } = zone();
    expect(refusalOf(() => record(id, "", { type: "NS", records: ["ns.example.org"] }))).to.match(
      /^InvalidChangeBatch: \[Tried to create resource record set \[name='shop\.example\.com\.', type='NS'\]/,
    );
  });

  it("stands alone as an alias, and never for the whole zone", () => {
    const { id } = zone();
    const alias = { type: "CNAME", records: ["example.org"] };
    record(id, "www");
    expect(refusalOf(() => record(id, "www", alias))).to.equal(
      "InvalidChangeBatch: [RRSet of type CNAME with DNS name www.shop.example.com. is not permitted as it conflicts with other records with the same DNS name in zone shop.example.com.]",
    );
    expect(refusalOf(() => record(id, "", alias))).to.equal(
      "InvalidChangeBatch: [RRSet of type CNAME with DNS name shop.example.com. is not permitted at apex in zone shop.example.com.]",
    );
  });
});
