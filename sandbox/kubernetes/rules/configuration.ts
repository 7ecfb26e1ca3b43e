import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, isRecord, list, text } from "../../values.ts";
import { dataKey, invalid, isMissing, oneOf, peek, required } from "../server/validation.ts";
import { quantityFailures } from "./pods.ts";

/** Keys of a ConfigMap or Secret, and their size: https://kubernetes.io/docs/concepts/configuration/configmap/ */
export function dataFailures(inputs: Properties): readonly CheckFailure[] {
  const parts = ["data", "binaryData", "stringData"].map((part) => [part, inputs[part]] as const);
  const entries = parts.flatMap(([part, values]) =>
    Object.entries(isRecord(values) ? values : {}).map(([key, value]) => ({ part, key, value })),
  );
  const size = entries.reduce((total, { value }) => total + Buffer.byteLength(text(value) ?? ""), 0);
  return [
    ...entries.flatMap(({ part, key }) =>
      dataKey(key).map((wrong) => invalid(`${part}[${key}]`, key, wrong)),
    ),
    ...(size > 2 ** 20 ? [{ property: "data", reason: "Too long: may not be more than 1048576 bytes" }] : []),
  ];
}

/** Values of a Secret are base64, and its type has the keys that it must have. */
export function secretFailures(inputs: Properties): readonly CheckFailure[] {
  const data = isRecord(inputs.data) ? inputs.data : {};
  const given = { ...data, ...(isRecord(inputs.stringData) ? inputs.stringData : {}) };
  const unknown = inputs.data === UNKNOWN || inputs.stringData === UNKNOWN;
  return [
    ...dataFailures(inputs),
    ...Object.entries(data).flatMap(([key, value]) =>
      // The value is a secret: the reason must not show it.
      isBase64(value) ? [] : [{ property: `data[${key}]`, reason: "Invalid value: illegal base64 data" }],
    ),
    ...(unknown
      ? []
      : (keysOfType[text(inputs.type) ?? ""] ?? []).flatMap((key) =>
          key in given ? [] : [required(`data[${key}]`)],
        )),
  ];
}

/** https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
const keysOfType: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

function isBase64(value: unknown): boolean {
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

/** A binding names one role. */
export function bindingFailures(inputs: Properties): readonly CheckFailure[] {
  const kinds = inputs.kind === "ClusterRoleBinding" ? ["ClusterRole"] : ["ClusterRole", "Role"];
  return [
    ...(isMissing(peek(inputs, "roleRef.name")) && inputs.roleRef !== UNKNOWN
      ? [required("roleRef.name")]
      : []),
    ...oneOf("roleRef.kind", peek(inputs, "roleRef.kind"), kinds),
    ...oneOf("roleRef.apiGroup", peek(inputs, "roleRef.apiGroup"), ["rbac.authorization.k8s.io"]),
  ];
}

/** The name of a definition is made of its plural and its group. */
export function definitionFailures(inputs: Properties): readonly CheckFailure[] {
  const [name, plural, group] = ["metadata.name", "spec.names.plural", "spec.group"].map((path) =>
    text(peek(inputs, path)),
  );
  if (name === undefined || plural === undefined || group === undefined || name === `${plural}.${group}`)
    return [];
  return [invalid("metadata.name", name, 'must be spec.names.plural+"."+spec.group')];
}

/** Limits of a quota are quantities. */
export function quotaFailures(inputs: Properties): readonly CheckFailure[] {
  return quantityFailures("spec.hard", peek(inputs, "spec.hard"));
}
