import { expect } from "chai";
import { clusterAutoscalerValues } from "../../../components/eks-cluster/controller-values.ts";
import type { State } from "../../../simulation/engine/state.ts";
import type { Node } from "../../../simulation/engine/world.ts";
import { groupNode } from "../../../simulation/nodes/node-groups.ts";
import { scanDown } from "../../../simulation/nodes/scale-down.ts";
import type { GraphObject } from "../../../simulation/stack/graph.ts";
import {
  budget,
  clusterAutoscaler,
  clusterOf,
  deployment,
  levelProfile,
  nodeGroup,
  scaledObject,
  service,
  subnets,
} from "../fixture.ts";
import { run } from "../runs.ts";

/** A service with a fixed number of copies, a core each: one to a node of type m5.large. */
function copies(replicas: number, spec: Readonly<Record<string, unknown>> = {}): readonly GraphObject[] {
  return [deployment("web", { replicas, cpu: "1", spec }), service("web"), ...subnets];
}

const group = (name: string, min: number, desired: number, max: number, more: object = {}): GraphObject =>
  nodeGroup(name, { scalingConfig: { minSize: min, desiredSize: desired, maxSize: max }, ...more });

/** An empty node that has been ready for a while. */
function node(name: string): Node {
  const cluster = clusterOf([nodeGroup("base"), ...subnets]);
  const [base] = cluster.groups;
  if (base === undefined) throw new Error("one object makes one group");
  return groupNode(base, { name, zone: "eu-west-1a", createdAt: 0, readyAt: 0 }, cluster);
}

/** A cron trigger that opens a minute after the profile begins. */
const lunch = { start: "1 9 * * *", end: "0 12 * * *", timezone: "Europe/Rome", desiredReplicas: "1" };

/** The state as it was before the first second, and the limits that counted from then on. */
function settled(objects: readonly GraphObject[], seconds = 60): State {
  return run(objects, { seconds }).state;
}

const owners = ({ nodes }: State): Readonly<Record<string, number>> => {
  const names = nodes.map(({ owner }) => owner);
  return Object.fromEntries(
    [...new Set(names)].sort().map((name) => [name, names.filter((one) => one === name).length]),
  );
};

describe("Cluster Autoscaler", () => {
  it("adds as many nodes as the pending pods need", () => {
    const state = settled([...copies(7), group("base", 1, 2, 12), clusterAutoscaler()]);
    expect(owners(state)).to.deep.equal({ base: 7 });
    expect(state.pending).to.deep.equal([]);
  });

  it("stops at the maximum, and the limit is named with what to change", () => {
    const state = settled([...copies(7), group("base", 1, 2, 5), clusterAutoscaler()]);
    expect(owners(state)).to.deep.equal({ base: 5 });
    expect(state.pending).to.have.length(2);
    expect([...state.limits.values()]).to.deep.include({
      object: "no node group takes a pending pod (base: at its maximum of 5)",
      remedy: "raise the group's maximum size",
      seconds: 60,
    });
  });

  it("does nothing for a pod that no group can take", () => {
    const big = deployment("web", { replicas: 1, cpu: "6" });
    const state = settled([big, service("web"), ...subnets, group("base", 1, 1, 5), clusterAutoscaler()]);
    expect(owners(state)).to.deep.equal({ base: 1 });
    expect([...state.limits.keys()]).to.deep.equal([
      "no node group takes a pending pod (base: a new m5.large does not take web (cpu))",
    ]);
  });

  it("spreads new nodes over the zones", () => {
    const state = settled([...copies(6), group("base", 1, 1, 12), clusterAutoscaler()]);
    const zones = state.nodes.map(({ zone }) => zone).sort();
    expect(zones.filter((zone) => zone === "eu-west-1a")).to.have.length(2);
    expect(new Set(zones).size).to.equal(3);
  });

  it("takes the group that its expander prefers", () => {
    const large = group("large", 0, 0, 5, { instanceTypes: ["m5.4xlarge"] });
    const objects = [
      ...copies(4),
      group("small", 1, 1, 9),
      large,
      clusterAutoscaler({ expander: "least-waste" }),
    ];
    expect(owners(settled(objects))).to.deep.equal({ small: 4 });
  });

  it("asks the groups in the order that the platform's own patterns give them", () => {
    const large = group("large", 0, 0, 5, { instanceTypes: ["m5.4xlarge"] });
    const objects = [...copies(4), group("small", 1, 1, 9), large];
    const grown = (priorities: Readonly<Record<string, number>>): unknown => {
      const values = clusterAutoscalerValues(
        {
          clusterName: "test",
          region: "eu-west-1",
          vpcId: "vpc-0a1b",
          vpcCidr: "10.0.0.0/16",
          replicas: 1,
          readableSecrets: [],
          autoscaling: undefined,
          zone: undefined,
          tags: {},
        },
        { expander: "priority", priorities },
      );
      const release = clusterAutoscaler();
      return owners(settled([...objects, { ...release, inputs: { ...release.inputs, values } }]));
    };
    expect(grown({ small: 10, large: 50 })).to.deep.equal({ large: 1, small: 1 });
    expect(grown({ small: 50, large: 10 })).to.deep.equal({ small: 4 });
  });

  it("shares growth among groups alike where it is asked to", () => {
    const objects = [...copies(7), group("one", 1, 1, 9), group("two", 1, 1, 9)];
    const shared = settled([
      ...objects,
      clusterAutoscaler({ "balance-similar-node-groups": true, expander: "most-pods" }),
    ]);
    expect(Math.abs((owners(shared).one ?? 0) - (owners(shared).two ?? 0))).to.be.at.most(1);
  });

  it("takes a node away when it was not needed for ten minutes, and no sooner", () => {
    const objects = [
      ...copies(3),
      group("base", 3, 6, 9),
      clusterAutoscaler({ "scale-down-unneeded-time": "35m" }),
    ];
    const state = run(objects, { seconds: 900 }).state;
    expect(owners(state)).to.deep.equal({ base: 3 });
    const first = state.events[0];
    expect(first?.at).to.be.within(300, 310);
    expect(first?.what).to.equal("base: 6 to 5 nodes");
  });

  it("takes none away for ten minutes after it added one, though it was marked long before", () => {
    const late = deployment("late", { cpu: "1", spec: { nodeSelector: { for: "late" } } });
    const objects = [
      ...copies(3),
      late,
      scaledObject("late", [{ type: "cron", metadata: lunch }], { minReplicaCount: 0, maxReplicaCount: 2 }),
      group("base", 3, 6, 9),
      group("late", 0, 0, 2, { labels: { for: "late" } }),
      clusterAutoscaler({ "scale-down-unneeded-time": "32m" }),
    ];
    const { events } = run(objects, { seconds: 1800 }).state;
    const nodes = events.filter(({ who }) => who === "Cluster Autoscaler");
    const [added, removed] = [nodes[0]?.at ?? 0, nodes[1]?.at ?? 0];
    expect(nodes.slice(0, 2).map(({ what }) => what)).to.deep.equal([
      "late: 0 to 1 nodes",
      "base: 6 to 5 nodes",
    ]);
    expect(added).to.be.within(60, 120);
    expect(removed).to.equal(added + 600);
  });

  it("takes nodes away while a pod waits that no group can help", () => {
    const stuck = deployment("stuck", { replicas: 1, cpu: "64" });
    const objects = [...copies(3), stuck, group("base", 3, 6, 9), clusterAutoscaler()];
    expect(owners(run(objects, { seconds: 60 }).state)).to.deep.equal({ base: 3 });
  });

  it("keeps a node with pods of the cluster's own, unless told not to", () => {
    const own = { ...deployment("agent", { replicas: 3, cpu: "100m" }) };
    const inSystem = {
      ...own,
      inputs: { ...own.inputs, metadata: { name: "agent", namespace: "kube-system" } },
    };
    const objects = [inSystem, ...subnets, group("base", 1, 3, 9)];
    const quick = { "scale-down-unneeded-time": "1m", "scale-down-delay-after-add": "0s" };
    expect(owners(settled([...objects, clusterAutoscaler(quick)]))).to.deep.equal({ base: 3 });
    const careless = { ...quick, "skip-nodes-with-system-pods": false };
    expect(owners(settled([...objects, clusterAutoscaler(careless)]))).to.deep.equal({ base: 1 });
  });

  it("takes a node with pods of the cluster's own that a budget covers", () => {
    const metadata = { name: "agent", namespace: "kube-system" };
    const inSystem = (one: GraphObject): GraphObject => ({ ...one, inputs: { ...one.inputs, metadata } });
    const own = deployment("agent", { replicas: 3, cpu: "100m" });
    const quick = clusterAutoscaler({ "scale-down-unneeded-time": "1m", "scale-down-delay-after-add": "0s" });
    const objects = [inSystem(own), ...subnets, group("base", 1, 3, 9), quick];
    expect(owners(settled([...objects, inSystem(budget("agent"))]))).to.deep.equal({ base: 1 });
    expect(owners(settled(objects))).to.deep.equal({ base: 3 });
  });

  it("lets the time of nodes run on that only the minimum keeps", () => {
    const idle = [node("one"), node("two")];
    const survey = {
      now: 1000,
      nodes: idle,
      pods: [],
      budgets: [],
      expected: () => 0,
      expendablePriority: -10,
    };
    const limits = { utilizationThreshold: 0.5, unneededSeconds: 600, skipSystemPods: true };
    expect(scanDown(survey, { ...limits, spare: new Map([["base", 0]]) })).to.deep.equal([]);
    const later = scanDown({ ...survey, now: 1600 }, { ...limits, spare: new Map([["base", 1]]) });
    expect(later.map(({ name }) => name)).to.deep.equal(["one"]);
  });

  it("counts DaemonSets as use", () => {
    const agent: GraphObject = {
      type: "kubernetes:apps/v1:DaemonSet",
      id: "agent",
      inputs: {
        kind: "DaemonSet",
        metadata: { name: "agent" },
        spec: {
          template: { spec: { containers: [{ name: "a", resources: { requests: { cpu: "900m" } } }] } },
        },
      },
    };
    const objects = [
      deployment("web", { replicas: 3, cpu: "100m" }),
      service("web"),
      ...subnets,
      group("base", 1, 3, 9),
    ];
    const quick = clusterAutoscaler({ "scale-down-unneeded-time": "1m", "scale-down-delay-after-add": "0s" });
    expect(owners(settled([...objects, quick]))).to.deep.equal({ base: 1 });
    expect(owners(settled([...objects, agent, quick]))).to.deep.equal({ base: 3 });
  });

  it("keeps the minimum", () => {
    expect(owners(settled([...copies(1), group("base", 4, 4, 9), clusterAutoscaler()], 3600))).to.deep.equal({
      base: 4,
    });
  });

  it("gives a group up that brings no node in time", () => {
    const profile = levelProfile(1).replace("noise: 0", "noise: 0\nnodeStartSeconds: 5000");
    const objects = [
      ...copies(4),
      group("base", 3, 3, 9),
      clusterAutoscaler({ "max-node-provision-time": "15m" }),
    ];
    const { events } = run(objects, { profile, seconds: 1800 }).state;
    expect(events.some(({ why }) => why.endsWith("did not come within 900 s"))).to.equal(true);
  });
});
