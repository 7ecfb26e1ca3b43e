import { expect } from "chai";
import type { InstanceType } from "../../../simulation/nodes/instances.ts";
import { allocatable, instanceTypes, maxPods } from "../../../simulation/nodes/instances.ts";

function type(name: string): InstanceType {
  const found = instanceTypes.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe("what a node holds", () => {
  const known: readonly [name: string, pods: number][] = [
    ["t3.small", 11],
    ["t3.medium", 17],
    ["t3.large", 35],
    ["t3.xlarge", 58],
    ["m5.large", 29],
    ["m5.xlarge", 58],
    ["m5.4xlarge", 234],
  ];
  for (const [name, pods] of known) {
    it(`${pods} pods on a ${name}, as eni-max-pods.txt of the EKS AMI says`, () => {
      expect(maxPods(type(name), false)).to.equal(pods);
    });
  }

  it("110 pods with prefixes on small types", () => {
    expect(maxPods(type("m5.large"), true)).to.equal(110);
  });

  it("1930 thousandths of two cores, as the kubelet of the EKS AMI leaves", () => {
    expect(allocatable(type("m5.large"), 80 * 2 ** 30, false).cpu).to.be.closeTo(1.93, 1e-9);
  });

  it("3920 thousandths of four cores", () => {
    expect(allocatable(type("m5.xlarge"), 80 * 2 ** 30, false).cpu).to.be.closeTo(3.92, 1e-9);
  });

  it("less memory the more pods it may run", () => {
    const [few, many] = [false, true].map(
      (prefixes) => allocatable(type("m5.large"), 80 * 2 ** 30, prefixes).memory,
    );
    expect(((few ?? 0) - (many ?? 0)) / 2 ** 20).to.equal(11 * (110 - 29));
  });

  it("knows every type with a price and an architecture", () => {
    expect([...instanceTypes.values()].filter(({ price }) => !(price > 0))).to.deep.equal([]);
    expect(type("m7g.large").arch).to.equal("arm64");
    expect(type("m7i.large").arch).to.equal("amd64");
  });
});
