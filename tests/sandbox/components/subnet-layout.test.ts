import { expect } from "chai";
import * as fc from "fast-check";
import { contains, overlap } from "../../../sandbox/aws/cidr.ts";
import { parseBlock } from "../../../sandbox/components/blocks.ts";
import { layOutSubnets } from "../../../sandbox/components/subnet-layout.ts";
import type { Layout, SubnetSpec } from "../../../sandbox/components/subnet-layout.ts";

const explicit: readonly SubnetSpec[] = [
  { type: "Public", cidrBlocks: ["10.0.0.0/18", "10.0.128.0/18"] },
  { type: "Private", cidrBlocks: ["10.0.64.0/18", "10.0.192.0/18"] },
];

function layOut(change: Partial<Parameters<typeof layOutSubnets>[0]> = {}): Layout {
  return layOutSubnets({
    name: "net",
    cidrBlock: "10.0.0.0/16",
    zones: 2,
    strategy: "Auto",
    specs: explicit,
    ...change,
  });
}

function blocks(layout: Layout): readonly string[] {
  return layout.subnets.map(({ name, cidrBlock }) => `${name} ${cidrBlock}`);
}

describe("layOutSubnets", () => {
  it("takes explicit blocks as they are, zone by zone", () => {
    expect(blocks(layOut())).to.deep.equal([
      "net-public-1 10.0.0.0/18",
      "net-private-1 10.0.64.0/18",
      "net-public-2 10.0.128.0/18",
      "net-private-2 10.0.192.0/18",
    ]);
  });

  it("gives a zone half to a private and a quarter to a public subnet when nothing is said", () => {
    const layout = layOut({ specs: undefined });
    expect(blocks(layout)).to.deep.equal([
      "net-private-1 10.0.0.0/18",
      "net-public-1 10.0.64.0/19",
      "net-private-2 10.0.128.0/18",
      "net-public-2 10.0.192.0/19",
    ]);
    expect(
      layout.described?.map(({ type, cidrMask }) => `${String(type)} ${String(cidrMask)}`),
    ).to.deep.equal(["Private 18", "Public 19"]);
  });

  it("aligns a block to its own size when a smaller one goes before it", () => {
    const specs = [
      { type: "Public", cidrMask: 24 },
      { type: "Private", cidrMask: 20 },
    ];
    expect(blocks(layOut({ specs, zones: 1 }))).to.deep.equal([
      "net-public-1 10.0.0.0/24",
      "net-private-1 10.0.16.0/20",
    ]);
  });

  it("lays out without overlap, inside the VPC, whatever the sizes", () => {
    const specs = fc.array(fc.integer({ min: 21, max: 26 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(specs, fc.integer({ min: 1, max: 3 }), (masks, zones) => {
        const named = masks.map((cidrMask, index) => ({ type: "Private", name: `n${index}`, cidrMask }));
        const laid = layOut({ specs: named, zones }).subnets.map(({ cidrBlock }) => parseBlock(cidrBlock));
        const vpc = parseBlock("10.0.0.0/16");
        expect(laid.every((block) => contains(vpc, block))).to.equal(true);
        expect(laid.some((left, i) => laid.some((right, j) => i < j && overlap(left, right)))).to.equal(
          false,
        );
      }),
    );
  });

  it("refuses subnets that need more than a zone's share", () => {
    const specs = [
      { type: "Public", cidrMask: 17 },
      { type: "Private", cidrMask: 17 },
    ];
    expect(() => layOut({ specs })).to.throw(
      "Subnets are too large for VPC. VPC has 32768 addresses, but subnets require 65536 addresses.",
    );
  });

  it("refuses overlapping blocks, and names both sides", () => {
    const specs = [
      { type: "Public", cidrBlocks: ["10.0.48.0/24"] },
      { type: "Private", cidrBlocks: ["10.0.48.0/20"] },
    ];
    expect(() => layOut({ specs, zones: 1 })).to.throw(
      "The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the size of " +
        "the subnets per AZ, or use less Availability Zones:\n\n1. net-public-1: 10.0.48.0/24\n2. net-private-1: 10.0.48.0/20\n",
    );
  });

  it("refuses a list of blocks that is not as long as the list of zones, for each spec", () => {
    expect(() => layOut({ zones: 3 })).to.throw(
      "Invalid subnet specifications:\n" +
        " - The number of CIDR blocks in subnetSpecs[0] must match the number of availability zones (3).\n" +
        " - The number of CIDR blocks in subnetSpecs[1] must match the number of availability zones (3).",
    );
  });

  it("refuses blocks for some specs only", () => {
    expect(() => layOut({ specs: [...explicit, { type: "Isolated" }] })).to.throw(
      "Invalid subnet specifications:\n" +
        " - If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks.",
    );
  });

  it("refuses two specs that would give the same names", () => {
    const specs = [{ type: "Private" }, { type: "Private" }];
    expect(() => layOut({ specs })).to.throw('Multiple subnet specs of type "private" require unique names.');
  });

  it("accepts under Exact what leaves no gap in the VPC", () => {
    expect(blocks(layOut({ strategy: "Exact" }))).to.have.length(4);
  });

  it("refuses under Exact a gap at the start, between subnets and at the end", () => {
    const specs = [
      { type: "Public", cidrBlocks: ["10.0.48.0/24"] },
      { type: "Private", cidrBlocks: ["10.0.0.0/24"] },
    ];
    expect(() => layOut({ strategy: "Exact", specs, zones: 1 })).to.throw(
      "There are gaps in the subnet ranges. Please fix the following gaps: net-public-1 (10.0.48.0/24) does not start at the " +
        "beginning of the VPC (10.0.0.0/16), net-public-1 (10.0.48.0/24) <=> net-private-1 (10.0.0.0/24), net-private-1 " +
        "(ending 10.0.0.254) ends before VPC ends (at 10.0.255.254})",
    );
  });

  for (const cidr of ["10.0.0.0", "10.0.0.256/24", "10.0.0.0/33", "ten/8"]) {
    it(`refuses ${cidr} as a block`, () => {
      expect(() => parseBlock(cidr)).to.throw(`Invalid net address: ${cidr}`);
    });
  }
});
