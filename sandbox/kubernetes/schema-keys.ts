import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";

/**
 * A definition as the API server reads it: the SDK writes the extensions of its schemas with underscores, such as
 * `x_kubernetes_preserve_unknown_fields`. https://www.pulumi.com/registry/packages/kubernetes/api-docs/apiextensions/v1/customresourcedefinition/
 */
export function withDashes(definition: Properties): Properties {
  return Object.fromEntries(
    Object.entries(definition).map(([key, value]) => [
      key.startsWith("x_kubernetes_") ? key.replaceAll("_", "-") : key,
      inside(value),
    ]),
  );
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return isRecord(value) ? withDashes(value) : value;
}
