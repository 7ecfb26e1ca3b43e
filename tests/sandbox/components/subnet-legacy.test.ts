import { expect } from "chai";
import { cidrOf } from "../../../sandbox/aws/cidr.ts";
import { layOutLegacy, legacyDefaults } from "../../../sandbox/components/subnet-legacy.ts";

type Specs = Parameters<typeof layOutLegacy>[2];

function blocks(zones: number, specs: Specs, cidrBlock = "10.0.0.0/16"): readonly string[] {
  return layOutLegacy(cidrBlock, zones, specs)
    .flat()
    .map(({ spec, block }) => `${spec.type} ${cidrOf(block)}`);
}

describe("the subnet strategy Legacy", () => {
  it("gives a zone half to a private and a quarter to a public subnet when nothing is said", () => {
    expect(blocks(3, legacyDefaults("10.0.0.0/16", 3))).to.deep.equal([
      "Private 10.0.0.0/19",
      "Public 10.0.32.0/20",
      "Private 10.0.64.0/19",
      "Public 10.0.96.0/20",
      "Private 10.0.128.0/19",
      "Public 10.0.160.0/20",
    ]);
  });

  it("places private, then public, then isolated subnets, whatever the order of the specs", () => {
    const specs = [{ type: "Isolated" }, { type: "Public" }, { type: "Private" }];
    expect(blocks(1, specs)).to.deep.equal([
      "Private 10.0.0.0/19",
      "Public 10.0.32.0/20",
      "Isolated 10.0.48.0/24",
    ]);
  });

  it("gives a single subnet the whole of a small zone", () => {
    expect(blocks(2, [{ type: "Public" }], "10.0.0.0/24")).to.deep.equal([
      "Public 10.0.0.0/25",
      "Public 10.0.0.128/25",
    ]);
  });

  it("moves a block behind the one before where they would overlap", () => {
    const specs = [
      { type: "Private", cidrMask: 20 },
      { type: "Private", cidrMask: 24 },
      { type: "Public", cidrMask: 22 },
    ];
    expect(blocks(1, specs)).to.deep.equal([
      "Private 10.0.0.0/20",
      "Private 10.0.16.0/24",
      "Public 10.0.20.0/22",
    ]);
  });
});
