import type { CheckFailure, Properties } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import {
  dnsLabel,
  formatted,
  isKnown,
  isMissing,
  oneOf,
  peek,
  repeated,
  required,
} from "../server/validation.ts";
import { containerFailures, hostPortsTaken, initFailures, userFailures } from "./containers.ts";
import type { Around } from "./containers.ts";
import { schedulingFailures, volumeFailures } from "./scheduling.ts";

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
  const { containers, initContainers, volumes, securityContext } = pod;
  return [
    ...restartPolicy(kind, path, pod.restartPolicy),
    ...(isMissing(containers) || emptyList(containers) ? [required(`${path}.containers`)] : []),
    ...["initContainers", "containers"].flatMap((group) =>
      list(pod[group]).flatMap((item, index) =>
        containerFailures(`${path}.${group}[${index}]`, item, surroundings(kind, pod)),
      ),
    ),
    ...list(initContainers).flatMap((item, index) => initFailures(`${path}.initContainers[${index}]`, item)),
    ...sameNames(path, list(containers), list(initContainers)),
    ...hostPortsTaken(`${path}.containers`, list(containers)),
    ...list(volumes).flatMap((volume, index) => volumeFailures(`${path}.volumes[${index}]`, volume)),
    ...volumeNames(`${path}.volumes`, list(volumes)),
    ...(isRecord(securityContext) ? userFailures(`${path}.securityContext`, securityContext) : []),
    ...schedulingFailures(path, pod),
  ];
}

function emptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** A StatefulSet's templates of claims are volumes of its pods too, so what is missing there cannot be told here. */
function surroundings(kind: string, { volumes, hostNetwork }: Properties): Around {
  const names = list(volumes).map((volume) => text(peek(volume, "name")));
  const isComplete = kind !== "StatefulSet" && isKnown(volumes);
  return {
    volumes: isComplete ? new Set(names.flatMap((name) => name ?? [])) : undefined,
    hostNetwork: hostNetwork === true,
  };
}

/** No two containers of a pod have the same name, whichever list they are in. */
function sameNames(
  path: string,
  containers: readonly unknown[],
  initContainers: readonly unknown[],
): readonly CheckFailure[] {
  const names = [...containers, ...initContainers].map((container) => text(peek(container, "name")));
  const count = containers.length;
  return repeated(names, (index) =>
    index < count ? `${path}.containers[${index}].name` : `${path}.initContainers[${index - count}].name`,
  );
}

function volumeNames(path: string, volumes: readonly unknown[]): readonly CheckFailure[] {
  const names = volumes.map((volume) => text(peek(volume, "name")));
  return [
    ...names.flatMap((name, index) => formatted(`${path}[${index}].name`, name, dnsLabel)),
    ...repeated(names, (index) => `${path}[${index}].name`),
  ];
}

/** Controllers restart their pods always, Jobs never of their own accord. */
function restartPolicy(kind: string, path: string, value: unknown): readonly CheckFailure[] {
  const property = `${path}.restartPolicy`;
  if (kind === "Pod") return oneOf(property, value, ["Always", "OnFailure", "Never"]);
  if (kind !== "Job" && kind !== "CronJob") return oneOf(property, value, ["Always"]);
  if (isMissing(value)) return [required(property, 'valid values: "OnFailure", "Never"')];
  return oneOf(property, value, ["OnFailure", "Never"]);
}
