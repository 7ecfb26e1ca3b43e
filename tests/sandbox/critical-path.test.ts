import { expect } from "chai";
import fc from "fast-check";
import type { Step } from "../../sandbox/critical-path.ts";
import { updatePath } from "../../sandbox/steps.ts";
import type { Operation } from "../../sandbox/account.ts";
import { criticalPath } from "../../sandbox/critical-path.ts";

const step = (urn: string, seconds: number, ...waitsFor: string[]): Step => ({ urn, seconds, waitsFor });

describe("criticalPath", () => {
  it("is the chain that takes longest, in order of time", () => {
    const steps = [
      step("nodes", 120, "cluster"),
      step("cluster", 600, "vpc"),
      step("vpc", 12),
      step("database", 500, "vpc"),
    ];
    const path = criticalPath(steps);
    expect(path.seconds).to.equal(732);
    expect(path.steps.map(({ urn }) => urn)).to.deep.equal(["vpc", "cluster", "nodes"]);
  });

  it("lets a step start at once when what it waits for did not change", () => {
    expect(criticalPath([step("nodes", 120, "cluster")]).seconds).to.equal(120);
  });

  it("takes no time when nothing was done", () => {
    expect(criticalPath([])).to.deep.equal({ seconds: 0, steps: [] });
  });

  it("refuses steps that wait for each other", () => {
    expect(() => criticalPath([step("a", 1, "b"), step("b", 1, "a")])).to.throw("waits for itself");
  });

  it("is never shorter than its longest step nor longer than all steps together", () => {
    const graph = fc.array(
      fc.record({ seconds: fc.nat(900), back: fc.array(fc.nat(20), { maxLength: 3 }) }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(graph, (nodes) => {
        const steps = nodes.map(({ seconds, back }, index) =>
          step(
            String(index),
            seconds,
            ...back.filter((distance) => distance > 0).map((distance) => String(index - distance)),
          ),
        );
        const { seconds } = criticalPath(steps);
        expect(seconds).to.be.at.least(Math.max(...steps.map((one) => one.seconds)));
        expect(seconds).to.be.at.most(steps.reduce((sum, one) => sum + one.seconds, 0));
      }),
    );
  });
});

describe("updatePath", () => {
  const urn = (name: string): string => `urn:pulumi:test::test::t::${name}`;
  const create = (name: string, seconds: number): Operation => ({
    urn: urn(name),
    token: "t",
    kind: "create",
    seconds,
  });

  it("lets what is in a component wait for what the component depends on", () => {
    const resource = { type: "t", custom: true, parent: undefined, dependencies: [] };
    const resources = [
      { ...resource, urn: urn("cluster") },
      { ...resource, urn: urn("component"), custom: false, dependencies: [urn("cluster")] },
      { ...resource, urn: urn("inside"), parent: urn("component") },
    ];
    expect(updatePath([create("cluster", 600), create("inside", 10)], resources).seconds).to.equal(610);
  });
});
