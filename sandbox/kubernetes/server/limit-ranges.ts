import type { Properties } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { inNamespaceKey } from "./objects.ts";
import { limitsOf, requestsOf, totalsOf } from "./pods.ts";
import { amountOf, isBinary, quantity } from "../quantities.ts";

/** One entry of a LimitRange: https://kubernetes.io/docs/concepts/policy/limit-range/ */
type Limit = Properties;

function limitsIn(cluster: Cluster, namespace: string, type: string): readonly Limit[] {
  return namedIn(cluster, inNamespaceKey(namespace))
    .filter(({ token }) => token === "kubernetes:core/v1:LimitRange")
    .flatMap(({ inputs }) => list(at(inputs, "spec.limits")))
    .filter(isRecord)
    .filter((limit) => limit.type === type);
}

function record(value: unknown): Properties {
  return isRecord(value) ? value : {};
}

/** A pod's specification with the requests and limits that its namespace gives to containers that have none. */
export function withLimitDefaults(cluster: Cluster, namespace: string, pod: unknown): unknown {
  const ranges = limitsIn(cluster, namespace, "Container");
  if (ranges.length === 0 || !isRecord(pod)) return pod;
  const filled = ["initContainers", "containers"].map((group) => [
    group,
    list(pod[group]).map((container) => ranges.reduce(withDefaults, container)),
  ]);
  return { ...pod, ...Object.fromEntries(filled.filter(([, containers]) => containers?.length !== 0)) };
}

/** Requests default to the limits that are given, then to those of the range, as its own defaulting says. */
function withDefaults(container: unknown, range: Limit): unknown {
  if (!isRecord(container)) return container;
  const limits = { ...record(range.max), ...record(range.default), ...limitsOf(container) };
  const usual = { ...record(range.min), ...record(range.max), ...record(range.default) };
  const requests = { ...usual, ...record(range.defaultRequest), ...requestsOf(container) };
  return { ...container, resources: { ...record(container.resources), limits, requests } };
}

/** What a namespace's ranges forbid in a pod, in the admission plugin's words; `undefined` when nothing is. */
export function outOfRange(cluster: Cluster, namespace: string, pod: unknown): string | undefined {
  const containers = [...list(at(pod, "initContainers")), ...list(at(pod, "containers"))];
  const whole = {
    requests: asQuantities(totalsOf(pod, requestsOf)),
    limits: asQuantities(totalsOf(pod, limitsOf)),
  };
  const mistakes = [
    ...limitsIn(cluster, namespace, "Container").flatMap((range) =>
      containers.flatMap((one) => violations(range, { requests: requestsOf(one), limits: limitsOf(one) })),
    ),
    ...limitsIn(cluster, namespace, "Pod").flatMap((range) => violations(range, whole)),
  ];
  return joined(mistakes);
}

/** The same for a claim. */
export function claimOutOfRange(cluster: Cluster, namespace: string, claim: Properties): string | undefined {
  const requests = record(at(claim, "spec.resources.requests"));
  const limits = { storage: requests.storage };
  return joined(
    limitsIn(cluster, namespace, "PersistentVolumeClaim").flatMap((range) =>
      violations(range, { requests, limits }).map((one) => one.replace("but limit is", "but request is")),
    ),
  );
}

function joined(mistakes: readonly string[]): string | undefined {
  const once = [...new Set(mistakes)];
  return once.length > 1 ? `[${once.join(", ")}]` : once[0];
}

function asQuantities(totals: ReadonlyMap<string, number>): Properties {
  return Object.fromEntries(
    [...totals].map(([name, amount]) => [name, quantity(amount, name !== "cpu")] as const),
  );
}

interface Asked {
  readonly requests: Properties;
  readonly limits: Properties;
}

/** https://github.com/kubernetes/kubernetes/blob/master/plugin/pkg/admission/limitranger/admission.go */
function violations(range: Limit, { requests, limits }: Asked): readonly string[] {
  const type = text(range.type) ?? "";
  const each = (part: string, judge: (name: string, bound: unknown) => string | undefined) =>
    Object.entries(record(range[part])).flatMap(([name, bound]) => judge(name, bound) ?? []);
  return [
    ...each("min", (name, bound) => {
      const least = `minimum ${name} usage per ${type} is ${shown(bound)}`;
      if (requests[name] === undefined) return `${least}.  No request is specified`;
      if (amountOf(requests[name]) >= amountOf(bound)) return undefined;
      return `${least}, but request is ${shown(requests[name])}`;
    }),
    ...each("max", (name, bound) => {
      const most = `maximum ${name} usage per ${type} is ${shown(bound)}`;
      if (limits[name] === undefined) return `${most}.  No limit is specified`;
      if (amountOf(limits[name]) <= amountOf(bound)) return undefined;
      return `${most}, but limit is ${shown(limits[name])}`;
    }),
    ...each("maxLimitRequestRatio", (name, bound) => {
      const ratio = amountOf(limits[name]) / amountOf(requests[name]);
      if (!(ratio > amountOf(bound))) return undefined;
      return `${name} max limit to request ratio per ${type} is ${shown(bound)}, but provided ratio is ${ratio.toFixed(6)}`;
    }),
  ];
}

function shown(value: unknown): string {
  return quantity(amountOf(value), isBinary(value));
}
