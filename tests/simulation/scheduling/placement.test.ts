import { expect } from "chai";
import type { Budget } from "../../../simulation/engine/model.ts";
import type { Pod } from "../../../simulation/engine/world.ts";
import { allowed, mayEvict } from "../../../simulation/scheduling/disruption.ts";
import { choose, obstacle } from "../../../simulation/scheduling/scheduler.ts";
import type { Values } from "./pods.ts";
import { node, placed, pod } from "./pods.ts";

const own = { matchLabels: { app: "web" } };

describe("a node takes a pod", () => {
  it("unless it has too little CPU, memory or room for pods left", () => {
    const full = node("n");
    for (let count = 0; count < 3; count += 1) placed(full);
    expect(obstacle(pod(), full, [full])).to.equal("cpu");
    expect(obstacle(pod({}, "400m"), full, [full])).to.equal(undefined);
    const crowded = node("m");
    for (let count = 0; count < 29; count += 1) placed(crowded, {}, "1m");
    expect(obstacle(pod({}, "1m"), crowded, [crowded])).to.equal("pods");
  });

  it("unless a taint is not tolerated", () => {
    const tainted = node("n", "a", [{ key: "team", value: "data", effect: "NoSchedule" }]);
    expect(obstacle(pod(), tainted, [tainted])).to.equal("taint");
    const equal = [{ key: "team", value: "data", effect: "NoSchedule" }];
    expect(obstacle(pod({ tolerations: equal }), tainted, [tainted])).to.equal(undefined);
    expect(obstacle(pod({ tolerations: [{ operator: "Exists" }] }), tainted, [tainted])).to.equal(undefined);
  });

  it("unless its labels are not selected", () => {
    const one = node("n");
    const zone = (value: string): Values => ({ nodeSelector: { "topology.kubernetes.io/zone": value } });
    expect(obstacle(pod(zone("b")), one, [one])).to.equal("selector");
    expect(obstacle(pod(zone("a")), one, [one])).to.equal(undefined);
  });

  it("unless its zone would be too far ahead", () => {
    const [first, second] = [node("n"), node("m", "b")];
    const strict = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: own,
        },
      ],
    };
    const there = placed(first);
    expect(obstacle(pod(strict), first, [first, second])).to.equal("spread");
    expect(obstacle(pod(strict), second, [first, second])).to.equal(undefined);
    there.goneAt = 30;
    expect(obstacle(pod(strict), first, [first, second]), "which ends with its shutdown").to.equal(undefined);
  });

  it("though its zone is ahead, where it is not itself among those that are spread", () => {
    const [first, second] = [node("n"), node("m", "b")];
    const spread = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: own,
        },
      ],
    };
    placed(first);
    const other = pod(spread);
    Object.assign(other.workload.template.labels, { app: "other" });
    expect(obstacle(other, first, [first, second])).to.equal(undefined);
  });

  it("though its zone would be too far ahead, where spreading is a wish only", () => {
    const [first, second] = [node("n"), node("m", "b")];
    const loose = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: own,
        },
      ],
    };
    placed(first);
    expect(obstacle(pod(loose), first, [first, second])).to.equal(undefined);
  });

  it("unless one that must stand apart is there", () => {
    const [first, second] = [node("n"), node("m")];
    const term = { topologyKey: "kubernetes.io/hostname", labelSelector: own };
    const apart = {
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
    };
    const there = placed(first);
    expect(obstacle(pod(apart), first, [first, second])).to.equal("anti-affinity");
    expect(obstacle(pod(apart), second, [first, second])).to.equal(undefined);
    there.goneAt = 30;
    expect(obstacle(pod(apart), first, [first, second]), "until it is gone").to.equal("anti-affinity");
  });
});

describe("the scheduler", () => {
  it("prefers the emptier node", () => {
    const [first, second] = [node("n"), node("m")];
    placed(first);
    expect(choose(pod(), [first, second])).to.equal(second);
  });

  it("prefers the emptier zone where it is asked to spread, even on a fuller node", () => {
    const [first, second] = [node("n"), node("m", "b")];
    placed(first, {}, "100m");
    const other = placed(second, {}, "600m");
    Object.assign(other.workload.template.labels, { app: "other" });
    const loose = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: own,
        },
      ],
    };
    expect(choose(pod(), [first, second])).to.equal(first);
    expect(choose(pod(loose), [first, second])).to.equal(second);
  });

  it("finds no node where every one has an obstacle", () => {
    expect(choose(pod({}, "3"), [node("n"), node("m")])).to.equal(undefined);
  });
});

describe("a disruption budget", () => {
  const budget = (limits: Partial<Budget>): Budget => ({
    name: "web",
    namespace: "apps",
    selector: [{ key: "app", operator: "In", values: ["web"] }],
    ...limits,
  });
  const pods = (ready: number, unready: number): readonly Pod[] => [
    ...Array.from({ length: ready }, () => placed(node("n"))),
    ...Array.from({ length: unready }, () => pod()),
  ];
  const seven = (): number => 7;

  it("lets two of seven go where half must stay, as the documentation's 50 % of 7 makes 4", () => {
    expect(allowed(budget({ minAvailable: "50%" }), pods(6, 0), seven)).to.equal(2);
  });

  it("counts those that may be away from what there should be", () => {
    expect(allowed(budget({ maxUnavailable: 1 }), pods(7, 0), seven)).to.equal(1);
    expect(allowed(budget({ maxUnavailable: 1 }), pods(6, 0), seven)).to.equal(0);
    expect(allowed(budget({ maxUnavailable: "30%" }), pods(7, 0), seven)).to.equal(3);
  });

  it("lets a pod that is not ready go only while enough others are", () => {
    const [strict, all] = [budget({ minAvailable: 6 }), pods(6, 1)];
    const [ready, unready] = [all[0], all[6]];
    expect(ready !== undefined && mayEvict(ready, [strict], all, seven)).to.equal(false);
    expect(unready !== undefined && mayEvict(unready, [strict], all, seven)).to.equal(true);
  });

  it("has nothing to say about other pods", () => {
    const [one] = pods(1, 0);
    const elsewhere = { ...budget({ minAvailable: 9 }), namespace: "other" };
    expect(one !== undefined && mayEvict(one, [elsewhere], [one], () => 1)).to.equal(true);
  });
});
