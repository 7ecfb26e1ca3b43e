import { at, isRecord, list, text } from "../../sandbox/values.ts";
import { isSimulated } from "../autoscaling/keda/triggers.ts";
import type { Autoscaler, Budget, Cluster, Quota, Workload } from "../engine/model.ts";
import { byName } from "../engine/order.ts";
import { readAutoscaler } from "./autoscalers.ts";
import {
  clusterAutoscalerOf,
  groupsOf,
  karpenterOf,
  poolsOf,
  usesPrefixes,
  zonesOf,
} from "./node-objects.ts";
import type { PriorityClass } from "./pod-template.ts";
import { readTemplate } from "./pod-template.ts";
import { amount } from "./quantities.ts";
import { readScaledObject } from "./scaled-object.ts";
import { matches, requirementsOf } from "./selectors.ts";
import { addOnDaemons, addOnWorkloads, chartPods, chartWorkloads } from "./system-pods.ts";

/** A resource of a stack: its type in Pulumi, its id, and what it was asked to be. */
export interface GraphObject {
  readonly type: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Types that a simulation reads; nothing else of a stack is kept. */
const readTypes =
  /^(kubernetes:(apps\/v1:(Deployment|StatefulSet|DaemonSet)|autoscaling\/v2:|policy\/v1:|scheduling\.k8s\.io\/v1:|core\/v1:(Service|ResourceQuota)$|keda\.sh\/v1alpha1:ScaledObject|argoproj\.io\/v1alpha1:Rollout|karpenter\.(sh|k8s\.aws)\/|helm\.sh\/v3:Release)|aws:eks\/(nodeGroup|addon):|aws:ec2\/subnet:)/;

/** Reads a stack's objects: standard kinds only, whoever made them. */
export function readGraph(stack: string, objects: readonly GraphObject[]): Cluster {
  const releases = objects.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
  const charts = releases.map(({ inputs }) => ({
    namespace: text(inputs.namespace) ?? "default",
    pods: chartPods(inputs),
  }));
  const workloads = workloadsOf(objects);
  const addOns = objects
    .filter(({ type }) => type === "aws:eks/addon:Addon")
    .map(({ inputs }) => text(inputs.addonName) ?? "");
  const autoscalers = [
    ...kind(objects, "HorizontalPodAutoscaler").map(readAutoscaler),
    ...kind(objects, "ScaledObject").map(readScaledObject),
  ].sort((left, right) => byName(left.target, right.target));
  const known = new Set(workloads.map(({ id }) => id));
  const lost = autoscalers.filter(({ target }) => !known.has(target));
  return {
    stack,
    zones: zonesOf(objects),
    workloads: [
      ...workloads,
      ...addOns.flatMap(addOnWorkloads),
      ...charts.flatMap(({ namespace, pods }) => chartWorkloads(namespace, pods)),
    ],
    autoscalers: autoscalers.filter(({ target }) => known.has(target)),
    budgets: kind(objects, "PodDisruptionBudget").map(budgetOf),
    quotas: kind(objects, "ResourceQuota").map(quotaOf),
    groups: groupsOf(objects),
    pools: poolsOf(objects),
    daemons: daemonsOf(
      objects,
      addOns,
      charts.flatMap(({ pods }) => pods),
    ),
    prefixDelegation: usesPrefixes(objects),
    clusterAutoscaler: clusterAutoscalerOf(objects),
    karpenter: karpenterOf(objects),
    notes: [
      ...lost.map(({ name, target }) => `${name} scales ${target}, which is not among the stack's objects`),
      ...autoscalers.flatMap(notSimulated),
    ],
  };
}

function notSimulated({ name, keda }: Autoscaler): readonly string[] {
  const unknown = keda?.triggers.filter((trigger) => !isSimulated(trigger)) ?? [];
  return unknown.map((trigger) => `trigger ${trigger.name} of ${name} counts as one that cannot be read`);
}

function kind(objects: readonly GraphObject[], name: string): readonly Readonly<Record<string, unknown>>[] {
  return objects.filter(({ inputs }) => inputs.kind === name).map(({ inputs }) => inputs);
}

function namespaceOf(object: unknown): string {
  return text(at(object, "metadata.namespace")) ?? "default";
}

function workloadsOf(objects: readonly GraphObject[]): readonly Workload[] {
  const classes = classesOf(objects);
  const services = kind(objects, "Service").map((service) => ({
    namespace: namespaceOf(service),
    selector: requirementsOf({ matchLabels: at(service, "spec.selector") }),
  }));
  const copied = ["Deployment", "StatefulSet", "Rollout"].flatMap((name) => kind(objects, name));
  const read = copied
    .filter((object) => isRecord(at(object, "spec.template")))
    .map((object): Workload => {
      const namespace = namespaceOf(object);
      const name = text(at(object, "metadata.name")) ?? "";
      const template = readTemplate(at(object, "spec.template"), classes);
      return {
        id: `${namespace}/${name}`,
        name,
        namespace,
        kind: text(object.kind) ?? "",
        replicas: amount(at(object, "spec.replicas"), 1),
        template,
        served: services.some(
          (service) =>
            service.namespace === namespace &&
            service.selector.length > 0 &&
            matches(template.labels, service.selector),
        ),
      };
    });
  return read.sort((left, right) => byName(left.id, right.id));
}

function classesOf(objects: readonly GraphObject[]): Readonly<Record<string, PriorityClass>> {
  return Object.fromEntries(
    kind(objects, "PriorityClass").map((object) => [
      text(at(object, "metadata.name")) ?? "",
      {
        value: amount(object.value),
        preempts: object.preemptionPolicy !== "Never",
        isDefault: object.globalDefault === true,
      },
    ]),
  );
}

function budgetOf(object: unknown): Budget {
  const { minAvailable, maxUnavailable } = labelsAndNumbers(at(object, "spec"));
  return {
    name: text(at(object, "metadata.name")) ?? "",
    namespace: namespaceOf(object),
    selector: requirementsOf(at(object, "spec.selector")),
    ...(minAvailable === undefined ? {} : { minAvailable }),
    ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
  };
}

function labelsAndNumbers(spec: unknown): Readonly<Record<string, string | number | undefined>> {
  if (!isRecord(spec)) return {};
  return Object.fromEntries(
    Object.entries(spec).flatMap(([key, value]) =>
      typeof value === "string" || typeof value === "number" ? [[key, value]] : [],
    ),
  );
}

/** https://kubernetes.io/docs/concepts/policy/resource-quotas/; a plain `cpu` means its requests. */
function quotaOf(object: unknown): Quota {
  const hard = labelsAndNumbers(at(object, "spec.hard"));
  const unlimited = Number.POSITIVE_INFINITY;
  return {
    namespace: namespaceOf(object),
    pods: amount(hard.pods, unlimited),
    cpu: amount(hard["requests.cpu"] ?? hard.cpu, unlimited),
    memory: amount(hard["requests.memory"] ?? hard.memory, unlimited),
  };
}

/** What each node carries: the stack's own DaemonSets, those of its charts, those of the cluster's add-ons. */
function daemonsOf(
  objects: readonly GraphObject[],
  addOns: readonly string[],
  pods: ReturnType<typeof chartPods>,
): Cluster["daemons"] {
  const own = kind(objects, "DaemonSet").map((object) => ({
    name: text(at(object, "metadata.name")) ?? "",
    requests: readTemplate(at(object, "spec.template"), {}).requests,
  }));
  const charts = pods.filter(({ daemon }) => daemon).map(({ name, requests }) => ({ name, requests }));
  return [...own, ...addOns.flatMap(addOnDaemons), ...charts].sort((left, right) =>
    byName(left.name, right.name),
  );
}

/** Reads the objects that a simulation needs out of a list of plain values. */
export function objectsIn(values: unknown): readonly GraphObject[] {
  return list(values).flatMap((value) => {
    const type = text(at(value, "type")) ?? "";
    const inputs = at(value, "inputs");
    return readTypes.test(type) && isRecord(inputs)
      ? [{ type, id: text(at(value, "id")) ?? "", inputs }]
      : [];
  });
}
