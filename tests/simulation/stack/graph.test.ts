import { expect } from "chai";
import { objectsInEvents } from "../../../simulation/stack/deploy.ts";
import type { GraphObject } from "../../../simulation/stack/graph.ts";
import { objectsIn, readGraph } from "../../../simulation/stack/graph.ts";
import { chartPods } from "../../../simulation/stack/system-pods.ts";
import {
  clusterOf,
  deployment,
  hpa,
  nodeGroup,
  scaledObject,
  served,
  service,
  shop,
  subnets,
} from "../fixture.ts";

describe("reading a stack's objects", () => {
  it("finds what scales, and what it stands on", () => {
    const cluster = clusterOf();
    expect(cluster.workloads.map(({ id }) => id)).to.deep.equal([
      "apps/api",
      "apps/placeholder",
      "apps/web",
      "apps/worker",
    ]);
    expect(cluster.autoscalers.map(({ kind, target, min, max }) => [kind, target, min, max])).to.deep.equal([
      ["HPA", "apps/api", 2, 60],
      ["HPA", "apps/web", 3, 40],
      ["ScaledObject", "apps/worker", 1, 10],
    ]);
    expect(
      cluster.groups.map(({ name, spot, min, desired, max }) => [name, spot, min, desired, max]),
    ).to.deep.equal([
      ["base", false, 3, 3, 12],
      ["spot", true, 0, 2, 20],
    ]);
    expect(cluster.zones).to.deep.equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    expect(cluster.clusterAutoscaler).to.deep.include({
      expander: "least-waste",
      scanSeconds: 10,
      unneededSeconds: 600,
    });
  });

  it("tells what a Service selects from what none selects", () => {
    const { workloads } = clusterOf([deployment("web"), service("web"), deployment("worker")]);
    expect(workloads.map(({ name, served: isServed }) => [name, isServed])).to.deep.equal([
      ["web", true],
      ["worker", false],
    ]);
  });

  it("says of an autoscaler without a workload that it is not simulated", () => {
    const { notes, autoscalers } = clusterOf([hpa("ghost")]);
    expect(autoscalers).to.deep.equal([]);
    expect(notes).to.deep.equal(["ghost scales apps/ghost, which is not among the stack's objects"]);
  });

  it("says of a trigger that nothing stands for that it cannot be read", () => {
    const triggers = [
      { type: "kafka", metadata: { lagThreshold: "5" } },
      { type: "prometheus", metadata: { query: "avg(temperature)", threshold: "20" } },
    ];
    expect(clusterOf([deployment("worker"), scaledObject("worker", triggers)]).notes).to.deep.equal([
      "trigger s1-prometheus of worker counts as one that cannot be read",
    ]);
  });

  it("reads how long a pod stays on a node that does not answer, five minutes where it does not say", () => {
    const seconds = (tolerations: readonly object[]): number | undefined =>
      clusterOf([deployment("web", { spec: { tolerations } })]).workloads[0]?.template.unreachableSeconds;
    const unreachable = { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute" };
    expect(seconds([])).to.equal(300);
    expect(seconds([{ key: "team", operator: "Exists" }])).to.equal(300);
    expect(seconds([{ ...unreachable, tolerationSeconds: 30 }])).to.equal(30);
    expect(seconds([unreachable])).to.equal(Number.POSITIVE_INFINITY);
  });

  it("gives a node group the zones of its own subnets", () => {
    const { groups } = clusterOf([nodeGroup("base", { subnetIds: ["subnet-b"] }), ...subnets]);
    expect(groups[0]?.zones).to.deep.equal(["eu-west-1b"]);
  });

  it("reads taints as Kubernetes spells them", () => {
    const taints = [{ key: "team", value: "data", effect: "NO_SCHEDULE" }];
    expect(clusterOf([nodeGroup("base", { taints })]).groups[0]?.taints).to.deep.equal([
      { key: "team", value: "data", effect: "NoSchedule" },
    ]);
  });

  it("fills an autoscaler's behaviour with the defaults of Kubernetes", () => {
    const scaleUp = { policies: [{ type: "Pods", value: 2, periodSeconds: 120 }], tolerance: "0" };
    const [scaler] = clusterOf(served("web", { behavior: { scaleUp } })).autoscalers;
    expect(scaler?.up).to.deep.equal({
      stabilizationSeconds: 0,
      policies: [{ type: "Pods", value: 2, periodSeconds: 120 }],
      select: "Max",
      tolerance: 0,
    });
    expect(scaler?.down.stabilizationSeconds).to.equal(300);
  });

  it("counts sidecars with the containers, and a starter only where it needs more", () => {
    const pod = (cpu: string, more: object = {}): object => ({ resources: { requests: { cpu } }, ...more });
    const spec = {
      initContainers: [
        pod("200m", { name: "proxy", restartPolicy: "Always" }),
        pod("600m", { name: "migrate" }),
      ],
    };
    const { workloads } = clusterOf([deployment("web", { cpu: "500m", spec })]);
    expect(workloads[0]?.template.requests.cpu).to.be.closeTo(0.7, 1e-9);
  });

  it("keeps of a stack only what it reads", () => {
    const secret = {
      type: "kubernetes:core/v1:Secret",
      id: "s",
      inputs: { kind: "Secret", stringData: { a: "b" } },
    };
    expect(objectsIn([secret, ...shop]).map(({ type }) => type)).to.deep.equal(shop.map(({ type }) => type));
  });
});

describe("the platform's own pods", () => {
  const release = (values: object): GraphObject => ({
    type: "kubernetes:helm.sh/v3:Release",
    id: "x",
    inputs: { name: "stack", chart: "stack", namespace: "monitoring", values },
  });
  const resources = { requests: { cpu: "100m", memory: "256Mi" } };

  it("are read from a chart's values, beside their number of copies", () => {
    const { workloads } = readGraph("t", [
      release({ server: { replicas: 2, resources }, cleaner: { resources } }),
    ]);
    expect(workloads.map(({ id, replicas, served: isServed }) => [id, replicas, isServed])).to.deep.equal([
      ["monitoring/stack/server", 2, false],
    ]);
  });

  it("weigh on every node where they are a DaemonSet", () => {
    const { daemons, workloads } = readGraph("t", [release({ "node-exporter": { resources } })]);
    expect(daemons).to.deep.equal([
      { name: "stack/node-exporter", requests: { cpu: 0.1, memory: 2 ** 28, disk: 0 } },
    ]);
    expect(workloads).to.deep.equal([]);
  });

  it("count once for each copy of a set with a pod template", () => {
    const podTemplate = { spec: { containers: [{ name: "a", resources }] } };
    expect(chartPods({ name: "es", values: { nodeSets: [{ count: 3, podTemplate }] } })).to.have.length(1);
    expect(
      chartPods({ name: "es", values: { nodeSets: [{ count: 3, podTemplate }] } })[0]?.replicas,
    ).to.equal(3);
  });

  it("come with the add-ons of EKS: an agent on every node, and Deployments", () => {
    const addOns = ["aws-ebs-csi-driver", "coredns", "unheard-of"].map((addonName) => ({
      type: "aws:eks/addon:Addon",
      id: addonName,
      inputs: { addonName },
    }));
    const { daemons, workloads } = readGraph("t", addOns);
    expect(daemons).to.deep.equal([
      { name: "aws-ebs-csi-driver", requests: { cpu: 0.03, memory: 120 * 2 ** 20, disk: 0 } },
    ]);
    expect(
      workloads.map(({ id, kind, replicas, template }) => [id, kind, replicas, template.requests.cpu]),
    ).to.deep.equal([
      ["kube-system/ebs-csi-controller", "Platform", 2, 0.05],
      ["kube-system/coredns", "Platform", 2, 0.1],
    ]);
  });

  it("are not counted where a part is switched off", () => {
    expect(chartPods({ name: "x", values: { grafana: { enabled: false, resources } } })).to.deep.equal([]);
  });
});

describe("the engine's event log", () => {
  const event = (type: string, inputs: object, outputs: object = {}): string =>
    JSON.stringify({
      resOutputsEvent: { metadata: { new: { urn: `urn:${type}`, type, id: "i", inputs, outputs } } },
    });

  it("gives each object once, as it was asked for, with the name that was made up for it", () => {
    const token = "kubernetes:apps/v1:Deployment";
    const log = [
      JSON.stringify({ preludeEvent: {} }),
      event(
        token,
        { kind: "Deployment", metadata: { namespace: "apps" } },
        { metadata: { name: "web-123" } },
      ),
      event("aws:s3/bucket:Bucket", {}),
      "",
    ].join("\n");
    expect(objectsInEvents(log)).to.deep.equal([
      {
        type: token,
        id: "i",
        inputs: { kind: "Deployment", metadata: { namespace: "apps", name: "web-123" } },
      },
    ]);
  });
});
