import { expect } from "chai";
import { fallbackValue, operate } from "../../../../simulation/autoscaling/keda/operator.ts";
import type { ScaledObject } from "../../../../simulation/engine/model.ts";

const object: ScaledObject = {
  triggers: [],
  pollingSeconds: 30,
  cooldownSeconds: 300,
  min: 0,
  idle: undefined,
  fallback: undefined,
};

const turn = (
  changes: Partial<ScaledObject>,
  current: number,
  isActive: boolean,
  quietSeconds = 1000,
  hasFailed = false,
): number => operate({ ...object, ...changes }, current, { isActive, hasFailed }, quietSeconds);

describe("KEDA's operator", () => {
  it("wakes a workload at zero when a trigger is active", () => {
    expect(turn({}, 0, true)).to.equal(1);
  });

  it("leaves the rest to the HPA", () => {
    expect(turn({}, 4, true)).to.equal(4);
  });

  it("puts it to sleep when no trigger was active for the cooldown", () => {
    expect(turn({}, 1, false, 299)).to.equal(1);
    expect(turn({}, 1, false, 300)).to.equal(0);
  });

  it("lets it run while a trigger does not answer", () => {
    expect(turn({}, 1, false, 300, true)).to.equal(1);
    expect(turn({}, 0, true, 0, true)).to.equal(1);
  });

  it("goes to the fallback's number at once where nothing is active and a trigger does not answer", () => {
    const fallback = { failureThreshold: 3, replicas: 6 };
    expect(turn({ min: 2, fallback }, 4, false, 10, true)).to.equal(6);
    expect(turn({ min: 2, fallback }, 9, false, 10, true)).to.equal(6);
    expect(turn({ min: 2, fallback }, 4, true, 10, true)).to.equal(4);
    expect(turn({ fallback: { failureThreshold: 3, replicas: 0 } }, 4, false, 300, true)).to.equal(0);
  });

  it("touches a workload with a minimum only to give it that back", () => {
    expect(turn({ min: 2 }, 5, false)).to.equal(5);
    expect(turn({ min: 2 }, 2, true)).to.equal(2);
    expect(turn({ min: 2 }, 0, false)).to.equal(2);
    expect(turn({ min: 2 }, 1, true)).to.equal(1);
  });

  it("rests at the idle number, and comes back at the minimum", () => {
    expect(turn({ min: 3, idle: 0 }, 5, false)).to.equal(0);
    expect(turn({ min: 3, idle: 0 }, 0, true)).to.equal(3);
    expect(turn({ min: 3, idle: 1 }, 2, true)).to.equal(3);
    expect(turn({ min: 3, idle: 1 }, 0, false)).to.equal(0);
  });
});

describe("a fallback", () => {
  const fallback = { failureThreshold: 3, replicas: 6 };

  it("stands in after more failures than its threshold", () => {
    expect(fallbackValue({ ...object, fallback }, 3, 10)).to.equal(undefined);
    expect(fallbackValue({ ...object, fallback }, 4, 10)).to.equal(60);
  });

  it("is nothing where none is set", () => {
    expect(fallbackValue(object, 9, 10)).to.equal(undefined);
  });
});
