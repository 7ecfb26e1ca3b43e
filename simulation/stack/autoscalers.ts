import { at, list, text } from "../../sandbox/values.ts";
import type { Autoscaler, MetricSpec, MetricTarget, ScalingPolicy, ScalingRules } from "../engine/model.ts";
import { amount } from "./quantities.ts";

/**
 * https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#default-behavior; the tolerance and the window down
 * are flags of the controller, `--horizontal-pod-autoscaler-tolerance` and `-downscale-stabilization`. Without any `behavior` the
 * controller's code allows the larger of twice the pods and four, a pod or more less than these documented defaults with fewer than four.
 */
export const defaultRules: Readonly<Record<"up" | "down", ScalingRules>> = {
  up: {
    stabilizationSeconds: 0,
    policies: [
      { type: "Percent", value: 100, periodSeconds: 15 },
      { type: "Pods", value: 4, periodSeconds: 15 },
    ],
    select: "Max",
    tolerance: 0.1,
  },
  down: {
    stabilizationSeconds: 300,
    policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
    select: "Max",
    tolerance: 0.1,
  },
};

/** One direction of `behavior`; what it leaves out has the default. */
export function readRules(behavior: unknown, defaults: ScalingRules): ScalingRules {
  const policies = list(at(behavior, "policies")).flatMap(policyOf);
  const select = at(behavior, "selectPolicy");
  return {
    stabilizationSeconds: amount(at(behavior, "stabilizationWindowSeconds"), defaults.stabilizationSeconds),
    policies: policies.length > 0 ? policies : defaults.policies,
    select: select === "Min" || select === "Disabled" ? select : "Max",
    tolerance: amount(at(behavior, "tolerance"), defaults.tolerance),
  };
}

function policyOf(policy: unknown): readonly ScalingPolicy[] {
  const type = at(policy, "type");
  if (type !== "Pods" && type !== "Percent") return [];
  return [
    { type, value: amount(at(policy, "value")), periodSeconds: amount(at(policy, "periodSeconds"), 15) },
  ];
}

/** Where each kind of metric keeps its name: https://kubernetes.io/docs/reference/kubernetes-api/autoscaling/horizontal-pod-autoscaler-v2/ */
const sources = {
  Resource: { field: "resource", name: "name" },
  ContainerResource: { field: "containerResource", name: "name" },
  Pods: { field: "pods", name: "metric.name" },
  Object: { field: "object", name: "metric.name" },
  External: { field: "external", name: "metric.name" },
} as const;

function isKind(value: unknown): value is keyof typeof sources {
  return typeof value === "string" && Object.hasOwn(sources, value);
}

function metricOf(metric: unknown): readonly MetricSpec[] {
  const kind = at(metric, "type");
  if (!isKind(kind)) return [];
  const source = at(metric, sources[kind].field);
  const container = text(at(source, "container"));
  return [
    {
      kind,
      name: text(at(source, sources[kind].name)) ?? "",
      ...(container === undefined ? {} : { container }),
      target: targetOf(at(source, "target")),
    },
  ];
}

function targetOf(target: unknown): MetricTarget {
  const type = at(target, "type");
  if (type === "Utilization") return { type, value: amount(at(target, "averageUtilization")) };
  if (type === "AverageValue") return { type, value: amount(at(target, "averageValue")) };
  return { type: "Value", value: amount(at(target, "value")) };
}

/** Reads a HorizontalPodAutoscaler. Without metrics it watches 80 % of CPU, as the API server fills in. */
export function readAutoscaler(object: unknown): Autoscaler {
  const namespace = text(at(object, "metadata.namespace")) ?? "default";
  const spec = at(object, "spec");
  const metrics = list(at(spec, "metrics")).flatMap(metricOf);
  return {
    name: text(at(object, "metadata.name")) ?? "",
    kind: "HPA",
    target: `${namespace}/${text(at(spec, "scaleTargetRef.name")) ?? ""}`,
    min: amount(at(spec, "minReplicas"), 1),
    max: amount(at(spec, "maxReplicas"), 1),
    metrics:
      metrics.length > 0
        ? metrics
        : [{ kind: "Resource", name: "cpu", target: { type: "Utilization", value: 80 } }],
    up: readRules(at(spec, "behavior.scaleUp"), defaultRules.up),
    down: readRules(at(spec, "behavior.scaleDown"), defaultRules.down),
  };
}
