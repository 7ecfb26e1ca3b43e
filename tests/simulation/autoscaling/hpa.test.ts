import { expect } from "chai";
import fc from "fast-check";
import { emptyHistory } from "../../../simulation/autoscaling/hpa-behavior.ts";
import type { Decision, MetricProposal } from "../../../simulation/autoscaling/hpa.ts";
import { synchronise } from "../../../simulation/autoscaling/hpa.ts";
import type { Autoscaler } from "../../../simulation/engine/model.ts";
import { defaultRules } from "../../../simulation/stack/autoscalers.ts";

const autoscaler: Autoscaler = {
  name: "web",
  kind: "HPA",
  target: "apps/web",
  min: 2,
  max: 10,
  metrics: [],
  up: defaultRules.up,
  down: { ...defaultRules.down, stabilizationSeconds: 0 },
};

const says = (metric: string, replicas: number | undefined): MetricProposal => ({
  metric,
  proposal: replicas === undefined ? undefined : { replicas, ratio: 1 },
});

function turn(
  current: number,
  metrics: readonly MetricProposal[],
  changes: Partial<Autoscaler> = {},
): Decision {
  return synchronise({ ...autoscaler, ...changes }, current, emptyHistory(current, 0), metrics, 1000);
}

describe("a turn of the controller", () => {
  it("follows the metric that asks for most", () => {
    const { replicas, metric, held } = turn(4, [says("cpu", 5), says("memory", 7), says("queue", 3)]);
    expect({ replicas, metric, held }).to.deep.equal({ replicas: 7, metric: "memory", held: "nothing" });
  });

  it("adds copies though one metric cannot be read", () => {
    expect(turn(4, [says("cpu", 6), says("queue", undefined)]).replicas).to.equal(6);
  });

  it("removes none while one metric cannot be read", () => {
    const { replicas, held } = turn(4, [says("cpu", 2), says("queue", undefined)]);
    expect({ replicas, held }).to.deep.equal({ replicas: 4, held: "metrics" });
  });

  it("does nothing where no metric can be read", () => {
    expect(turn(4, [says("cpu", undefined)]).replicas).to.equal(4);
  });

  it("stops at the maximum and at the minimum, and says so", () => {
    expect(turn(8, [says("cpu", 12)])).to.include({ replicas: 10, held: "maximum", wanted: 12 });
    expect(turn(4, [says("cpu", 1)])).to.include({ replicas: 2, held: "minimum", wanted: 1 });
  });

  it("corrects a number outside its range whatever the metrics say", () => {
    expect(turn(14, [says("cpu", 14)]).replicas).to.equal(10);
    expect(turn(1, [says("cpu", undefined)]).replicas).to.equal(2);
  });

  it("counts such a correction as a step of its policies", () => {
    const up = { ...defaultRules.up, policies: [{ type: "Pods", value: 3, periodSeconds: 60 } as const] };
    const changed = { ...autoscaler, min: 5, max: 20, up };
    const first = synchronise(changed, 2, emptyHistory(2, 0), [says("cpu", 9)], 1000);
    expect(first).to.include({ replicas: 5, held: "minimum" });
    const at = (now: number): number =>
      synchronise(changed, 5, first.history, [says("cpu", 9)], now).replicas;
    expect([at(1015), at(1060)]).to.deep.equal([5, 8]);
  });

  it("leaves a workload at zero alone", () => {
    expect(turn(0, [says("cpu", 5)]).replicas).to.equal(0);
  });

  it("names the policies where they hold it back", () => {
    const up = { ...defaultRules.up, policies: [{ type: "Pods", value: 1, periodSeconds: 60 } as const] };
    expect(turn(4, [says("cpu", 9)], { up })).to.include({ replicas: 5, held: "behaviour" });
  });

  it("names the window where it holds it back", () => {
    expect(turn(4, [says("cpu", 2)], { down: defaultRules.down }).held).to.equal("nothing");
    const recent = synchronise(
      { ...autoscaler, down: defaultRules.down },
      4,
      emptyHistory(4, 900),
      [says("cpu", 2)],
      1000,
    );
    expect(recent).to.include({ replicas: 4, held: "window" });
  });
});

describe("any sequence of wishes", () => {
  const range = fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 30 }))
    .map(([min, more]) => ({ min, max: min + more }));

  it("stays between minimum and maximum", () => {
    fc.assert(
      fc.property(
        range,
        fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 60 }),
        ({ min, max }, wanted) => {
          let current = min;
          let history = emptyHistory(current, 0);
          for (const [index, wish] of wanted.entries()) {
            const decision = synchronise(
              { ...autoscaler, min, max },
              current,
              history,
              [says("cpu", wish)],
              index * 15,
            );
            ({ replicas: current, history } = decision);
            expect(current).to.be.within(min, max);
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});
