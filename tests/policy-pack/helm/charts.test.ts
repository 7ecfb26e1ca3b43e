import { expect } from "chai";

import { chartReaders } from "../../../policy-pack/helm/charts.ts";
import lock from "../../../policy-pack/helm/charts.lock.json" with { type: "json" };
import { charts } from "../../../versions.ts";

describe("the lock list of charts", () => {
  it("is what the platform installs", () => {
    expect(lock).to.deep.equal(charts);
  });

  it("knows where the values of each of them say what matters", () => {
    expect(Object.keys(chartReaders)).to.have.members(Object.keys(lock));
  });
});
