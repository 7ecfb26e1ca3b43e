import type { Properties, Stored } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { builtInKind } from "../kinds.ts";
import { findObject, keysOf } from "../server/objects.ts";
import { podPathOf } from "../rules/pods.ts";
import { provision, reclaim } from "./volumes.ts";

const claimToken = "kubernetes:core/v1:PersistentVolumeClaim";

/**
 * Binds the claims that a workload's pods mount, and makes those of a StatefulSet's templates, one for each replica:
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage
 */
export function bindClaims(cluster: Cluster, kind: string, inputs: Properties): void {
  for (const claim of claimsMounted(cluster, kind, inputs)) bind(cluster, claim);
  for (const body of claimsTemplated(kind, inputs)) {
    const found = claimOf(cluster, body);
    bind(cluster, found ?? keep(cluster, body));
  }
}

function claimsMounted(cluster: Cluster, kind: string, inputs: Properties): readonly Stored[] {
  const namespace = text(at(inputs, "metadata.namespace")) ?? "default";
  return list(at(at(inputs, podPathOf(kind)), "volumes")).flatMap((volume) => {
    const name = text(at(volume, "persistentVolumeClaim.claimName"));
    return name === undefined ? [] : (claimOf(cluster, { metadata: { namespace, name } }) ?? []);
  });
}

function claimsTemplated(kind: string, inputs: Properties): readonly Properties[] {
  if (kind !== "StatefulSet") return [];
  const namespace = text(at(inputs, "metadata.namespace")) ?? "default";
  const owner = text(at(inputs, "metadata.name")) ?? "";
  const replicas = Number(at(inputs, "spec.replicas") ?? 1);
  return list(at(inputs, "spec.volumeClaimTemplates")).flatMap((template) =>
    Array.from({ length: replicas }, (_, ordinal) => ({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { namespace, name: `${text(at(template, "metadata.name")) ?? ""}-${owner}-${ordinal}` },
      spec: at(template, "spec"),
    })),
  );
}

function claimOf(cluster: Cluster, claim: Properties): Stored | undefined {
  const kind = builtInKind("", "PersistentVolumeClaim");
  const id = `${text(at(claim, "metadata.namespace")) ?? ""}/${text(at(claim, "metadata.name")) ?? ""}`;
  return kind === undefined ? undefined : findObject(cluster, kind, id);
}

function keep({ account, scope }: Cluster, body: Properties): Stored {
  const kind = builtInKind("", "PersistentVolumeClaim");
  const id = `${text(at(body, "metadata.namespace")) ?? ""}/${text(at(body, "metadata.name")) ?? ""}`;
  const state = { ...body, status: { phase: "Pending" } };
  const keys = kind === undefined ? [] : keysOf(kind, id, body);
  const claim = { scope, token: claimToken, id, urn: "", inputs: body, state, keys };
  account.put(claim);
  return claim;
}

function bind(cluster: Cluster, claim: Stored): void {
  if (provision(cluster, claim.inputs, true) !== undefined) return;
  const status = { ...(isRecord(claim.state.status) ? claim.state.status : {}), phase: "Bound" };
  cluster.account.put({ ...claim, state: { ...claim.state, status } });
}

/** Claims made from templates outlive their StatefulSet unless it says otherwise. */
export function releaseClaims(cluster: Cluster, kind: string, inputs: Properties): void {
  if (at(inputs, "spec.persistentVolumeClaimRetentionPolicy.whenDeleted") !== "Delete") return;
  for (const body of claimsTemplated(kind, inputs)) {
    const claim = claimOf(cluster, body);
    if (claim === undefined) continue;
    reclaim(cluster, claim.inputs);
    cluster.account.remove(claim);
  }
}
