import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World, but, container, deployment, reasons } from "./world.ts";

type Mistake = readonly [title: string, type: string, inputs: Properties, reason: string];

const metadata = { name: "web", namespace: "default" };
const target = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const scaled = (metric: Properties): Properties => ({
  metadata,
  spec: { maxReplicas: 3, scaleTargetRef: target, metrics: [metric] },
});
const job = (fields: Properties): Properties => {
  const template = { spec: { restartPolicy: "Never", containers: [container({})] } };
  return { metadata, spec: { template, ...fields } };
};

const mistakes: readonly Mistake[] = [
  [
    "a metric of nothing",
    "autoscaling/v2:HorizontalPodAutoscaler",
    scaled({ type: "Pods" }),
    "spec.metrics[0].pods: Required value: must populate information for the given metric source",
  ],
  [
    "a metric with no target",
    "autoscaling/v2:HorizontalPodAutoscaler",
    scaled({ type: "Resource", resource: { name: "cpu", target: { type: "Utilization" } } }),
    "spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization",
  ],
  [
    "a budget in words",
    "policy/v1:PodDisruptionBudget",
    { metadata, spec: { minAvailable: "half", selector: {} } },
    `spec.minAvailable: Invalid value: "half": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')`,
  ],
  [
    "pods that are numbered and not counted",
    "batch/v1:Job",
    job({ completionMode: "Indexed" }),
    "spec.completions: Required value: when completion mode is Indexed",
  ],
  [
    "fewer than no pods at a time",
    "batch/v1:Job",
    job({ parallelism: -1 }),
    "spec.parallelism: Invalid value: -1: must be greater than or equal to 0",
  ],
  [
    "a selector of everything",
    "apps/v1:Deployment",
    but(deployment, "spec/selector", { matchLabels: {} }),
    'spec.selector: Invalid value: {"matchLabels":{}}: empty selector is invalid for deployment',
  ],
  [
    "a change that cannot begin",
    "apps/v1:Deployment",
    but(deployment, "spec/strategy", { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }),
    "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
  ],
  [
    "a gradual change at once",
    "apps/v1:Deployment",
    but(deployment, "spec/strategy", { type: "Recreate", rollingUpdate: { maxSurge: 1 } }),
    "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
  ],
  [
    "a change node by node that cannot begin",
    "apps/v1:DaemonSet",
    but(deployment, "spec/updateStrategy", { rollingUpdate: { maxUnavailable: 0 } }),
    "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0",
  ],
  [
    "a deadline before pods are ready",
    "apps/v1:Deployment",
    but(but(deployment, "spec/progressDeadlineSeconds", 10), "spec/minReadySeconds", 10),
    "spec.progressDeadlineSeconds: Invalid value: 10: must be greater than minReadySeconds",
  ],
];

describe("Rules for what runs and scales pods", () => {
  for (const [title, type, inputs, reason] of mistakes) {
    it(`refuse ${title}`, () => {
      expect(reasons(new World().check(type, inputs))).to.deep.equal([reason]);
    });
  }
});
