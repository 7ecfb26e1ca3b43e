import { clusterToken } from "../../aws/eks/references.ts";
import { minorOf, newestVersion } from "../../aws/eks/versions.ts";
import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, hexOf, isRecord, list, text } from "../../values.ts";
import type { Capabilities } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { customKinds } from "../custom-kinds.ts";
import { kindOfEks } from "./eks-kinds.ts";
import type { Kind } from "../kinds.ts";
import { builtInKind, isBuiltInGroup, kindOf, pluralOf, resourceOf } from "../kinds.ts";

/** The Pulumi type of custom resource definitions. */
export const definitionToken = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** Namespaces that every cluster has. */
export const systemNamespaces: ReadonlySet<string> = new Set([
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
]);

/** The API server's answer to a kind that it does not serve. */
export function noMatch(kind: string, apiVersion: string): Refusal {
  return new Refusal("NoKindMatch", `no matches for kind "${kind}" in version "${apiVersion}"`);
}

/** Group and version of what manifests write: `apps/v1`, or `v1` in the core group. */
function groupVersionOf(apiVersion: string): { readonly group: string; readonly version: string } {
  const [first = "", second] = apiVersion.split("/");
  return second === undefined ? { group: "", version: first } : { group: first, version: second };
}

/** A kind in this cluster, and whether the cluster serves it now; `undefined` for what Kubernetes' own groups do not have. */
export function lookUp(
  cluster: Cluster,
  apiVersion: string,
  kind: string,
): { readonly kind: Kind; readonly served: boolean } | undefined {
  const { group, version } = groupVersionOf(apiVersion);
  if (!isBuiltInGroup(group)) return customKind(cluster, group, version, kind);
  const found = builtInKind(group, kind);
  if (found !== undefined) {
    return {
      kind: found,
      served: found.versions.includes(version) && found.since <= minorOf(versionOf(cluster)),
    };
  }
  return group === "extensions" ? { kind: kindOf(group, kind), served: false } : undefined;
}

/** The version of the control plane, such as `1.35`; of a cluster that the account does not hold, the newest. */
function versionOf({ account, scope }: Cluster): string {
  const found = account.all(clusterToken).find(({ state }) => state.arn === scope);
  return text(found?.state.version) ?? newestVersion;
}

/** What the cluster tells charts of itself. Patch and build are made up; that EKS names its builds is not. */
export function capabilitiesOf(cluster: Cluster): Capabilities {
  const build = hexOf(cluster.scope, 7);
  const definitions = cluster.account.all(definitionToken, cluster.scope);
  const served = definitions.flatMap(({ inputs }) => servedBy(inputs)).map((one) => one.replace(" ", "/"));
  const versions = served.map((one) => one.slice(0, one.lastIndexOf("/")));
  return {
    version: `v${versionOf(cluster)}.0-eks-${build}`,
    apiVersions: [...new Set([...versions, ...served])].sort(),
  };
}

/** Where no definition is there yet, what the known charts will bring is believed; else a namespace is assumed, as the provider does. */
function customKind(
  cluster: Cluster,
  group: string,
  version: string,
  kind: string,
): { readonly kind: Kind; readonly served: boolean } {
  const definition = namedIn(cluster, servesKey(`${group}/${version} ${kind}`))[0];
  const ofEks = kindOfEks(cluster, `${group}/${version}`, kind);
  if (definition === undefined && ofEks !== undefined)
    return { kind: kindOf(group, kind, pluralOf(kind), ofEks.namespaced), served: true };
  if (definition === undefined) {
    const assumed = kindOf(group, kind, pluralOf(kind), !clusterWide.has(`${group} ${kind}`));
    return { kind: assumed, served: namedIn(cluster, anyKindKey).length > 0 };
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

/** The key of a release of which nothing is known: it may have brought any kind. */
export const anyKindKey = "serves kinds that are not known";

/** The key of every object that lies in a namespace. */
export function inNamespaceKey(namespace: string): string {
  return `in namespace ${namespace}`;
}

/** The key of every object that Helm has put there for a release, `namespace/name`. */
export function ofReleaseKey(release: string): string {
  return `of release ${release}`;
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
    ...(kind.kind === "CustomResourceDefinition" ? servedBy(inputs).map(servesKey) : []),
  ];
}

/** What a definition serves: `keda.sh/v1alpha1 ScaledObject`. */
function servedBy(definition: Properties): readonly string[] {
  const group = text(at(definition, "spec.group")) ?? "";
  const kind = text(at(definition, "spec.names.kind")) ?? "";
  return list(at(definition, "spec.versions"))
    .filter((version) => isRecord(version) && version.served !== false)
    .map((version) => `${group}/${text(at(version, "name")) ?? ""} ${kind}`);
}

function objectKey(kind: Kind, id: string): string {
  return `${resourceOf(kind)}/${id}`;
}

/** The stored object of a kind, whichever version made it. */
export function findObject(cluster: Cluster, kind: Kind, id: string): Stored | undefined {
  return namedIn(cluster, objectKey(kind, id))[0];
}

/** True where objects can lie in this namespace. */
export function namespaceExists(cluster: Cluster, name: string): boolean {
  if (systemNamespaces.has(name)) return true;
  return namedIn(cluster, `namespaces/${name}`).length > 0;
}
