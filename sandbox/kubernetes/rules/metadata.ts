import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, isRecord, text } from "../../values.ts";
import type { Kind } from "../kinds.ts";
import type { Format } from "../server/validation.ts";
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  invalid,
  labelKey,
  labelValue,
  pathSegment,
  peek,
} from "../server/validation.ts";

/** Names that are not subdomains; https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const nameFormats: Readonly<Record<string, Format>> = {
  Namespace: dnsLabel,
  Service: dns1035Label,
  // https://kubernetes.io/docs/concepts/workloads/controllers/job/#writing-a-job-spec
  Job: (value) => (value.length > 63 ? ["must be no more than 63 characters"] : dnsSubdomain(value)),
  // The controller appends eleven characters to make a Job's name.
  CronJob: (value) => (value.length > 52 ? ["must be no more than 52 characters"] : dnsSubdomain(value)),
  Role: pathSegment,
  ClusterRole: pathSegment,
  RoleBinding: pathSegment,
  ClusterRoleBinding: pathSegment,
};

/** Name, namespace, labels and annotations, as every object has them. */
export function metadataFailures(kind: Kind, inputs: Properties): readonly CheckFailure[] {
  return [
    ...judged("metadata.name", peek(inputs, "metadata.name"), nameFormats[kind.kind] ?? dnsSubdomain),
    ...judged("metadata.namespace", peek(inputs, "metadata.namespace"), dnsLabel),
    ...labelFailures("metadata.labels", peek(inputs, "metadata.labels")),
    ...annotationFailures(peek(inputs, "metadata.annotations")),
  ];
}

/** Keys and values of labels. */
export function labelFailures(path: string, labels: unknown): readonly CheckFailure[] {
  if (!isRecord(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => [
    ...labelKey(key).map((wrong) => invalid(path, key, wrong)),
    ...judged(path, value, labelValue),
  ]);
}

function annotationFailures(annotations: unknown): readonly CheckFailure[] {
  if (!isRecord(annotations)) return [];
  const bytes = Object.entries(annotations).flat().map(text).join("").length;
  // Keys are judged in lower case: https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go
  return [
    ...Object.keys(annotations).flatMap((key) =>
      labelKey(key.toLowerCase()).map((wrong) => invalid("metadata.annotations", key, wrong)),
    ),
    ...(bytes > mostBytes
      ? [{ property: "metadata.annotations", reason: `Too long: may not be more than ${mostBytes} bytes` }]
      : []),
  ];
}

/** Of all keys and values together. */
const mostBytes = 262144;

function judged(path: string, value: unknown, format: Format): readonly CheckFailure[] {
  if (typeof value !== "string" || value === UNKNOWN) return [];
  return format(value).map((wrong) => invalid(path, value, wrong));
}
