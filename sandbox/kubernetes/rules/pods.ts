import type { CheckFailure, Properties } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { quantityOf } from "../quantities.ts";
import {
  dnsLabel,
  duplicate,
  invalid,
  isKnown,
  isMissing,
  notFound,
  oneOf,
  peek,
  portNumber,
  required,
} from "../server/validation.ts";

/** Where each kind keeps its pod's specification; `""` for the kinds without one. */
export function podPathOf(kind: string): string {
  if (kind === "Pod") return "spec";
  if (kind === "CronJob") return "spec.jobTemplate.spec.template.spec";
  const withTemplate = [
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "Job",
  ];
  return withTemplate.includes(kind) ? "spec.template.spec" : "";
}

/** What the API server refuses in a pod's specification. */
export function podFailures(kind: string, inputs: Properties): readonly CheckFailure[] {
  const path = podPathOf(kind);
  const pod = peek(inputs, path);
  if (path === "" || !isRecord(pod)) return [];
  const volumes = kind === "StatefulSet" ? undefined : namesOf(pod.volumes);
  return [
    ...restartPolicy(kind, path, pod.restartPolicy),
    ...(isMissing(pod.containers) || emptyList(pod.containers) ? [required(`${path}.containers`)] : []),
    ...["initContainers", "containers"].flatMap((group) => [
      ...duplicateNames(`${path}.${group}`, list(pod[group])),
      ...list(pod[group]).flatMap((item, index) =>
        containerFailures(`${path}.${group}[${index}]`, item, volumes),
      ),
    ]),
  ];
}

function emptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Names of a list of things, or `undefined` when one of them is not known yet. */
function namesOf(things: unknown): ReadonlySet<string> | undefined {
  const names = list(things).map((thing) => text(peek(thing, "name")));
  return isKnown(things) ? new Set(names.flatMap((name) => name ?? [])) : undefined;
}

function duplicateNames(path: string, things: readonly unknown[]): readonly CheckFailure[] {
  const names = things.map((thing) => text(peek(thing, "name")));
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index ? [duplicate(`${path}[${index}].name`, name)] : [],
  );
}

/** Controllers restart their pods always, Jobs never of their own accord. */
function restartPolicy(kind: string, path: string, value: unknown): readonly CheckFailure[] {
  const property = `${path}.restartPolicy`;
  if (kind === "Pod") return oneOf(property, value, ["Always", "OnFailure", "Never"]);
  if (kind !== "Job" && kind !== "CronJob") return oneOf(property, value, ["Always"]);
  if (isMissing(value)) return [required(property, 'valid values: "OnFailure", "Never"')];
  return oneOf(property, value, ["OnFailure", "Never"]);
}

function containerFailures(
  path: string,
  item: unknown,
  volumes: ReadonlySet<string> | undefined,
): readonly CheckFailure[] {
  if (!isRecord(item)) return [];
  const name = text(item.name);
  return [
    ...(isMissing(item.name) ? [required(`${path}.name`)] : []),
    ...(name === undefined ? [] : dnsLabel(name).map((wrong) => invalid(`${path}.name`, name, wrong))),
    ...(isMissing(item.image) ? [required(`${path}.image`)] : []),
    ...oneOf(`${path}.imagePullPolicy`, item.imagePullPolicy, ["Always", "IfNotPresent", "Never"]),
    ...list(item.ports).flatMap((port, index) => portFailures(`${path}.ports[${index}]`, port)),
    ...list(item.volumeMounts).flatMap((mount, index) =>
      mountFailures(`${path}.volumeMounts[${index}]`, mount, volumes),
    ),
    ...resourceFailures(`${path}.resources`, item.resources),
  ];
}

function portFailures(path: string, port: unknown): readonly CheckFailure[] {
  if (!isRecord(port)) return [];
  return [
    ...(isMissing(port.containerPort) ? [required(`${path}.containerPort`)] : []),
    ...portNumber(`${path}.containerPort`, port.containerPort),
    ...oneOf(`${path}.protocol`, port.protocol, ["SCTP", "TCP", "UDP"]),
  ];
}

function mountFailures(
  path: string,
  mount: unknown,
  volumes: ReadonlySet<string> | undefined,
): readonly CheckFailure[] {
  const name = text(peek(mount, "name"));
  return [
    ...(name === undefined || volumes === undefined || volumes.has(name)
      ? []
      : [notFound(`${path}.name`, name)]),
    ...(isRecord(mount) && isMissing(mount.mountPath) ? [required(`${path}.mountPath`)] : []),
  ];
}

/** Quantities are well formed, and no request is above its limit. */
function resourceFailures(path: string, resources: unknown): readonly CheckFailure[] {
  if (!isRecord(resources)) return [];
  const limits = amounts(resources.limits);
  return [
    ...quantityFailures(`${path}.limits`, resources.limits),
    ...quantityFailures(`${path}.requests`, resources.requests),
    ...[...amounts(resources.requests)].flatMap(([name, { amount, given }]) => {
      const limit = limits.get(name);
      if (limit === undefined || amount <= limit.amount) return [];
      return [
        invalid(`${path}.requests`, given, `must be less than or equal to ${name} limit of ${limit.given}`),
      ];
    }),
  ];
}

/** Each value of a map is a quantity. */
export function quantityFailures(path: string, quantities: unknown): readonly CheckFailure[] {
  return Object.entries(isRecord(quantities) ? quantities : {}).flatMap(([name, value]) => {
    if ((typeof value !== "string" && typeof value !== "number") || !isKnown(value)) return [];
    const read = quantityOf(value);
    return "mistake" in read ? [invalid(`${path}[${name}]`, value, read.mistake)] : [];
  });
}

function amounts(quantities: unknown): ReadonlyMap<string, { amount: number; given: string }> {
  const entries = Object.entries(isRecord(quantities) ? quantities : {}).flatMap(([name, value]) => {
    if ((typeof value !== "string" && typeof value !== "number") || !isKnown(value)) return [];
    const read = quantityOf(value);
    return "amount" in read ? [[name, { amount: read.amount, given: String(value) }] as const] : [];
  });
  return new Map(entries);
}
