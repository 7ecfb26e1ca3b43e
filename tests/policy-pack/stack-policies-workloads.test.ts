import { expect } from "chai";

import { changed, graph, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import { found, foundIn, inBoth, rewritten } from "./support/stack.ts";

const zone = "topology.kubernetes.io/zone";
const labels = { app: "api", tier: "web" };
const metadata = { name: "api", namespace: "shop" };
const template = { metadata: { labels }, spec: { topologySpreadConstraints: [{ topologyKey: zone }] } };
const selector = { matchLabels: { app: "api" } };
const workload: Planned = {
  ...{ type: "kubernetes:apps/v1:Deployment", name: "workload" },
  props: { metadata, spec: { selector, template } },
};
const scaler: Planned = {
  ...{ type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", name: "scaler" },
  props: {
    metadata,
    spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, minReplicas: 2, maxReplicas: 4 },
  },
};
const budget: Planned = {
  ...{ type: "kubernetes:policy/v1:PodDisruptionBudget", name: "budget" },
  props: { metadata, spec: { selector, maxUnavailable: 1 } },
};
const service: readonly Planned[] = [workload, scaler, budget];
const alone = without(service, "scaler");
const withSpec = (name: string, spec: object, planned = service): readonly Planned[] =>
  changed(planned, name, { props: { metadata, spec } });
const events = (spec: object): Planned => ({
  ...{ type: "kubernetes:keda.sh/v1alpha1:ScaledObject", name: "events" },
  props: { metadata, spec: { scaleTargetRef: { name: "api" }, ...spec } },
});

describe("k8s-pdb-required", () => {
  const none =
    "workload: no PodDisruptionBudget selects its pods, so draining nodes may take them all: add one with maxUnavailable 1.";
  const judge = (planned: readonly Planned[]) => found("k8s-pdb-required", "update", planned);
  const withBudget = (spec: object) => judge(withSpec("budget", { selector, ...spec }));

  inBoth("passes when a budget selects the pods", async (moment) => {
    expect(await found("k8s-pdb-required", moment, service)).to.deep.equal([]);
  });

  inBoth("objects when nothing does", async (moment) => {
    expect(await found("k8s-pdb-required", moment, without(service, "budget"))).to.deep.equal([none]);
  });

  it("objects when the budget is for other pods, or of another namespace", async () => {
    expect(await withBudget({ selector: { matchLabels: { app: "web" } } })).to.deep.equal([none]);
    const elsewhere = { metadata: { name: "api", namespace: "other" }, spec: { selector } };
    expect(await judge(changed(service, "budget", { props: elsewhere }))).to.deep.equal([none]);
  });

  it("reads a selector's expressions", async () => {
    const expression = (operator: string, values: readonly string[] = []) =>
      withBudget({ selector: { matchExpressions: [{ key: "tier", operator, values }] }, maxUnavailable: 1 });
    expect(await expression("In", ["web", "api"])).to.deep.equal([]);
    expect(await expression("Exists")).to.deep.equal([]);
    expect(await expression("NotIn", ["web"])).to.deep.equal([none]);
    expect(await expression("DoesNotExist")).to.deep.equal([none]);
  });

  it("objects to a budget that lets no pod go", async () => {
    const blocked = (what: string): readonly string[] => [
      `workload: PodDisruptionBudget budget has ${what} for 2 pods, so no node can be drained: let one go.`,
    ];
    expect(await withBudget({ maxUnavailable: 0 })).to.deep.equal(blocked("maxUnavailable 0"));
    expect(await withBudget({ maxUnavailable: "0%" })).to.deep.equal(blocked("maxUnavailable 0%"));
    expect(await withBudget({ minAvailable: 2 })).to.deep.equal(blocked("minAvailable 2"));
    expect(await withBudget({ minAvailable: "51%" })).to.deep.equal(blocked("minAvailable 51%"));
    expect(await withBudget({ minAvailable: "50%" })).to.deep.equal([]);
  });

  it("objects to two budgets, with which nothing can be evicted", async () => {
    expect(await judge([...service, { ...budget, name: "second" }])).to.deep.equal([
      "workload: PodDisruptionBudgets budget and second both select its pods, so none can be evicted at all: keep one.",
    ]);
  });

  it("asks nothing of what runs once", async () => {
    expect(await judge([workload])).to.deep.equal([]);
    const stateful = { ...workload, type: "kubernetes:apps/v1:StatefulSet" };
    expect(await judge([stateful])).to.deep.equal([]);
    const spec = { selector, template, replicas: 3 };
    expect(await judge([{ ...stateful, props: { metadata, spec } }])).to.deep.equal([none]);
  });

  it("waits for the update while the budget's namespace is not known", async () => {
    const plan = graph("preview", service);
    const unknown = rewritten(plan, "budget", { metadata: { namespace: UNKNOWN }, spec: { selector } });
    expect(await foundIn("k8s-pdb-required", unknown)).to.deep.equal([]);
    const [deferred] = await foundIn("checks-deferred", unknown);
    expect(deferred).to.include("k8s-pdb-required 1");
  });
});

describe("k8s-hpa-required", () => {
  const judge = (planned: readonly Planned[]) => found("k8s-hpa-required", "update", planned);

  inBoth("passes when one autoscaler has the deployment", async (moment) => {
    expect(await found("k8s-hpa-required", moment, service)).to.deep.equal([]);
  });

  inBoth("objects when none has it", async (moment) => {
    const none =
      "workload: no HorizontalPodAutoscaler or ScaledObject scales it: add one with minReplicas and maxReplicas.";
    expect(await found("k8s-hpa-required", moment, alone)).to.deep.equal([none]);
    const other = { scaleTargetRef: { kind: "StatefulSet", name: "api" }, minReplicas: 2 };
    expect(await found("k8s-hpa-required", moment, withSpec("scaler", other))).to.deep.equal([none]);
  });

  it("takes one that scales by events", async () => {
    expect(await judge([...alone, events({ minReplicaCount: 2 })])).to.deep.equal([]);
    expect(await judge([...alone, events({})])).to.deep.equal([
      "workload: events may leave 0 of its pods: keep 2 or more in this stack.",
    ]);
  });

  it("objects to a minimum of one, which is also the default", async () => {
    const spec = { scaleTargetRef: { kind: "Deployment", name: "api" } };
    expect(await judge(withSpec("scaler", spec))).to.deep.equal([
      "workload: scaler may leave 1 of its pods: keep 2 or more in this stack.",
    ]);
  });

  it("objects to two", async () => {
    expect(await judge([...service, events({ minReplicaCount: 2 })])).to.deep.equal([
      "workload: scaler and events both scale it and undo each other's work: keep one.",
    ]);
  });

  it("objects to a number of the deployment's own beside it", async () => {
    expect(await judge(withSpec("workload", { selector, template, replicas: 3 }))).to.deep.equal([
      "workload: spec.replicas is 3, which each deployment puts in place of what the autoscaler chose: leave it out.",
    ]);
  });
});

describe("k8s-replicas-and-spread", () => {
  const judge = (planned: readonly Planned[]) => found("k8s-replicas-and-spread", "update", planned);
  const spread = `workload: its pods may all be in one zone: add a topologySpreadConstraint on ${zone}.`;
  const withPod = (spec: object) => judge(withSpec("workload", { template: { metadata: { labels }, spec } }));

  inBoth("passes when two pods or more are spread over zones", async (moment) => {
    expect(await found("k8s-replicas-and-spread", moment, service)).to.deep.equal([]);
  });

  inBoth("objects to a workload that runs once", async (moment) => {
    expect(await found("k8s-replicas-and-spread", moment, alone)).to.deep.equal([
      "workload: it may have 1 pod: have 2 or more, by replicas or by its autoscaler's minimum.",
    ]);
  });

  it("counts the workload's own number where nothing scales it", async () => {
    expect(await judge(withSpec("workload", { selector, template, replicas: 2 }, alone))).to.deep.equal([]);
  });

  it("objects to pods that may share a zone", async () => {
    expect(await withPod({})).to.deep.equal([spread]);
    const byNode = [{ topologyKey: "kubernetes.io/hostname" }];
    expect(await withPod({ topologySpreadConstraints: byNode })).to.deep.equal([spread]);
  });

  it("takes pods that avoid each other's zone", async () => {
    const term = { topologyKey: zone, labelSelector: selector };
    const required = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const preferred = {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }],
    };
    expect(await withPod({ affinity: { podAntiAffinity: required } })).to.deep.equal([]);
    expect(await withPod({ affinity: { podAntiAffinity: preferred } })).to.deep.equal([]);
  });

  it("objects to updates that stop everything first", async () => {
    const recreate = { selector, template, strategy: { type: "Recreate" } };
    expect(await judge(withSpec("workload", recreate))).to.deep.equal([
      "workload: strategy.type is Recreate, so every update is an outage: use RollingUpdate.",
    ]);
    const all = { selector, template, strategy: { rollingUpdate: { maxUnavailable: "100%" } } };
    expect(await judge(withSpec("workload", all))).to.deep.equal([
      "workload: strategy.rollingUpdate.maxUnavailable is 100%, so every update is an outage: lower it.",
    ]);
  });
});
