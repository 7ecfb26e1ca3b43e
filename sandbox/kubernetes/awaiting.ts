import type { Properties } from "../model.ts";
import { at, isRecord, list, text } from "../values.ts";
import type { Warning } from "./api.ts";

/** Why an object never becomes ready; `undefined` when it is, or when nobody waits for it. */
type Reason = string | undefined;

/** Judges an object of a kind that the provider waits for, by its status and the warnings about it. */
type Wait = (object: unknown, warnings: readonly Warning[]) => Reason;

/** Kinds that the provider waits for: https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/await/awaiters.go */
const waits: Readonly<Record<string, Wait>> = {
  "apps/v1 DaemonSet": (_, warnings) => timedOut(warnings),
  "apps/v1 Deployment": deploymentShort,
  "apps/v1 StatefulSet": replicasShort,
  "batch/v1 Job": (object, warnings) => (isComplete(object) ? undefined : timedOut(warnings)),
  "networking.k8s.io/v1 Ingress": noAddress,
  "v1 PersistentVolumeClaim": claimPending,
  "v1 Pod": podNotReady,
  "v1 Service": notAllocated,
};

/** Why the provider's wait for an object would run out, in its own words and those of the warnings that it reads. */
export function neverReady(object: Properties, warnings: readonly Warning[]): Reason {
  if (!isAwaited(object)) return undefined;
  return waits[`${text(object.apiVersion) ?? ""} ${text(object.kind) ?? ""}`]?.(object, warnings);
}

/** False where the program says that nobody shall wait: https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ */
export function isAwaited(object: unknown): boolean {
  const annotations = at(object, "metadata.annotations");
  return !isRecord(annotations) || annotations["pulumi.com/skipAwait"] !== "true";
}

function shown({ reason, message }: Warning): string {
  return `[${reason}] ${message}`;
}

function timedOut([latest]: readonly Warning[]): Reason {
  return latest === undefined ? undefined : `timed out waiting to be Ready: ${shown(latest)}`;
}

function deploymentShort(object: unknown, [latest]: readonly Warning[]): Reason {
  const wanted = Number(at(object, "spec.replicas") ?? 1);
  if (Number(at(object, "status.availableReplicas") ?? 0) >= wanted) return undefined;
  const failure = list(at(object, "status.conditions")).find(
    (condition) => at(condition, "type") === "ReplicaFailure",
  );
  const why =
    failure === undefined
      ? latest === undefined
        ? ""
        : `: ${shown(latest)}`
      : `: [ReplicaFailure] ${text(at(failure, "message")) ?? ""}`;
  return `Minimum number of live Pods was not attained${why}`;
}

function replicasShort(object: unknown, warnings: readonly Warning[]): Reason {
  const wanted = Number(at(object, "spec.replicas") ?? 1);
  const ready = Number(at(object, "status.readyReplicas") ?? 0);
  const [latest] = warnings;
  if (ready >= wanted) return undefined;
  if (latest === undefined || latest.reason === "FailedCreate") return timedOut(warnings);
  return `${ready} out of ${wanted} replicas succeeded readiness checks: ${latest.message}`;
}

function isComplete(object: unknown): boolean {
  return list(at(object, "status.conditions")).some((condition) => at(condition, "type") === "Complete");
}

function noAddress(object: unknown, [latest]: readonly Warning[]): Reason {
  if (list(at(object, "status.loadBalancer.ingress")).length > 0) return undefined;
  const why = latest === undefined ? "" : `: ${latest.message}`;
  return `Ingress .status.loadBalancer field was not updated with a hostname/IP address${why}`;
}

function notAllocated(object: unknown, [latest]: readonly Warning[]): Reason {
  if (at(object, "spec.type") !== "LoadBalancer") return undefined;
  if (list(at(object, "status.loadBalancer.ingress")).length > 0) return undefined;
  const why = latest === undefined ? "" : `: ${shown(latest)}`;
  return `Service was not allocated an IP address; does your cloud provider support this?${why}`;
}

/** A claim that waits for its first consumer is pending without a warning, and good enough. */
function claimPending(object: unknown, [latest]: readonly Warning[]): Reason {
  if (latest === undefined || at(object, "status.phase") !== "Pending") return undefined;
  return `status.phase is Pending: ${latest.message}`;
}

function podNotReady(object: unknown, warnings: readonly Warning[]): Reason {
  return at(object, "status.phase") === "Running" ? undefined : timedOut(warnings);
}
