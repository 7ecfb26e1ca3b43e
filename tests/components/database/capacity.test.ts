import { expect } from "chai";

import { capacityOf, instanceMemoryGib } from "../../../components/database/capacity.ts";

describe("Memory of an instance class", () => {
  for (const [instanceClass, expected] of [
    ["db.t4g.micro", 1],
    ["db.t3.small", 2],
    ["db.t4g.2xlarge", 32],
    ["db.m7g.large", 8],
    ["db.m6i.4xlarge", 64],
    ["db.r5.large", 16],
    ["db.r7g.xlarge", 32],
    ["db.r7g.16xlarge", 512],
    ["db.x2g.large", 32],
    ["db.x2idn.16xlarge", 1024],
    ["db.x2iedn.xlarge", 128],
  ] as const) {
    it(`is ${expected} GiB for ${instanceClass}`, () => {
      expect(instanceMemoryGib(instanceClass)).to.equal(expected);
    });
  }

  for (const unknown of ["db.z1d.large", "db.r7g.metal", "db.t3.nano", "db.x1e.xlarge", "large", ""]) {
    it(`is not known for ${unknown === "" ? "no class" : unknown}`, () => {
      expect(instanceMemoryGib(unknown)).to.equal(undefined);
    });
  }
});

describe("Capacity of a database", () => {
  const connections = (instanceClass: string, parameters: Readonly<Record<string, string>> = {}): number =>
    capacityOf({ instanceClass, parameters }).connections;

  it("grows with its memory", () => {
    expect(capacityOf({ instanceClass: "db.t4g.micro", parameters: {} })).to.deep.equal({
      memoryBytes: 2 ** 30,
      connections: 112,
    });
    expect(connections("db.r7g.large")).to.equal(1802);
  });

  it("ends at five thousand connections", () => {
    expect(connections("db.r7g.8xlarge")).to.equal(5000);
  });

  it("is as many connections as a stack says", () => {
    expect(connections("db.r7g.large", { max_connections: "100" })).to.equal(100);
  });

  it("is what RDS derives where a stack gives a formula", () => {
    expect(connections("db.t4g.micro", { max_connections: "{DBInstanceClassMemory/9531392}" })).to.equal(112);
  });

  it("is refused for a class of unknown memory", () => {
    expect(() => connections("db.z1d.large")).to.throw(RangeError, "the memory of db.z1d.large is not known");
  });
});
