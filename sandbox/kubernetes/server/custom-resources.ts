import type { Properties, Stored } from "../../model.ts";
import type { Cluster } from "../cluster.ts";
import type { CustomKindSet } from "../custom-kinds.ts";
import { customKinds } from "../custom-kinds.ts";
import { builtInKind, pluralOf } from "../kinds.ts";
import { definitionToken, keysOf } from "./objects.ts";

/** A CustomResourceDefinition as a chart brings it. */
export interface Definition {
  /** Its name, such as `servicemonitors.monitoring.coreos.com`. */
  readonly id: string;
  readonly body: Properties;
}

/** The definitions in a set of custom kinds. */
export function definitionsIn(set: CustomKindSet): readonly Definition[] {
  return Object.entries(customKinds[set]).flatMap(([groupVersions, kinds]) => {
    const [group = "", versions = ""] = groupVersions.split("/");
    return kinds.split(" ").map((kind) => definition(group, versions.split(","), kind));
  });
}

function definition(group: string, versions: readonly string[], marked: string): Definition {
  const kind = marked.replace("*", "");
  const plural = pluralOf(kind);
  const id = `${plural}.${group}`;
  const spec = {
    group,
    names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
    scope: marked.endsWith("*") ? "Cluster" : "Namespaced",
    versions: versions.map((name, index) => ({ name, served: true, storage: index === 0 })),
  };
  const body = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: id },
    spec,
  };
  return { id, body };
}

/** The definition of this name, if the cluster has it. */
export function findDefinition({ account, scope }: Cluster, id: string): Stored | undefined {
  return account.find(definitionToken, id, scope);
}

/** Writes a definition that a chart brings; `release` owns it, as `namespace/name`, unless it came from the chart's `crds` folder. */
export function putDefinition(
  { account, scope }: Cluster,
  { id, body }: Definition,
  release: string | undefined,
): void {
  const state =
    release === undefined ? body : { ...body, metadata: { name: id, annotations: ownership(release) } };
  const kind = builtInKind("apiextensions.k8s.io", "CustomResourceDefinition");
  if (kind === undefined) return;
  account.put({
    scope,
    token: definitionToken,
    id,
    urn: "",
    inputs: state,
    state,
    keys: keysOf(kind, id, state),
  });
}

/** How Helm marks what a release owns: https://helm.sh/docs/chart_best_practices/labels/ */
export function ownership(release: string): Readonly<Record<string, string>> {
  const [namespace = "", name = ""] = release.split("/");
  return { "meta.helm.sh/release-name": name, "meta.helm.sh/release-namespace": namespace };
}
