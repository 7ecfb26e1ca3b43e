import { terminate } from "../scheduling/pod-lifecycle.ts";
import type { Fault, State } from "./state.ts";
import { limitedBy, recordEvent } from "./state.ts";

/** Seconds from the notice until a spot instance is taken: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
const spotNoticeSeconds = 120;

/**
 * Seconds until the cluster calls a silent node unreachable, `--node-monitor-grace-period`; only then its pods' tolerations begin to run.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
const graceSeconds = 50;

/** Seconds after which the node itself is gone: our estimate of its group's health check and replacement. */
const silentSeconds = 350;

/** Lets the faults of this second happen, and those before go on. */
export function applyFaults(state: State, faults: readonly Fault[]): void {
  for (const fault of faults) {
    if (fault.kind === "spot" && fault.at === state.now) reclaimSpot(state, fault.share);
    if (fault.kind === "zone" && fault.at === state.now) silence(state, fault.zone);
  }
  if (state.lostZones.size > 0) evictUnreachable(state);
}

/**
 * The load balancer sends nothing to a dead zone, and the groups start new nodes in the others: both at once, though health checks take
 * their time. The cluster has yet to find out.
 */
function silence(state: State, zone: string): void {
  state.lostZones.add(zone);
  for (const node of state.nodes.filter((candidate) => candidate.zone === zone)) {
    node.silentSince = state.now;
    node.doomedAt = state.now + silentSeconds;
    for (const pod of node.pods) {
      pod.isReady = false;
      pod.readyAt = Number.POSITIVE_INFINITY;
    }
  }
  recordEvent(state, "AWS", `zone ${zone} is lost`, "fault of the experiment");
}

/** Two minutes' notice: the node is cordoned and drained, and its group starts a new one at once. */
function reclaimSpot(state: State, share: number): void {
  const spot = state.nodes.filter((node) => node.spot && node.doomedAt === undefined);
  const taken = spot.filter((_, index) => index < Math.ceil(spot.length * share));
  for (const node of taken) {
    node.cordoned = true;
    node.doomedAt = state.now + spotNoticeSeconds;
  }
  recordEvent(
    state,
    "AWS",
    `takes ${taken.length} of ${spot.length} spot nodes back`,
    "fault of the experiment",
  );
}

/**
 * Replaces the pods of silent nodes when their toleration is over: until then the ReplicaSet counts them, and an HPA takes them for idle.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
 */
function evictUnreachable(state: State): void {
  const silent = state.nodes.filter(({ silentSince = state.now }) => silentSince < state.now);
  let isWaiting = false;
  for (const { silentSince = state.now, pods } of silent) {
    for (const pod of pods) {
      if (pod.goneAt !== undefined) continue;
      const patience = graceSeconds + pod.workload.template.unreachableSeconds;
      if (state.now - silentSince >= patience) terminate(state, pod, true);
      else isWaiting = true;
    }
  }
  const remedy =
    "shorten tolerationSeconds of node.kubernetes.io/unreachable, or keep a zone's share to spare";
  if (isWaiting) limitedBy(state, "pods on nodes that do not answer, not replaced yet", remedy, 1);
}
