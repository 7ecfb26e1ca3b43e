import type { Awaitable } from "../../answers.ts";
import { upon } from "../../answers.ts";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, isRecord, text } from "../../values.ts";
import type { ClusterApi } from "../api.ts";

/**
 * Objects as the provider's components make resources of them: lists are what is in them, and what lies in a namespace and names none goes
 * to the one given. @throws Refusal for what is no object
 */
export function normalised(
  api: ClusterApi,
  given: readonly Properties[],
  namespace: string,
): Awaitable<readonly Properties[]> {
  const objects = given.flatMap(expanded).map(canonical);
  for (const object of objects) mustBeObject(object);
  return placed(api, objects, namespace);
}

/** The same objects, each in the namespace if it names none and lies in one. */
export function placed(
  api: ClusterApi,
  objects: readonly Properties[],
  namespace: string,
): Awaitable<readonly Properties[]> {
  return objects.reduce<Awaitable<readonly Properties[]>>(
    (before, object) =>
      upon(before, (done) => upon(placedIn(api, object, objects, namespace), (one) => [...done, one])),
    [],
  );
}

function placedIn(
  api: ClusterApi,
  object: Properties,
  all: readonly Properties[],
  namespace: string,
): Awaitable<Properties> {
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  if (text(metadata.namespace) !== undefined && metadata.namespace !== "") return object;
  return upon(isNamespaced(api, object, all), (inNamespace) =>
    inNamespace ? { ...object, metadata: { ...metadata, namespace } } : object,
  );
}

/** A definition beside the object goes before what the cluster knows. */
function isNamespaced(
  api: ClusterApi,
  { apiVersion, kind }: Properties,
  all: readonly Properties[],
): Awaitable<boolean> {
  const [version, name] = [text(apiVersion) ?? "", text(kind) ?? ""];
  const definition = all.find(
    (other) =>
      other.kind === "CustomResourceDefinition" &&
      at(other, "spec.group") === version.split("/")[0] &&
      at(other, "spec.names.kind") === name,
  );
  if (definition !== undefined) return at(definition, "spec.scope") !== "Cluster";
  return upon(api.discover(version, name), (resource) => resource?.namespaced === true);
}

/** Any object with items is a list, as for https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1/unstructured#Unstructured.IsList */
function expanded(object: Properties): readonly Properties[] {
  return Array.isArray(object.items) ? object.items.filter(isRecord).flatMap(expanded) : [object];
}

function canonical(object: Properties): Properties {
  const version = text(object.apiVersion) ?? "";
  return version.startsWith("core/") ? { ...object, apiVersion: version.slice("core/".length) } : object;
}

function mustBeObject(object: Properties): void {
  const { apiVersion, kind } = object;
  const shown = JSON.stringify(object);
  const start = shown.length > 100 ? `${shown.slice(0, 97)}...` : shown;
  if (isEmpty(apiVersion) || isEmpty(kind))
    throw new Refusal("InvalidObject", `Kubernetes resources require a kind and apiVersion: \`${start}\``);
  if (isEmpty(at(object, "metadata.name")))
    throw new Refusal("InvalidObject", `Kubernetes resources require a .metadata.name: \`${start}\``);
}

function isEmpty(value: unknown): boolean {
  return typeof value !== "string" || value === "";
}
