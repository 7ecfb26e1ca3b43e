import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { releaseClaims } from "../controllers/claims.ts";
import { finalizerOf, forget } from "../controllers/load-balancers.ts";
import { reclaim } from "../controllers/volumes.ts";
import { hasOperator } from "./operators.ts";
import { forgetPatches } from "./patches.ts";
import { definitionToken, inNamespaceKey, ofResourceKey } from "./objects.ts";

/**
 * Deletes an object, once the controllers behind its finalizers have cleaned up; what none of them answers for stays, as deleted:
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/
 */
export function deleteThing(cluster: Cluster, thing: Stored): void {
  const kind = text(thing.inputs.kind) ?? "";
  const left = finalizersOf(thing).filter((finalizer) => !isFinalized(cluster, kind, thing, finalizer));
  const inside = emptied(cluster, kind, thing);
  if (left.length > 0 || inside.length > 0) {
    keepAsDeleted(cluster, thing, left, inside);
    return;
  }
  if (kind === "PersistentVolumeClaim") reclaim(cluster, thing.inputs);
  if (kind === "StatefulSet") releaseClaims(cluster, kind, thing.inputs);
  forgetPatches(cluster, thing);
  cluster.account.remove(thing);
}

function finalizersOf({ state }: Stored): readonly string[] {
  return list(at(state, "metadata.finalizers")).flatMap((finalizer) => text(finalizer) ?? []);
}

/** True where a controller answers for the finalizer, and has cleaned up. */
function isFinalized(cluster: Cluster, kind: string, thing: Stored, finalizer: string): boolean {
  if (finalizer.endsWith(".k8s.aws/resources") || finalizer.startsWith("group.ingress.k8s.aws/"))
    return isForgotten(cluster, kind, thing.inputs);
  return hasOperator(cluster, thing.inputs);
}

function isForgotten(cluster: Cluster, kind: string, inputs: Properties): boolean {
  if (finalizerOf(cluster, kind, inputs) === undefined) return false;
  try {
    forget(cluster, kind, inputs);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
}

/** What goes with an object: all that lies in a namespace, all custom resources of a definition. */
function contentKeyOf(kind: string, { token, id }: Stored): string | undefined {
  if (kind === "Namespace") return inNamespaceKey(id);
  return token === definitionToken ? ofResourceKey(id) : undefined;
}

/** Deletes it. @returns what stays. */
function emptied(cluster: Cluster, kind: string, thing: Stored): readonly Stored[] {
  const key = contentKeyOf(kind, thing);
  if (key === undefined) return [];
  for (const one of namedIn(cluster, key)) deleteThing(cluster, one);
  return namedIn(cluster, key);
}

function keepAsDeleted(
  { account }: Cluster,
  thing: Stored,
  finalizers: readonly string[],
  inside: readonly Stored[],
): void {
  const metadata = isRecord(thing.state.metadata) ? thing.state.metadata : {};
  const deletionTimestamp = metadata.deletionTimestamp ?? new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const marked = { ...metadata, deletionTimestamp, ...(finalizers.length > 0 ? { finalizers } : {}) };
  const status = inside.length > 0 ? { status: terminating(inside) } : {};
  account.put({ ...thing, state: { ...thing.state, ...status, metadata: marked } });
}

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/namespace-v1/#NamespaceStatus */
function terminating(inside: readonly Stored[]): Properties {
  const counts = Map.groupBy(inside.flatMap(finalizersOf), (finalizer) => finalizer);
  const words = [...counts].map(([finalizer, all]) => `${finalizer} in ${all.length} resource instances`);
  const message = `Some content in the namespace has finalizers remaining: ${words.join(", ")}`;
  return {
    phase: "Terminating",
    conditions: [{ type: "NamespaceFinalizersRemaining", status: "True", message }],
  };
}
