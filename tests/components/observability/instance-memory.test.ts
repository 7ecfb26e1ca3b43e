import { expect } from "chai";

import {
  instanceMemoryBytes,
  mostDatabaseConnections,
} from "../../../components/observability/instance-memory.ts";

const gib = 2 ** 30;

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
  ] as const) {
    it(`is ${expected} GiB for ${instanceClass}`, () => {
      expect(instanceMemoryBytes(instanceClass)).to.equal(expected * gib);
    });
  }

  for (const unknown of ["db.z1d.large", "db.r7g.metal", "db.t3.nano", "large", ""]) {
    it(`is refused for ${unknown === "" ? "no class" : unknown}`, () => {
      expect(() => instanceMemoryBytes(unknown)).to.throw(
        RangeError,
        `instanceClass must be of a t, m, r or x family, got ${unknown}: its memory is not known`,
      );
    });
  }
});

describe("Connections of an instance class", () => {
  it("grow with its memory", () => {
    expect(mostDatabaseConnections("db.t4g.micro")).to.equal(112);
    expect(mostDatabaseConnections("db.r7g.large")).to.equal(1802);
  });

  it("end at five thousand", () => {
    expect(mostDatabaseConnections("db.r7g.8xlarge")).to.equal(5000);
  });
});
