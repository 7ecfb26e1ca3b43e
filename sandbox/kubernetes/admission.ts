import type { Properties, Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import { at, same, text } from "../values.ts";
import type { Cluster } from "./cluster.ts";
import type { Kind } from "./kinds.ts";
import { resourceOf } from "./kinds.ts";
import { idOf, namespaceExists, objectExists } from "./objects.ts";
import { quantityOf } from "./quantities.ts";
import { podForbidden } from "./readiness.ts";

/** Why the API server does not take a new object: its namespace, its name, the security level for a bare pod. @throws Refusal */
export function admit(cluster: Cluster, kind: Kind, inputs: Properties): void {
  const namespace = text(at(inputs, "metadata.namespace"));
  const name = nameOf(inputs);
  if (namespace !== undefined && !namespaceExists(cluster, namespace)) {
    throw new Refusal("NotFound", `namespaces "${namespace}" not found`);
  }
  if (objectExists(cluster, kind, idOf(inputs))) {
    throw new Refusal("AlreadyExists", `${resourceOf(kind)} "${name}" already exists`);
  }
  if (resourceOf(kind) !== "pods" || namespace === undefined) return;
  const reason = podForbidden(cluster, namespace, inputs.spec);
  if (reason !== undefined) throw new Refusal("Forbidden", `pods "${name}" is forbidden: ${reason}`);
}

/** Why the API server does not take a change: fields that never change, claims that shrink or cannot grow. @throws Refusal */
export function admitChange(cluster: Cluster, kind: Kind, before: Stored, inputs: Properties): void {
  for (const [path, rule] of Object.entries(kind.frozen)) {
    const value = at(inputs, path);
    if (at(before.inputs, path) !== undefined && !same(at(before.inputs, path), value)) {
      const answer =
        rule === "field is immutable"
          ? `Invalid value: ${JSON.stringify(value)}: ${rule}`
          : `Forbidden: ${rule}`;
      throw invalidObject(kind, inputs, `${path}: ${answer}`);
    }
  }
  if (resourceOf(kind) === "persistentvolumeclaims") admitResize(cluster, kind, before, inputs);
}

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims */
function admitResize(cluster: Cluster, kind: Kind, before: Stored, inputs: Properties): void {
  const path = "spec.resources.requests.storage";
  const growth = bytesAt(inputs, path) - bytesAt(before.inputs, path);
  if (growth < 0) {
    throw invalidObject(kind, inputs, `${path}: Forbidden: field can not be less than status.capacity`);
  }
  if (growth === 0 || isExpandable(cluster, text(at(inputs, "spec.storageClassName")) ?? "")) return;
  throw new Refusal(
    "Forbidden",
    `persistentvolumeclaims "${nameOf(inputs)}" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize`,
  );
}

function bytesAt(inputs: Properties, path: string): number {
  const read = quantityOf(text(at(inputs, path)) ?? "0");
  return "amount" in read ? read.amount : 0;
}

function isExpandable({ account, scope }: Cluster, storageClass: string): boolean {
  const found = account.find("kubernetes:storage.k8s.io/v1:StorageClass", storageClass, scope);
  return found?.inputs.allowVolumeExpansion === true;
}

function invalidObject({ kind, group }: Kind, inputs: Properties, mistake: string): Refusal {
  const name = nameOf(inputs);
  return new Refusal(
    "Invalid",
    `${group === "" ? kind : `${kind}.${group}`} "${name}" is invalid: ${mistake}`,
  );
}

function nameOf(inputs: Properties): string {
  return text(at(inputs, "metadata.name")) ?? "";
}
