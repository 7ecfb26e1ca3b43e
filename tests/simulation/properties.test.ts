import { expect } from "chai";
import fc from "fast-check";
import type { State } from "../../simulation/engine/state.ts";
import { allPods } from "../../simulation/engine/state.ts";
import type { Pod } from "../../simulation/engine/world.ts";
import {
  budget,
  clusterAutoscaler,
  deployment,
  levelProfile,
  nodeGroup,
  served,
  service,
  shop,
  subnets,
} from "./fixture.ts";
import { changesOf, plenty, run } from "./runs.ts";

/** A load of a few levels, each for five minutes. */
const levels = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 3, maxLength: 6 });
const options = { seed: 1, numRuns: 12 };

function following(rates: readonly number[]): (second: number) => number {
  return (second) => rates[Math.max(0, Math.min(rates.length - 1, Math.floor(second / 300)))] ?? 0;
}

function shopUnder(rates: readonly number[], watch: (state: State) => void, seed = 1): State {
  const requests = following(rates);
  const messages = (second: number): number => requests(second) / 20;
  return run(shop, { requests, messages, watch, seed, seconds: rates.length * 300 }).state;
}

describe("whatever the load", () => {
  it("nothing is lost: what arrived was served, waits, or was dropped", () => {
    fc.assert(
      fc.property(levels, (rates) => {
        for (const { totals, backlog } of shopUnder(rates, () => undefined).services) {
          const { arrived, served: done, dropped } = totals;
          expect(done + dropped + backlog).to.be.closeTo(arrived, Math.max(1e-6, arrived * 1e-9));
        }
      }),
      options,
    );
  });

  it("an autoscaler stays between its minimum and its maximum", () => {
    const check = ({ scale }: State): void => {
      expect(scale.get("apps/web")).to.be.within(3, 40);
      expect(scale.get("apps/api")).to.be.within(2, 60);
      expect(scale.get("apps/worker")).to.be.within(0, 10);
    };
    fc.assert(
      fc.property(levels, (rates) => void shopUnder(rates, check)),
      options,
    );
  });

  it("no node holds more than it has, and no group grows beyond its size", () => {
    const cores = (pods: readonly Pod[]): number =>
      pods.reduce((sum, { workload }) => sum + workload.template.requests.cpu, 0);
    const check = ({ nodes, targets, now }: State): void => {
      for (const node of nodes) {
        const all = [...node.pods];
        const most = node.allocatable.cpu + 1e-6;
        // One that takes the place of others has it from the beginning, and starts when they are gone.
        const staying = all.filter(({ goneAt }) => goneAt === undefined);
        const running = all.filter(({ startedAt, goneAt }) => goneAt !== undefined || startedAt <= now);
        const sound = Math.abs(node.free.cpu + cores(all) - node.allocatable.cpu) < 1e-6;
        if (!sound || cores(staying) > most || cores(running) > most)
          expect.fail(`${node.name} holds too much`);
        if (staying.length > node.maxPods) expect.fail(`${node.name} holds ${staying.length} pods`);
      }
      expect(targets.get("base")).to.be.within(3, 12);
      expect(targets.get("spot")).to.be.within(0, 20);
    };
    fc.assert(
      fc.property(levels, (rates) => void shopUnder(rates, check)),
      options,
    );
  });

  it("a pod takes requests only while it is on a node", () => {
    const check = (state: State): void => {
      const stray = allPods(state).filter((pod) => pod.isReady && pod.node?.pods.has(pod) !== true);
      if (stray.length > 0) expect.fail(`${stray.length} ready pods are on no node`);
    };
    fc.assert(
      fc.property(levels, (rates) => void shopUnder(rates, check)),
      options,
    );
  });

  it("another seed makes other arrivals", () => {
    const profile = levelProfile(50).replace("noise: 0", "noise: 0.1");
    const arrived = [1, 2].map((seed) => run(shop, { profile, seed, seconds: 60 }).recording.arrived[0]);
    expect(arrived[0]).not.to.equal(arrived[1]);
  });

  it("the same seed says the same", () => {
    fc.assert(
      fc.property(levels, fc.integer({ min: 0, max: 99 }), (rates, seed) => {
        const [first, second] = [1, 2].map(() => shopUnder(rates, () => undefined, seed));
        expect(first?.events).to.deep.equal(second?.events);
      }),
      { seed: 1, numRuns: 4 },
    );
  });
});

describe("under a constant load", () => {
  it("no number of copies moves after the first half hour, whatever the load and its noise", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.constantFrom(0, 0.02, 0.05), (rate, noise) => {
        const profile = levelProfile(rate).replace("noise: 0", `noise: ${noise}`);
        const { seen, watch } = changesOf("web");
        run([...served("web", { min: 2, max: 40 }), ...plenty], { profile, watch, seconds: 3600 });
        expect(seen).to.have.length(1);
      }),
      { seed: 1, numRuns: 20 },
    );
  });
});

describe("a drain", () => {
  const fixed = [
    deployment("web", { replicas: 9, cpu: "250m" }),
    service("web"),
    budget("web"),
    nodeGroup("base", { scalingConfig: { minSize: 2, desiredSize: 10, maxSize: 10 } }),
    ...subnets,
  ];

  it("never takes more pods at a time than the budget lets go", () => {
    let fewest = Number.POSITIVE_INFINITY;
    const watch = ({ services }: State): void => {
      fewest = Math.min(fewest, services[0]?.ready ?? 0);
    };
    const fast = clusterAutoscaler({ "scale-down-unneeded-time": "30m", "scale-down-delay-after-add": "0s" });
    const { state } = run([...fixed, fast], { watch, seconds: 3600 });
    expect(state.nodes.length).to.be.lessThan(10);
    expect(fewest).to.equal(8);
  });

  it("takes no node whose pods a budget of nothing holds", () => {
    const none = [
      ...fixed.filter(({ inputs }) => inputs.kind !== "PodDisruptionBudget"),
      budget("web", { maxUnavailable: 0 }),
    ];
    const { state } = run([...none, clusterAutoscaler()], { seconds: 3600 });
    const held = state.nodes.filter(({ pods }) => pods.size > 0);
    expect(held).to.have.length(9);
  });
});
