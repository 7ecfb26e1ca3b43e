import { expect } from "chai";
import fc from "fast-check";
import type { Station } from "../../../simulation/load/queueing.ts";
import { capacityOf, percentile, serve, shareWithin } from "../../../simulation/load/queueing.ts";

const station: Station = { pods: 4, cores: 0.5, cpuSeconds: 0.01, waitSeconds: 0.02, patienceSeconds: 5 };

describe("the queueing model", () => {
  it("carries what its cores can do", () => {
    expect(capacityOf(station)).to.equal(200);
  });

  it("answers 95 % within three times the mean of M/M/1", () => {
    const half = serve(station, 100, 0);
    const mean = 0.01 / 0.5 / (1 - 0.5);
    expect(percentile(station, half, 0.95)).to.be.closeTo(0.02 + mean * -Math.log(0.05), 1e-12);
    expect(shareWithin(station, half, percentile(station, half, 0.95))).to.be.closeTo(0.95, 1e-12);
  });

  it("slows down without bound as it fills up", () => {
    const times = [100, 160, 190].map((rate) => percentile(station, serve(station, rate, 0), 0.95));
    expect(times).to.deep.equal([...times].sort((left, right) => left - right));
    expect(times[2]).to.be.greaterThan(1);
  });

  it("queues what it cannot do, and makes it wait", () => {
    expect(serve(station, 300, 50)).to.deep.equal({
      served: 200,
      backlog: 150,
      dropped: 0,
      utilisation: 1,
      delay: 0.75,
    });
  });

  it("drops what waits longer than its callers", () => {
    expect(serve(station, 200, 1100)).to.deep.include({ backlog: 1000, dropped: 100 });
  });

  it("drops everything without a pod, unless it is a queue of messages", () => {
    expect(serve({ ...station, pods: 0 }, 10, 0)).to.deep.include({ served: 0, backlog: 0, dropped: 10 });
    const queue = { ...station, pods: 0, patienceSeconds: Number.POSITIVE_INFINITY };
    expect(serve(queue, 10, 5)).to.deep.include({ served: 0, backlog: 15, dropped: 0 });
  });

  it("loses nothing: what came was served, waits, or was dropped", () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.integer({ min: 0, max: 100 }),
        fc.boolean(),
        (arrived, before, pods, patient) => {
          const asked = { ...station, pods, patienceSeconds: patient ? Number.POSITIVE_INFINITY : 5 };
          const { served, backlog, dropped } = serve(asked, arrived, before);
          expect(served + backlog + dropped).to.be.closeTo(arrived + before, 1e-6);
          expect(Math.min(served, backlog, dropped)).to.be.at.least(0);
        },
      ),
      { seed: 1 },
    );
  });
});
