import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, isRecord, list, text } from "../../values.ts";
import { dataKey, invalid, isMissing, oneOf, peek, required } from "../server/validation.ts";
import { quantityFailures } from "./resources.ts";

/** Keys of a ConfigMap or Secret, and their size: https://kubernetes.io/docs/concepts/configuration/configmap/ */
export function dataFailures(inputs: Properties): readonly CheckFailure[] {
  const parts = ["data", "binaryData", "stringData"].map((part) => [part, inputs[part]] as const);
  const entries = parts.flatMap(([part, values]) =>
    Object.entries(isRecord(values) ? values : {}).map(([key, value]) => ({ part, key, value })),
  );
  const size = entries.reduce((total, { part, value }) => {
    const isEncoded = part === "binaryData" || (part === "data" && inputs.kind === "Secret");
    return total + Buffer.byteLength(text(value) ?? "", isEncoded ? "base64" : "utf8");
  }, 0);
  return [
    ...entries.flatMap(({ part, key }) =>
      dataKey(key).map((wrong) => invalid(`${part}[${key}]`, key, wrong)),
    ),
    ...Object.keys(isRecord(inputs.binaryData) ? inputs.binaryData : {})
      .filter((key) => isRecord(inputs.data) && key in inputs.data)
      .map((key) => invalid(`binaryData[${key}]`, key, "duplicate of key present in data")),
    ...(size > 2 ** 20 ? [{ property: "data", reason: "Too long: may not be more than 1048576 bytes" }] : []),
  ];
}

/** Values of a Secret are base64, and its type has the keys that it must have. */
export function secretFailures(inputs: Properties): readonly CheckFailure[] {
  const type = text(inputs.type) ?? "";
  return [
    ...dataFailures(inputs),
    ...(ofType[type] ?? none)(inputs),
    ...Object.entries(isRecord(inputs.data) ? inputs.data : {}).flatMap(([key, value]) =>
      // The value is a secret: the reason must not show it.
      isBase64(value) ? [] : [{ property: `data[${key}]`, reason: "Invalid value: illegal base64 data" }],
    ),
    ...missingKeys(inputs, keysOfType[type] ?? []),
  ];
}

function missingKeys({ data, stringData }: Properties, keys: readonly string[]): readonly CheckFailure[] {
  if (data === UNKNOWN || stringData === UNKNOWN) return [];
  const given = { ...(isRecord(data) ? data : {}), ...(isRecord(stringData) ? stringData : {}) };
  return keys.flatMap((key) => (key in given ? [] : [required(`data[${key}]`)]));
}

const none = (): readonly CheckFailure[] => [];

/** What some types of Secrets must hold. */
const ofType: Readonly<Record<string, (inputs: Properties) => readonly CheckFailure[]>> = {
  "kubernetes.io/dockerconfigjson": registryFailures,
  "kubernetes.io/service-account-token": tokenFailures,
};

/** The key of such a Secret is JSON, of which nothing must be shown: the API server's parser would show a character. */
function registryFailures({ data, stringData }: Properties): readonly CheckFailure[] {
  const key = ".dockerconfigjson";
  const [written, encoded] = [stringData, data].map((part) => (isRecord(part) ? text(part[key]) : undefined));
  const content = written ?? (encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString());
  if (content === undefined || isJson(content)) return [];
  return [
    invalid(`data[${key}]`, "<secret contents redacted>", "invalid character looking for beginning of value"),
  ];
}

function isJson(content: string): boolean {
  try {
    JSON.parse(content);
    return true;
  } catch {
    return false;
  }
}

function tokenFailures(inputs: Properties): readonly CheckFailure[] {
  const annotations = peek(inputs, "metadata.annotations");
  const name = "kubernetes.io/service-account.name";
  if (annotations === UNKNOWN || (isRecord(annotations) && !isMissing(annotations[name]))) return [];
  return [required(`metadata.annotations[${name}]`)];
}

/** https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
const keysOfType: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

/** True for bytes as JSON has them, lines and spaces between them included: https://pkg.go.dev/encoding/base64 */
export function isBase64(value: unknown): boolean {
  if (typeof value !== "string" || value === UNKNOWN) return true;
  return /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value) && value.replace(/\s/g, "").length % 4 === 0;
}

/** Access modes and size of a claim. */
export function claimFailures(inputs: Properties): readonly CheckFailure[] {
  const modes = peek(inputs, "spec.accessModes");
  const requests = peek(inputs, "spec.resources.requests");
  const none = isMissing(modes) || (Array.isArray(modes) && modes.length === 0);
  return [
    ...(none ? [required("spec.accessModes", "at least 1 access mode is required")] : []),
    ...list(modes).flatMap((mode, index) => oneOf(`spec.accessModes[${index}]`, mode, accessModes)),
    ...(requests === UNKNOWN || !isMissing(peek(requests, "storage"))
      ? []
      : [required("spec.resources[storage]")]),
    ...quantityFailures("spec.resources.requests", requests),
  ];
}

const accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

/** Provisioner, and the two fields with few values. */
export function storageClassFailures(inputs: Properties): readonly CheckFailure[] {
  return [
    ...(isMissing(inputs.provisioner) ? [required("provisioner")] : []),
    ...oneOf("reclaimPolicy", inputs.reclaimPolicy, ["Delete", "Retain"]),
    ...oneOf("volumeBindingMode", inputs.volumeBindingMode, ["Immediate", "WaitForFirstConsumer"]),
  ];
}

/** Size, access modes and source of a volume: https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
export function volumeFailures(inputs: Properties): readonly CheckFailure[] {
  const spec = inputs.spec;
  if (!isRecord(spec)) return [];
  const isSourced = Object.keys(spec).some((key) => !besideSource.has(key) && !isMissing(spec[key]));
  return [
    ...(isMissing(spec.capacity)
      ? [required("spec.capacity")]
      : quantityFailures("spec.capacity", spec.capacity)),
    ...(isMissing(spec.accessModes) ? [required("spec.accessModes")] : []),
    ...list(spec.accessModes).flatMap((mode, index) =>
      oneOf(`spec.accessModes[${index}]`, mode, accessModes),
    ),
    ...(isSourced ? [] : [required("spec", "must specify a volume type")]),
  ];
}

/** What a volume says beside where it is. */
const besideSource: ReadonlySet<string> = new Set([
  ...["accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity", "persistentVolumeReclaimPolicy"],
  ...["storageClassName", "volumeAttributesClassName", "volumeMode"],
]);
