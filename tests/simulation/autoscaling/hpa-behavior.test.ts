import { expect } from "chai";
import fc from "fast-check";
import type { History, Rules } from "../../../simulation/autoscaling/hpa-behavior.ts";
import {
  emptyHistory,
  limitOf,
  pace,
  remember,
  stabilise,
} from "../../../simulation/autoscaling/hpa-behavior.ts";
import type { ScalingPolicy, ScalingRules } from "../../../simulation/engine/model.ts";
import { defaultRules } from "../../../simulation/stack/autoscalers.ts";

const fourPodsOrTenPercent: readonly ScalingPolicy[] = [
  { type: "Pods", value: 4, periodSeconds: 60 },
  { type: "Percent", value: 10, periodSeconds: 60 },
];

function down(changes: Partial<ScalingRules>): Rules {
  return { up: defaultRules.up, down: { ...defaultRules.down, stabilizationSeconds: 0, ...changes } };
}

/** What becomes of `from` copies when `wanted` are asked for each period, and nothing is remembered but what was done. */
function walk(from: number, wanted: number, rules: Rules, seconds: number, turns: number): readonly number[] {
  let history = emptyHistory(from, 0);
  let current = from;
  return Array.from({ length: turns }, (_, turn) => {
    const now = (turn + 1) * seconds;
    const next = pace(stabilise(wanted, current, history, rules, now), current, history, rules, now);
    history = remember(history, wanted, next - current, rules, now);
    current = next;
    return current;
  });
}

describe("the behaviour of an autoscaler", () => {
  it("takes 80 copies to 72, 64 and so on, and four at a time below 40, as the documentation says", () => {
    const steps = walk(80, 10, down({ policies: fourPodsOrTenPercent }), 60, 12);
    expect(steps).to.deep.equal([72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16]);
  });

  it("takes the smaller step where Min is selected", () => {
    const policies: readonly ScalingPolicy[] = [
      { type: "Percent", value: 10, periodSeconds: 60 },
      { type: "Pods", value: 5, periodSeconds: 60 },
    ];
    expect(walk(80, 10, down({ policies, select: "Min" }), 60, 2)).to.deep.equal([75, 70]);
  });

  it("never moves where Disabled is selected", () => {
    expect(walk(80, 10, down({ select: "Disabled" }), 60, 2)).to.deep.equal([80, 80]);
  });

  it("adds four copies or doubles them each 15 seconds by default", () => {
    expect(walk(1, 100, defaultRules, 15, 6)).to.deep.equal([5, 10, 20, 40, 80, 100]);
  });

  it("removes everything at once by default, after five minutes", () => {
    const steps = walk(10, 2, defaultRules, 15, 20);
    expect(steps.slice(0, 19).every((copies) => copies === 10)).to.equal(true);
    expect(steps[19]).to.equal(2);
  });

  it("waits a whole period between steps", () => {
    const rules = {
      ...defaultRules,
      up: { ...defaultRules.up, policies: [{ type: "Pods", value: 2, periodSeconds: 120 } as const] },
    };
    const steps = walk(4, 50, rules, 15, 17);
    expect(steps[0]).to.equal(6);
    expect(steps[7]).to.equal(6);
    expect(steps[8]).to.equal(8);
    expect(steps[16]).to.equal(10);
  });

  it("rounds per cent up on the way up, so that one copy can become two", () => {
    const rules = {
      ...defaultRules.up,
      policies: [{ type: "Percent", value: 10, periodSeconds: 60 } as const],
    };
    expect(limitOf("up", 1, emptyHistory(1, 0), rules, 100)).to.equal(2);
  });

  it("calculates in the floating point of the controller", () => {
    const policies: readonly ScalingPolicy[] = [{ type: "Percent", value: 10, periodSeconds: 60 }];
    const rules = { ...defaultRules.up, policies };
    expect(limitOf("up", 100, emptyHistory(100, 0), rules, 100)).to.equal(111);
  });

  it("gives back what was removed in the same period before it counts what may be added", () => {
    const history: History = { recommendations: [], added: [], removed: [{ at: 90, value: 3 }] };
    const rules = { ...defaultRules.up, policies: [{ type: "Pods", value: 1, periodSeconds: 60 } as const] };
    expect(limitOf("up", 7, history, rules, 100)).to.equal(11);
  });
});

describe("the stabilisation window", () => {
  const rules: Rules = {
    up: { ...defaultRules.up, stabilizationSeconds: 120 },
    down: { ...defaultRules.down, stabilizationSeconds: 300 },
  };
  const history = (...said: readonly (readonly [at: number, value: number])[]): History => ({
    recommendations: said.map(([at, value]) => ({ at, value })),
    added: [],
    removed: [],
  });

  it("takes the highest of five minutes on the way down", () => {
    expect(stabilise(3, 10, history([700, 8], [800, 5]), rules, 1000)).to.equal(5);
    expect(stabilise(3, 10, history([701, 8], [800, 5]), rules, 1000)).to.equal(8);
  });

  it("takes the lowest of its seconds on the way up", () => {
    expect(stabilise(9, 4, history([880, 4], [900, 7]), rules, 1000)).to.equal(7);
    expect(stabilise(9, 4, history([881, 5], [900, 7]), rules, 1000)).to.equal(5);
  });

  it("stays where the window points both ways", () => {
    expect(stabilise(9, 6, history([950, 3]), rules, 1000)).to.equal(6);
  });
});

describe("any behaviour", () => {
  const policy = fc.record({
    type: fc.constantFrom("Pods", "Percent"),
    value: fc.integer({ min: 1, max: 100 }),
    periodSeconds: fc.integer({ min: 1, max: 40 }).map((count) => count * 15),
  });
  const direction = fc.record({
    stabilizationSeconds: fc.integer({ min: 0, max: 40 }).map((count) => count * 15),
    policies: fc.array(policy, { minLength: 1, maxLength: 3 }),
    select: fc.constantFrom("Max", "Min", "Disabled"),
    tolerance: fc.constant(0.1),
  });
  const wishes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 80 });

  it("never adds more within a period than its widest policy allows, from what there was at the period's start", () => {
    fc.assert(
      fc.property(direction, direction, wishes, (up, slow, wanted) => {
        const copies = run({ up, down: slow }, wanted);
        for (const [turn, after] of copies.entries()) {
          const before = copies[turn - 1] ?? after;
          if (after <= before) continue;
          expect(up.select).not.to.equal("Disabled");
          const limits = up.policies.map((one) => allowedUp(one, copies, turn));
          const limit = up.select === "Min" ? Math.min(...limits) : Math.max(...limits);
          expect(after).to.be.at.most(limit);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  function run(rules: Rules, wanted: readonly number[]): readonly number[] {
    let current = 5;
    let history = emptyHistory(current, 0);
    return wanted.map((wish, turn) => {
      const now = (turn + 1) * 15;
      const next = pace(stabilise(wish, current, history, rules, now), current, history, rules, now);
      history = remember(history, wish, next - current, rules, now);
      current = next;
      return current;
    });
  }

  /** The policy read independently: copies at the period's start, and so many on top. */
  function allowedUp(
    { type, value, periodSeconds }: ScalingPolicy,
    copies: readonly number[],
    turn: number,
  ): number {
    const start = copies[turn - periodSeconds / 15] ?? 5;
    return type === "Pods" ? start + value : Math.ceil(start * (1 + value / 100) - 1e-9);
  }
});
