import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { idOf } from "../names.ts";
import { undeclaredFields } from "../schemas/index.ts";
import { entryKey } from "./fields.ts";

/**
 * The object without the fields that its kind's schema does not declare. The API server drops them with a warning, which the provider does
 * not show: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
export function pruned(cluster: Cluster, object: Properties): Properties {
  return undeclaredFields(cluster, object).reduce(
    (left, path) => Object.fromEntries(entriesWithout(left, path)),
    object,
  );
}

function entriesWithout(object: Properties, [key = "", ...inside]: readonly string[]) {
  return Object.entries(object).flatMap(([name, value]) => {
    if (name !== key) return [[name, value] as const];
    return inside.length === 0 ? [] : [[name, without(value, inside)] as const];
  });
}

function without(value: unknown, path: readonly string[]): unknown {
  if (isRecord(value)) return Object.fromEntries(entriesWithout(value, path));
  const [index, ...inside] = path;
  return list(value).map((item, place) => (String(place) === index ? without(item, inside) : item));
}

/**
 * Server-side apply drops nothing: it knows no owner for what is not declared.
 * https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/structuredmerge.go
 * @throws Refusal
 */
export function refuseUndeclared(cluster: Cluster, object: Properties): void {
  const fields = undeclaredFields(cluster, object).map(
    (path) => `${shown(object, path)}: field not declared in schema`,
  );
  if (fields.length === 0) return;
  const version = text(object.apiVersion) ?? "";
  const id = idOf(object);
  const [place, type] = [id, version].map((one) => (one.includes("/") ? one : `/${one}`));
  const name = `${place ?? ""}; ${type ?? ""}, Kind=${text(object.kind) ?? ""}`;
  const mistakes = fields.length === 1 ? fields.join("") : ["errors:", ...fields].join("\n  ");
  throw new Refusal("BadRequest", `failed to create typed patch object (${name}): ${mistakes}`);
}

/** A path as the API server writes it: `.spec.template.spec.containers[name="web"].image`. */
function shown(object: Properties, path: readonly string[]): string {
  return path
    .map((key, index) => {
      const [value, name] = [valueAt(object, path.slice(0, index)), path[index - 1] ?? ""];
      if (!Array.isArray(value)) return `.${key}`;
      return entryKey(name, value, valueAt(value, [key])) ?? `[${key}]`;
    })
    .join("");
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (Array.isArray(inside)) return inside[Number(key)];
    return isRecord(inside) ? inside[key] : undefined;
  }, value);
}
