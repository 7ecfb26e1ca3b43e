import { at, isRecord, list, text } from "../../sandbox/values.ts";
import type { Autoscaler, MetricSpec, MetricTarget, Trigger } from "../engine/model.ts";
import { defaultRules, readRules } from "./autoscalers.ts";
import { amount } from "./quantities.ts";
import { labelsIn } from "./selectors.ts";

/** Which metadata of a trigger holds its target and its activation, and the target where it is left out. Sources: keda.sh/docs/2.20/scalers/. */
const thresholds: Readonly<Record<string, { target: string; activation: string; otherwise: number }>> = {
  "aws-sqs-queue": { target: "queueLength", activation: "activationQueueLength", otherwise: 5 },
  kafka: { target: "lagThreshold", activation: "activationLagThreshold", otherwise: 10 },
  "apache-kafka": { target: "lagThreshold", activation: "activationLagThreshold", otherwise: 10 },
  prometheus: { target: "threshold", activation: "activationThreshold", otherwise: 1 },
  "aws-cloudwatch": { target: "targetMetricValue", activation: "activationTargetMetricValue", otherwise: 1 },
};

/**
 * Reads a ScaledObject as the HPA that KEDA makes of it, and as what its operator does beside that HPA:
 * https://keda.sh/docs/2.20/reference/scaledobject-spec/
 */
export function readScaledObject(object: unknown): Autoscaler {
  const namespace = text(at(object, "metadata.namespace")) ?? "default";
  const spec = at(object, "spec");
  const behavior = at(spec, "advanced.horizontalPodAutoscalerConfig.behavior");
  const min = amount(at(spec, "minReplicaCount"), 0);
  const triggers = list(at(spec, "triggers")).filter(isRecord);
  const idle = at(spec, "idleReplicaCount");
  return {
    name: text(at(object, "metadata.name")) ?? "",
    kind: "ScaledObject",
    target: `${namespace}/${text(at(spec, "scaleTargetRef.name")) ?? ""}`,
    // The HPA itself never goes below one: zero is the operator's.
    min: Math.max(1, min),
    max: amount(at(spec, "maxReplicaCount"), 100),
    metrics: triggers.map(metricOf),
    up: readRules(at(behavior, "scaleUp"), defaultRules.up),
    down: readRules(at(behavior, "scaleDown"), defaultRules.down),
    keda: {
      triggers: triggers.map(triggerOf),
      pollingSeconds: amount(at(spec, "pollingInterval"), 30),
      cooldownSeconds: amount(at(spec, "cooldownPeriod"), 300),
      min,
      idle: idle === undefined ? undefined : amount(idle),
      fallback: fallbackOf(at(spec, "fallback")),
    },
  };
}

type Properties = Readonly<Record<string, unknown>>;

/** cpu and memory become resource metrics, everything else an external metric of KEDA's own server. */
function metricOf(trigger: Properties, index: number): MetricSpec {
  const type = text(trigger.type) ?? "";
  const { name, target } = triggerOf(trigger, index);
  if (type !== "cpu" && type !== "memory") {
    const form = trigger.metricType === "Value" ? "Value" : "AverageValue";
    return { kind: "External", name, target: { type: form, value: target } };
  }
  const container = text(at(trigger, "metadata.containerName"));
  const form: MetricTarget["type"] = trigger.metricType === "AverageValue" ? "AverageValue" : "Utilization";
  const value = amount(at(trigger, "metadata.value"));
  if (container === undefined) return { kind: "Resource", name: type, target: { type: form, value } };
  return { kind: "ContainerResource", name: type, container, target: { type: form, value } };
}

/** A name of KEDA's own has the trigger's place in the list in front, which keeps two of one type apart. */
function triggerOf(trigger: Properties, index: number): Trigger {
  const type = text(trigger.type) ?? "";
  const metadata = labelsIn(trigger.metadata);
  const known = thresholds[type];
  return {
    name: `s${index}-${text(trigger.name) ?? type}`,
    type,
    metadata,
    // The cron scaler answers with the number of copies itself, against a target of one.
    target: known === undefined ? 1 : amount(metadata[known.target], known.otherwise),
    activation: known === undefined ? 0 : amount(metadata[known.activation], 0),
  };
}

function fallbackOf(
  fallback: unknown,
): { readonly failureThreshold: number; readonly replicas: number } | undefined {
  if (!isRecord(fallback)) return undefined;
  return { failureThreshold: amount(fallback.failureThreshold), replicas: amount(fallback.replicas) };
}
