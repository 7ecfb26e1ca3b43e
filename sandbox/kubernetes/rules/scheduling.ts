import type { CheckFailure, Properties } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { invalid, isKnown, isMissing, numberOf, peek, required } from "../server/validation.ts";

/** Where a pod may run: tolerations, affinities, and how its names are resolved there. */
export function schedulingFailures(path: string, pod: Properties): readonly CheckFailure[] {
  const noServers = pod.dnsPolicy === "None" && isMissing(pod.dnsConfig);
  return [
    ...list(pod.tolerations).flatMap((one, index) =>
      tolerationFailures(`${path}.tolerations[${index}]`, one),
    ),
    ...weighed.flatMap((place) => weightFailures(`${path}.affinity.${place}`, peek(pod.affinity, place))),
    ...list(pod.topologySpreadConstraints).flatMap((one, index) =>
      skewFailures(`${path}.topologySpreadConstraints[${index}].maxSkew`, peek(one, "maxSkew")),
    ),
    ...(noServers
      ? [required(`${path}.dnsConfig`, "must provide `dnsConfig` when `dnsPolicy` is None")]
      : []),
  ];
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerationFailures(path: string, toleration: unknown): readonly CheckFailure[] {
  if (!isRecord(toleration) || !isKnown(toleration)) return [];
  const { key, operator = "Equal" } = toleration;
  if (isMissing(key) && operator !== "Exists") {
    const words = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    return [invalid(`${path}.operator`, operator, words)];
  }
  return [...endingFailures(`${path}.effect`, toleration), ...valueFailures(`${path}.operator`, toleration)];
}

/** Only what drives pods away can be tolerated for some time. */
function endingFailures(path: string, { effect, tolerationSeconds }: Properties): readonly CheckFailure[] {
  if (isMissing(tolerationSeconds) || effect === "NoExecute") return [];
  return [invalid(path, effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set")];
}

function valueFailures(path: string, toleration: Properties): readonly CheckFailure[] {
  if (toleration.operator !== "Exists" || isMissing(toleration.value)) return [];
  return [invalid(path, toleration, "value must be empty when `operator` is 'Exists'")];
}

const weighed = ["nodeAffinity", "podAffinity", "podAntiAffinity"].map(
  (kind) => `${kind}.preferredDuringSchedulingIgnoredDuringExecution`,
);

function weightFailures(path: string, terms: unknown): readonly CheckFailure[] {
  return list(terms).flatMap((term, index) => {
    const weight = numberOf(peek(term, "weight"));
    if (weight === undefined || (weight >= 1 && weight <= 100)) return [];
    return [invalid(`${path}[${index}].weight`, weight, "must be in the range 1-100")];
  });
}

function skewFailures(path: string, skew: unknown): readonly CheckFailure[] {
  const most = numberOf(skew);
  return most === undefined || most > 0 ? [] : [invalid(path, most, "must be greater than zero")];
}

/** The volumes of a pod: https://kubernetes.io/docs/concepts/storage/volumes/ */
export function volumeFailures(path: string, volume: unknown): readonly CheckFailure[] {
  if (!isRecord(volume)) return [];
  const [, ...others] = Object.keys(volume).filter((key) => key !== "name" && !isMissing(volume[key]));
  return [
    ...others.map((type) => ({
      property: `${path}.${type}`,
      reason: "Forbidden: may not specify more than 1 volume type",
    })),
    ...["configMap", "secret", "projected", "downwardAPI"].flatMap((type) =>
      modeFailures(`${path}.${type}.defaultMode`, peek(volume[type], "defaultMode")),
    ),
    ...(text(peek(volume.hostPath, "path"))?.split("/").includes("..") === true
      ? [invalid(`${path}.hostPath.path`, peek(volume.hostPath, "path"), "must not contain '..'")]
      : []),
  ];
}

function modeFailures(path: string, mode: unknown): readonly CheckFailure[] {
  const bits = numberOf(mode) ?? 0;
  if (bits >= 0 && bits <= 0o777) return [];
  return [invalid(path, bits, "must be a number between 0 and 0777 (octal), both inclusive")];
}
