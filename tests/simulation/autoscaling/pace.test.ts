import { expect } from "chai";
import type { GraphObject } from "../../../simulation/stack/graph.ts";
import { deployment, hpa, levelProfile, scaledObject, served, service } from "../fixture.ts";
import { changesOf, plenty, run } from "../runs.ts";

/** Requests per second that use the CPU of so many pods to such a share: half a core each, a hundredth of a core-second a request. */
function using(percent: number, pods: number): number {
  return (percent / 100) * pods * 50;
}

const pods = (value: number, periodSeconds: number): object => ({ type: "Pods", value, periodSeconds });

function behaviour(up: object, down: object): Readonly<Record<string, unknown>> {
  return { scaleUp: { tolerance: "0", ...up }, scaleDown: { tolerance: "0", ...down } };
}

/** +2 per 120 s after 120 s, -1 per 300 s after 300 s. */
const steps = behaviour(
  { stabilizationWindowSeconds: 120, policies: [pods(2, 120)] },
  { stabilizationWindowSeconds: 300, policies: [pods(1, 300)] },
);

function web(behavior: Readonly<Record<string, unknown>>, min = 4): readonly GraphObject[] {
  return [...served("web", { min, max: 30, behavior }), ...plenty];
}

describe("steps of two each two minutes", () => {
  it("do nothing about 85 % of CPU for 100 seconds", () => {
    const { seen, watch } = changesOf("web");
    const requests = (second: number): number => using(second >= 600 && second < 700 ? 85 : 60, 4);
    run(web(steps), { requests, watch, seconds: 1800 });
    expect(seen).to.deep.equal([[0, 4]]);
  });

  it("add two after two minutes, and two more each two minutes", () => {
    const { seen, watch } = changesOf("web");
    const requests = (second: number): number => (second > 600 ? using(90, 16) : using(60, 4));
    const profile = levelProfile(1).replace("cpuSeconds", "coresPerPod: 2, cpuSeconds");
    run(web(steps), { requests, profile, watch, seconds: 1200 });
    const [, , ...further] = seen;
    expect(seen[1]?.[0]).to.be.within(600 + 105, 600 + 135);
    expect(seen.map(([, copies]) => copies).slice(0, 4)).to.deep.equal([4, 6, 8, 10]);
    expect(further.map(([at], index) => at - (seen[index + 1]?.[0] ?? 0))).to.deep.equal(
      further.map(() => 120),
    );
  });

  it("keep everything for five minutes when the load falls, then go one by one each five minutes to the minimum", () => {
    const { seen, watch } = changesOf("web");
    const requests = (second: number): number => using(second >= 600 ? 5 : 69, 8);
    run(web(steps), { requests, watch, seconds: 3600 });
    expect(seen[0]).to.deep.equal([0, 8]);
    expect(seen[1]?.[0]).to.be.within(600 + 285, 600 + 330);
    expect(seen.map(([, copies]) => copies)).to.deep.equal([8, 7, 6, 5, 4]);
    expect((seen[2]?.[0] ?? 0) - (seen[1]?.[0] ?? 0)).to.equal(300);
  });
});

describe("a threshold of 70 % held for three minutes, and of 30 % held for ten", () => {
  const held = behaviour(
    { stabilizationWindowSeconds: 180 },
    { stabilizationWindowSeconds: 600, tolerance: "0.5714" },
  );
  const at = (percent: number, seconds = 7200): readonly (readonly [number, number])[] => {
    const { seen, watch } = changesOf("web");
    run(web(held, 2), { requests: (second) => using(second < 0 ? 69 : percent, 5), watch, seconds });
    return seen;
  };

  it("never moves at 70 %", () => {
    expect(at(70)).to.deep.equal([[0, 5]]);
  });

  it("moves at 71 %, after three minutes", () => {
    const [, second] = at(71.5, 600);
    expect(second?.[1]).to.equal(6);
    expect(second?.[0]).to.be.within(165, 210);
  });

  it("keeps what there is at 35 % for two hours", () => {
    expect(at(35)).to.deep.equal([[0, 5]]);
  });

  it("gives up at 29 % after ten minutes", () => {
    const [, second] = at(29, 900);
    expect(second?.[1]).to.equal(3);
    expect(second?.[0]).to.be.within(585, 630);
  });
});

describe("cooldowns of 60 and 300 seconds", () => {
  const cooled = behaviour({ policies: [pods(2, 60)] }, { policies: [pods(1, 300)] });

  it("do not follow a square wave of two minutes down", () => {
    const { seen, watch } = changesOf("web");
    const requests = (second: number): number => using(second >= 0 && second % 120 < 60 ? 70 : 20, 8);
    run(web(cooled), { requests, watch, seconds: 3600 });
    const copies = seen.map(([, count]) => count);
    expect(copies).to.deep.equal([...copies].sort((left, right) => left - right));
    expect(copies.at(-1)).to.equal(8);
  });
});

describe("CPU at 70 % and memory at 80 %", () => {
  const both: GraphObject = {
    ...hpa("web"),
    inputs: {
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web", namespace: "apps" },
      spec: {
        scaleTargetRef: { name: "web" },
        minReplicas: 10,
        maxReplicas: 20,
        metrics: [70, 80].map((averageUtilization, index) => ({
          type: "Resource",
          resource: {
            name: index === 0 ? "cpu" : "memory",
            target: { type: "Utilization", averageUtilization },
          },
        })),
        behavior: behaviour({}, {}),
      },
    },
  };
  const copiesAt = (cpu: number, memory: number): number | undefined => {
    const profile = levelProfile(using(cpu, 10)).replace(
      "memoryMib: 100",
      `memoryMib: ${(512 * memory) / 100}`,
    );
    return run([deployment("web"), service("web"), both, ...plenty], {
      profile,
      seconds: 60,
    }).state.scale.get("apps/web");
  };

  it("keep their copies just below both", () => {
    expect(copiesAt(69.5, 79.5)).to.equal(10);
  });

  it("add copies above either alone", () => {
    expect(copiesAt(71.5, 50)).to.be.greaterThan(10);
    expect(copiesAt(40, 81.5)).to.be.greaterThan(10);
  });
});

describe("a schedule", () => {
  const morning = {
    timezone: "Europe/Rome",
    start: "45 7 * * 1-5",
    end: "0 10 * * 1-5",
    desiredReplicas: "12",
  };
  const scaled = scaledObject("web", [{ type: "cron", metadata: morning }], {
    minReplicaCount: 4,
    maxReplicaCount: 20,
    advanced: { horizontalPodAutoscalerConfig: { behavior: steps } },
  });
  const objects = [deployment("web"), service("web"), scaled, ...plenty];
  const copiesFrom = (start: string): readonly (readonly [number, number])[] => {
    const { seen, watch } = changesOf("web");
    run(objects, { profile: levelProfile(1).replace("2026-10-07T09:00", start), watch, seconds: 3 * 3600 });
    return seen;
  };

  it("has its copies at eight where it starts as early as its steps need", () => {
    const seen = copiesFrom("2026-10-07T07:30");
    const full = seen.find(([, copies]) => copies === 12)?.[0];
    expect(full).to.be.within(15 * 60, 30 * 60);
    expect(Math.max(...seen.map(([, copies]) => copies))).to.equal(12);
  });

  it("rests on a Sunday", () => {
    expect(copiesFrom("2026-10-11T07:30")).to.deep.equal([[0, 4]]);
  });
});

describe("a queue", () => {
  const trigger = { type: "kafka", metadata: { lagThreshold: "50" } };
  const objects = [
    deployment("worker"),
    scaledObject("worker", [trigger], { maxReplicaCount: 8 }),
    ...plenty,
  ];

  it("wakes its workers, adds some as the lag grows, and lets them sleep after the cooldown", () => {
    const { seen, watch } = changesOf("worker");
    const messages = (second: number): number => (second >= 60 && second < 660 ? 160 : 0);
    const { state } = run(objects, { messages, watch, seconds: 3600 });
    expect(seen[0]).to.deep.equal([0, 0]);
    expect(seen[1]?.[1]).to.equal(1);
    expect(seen[1]?.[0]).to.be.within(60, 90);
    expect(Math.max(...seen.map(([, copies]) => copies))).to.be.within(4, 8);
    expect(seen.at(-1)?.[1]).to.equal(0);
    expect(state.services[0]?.backlog).to.be.closeTo(0, 1e-6);
  });

  it("goes to the fallback's number with the operator's first question that is not answered, and stays there", () => {
    const more = 'outages: [{ from: "0:10", to: "0:40", trigger: kafka }]\n';
    const scaled = scaledObject("worker", [trigger], {
      minReplicaCount: 1,
      fallback: { failureThreshold: 3, replicas: 5 },
    });
    const { seen, watch } = changesOf("worker");
    run([deployment("worker"), scaled, ...plenty], { profile: levelProfile(0, more), watch, seconds: 2400 });
    expect(seen.map(([, copies]) => copies)).to.deep.equal([1, 5]);
    expect(seen[1]?.[0]).to.be.equal(600);
  });

  it("is given the fallback's number by the HPA alone while another trigger is active, after as many failures of its own", () => {
    const more = 'outages: [{ from: "0:10", to: "0:40", trigger: kafka }]\n';
    const always = { start: "0 0 * * *", end: "59 23 * * *", timezone: "Europe/Rome", desiredReplicas: "1" };
    const scaled = scaledObject("worker", [trigger, { type: "cron", metadata: always }], {
      minReplicaCount: 1,
      fallback: { failureThreshold: 3, replicas: 5 },
    });
    const { seen, watch } = changesOf("worker");
    run([deployment("worker"), scaled, ...plenty], { profile: levelProfile(0, more), watch, seconds: 1200 });
    expect(seen[1]).to.deep.equal([600 + 3 * 15, 5]);
  });

  it("never rests where only CPU could wake it", () => {
    const scaled = scaledObject("worker", [{ type: "cpu", metadata: { value: "70" } }], {
      minReplicaCount: 0,
    });
    const { seen, watch } = changesOf("worker");
    run([deployment("worker"), scaled, ...plenty], { profile: levelProfile(0), watch, seconds: 1200 });
    expect(seen.map(([, copies]) => copies)).to.deep.equal([1]);
  });
});
