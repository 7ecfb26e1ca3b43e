import type { CheckFailure, Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, same, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import type { Kind } from "../kinds.ts";
import { resourceOf } from "../kinds.ts";
import { idOf, tokenOf } from "../names.ts";
import { classTwice } from "../rules/networking.ts";
import { sealed } from "../secrets.ts";
import { defaultPriority, takenByServices } from "./allocations.ts";
import { claimOutOfRange } from "./limit-ranges.ts";
import { namespaceExists } from "./objects.ts";
import { objectExists } from "./standing.ts";
import { admitPods } from "./pod-admission.ts";
import { amountOf } from "../quantities.ts";
import { roomForObject } from "./quota.ts";
import { forbidden as unchangeable } from "./validation.ts";

/**
 * Why the API server does not take a new object: namespace, name, quota, what its plugins say of a bare pod or a claim, and what is taken.
 * @throws Refusal
 */
export function admit(cluster: Cluster, kind: Kind, inputs: Properties): void {
  const namespace = text(at(inputs, "metadata.namespace"));
  if (namespace !== undefined) admitInto(cluster, namespace, kind, inputs);
  if (objectExists(cluster, kind, idOf(inputs))) {
    throw new Refusal("AlreadyExists", `${resourceOf(kind)} "${nameOf(inputs)}" already exists`);
  }
  const reason =
    namespace === undefined
      ? secondDefault(cluster, kind, inputs)
      : forbiddenIn(cluster, namespace, kind, inputs);
  if (reason !== undefined) throw forbidden(kind, inputs, reason);
  refuseNew(kind, inputs, resourceOf(kind) === "ingresses.networking.k8s.io" ? classTwice(inputs) : []);
  refuseNew(kind, inputs, resourceOf(kind) === "services" ? takenByServices(cluster, inputs) : []);
}

function refuseNew(kind: Kind, inputs: Properties, failures: readonly CheckFailure[]): void {
  const [first] = failures;
  if (first !== undefined) throw invalidObject(kind, inputs, `${first.property}: ${first.reason}`);
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass */
function secondDefault(cluster: Cluster, kind: Kind, inputs: Properties): string | undefined {
  if (kind.kind !== "PriorityClass" || inputs.globalDefault !== true) return undefined;
  const found = namedIn(cluster, defaultPriority).find(({ id }) => id !== idOf(inputs));
  if (found === undefined) return undefined;
  return `PriorityClass ${found.id} is already marked as default. Only one default can exist`;
}

function admitInto(cluster: Cluster, namespace: string, kind: Kind, inputs: Properties): void {
  if (!namespaceExists(cluster, namespace)) {
    throw new Refusal("NotFound", `namespaces "${namespace}" not found`);
  }
  const [found] = namedIn(cluster, `namespaces/${namespace}`);
  if (at(found?.state, "metadata.deletionTimestamp") === undefined) return;
  const reason = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw forbidden(kind, inputs, reason);
}

function forbiddenIn(
  cluster: Cluster,
  namespace: string,
  kind: Kind,
  inputs: Properties,
): string | undefined {
  const resource = resourceOf(kind);
  if (resource === "pods") {
    const owner = `${tokenOf({ apiVersion: "v1", kind: "Pod" })} ${idOf(inputs)}`;
    return admitPods(cluster, { namespace, pod: inputs.spec, count: 1, owner }).forbidden;
  }
  const size =
    resource === "persistentvolumeclaims" ? claimOutOfRange(cluster, namespace, inputs) : undefined;
  return size ?? roomForObject(cluster, namespace, resource, inputs).refusal;
}

function forbidden(kind: Kind, inputs: Properties, reason: string): Refusal {
  return new Refusal("Forbidden", `${resourceOf(kind)} "${nameOf(inputs)}" is forbidden: ${reason}`);
}

/** Why the API server does not take a change: fields that never change, claims that shrink or cannot grow. @throws Refusal */
export function admitChange(cluster: Cluster, kind: Kind, before: Stored, inputs: Properties): void {
  for (const [path, rule] of Object.entries(kind.frozen)) {
    const [was, value] = [before.inputs, inputs].map((one) => at(one, path) ?? usual[path]);
    if (was !== undefined && !same(was, value)) {
      const answer =
        rule === "field is immutable"
          ? `Invalid value: ${JSON.stringify(value)}: ${rule}`
          : `Forbidden: ${rule}`;
      throw invalidObject(kind, inputs, `${path}: ${answer}`);
    }
  }
  refuseNew(kind, inputs, sealedFor(kind, before, inputs));
  refuseNew(kind, inputs, resourceOf(kind) === "services" ? takenByServices(cluster, inputs) : []);
  const second = secondDefault(cluster, kind, inputs);
  if (second !== undefined) throw forbidden(kind, inputs, second);
  if (resourceOf(kind) === "persistentvolumeclaims") admitResize(cluster, kind, before, inputs);
}

/** What such fields are where nobody says it. */
const usual: Properties = {
  reclaimPolicy: "Delete",
  volumeBindingMode: "Immediate",
  "spec.volumeMode": "Filesystem",
};

/** https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable */
function sealedFor({ group, kind }: Kind, before: Stored, inputs: Properties): readonly CheckFailure[] {
  if (group !== "" || (kind !== "ConfigMap" && kind !== "Secret")) return [];
  if (before.inputs.immutable !== true) return [];
  const now = { ...sealed(inputs), immutable: inputs.immutable ?? false };
  return ["immutable", "data", "binaryData", "stringData"]
    .filter((field) => !same(before.inputs[field], at(now, field)))
    .map((field) => unchangeable(field, "field is immutable when `immutable` is set"));
}

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims */
function admitResize(cluster: Cluster, kind: Kind, before: Stored, inputs: Properties): void {
  const path = "spec.resources.requests.storage";
  const growth = bytesAt(inputs, path) - bytesAt(before.inputs, path);
  if (growth < 0) {
    throw invalidObject(kind, inputs, `${path}: Forbidden: field can not be less than status.capacity`);
  }
  if (growth === 0 || isExpandable(cluster, text(at(inputs, "spec.storageClassName")) ?? "")) return;
  throw forbidden(
    kind,
    inputs,
    "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
  );
}

function bytesAt(inputs: Properties, path: string): number {
  return amountOf(at(inputs, path));
}

function isExpandable({ account, scope }: Cluster, storageClass: string): boolean {
  const found = account.find("kubernetes:storage.k8s.io/v1:StorageClass", storageClass, scope);
  return found?.inputs.allowVolumeExpansion === true;
}

/** The API server's answer to an object that breaks its rules. */
export function invalidObject(
  { kind, group }: Pick<Kind, "group" | "kind">,
  inputs: Properties,
  mistake: string,
): Refusal {
  const name = nameOf(inputs);
  return new Refusal(
    "Invalid",
    `${group === "" ? kind : `${kind}.${group}`} "${name}" is invalid: ${mistake}`,
  );
}

function nameOf(inputs: Properties): string {
  return text(at(inputs, "metadata.name")) ?? "";
}
