import { expect } from "chai";
import type { NodePool } from "../../../simulation/engine/model.ts";
import type { State } from "../../../simulation/engine/state.ts";
import { disruptable, offersOf } from "../../../simulation/nodes/karpenter.ts";
import type { GraphObject } from "../../../simulation/stack/graph.ts";
import { clusterOf, deployment, scaledObject, service, subnets } from "../fixture.ts";
import { run } from "../runs.ts";

/** A service with a fixed number of copies, a core each. */
function copies(replicas: number): readonly GraphObject[] {
  return [deployment("web", { replicas, cpu: "1" }), service("web"), ...subnets];
}

/** A window that closes ten minutes after the profile began. */
const nine = { start: "0 8 * * *", end: "10 9 * * *", timezone: "Europe/Rome" };

function settled(objects: readonly GraphObject[], seconds = 60): State {
  return run(objects, { seconds }).state;
}

describe("Karpenter", () => {
  const pool = (
    requirements: readonly object[],
    more: object = {},
    disruption: object = {},
  ): GraphObject => ({
    type: "kubernetes:karpenter.sh/v1:NodePool",
    id: "general",
    inputs: {
      kind: "NodePool",
      metadata: { name: "general" },
      spec: {
        template: { spec: { requirements } },
        disruption: { consolidateAfter: "60s", ...disruption },
        ...more,
      },
    },
  });
  const karpenter: GraphObject = {
    type: "kubernetes:helm.sh/v3:Release",
    id: "kube-system/karpenter",
    inputs: { name: "karpenter", chart: "karpenter", namespace: "kube-system", values: {} },
  };
  const families = { key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["m5"] };
  const onDemand = { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] };
  const types = ({ nodes }: State): readonly string[] => nodes.map(({ type }) => type.name).sort();

  it("brings one node of the cheapest type that holds the batch", () => {
    expect(types(settled([...copies(3), pool([families, onDemand]), karpenter]))).to.deep.equal([
      "m5.xlarge",
    ]);
  });

  it("buys spot where it may", () => {
    const both = { ...onDemand, values: ["spot", "on-demand"] };
    const state = settled([...copies(1), pool([families, both]), karpenter]);
    expect(state.nodes.map(({ spot }) => spot)).to.deep.equal([true]);
  });

  it("stops at the pool's limits, and they are named", () => {
    const state = settled([...copies(5), pool([families, onDemand], { limits: { cpu: "4" } }), karpenter]);
    expect(state.pending.length).to.be.greaterThan(0);
    expect([...state.limits.values()][0]?.remedy).to.equal(
      "raise the pool's limits or widen its requirements",
    );
  });

  it("offers what a pool's requirements leave, cheapest first", () => {
    const [read] = clusterOf([
      pool([families, onDemand, { key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["2"] }]),
    ]).pools;
    const offers = read === undefined ? [] : offersOf(read);
    expect(offers.map(({ type, spot }) => [type.name, spot])).to.deep.equal([
      ["m5.xlarge", false],
      ["m5.2xlarge", false],
      ["m5.4xlarge", false],
    ]);
  });

  it("reads a pool as its NodePool says", () => {
    const [read]: readonly (NodePool | undefined)[] = clusterOf([
      pool(
        [onDemand],
        { weight: 10, limits: { cpu: "100" } },
        { consolidationPolicy: "WhenEmpty", consolidateAfter: "Never" },
      ),
    ]).pools;
    expect(read).to.deep.include({
      weight: 10,
      consolidation: "WhenEmpty",
      consolidateAfterSeconds: Number.POSITIVE_INFINITY,
      budgets: ["10%"],
    });
  });

  it("closes a batch a second after the last pod came", () => {
    const [node] = settled([...copies(3), pool([families, onDemand]), karpenter]).nodes;
    expect(node?.createdAt).to.be.within(-1800, -1798);
  });

  it("counts a budget over the nodes that are ready", () => {
    const state = settled([...copies(3), pool([families, onDemand]), karpenter]);
    const [read] = clusterOf([pool([])]).pools;
    const [node] = state.nodes;
    if (read === undefined || node === undefined) throw new Error("no pool, no node");
    const ten = Array.from({ length: 10 }, () => ({ ...node, readyAt: 0 }));
    expect(disruptable(read, ten, 0)).to.equal(1);
    expect(disruptable(read, [...ten, { ...node, readyAt: 9 }], 0)).to.equal(1);
    expect(disruptable(read, [...ten, { ...node, readyAt: 9 }], 9)).to.equal(2);
    expect(
      disruptable(
        read,
        ten.map((one) => ({ ...one, cordoned: true })),
        0,
      ),
    ).to.equal(0);
  });

  it("leaves a node alone until no pod has come or gone for as long as the pool says", () => {
    const small = { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m5.large"] };
    const trigger = { type: "cron", metadata: { ...nine, desiredReplicas: "4" } };
    const scaled = scaledObject("web", [trigger], { minReplicaCount: 1, maxReplicaCount: 4 });
    const objects = [...copies(1), scaled, pool([small, onDemand]), karpenter];
    const { events } = run(objects, { seconds: 1800 }).state;
    const fewer = events.find(({ what }) => what === "4 to 1 replicas")?.at ?? NaN;
    const empty = events.find(({ why }) => why === "it is empty")?.at ?? NaN;
    expect(empty - fewer).to.be.within(60, 70);
  });

  it("takes no more empty nodes at a time than the budget allows", () => {
    const small = { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m5.large"] };
    const trigger = { type: "cron", metadata: { ...nine, desiredReplicas: "8" } };
    const objects = [
      ...copies(1),
      scaledObject("web", [trigger], { minReplicaCount: 1, maxReplicaCount: 8 }),
      pool([small, onDemand], {}, { budgets: [{ nodes: "1" }] }),
      karpenter,
    ];
    const going: number[] = [];
    const watch = ({ nodes }: State): void =>
      void going.push(nodes.filter(({ cordoned }) => cordoned).length);
    const { nodes } = run(objects, { watch, seconds: 1800 }).state;
    expect(Math.max(...going)).to.equal(1);
    expect(nodes.length).to.be.at.most(2);
  });

  it("consolidates when the load is gone", () => {
    const trigger = {
      type: "prometheus",
      metadata: { query: "sum(rate(http_requests_total[1m]))", threshold: "50" },
    };
    const scaled: GraphObject = {
      type: "kubernetes:keda.sh/v1alpha1:ScaledObject",
      id: "web",
      inputs: {
        kind: "ScaledObject",
        metadata: { name: "web", namespace: "apps" },
        spec: {
          scaleTargetRef: { name: "web" },
          minReplicaCount: 1,
          maxReplicaCount: 12,
          triggers: [trigger],
        },
      },
    };
    const objects = [
      ...copies(1),
      scaled,
      pool([families, onDemand], {}, { budgets: [{ nodes: "100%" }] }),
      karpenter,
    ];
    const sizes: number[] = [];
    const requests = (second: number): number => (second < 600 ? 600 : 10);
    const watch = ({ nodes }: State): void =>
      void sizes.push(nodes.reduce((sum, { type }) => sum + type.cpu, 0));
    run(objects, { requests, watch, seconds: 3600 });
    expect(Math.max(...sizes)).to.be.at.least(12);
    expect(sizes.at(-1)).to.equal(2);
  });
});
