import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, isRecord, list, text } from "../../values.ts";
import {
  atLeast,
  dnsLabel,
  duplicate,
  forbidden,
  formatted,
  invalid,
  isMissing,
  notFound,
  numberOf,
  oneOf,
  peek,
  portName,
  portNumber,
  repeated,
  required,
} from "../server/validation.ts";
import { resourceFailures } from "./resources.ts";

/** What a pod says beside a container, as far as the container depends on it. */
export interface Around {
  /** Names of the pod's volumes; `undefined` where one of them is not known yet. */
  readonly volumes: ReadonlySet<string> | undefined;
  readonly hostNetwork: boolean;
}

/** Rules of one container: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go */
export function containerFailures(path: string, item: unknown, around: Around): readonly CheckFailure[] {
  if (!isRecord(item)) return [];
  const [ports, mounts] = [list(item.ports), list(item.volumeMounts)];
  return [
    ...(isMissing(item.name) ? [required(`${path}.name`)] : []),
    ...formatted(`${path}.name`, item.name, dnsLabel),
    ...(isMissing(item.image) ? [required(`${path}.image`)] : []),
    ...formatted(`${path}.image`, item.image, trimmed),
    ...oneOf(`${path}.imagePullPolicy`, item.imagePullPolicy, ["Always", "IfNotPresent", "Never"]),
    ...ports.flatMap((port, index) => portFailures(`${path}.ports[${index}]`, port, around)),
    ...repeated(namesIn(ports), (index) => `${path}.ports[${index}].name`),
    ...list(item.env).flatMap((variable, index) => variableFailures(`${path}.env[${index}]`, variable)),
    ...mounts.flatMap((mount, index) => mountFailures(`${path}.volumeMounts[${index}]`, mount, around)),
    ...mountedTwice(`${path}.volumeMounts`, mounts),
    ...probes.flatMap((probe) => probeFailures(`${path}.${probe}`, probe, item[probe])),
    ...securityFailures(`${path}.securityContext`, item.securityContext),
    ...resourceFailures(`${path}.resources`, item.resources),
  ];
}

function trimmed(value: string): readonly string[] {
  return value === value.trim() ? [] : ["must not have leading or trailing whitespace"];
}

function namesIn(things: readonly unknown[]): readonly (string | undefined)[] {
  return things.map((thing) => text(peek(thing, "name")));
}

function portFailures(path: string, port: unknown, { hostNetwork }: Around): readonly CheckFailure[] {
  if (!isRecord(port)) return [];
  const host = hostPortOf(port);
  const differs = hostNetwork && host !== undefined && host !== port.containerPort;
  return [
    ...formatted(`${path}.name`, port.name === "" ? undefined : port.name, portName),
    ...(isMissing(port.containerPort) ? [required(`${path}.containerPort`)] : []),
    ...portNumber(`${path}.containerPort`, port.containerPort),
    ...portNumber(`${path}.hostPort`, host),
    ...(differs
      ? [invalid(`${path}.hostPort`, host, "must match `containerPort` when `hostNetwork` is true")]
      : []),
    ...oneOf(`${path}.protocol`, port.protocol, ["SCTP", "TCP", "UDP"]),
  ];
}

/** Zero stands for none. */
function hostPortOf(port: unknown): number | undefined {
  const host = numberOf(peek(port, "hostPort"));
  return host === 0 ? undefined : host;
}

/** Ports of the host that two containers of a pod want. */
export function hostPortsTaken(path: string, containers: readonly unknown[]): readonly CheckFailure[] {
  const seen = new Set<string>();
  return containers.flatMap((container, index) =>
    list(peek(container, "ports")).flatMap((port, number) => {
      const host = hostPortOf(port);
      if (host === undefined) return [];
      const name = [text(peek(port, "protocol")) ?? "TCP", text(peek(port, "hostIP")) ?? "", host].join("/");
      const taken = seen.has(name);
      seen.add(name);
      return taken ? [duplicate(`${path}[${index}].ports[${number}].hostPort`, name)] : [];
    }),
  );
}

/** https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
function variableFailures(path: string, variable: unknown): readonly CheckFailure[] {
  if (!isRecord(variable)) return [];
  const { name, value, valueFrom } = variable;
  const sources = isRecord(valueFrom) ? Object.values(valueFrom).filter((source) => !isMissing(source)) : [];
  const both = isRecord(valueFrom) && !isMissing(value);
  return [
    ...(isMissing(name) ? [required(`${path}.name`)] : []),
    ...formatted(`${path}.name`, isMissing(name) ? undefined : name, variableName),
    ...(both ? [invalid(`${path}.valueFrom`, "", "may not be specified when `value` is not empty")] : []),
    ...(sources.length > 1
      ? [invalid(`${path}.valueFrom`, "", "may not have more than one field specified at a time")]
      : []),
  ];
}

function variableName(value: string): readonly string[] {
  return /^[ -<>-~]+$/.test(value)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

function mountFailures(path: string, mount: unknown, { volumes }: Around): readonly CheckFailure[] {
  const name = text(peek(mount, "name"));
  return [
    ...(name === undefined || volumes === undefined || volumes.has(name)
      ? []
      : [notFound(`${path}.name`, name)]),
    ...(isRecord(mount) && isMissing(mount.mountPath) ? [required(`${path}.mountPath`)] : []),
    ...subPathFailures(`${path}.subPath`, text(peek(mount, "subPath")) ?? ""),
  ];
}

function subPathFailures(path: string, inside: string): readonly CheckFailure[] {
  return [
    ...(inside.startsWith("/") ? [invalid(path, inside, "must be a relative path")] : []),
    ...(inside.split("/").includes("..") ? [invalid(path, inside, "must not contain '..'")] : []),
  ];
}

function mountedTwice(path: string, mounts: readonly unknown[]): readonly CheckFailure[] {
  const places = mounts.map((mount) => text(peek(mount, "mountPath")));
  return places.flatMap((place, index) =>
    place !== undefined && places.indexOf(place) < index
      ? [invalid(`${path}[${index}].mountPath`, place, "must be unique")]
      : [],
  );
}

const probes = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
const handlers = ["exec", "httpGet", "tcpSocket", "grpc"];

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe */
function probeFailures(path: string, kind: (typeof probes)[number], probe: unknown): readonly CheckFailure[] {
  if (!isRecord(probe)) return [];
  const [handler, ...others] = handlers.filter((name) => !isMissing(probe[name]));
  const successes = numberOf(probe.successThreshold) ?? 1;
  return [
    ...(handler === undefined ? [required(path, "must specify a handler type")] : []),
    ...others.map((name) => forbidden(`${path}.${name}`, "may not specify more than 1 handler type")),
    ...[
      "initialDelaySeconds",
      "timeoutSeconds",
      "periodSeconds",
      "successThreshold",
      "failureThreshold",
    ].flatMap((field) => atLeast(0, `${path}.${field}`, probe[field])),
    ...(kind !== "readinessProbe" && successes > 1
      ? [invalid(`${path}.successThreshold`, successes, "must be 1")]
      : []),
    ...portNumber(`${path}.httpGet.port`, peek(probe, "httpGet.port")),
    ...portNumber(`${path}.tcpSocket.port`, peek(probe, "tcpSocket.port")),
  ];
}

/** What only containers that go on running have: https://kubernetes.io/docs/concepts/workloads/pods/init-containers/ */
export function initFailures(path: string, item: unknown): readonly CheckFailure[] {
  if (!isRecord(item) || item.restartPolicy === "Always" || item.restartPolicy === UNKNOWN) return [];
  return [...probes, "lifecycle"]
    .filter((field) => !isMissing(item[field]))
    .map((field) =>
      forbidden(`${path}.${field}`, "may not be set for init containers without restartPolicy=Always"),
    );
}

function securityFailures(path: string, context: unknown): readonly CheckFailure[] {
  if (!isRecord(context)) return [];
  const contradicts = context.privileged === true && context.allowPrivilegeEscalation === false;
  const words = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
  return [...userFailures(path, context), ...(contradicts ? [invalid(path, context, words)] : [])];
}

/** Users and groups of a container or a pod. */
export function userFailures(path: string, context: Properties): readonly CheckFailure[] {
  return ["runAsUser", "runAsGroup", "fsGroup"].flatMap((field) => {
    const id = numberOf(context[field]) ?? 0;
    return id < 0 || id > 2147483647
      ? [invalid(`${path}.${field}`, id, "must be between 0 and 2147483647, inclusive")]
      : [];
  });
}
