import { expect } from "chai";
import fc from "fast-check";

import { contains, formatBlock, overlap, parseBlock } from "../../../components/network/cidr.ts";
import type { Block } from "../../../components/network/cidr.ts";
import { describeDatabaseAcl } from "../../../components/network/database-acl.ts";
import { arrangeSubnets, findLayoutProblems, planSubnets } from "../../../components/network/plan.ts";

const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];

/** Every VPC whose layout can be planned: /16 to /21, anywhere. */
const plannableVpc = fc
  .record({ address: fc.nat(2 ** 32 - 1), prefix: fc.integer({ min: 16, max: 21 }) })
  .map(({ address, prefix }) => formatBlock({ first: address - (address % 2 ** (32 - prefix)), prefix }));

function block(cidr: string): Block {
  const parsed = parseBlock(cidr);
  if (parsed === undefined) throw new Error(`${cidr} is no block`);
  return parsed;
}

describe("planSubnets", () => {
  it("gives half of the VPC to pods and keeps room for a fourth zone", () => {
    expect(planSubnets("10.0.0.0/16", zones)).to.deep.equal([
      { tier: "public", zone: "eu-west-1a", cidr: "10.0.128.0/22" },
      { tier: "private", zone: "eu-west-1a", cidr: "10.0.0.0/19" },
      { tier: "database", zone: "eu-west-1a", cidr: "10.0.144.0/22" },
      { tier: "public", zone: "eu-west-1b", cidr: "10.0.132.0/22" },
      { tier: "private", zone: "eu-west-1b", cidr: "10.0.32.0/19" },
      { tier: "database", zone: "eu-west-1b", cidr: "10.0.148.0/22" },
      { tier: "public", zone: "eu-west-1c", cidr: "10.0.136.0/22" },
      { tier: "private", zone: "eu-west-1c", cidr: "10.0.64.0/19" },
      { tier: "database", zone: "eu-west-1c", cidr: "10.0.152.0/22" },
    ]);
  });

  it("gives each tier its smallest subnet in the smallest VPC", () => {
    expect(planSubnets("10.0.0.0/21", zones).slice(0, 3)).to.deep.equal([
      { tier: "public", zone: "eu-west-1a", cidr: "10.0.4.0/27" },
      { tier: "private", zone: "eu-west-1a", cidr: "10.0.0.0/24" },
      { tier: "database", zone: "eu-west-1a", cidr: "10.0.4.128/27" },
    ]);
  });

  it("never lets subnets overlap or leave the VPC", () => {
    fc.assert(
      fc.property(plannableVpc, fc.integer({ min: 2, max: 3 }), (vpc, count) => {
        const blocks = planSubnets(vpc, zones.slice(0, count)).map(({ cidr }) => block(cidr));
        expect(blocks).to.have.length(3 * count);
        for (const [index, one] of blocks.entries()) {
          expect(contains(block(vpc), one)).to.equal(true);
          for (const other of blocks.slice(index + 1)) expect(overlap(one, other)).to.equal(false);
        }
      }),
    );
  });

  it("moves no subnet when a zone is added", () => {
    fc.assert(
      fc.property(plannableVpc, (vpc) => {
        expect(planSubnets(vpc, zones).slice(0, 6)).to.deep.equal(planSubnets(vpc, zones.slice(0, 2)));
      }),
    );
  });

  it("plans nothing that explicit blocks would be refused for", () => {
    fc.assert(
      fc.property(plannableVpc, (vpc) => {
        const plan = planSubnets(vpc, zones);
        const blocksOf = (tier: string): string[] =>
          plan.filter((subnet) => subnet.tier === tier).map(({ cidr }) => cidr);
        const subnets = {
          public: blocksOf("public"),
          private: blocksOf("private"),
          database: blocksOf("database"),
        };
        expect(findLayoutProblems(vpc, subnets, zones)).to.deep.equal([]);
        expect(arrangeSubnets(subnets, zones)).to.deep.equal(plan);
      }),
    );
  });
});

describe("parseBlock", () => {
  it("reads back what formatBlock writes", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.integer({ min: 1, max: 32 }), (address, prefix) => {
        const given = { first: address - (address % 2 ** (32 - prefix)), prefix };
        expect(parseBlock(formatBlock(given))).to.deep.equal(given);
      }),
    );
  });

  for (const text of ["10.0.0.0", "10.0.0.0/33", "10.0.0.256/32", "10.0.0.1/24", "10.0.0/24", "::/0", ""]) {
    it(`refuses ${text === "" ? "nothing" : text}`, () => {
      expect(parseBlock(text)).to.equal(undefined);
    });
  }
});

describe("describeDatabaseAcl", () => {
  const rule = (ruleNo: number, cidrBlock: string, fromPort: number, toPort: number) => ({
    ruleNo,
    action: "allow",
    protocol: "tcp",
    cidrBlock,
    fromPort,
    toPort,
  });

  it("lets the private subnets in on the stores' ports, answers out, and the stores talk among themselves", () => {
    expect(describeDatabaseAcl(planSubnets("10.0.0.0/16", zones.slice(0, 2)))).to.deep.equal({
      ingress: [
        rule(100, "10.0.0.0/19", 5432, 5432),
        rule(110, "10.0.0.0/19", 6379, 6379),
        rule(120, "10.0.32.0/19", 5432, 5432),
        rule(130, "10.0.32.0/19", 6379, 6379),
        rule(140, "10.0.144.0/22", 0, 65535),
        rule(150, "10.0.148.0/22", 0, 65535),
      ],
      egress: [
        rule(100, "10.0.0.0/19", 1024, 65535),
        rule(110, "10.0.32.0/19", 1024, 65535),
        rule(120, "10.0.144.0/22", 0, 65535),
        rule(130, "10.0.148.0/22", 0, 65535),
      ],
    });
  });
});
