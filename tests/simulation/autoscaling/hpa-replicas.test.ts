import { expect } from "chai";
import type { PerPodQuestion, PodSample } from "../../../simulation/autoscaling/hpa-replicas.ts";
import { proposePerPod, proposeShared } from "../../../simulation/autoscaling/hpa-replicas.ts";

const now = 10_000;
const tenth = { up: 0.1, down: 0.1 };
const exact = { up: 0, down: 0 };

/** A pod that has run for hours, with a request of one core. */
function pod(value: number | undefined, changes: Partial<PodSample> = {}): PodSample {
  return {
    pending: false,
    ready: true,
    startedAt: 0,
    changedAt: 10,
    value,
    request: 1,
    measuredAt: now,
    ...changes,
  };
}

function pods(
  count: number,
  value: number | undefined,
  changes: Partial<PodSample> = {},
): readonly PodSample[] {
  return Array.from({ length: count }, () => pod(value, changes));
}

/** A question about CPU in per cent, unless changed. */
function ask(changes: Partial<PerPodQuestion>): number | undefined {
  const all = changes.pods ?? [];
  const question = {
    now,
    current: all.length,
    pods: all,
    target: 70,
    form: "Utilization",
    cpu: true,
    tolerances: tenth,
  } as const;
  return proposePerPod({ ...question, ...changes })?.replicas;
}

describe("what a metric of each pod asks for", () => {
  const milli = { form: "AverageValue", target: 0.1, cpu: false } as const;

  it("doubles the pods at 200m where 100m are wanted, as the documentation says", () => {
    expect(ask({ ...milli, pods: pods(3, 0.2) })).to.equal(6);
  });

  it("halves the pods at 50m where 100m are wanted, as the documentation says", () => {
    expect(ask({ ...milli, pods: pods(4, 0.05) })).to.equal(2);
  });

  it("makes 60 of 50 pods at 90 % where 75 % are wanted, as the announcement of the tolerance calculates", () => {
    expect(ask({ pods: pods(50, 0.9), target: 75 })).to.equal(60);
  });

  it("rounds up", () => {
    expect(ask({ pods: pods(3, 0.8), target: 50 })).to.equal(5);
  });

  it("stays within a tenth of the target", () => {
    expect(ask({ pods: pods(10, 0.77) })).to.equal(10);
    expect(ask({ pods: pods(10, 0.63) })).to.equal(10);
  });

  it("moves beyond a tenth of the target", () => {
    expect(ask({ pods: pods(10, 0.78) })).to.equal(12);
    expect(ask({ pods: pods(10, 0.62) })).to.equal(9);
  });

  it("takes the tolerance of each direction", () => {
    expect(ask({ pods: pods(10, 0.71), tolerances: exact })).to.equal(11);
    expect(ask({ pods: pods(10, 0.7), tolerances: exact })).to.equal(10);
    expect(ask({ pods: pods(10, 0.69), tolerances: { up: 0, down: 0.05 } })).to.equal(10);
  });

  it("counts whole per cent, as the controller does", () => {
    expect(ask({ pods: pods(10, 0.709), tolerances: exact })).to.equal(10);
  });

  it("sums requests of different pods before it divides", () => {
    expect(ask({ pods: [pod(0.9), pod(0.9, { request: 3 })], target: 45 })).to.equal(2);
  });

  it("knows nothing where no pod has the metric", () => {
    expect(ask({ pods: pods(2, undefined) })).to.equal(undefined);
    expect(ask({ pods: [] })).to.equal(undefined);
  });

  it("knows no share of a request that a pod does not state", () => {
    expect(ask({ pods: [pod(0.8), pod(0.8, { request: 0 })] })).to.equal(undefined);
    expect(ask({ ...milli, pods: pods(2, 0.2, { request: 0 }) })).to.equal(4);
  });
});

describe("a pod without the metric", () => {
  it("counts as idle when the rest asks for more", () => {
    expect(ask({ pods: [...pods(3, 1.4), pod(undefined)] })).to.equal(6);
  });

  it("counts as fully used when the rest asks for fewer", () => {
    expect(ask({ pods: [...pods(3, 0.35), pod(undefined)] })).to.equal(3);
  });

  it("changes nothing when the rest is at its target", () => {
    expect(ask({ pods: [pod(0.7), pod(undefined)] })).to.equal(2);
    expect(ask({ pods: [...pods(3, 0.7), ...pods(7, undefined)] })).to.equal(10);
  });

  it("changes nothing when it turns the direction", () => {
    expect(ask({ pods: [pod(0.8), pod(undefined)] })).to.equal(2);
  });
});

describe("a pod that is not ready", () => {
  const starting = { ready: false, startedAt: now - 20, changedAt: now - 20 };

  it("counts as idle when the rest asks for more", () => {
    expect(ask({ pods: [...pods(3, 1.4), pod(1, starting)] })).to.equal(6);
    expect(ask({ pods: [...pods(3, 1.4), pod(undefined, { pending: true })] })).to.equal(6);
  });

  it("is left aside when the rest asks for fewer", () => {
    expect(ask({ pods: [...pods(4, 0.35), pod(1, starting)] })).to.equal(2);
  });

  it("counts as not ready until a whole window was measured after it became ready", () => {
    const fresh = { startedAt: now - 60, changedAt: now - 10 };
    expect(ask({ pods: [...pods(3, 1.4), pod(1.4, fresh)] })).to.equal(6);
    expect(ask({ pods: [...pods(3, 1.4), pod(1.4, { ...fresh, changedAt: now - 15 })] })).to.equal(8);
  });

  it("counts after five minutes, even where it has become unready since", () => {
    const sick = { ready: false, startedAt: now - 400, changedAt: now - 100 };
    expect(ask({ pods: [...pods(3, 1.4), pod(1.4, sick)] })).to.equal(8);
  });

  it("does not count after five minutes where it was never ready", () => {
    const never = { ready: false, startedAt: now - 400, changedAt: now - 390 };
    expect(ask({ pods: [...pods(3, 1.4), pod(1.4, never)] })).to.equal(6);
  });

  it("counts for memory, which says something from the start", () => {
    expect(ask({ cpu: false, pods: [...pods(3, 1.4), pod(1.4, starting)] })).to.equal(8);
  });
});

describe("what one number for all pods asks for", () => {
  const question = { current: 4, ready: 4, target: 100, tolerances: tenth } as const;

  it("is divided by the pods as an average", () => {
    expect(proposeShared({ ...question, form: "AverageValue", value: 900 }).replicas).to.equal(9);
    expect(proposeShared({ ...question, form: "AverageValue", value: 440 }).replicas).to.equal(4);
    expect(proposeShared({ ...question, form: "AverageValue", value: 101 }).replicas).to.equal(2);
  });

  it("multiplies the ready pods as a value", () => {
    expect(proposeShared({ ...question, form: "Value", value: 150 }).replicas).to.equal(6);
    expect(proposeShared({ ...question, ready: 2, form: "Value", value: 150 }).replicas).to.equal(3);
  });

  it("keeps a queue of 100 and adds at 101 with no tolerance", () => {
    const queue = { ...question, form: "Value", tolerances: exact } as const;
    expect(proposeShared({ ...queue, value: 100 }).replicas).to.equal(4);
    expect(proposeShared({ ...queue, value: 101 }).replicas).to.equal(5);
  });
});
