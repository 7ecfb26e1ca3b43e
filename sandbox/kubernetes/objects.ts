import type { Properties, Stored, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { at, isRecord, list, text } from "../values.ts";
import type { Cluster } from "./cluster.ts";
import { namedIn } from "./cluster.ts";
import { customKinds } from "./custom-kinds.ts";
import type { Kind } from "./kinds.ts";
import { builtInKind, isBuiltInGroup, kindOf, pluralOf, resourceOf } from "./kinds.ts";

/** The Pulumi type of custom resource definitions. */
export const definitionToken = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** Namespaces that every cluster has. */
export const systemNamespaces: ReadonlySet<string> = new Set([
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
]);

/** Objects that Kubernetes itself keeps in each namespace. */
const inEachNamespace: ReadonlySet<string> = new Set([
  "serviceaccounts/default",
  "configmaps/kube-root-ca.crt",
]);

/** A type token, read. */
export interface Type {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** As manifests write it: `v1`, `apps/v1`. */
  readonly apiVersion: string;
}

/** Reads `kubernetes:apps/v1:Deployment`. @throws Refusal when it is not of that form. */
export function typeOf({ token, name }: Subject): Type {
  const [, module = "", kind = ""] = token.split(":");
  const [group, version] = module.split("/");
  if (group === undefined || version === undefined || kind === "") {
    throw new Refusal(
      "BadRequest",
      `apiVersion does not have both a group and a version: "${module}", in ${token}, which "${name}" is`,
    );
  }
  if (group === "core") return { group: "", version, kind, apiVersion: version };
  return { group, version, kind, apiVersion: module };
}

/** The API server's answer to a kind that it does not serve. */
export function noMatch(kind: string, apiVersion: string): Refusal {
  return new Refusal("NoKindMatch", `no matches for kind "${kind}" in version "${apiVersion}"`);
}

/**
 * The kind of a type in this cluster, and whether the cluster serves it now.
 * @throws Refusal for what the sandbox does not simulate: lists, patches, unknown kinds of Kubernetes itself.
 */
export function lookUp(cluster: Cluster, subject: Subject): { type: Type; kind: Kind; served: boolean } {
  const type = typeOf(subject);
  if (!isBuiltInGroup(type.group)) return { type, ...customKind(cluster, type) };
  const kind = builtInKind(type.group, type.kind);
  if (kind !== undefined) return { type, kind, served: kind.versions.includes(type.version) };
  if (type.group === "extensions") return { type, kind: kindOf(type.group, type.kind), served: false };
  throw unsupported(type, subject);
}

function unsupported({ kind }: Type, { token, name }: Subject): Refusal {
  if (kind.endsWith("List")) {
    return new Refusal(
      "UnsupportedType",
      `list resources exist for compatibility with YAML manifests and Helm charts, and cannot be created directly. Use the underlying resource type instead: ${token}, which "${name}" is`,
    );
  }
  return new Refusal("UnsupportedType", `the sandbox does not simulate ${token}, which "${name}" is`);
}

/** Where no definition is there yet, what the known charts will bring is believed; else a namespace is assumed, as the provider does. */
function customKind(cluster: Cluster, { group, version, kind }: Type): { kind: Kind; served: boolean } {
  const definition = namedIn(cluster, servesKey(`${group}/${version} ${kind}`))[0];
  if (definition === undefined) {
    return { kind: kindOf(group, kind, pluralOf(kind), !clusterWide.has(`${group} ${kind}`)), served: false };
  }
  const spec = definition.state.spec;
  const plural = text(at(spec, "names.plural")) ?? pluralOf(kind);
  return { kind: kindOf(group, kind, plural, text(at(spec, "scope")) !== "Cluster"), served: true };
}

/** `group kind` of the known charts' kinds that lie in no namespace. */
const clusterWide: ReadonlySet<string> = new Set(
  Object.values(customKinds)
    .flatMap((set) => Object.entries(set))
    .flatMap(([groupVersion, kinds]) =>
      kinds
        .split(" ")
        .flatMap((kind) =>
          kind.endsWith("*") ? [`${groupVersion.split("/")[0] ?? ""} ${kind.slice(0, -1)}`] : [],
        ),
    ),
);

/** The key of the definition that makes the cluster serve a kind, such as `keda.sh/v1alpha1 ScaledObject`. */
export function servesKey(kind: string): string {
  return `serves ${kind}`;
}

/** The key of every object that lies in a namespace. */
export function inNamespaceKey(namespace: string): string {
  return `in namespace ${namespace}`;
}

/** The key of every object of a resource such as `elasticsearches.elasticsearch.k8s.elastic.co`. */
export function ofResourceKey(resource: string): string {
  return `of resource ${resource}`;
}

/** The keys of one object: itself in whichever version, its namespace, its resource, and for a definition what it serves. */
export function keysOf(kind: Kind, id: string, inputs: Properties): readonly string[] {
  const namespace = text(at(inputs, "metadata.namespace"));
  return [
    objectKey(kind, id),
    ...(namespace === undefined ? [] : [inNamespaceKey(namespace)]),
    ...(isBuiltInGroup(kind.group) ? [] : [ofResourceKey(resourceOf(kind))]),
    ...(kind.kind === "CustomResourceDefinition" ? servedBy(inputs) : []),
  ];
}

function servedBy(definition: Properties): readonly string[] {
  const group = text(at(definition, "spec.group")) ?? "";
  const kind = text(at(definition, "spec.names.kind")) ?? "";
  return list(at(definition, "spec.versions"))
    .filter((version) => isRecord(version) && version.served !== false)
    .map((version) => servesKey(`${group}/${text(at(version, "name")) ?? ""} ${kind}`));
}

function objectKey(kind: Kind, id: string): string {
  return `${resourceOf(kind)}/${id}`;
}

/** `namespace/name`, or the name alone: https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/util.go */
export function idOf(inputs: Properties): string {
  const namespace = text(at(inputs, "metadata.namespace"));
  const name = text(at(inputs, "metadata.name")) ?? "";
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The stored object of a kind, whichever version made it. */
export function findObject(cluster: Cluster, kind: Kind, id: string): Stored | undefined {
  return namedIn(cluster, objectKey(kind, id))[0];
}

/** True for a stored object, and for what every cluster has without anybody making it. */
export function objectExists(cluster: Cluster, kind: Kind, id: string): boolean {
  if (findObject(cluster, kind, id) !== undefined) return true;
  if (kind.kind === "Namespace") return systemNamespaces.has(id);
  if (resourceOf(kind) === "storageclasses.storage.k8s.io") return id === "gp2";
  const [namespace = "", name = ""] = id.split("/");
  return inEachNamespace.has(`${resourceOf(kind)}/${name}`) && namespaceExists(cluster, namespace);
}

/** True where objects can lie in this namespace. */
export function namespaceExists(cluster: Cluster, name: string): boolean {
  if (systemNamespaces.has(name)) return true;
  return namedIn(cluster, `namespaces/${name}`).length > 0;
}
