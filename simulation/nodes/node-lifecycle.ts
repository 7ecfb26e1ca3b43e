import type { State } from "../engine/state.ts";
import { allPods } from "../engine/state.ts";
import type { Node } from "../engine/world.ts";
import { unbind } from "../engine/world.ts";
import { mayEvict } from "../scheduling/disruption.ts";
import { terminate } from "../scheduling/pod-lifecycle.ts";
import type { Birth } from "./node-groups.ts";
import { groupNode, nextZone } from "./node-groups.ts";
import type { Survey } from "./scale-down.ts";

/** Brings every group to the size that it was asked for. A node takes the profile's seconds, a tenth more or less, until it is ready. */
export function fillGroups(state: State): void {
  for (const group of state.cluster.groups) {
    const target = state.targets.get(group.name) ?? 0;
    let own = ownNodes(state, group.name);
    while (own.length < target) {
      const zone = nextZone(group.zones, state.lostZones, own);
      if (zone === undefined) break;
      const node = groupNode(group, nextBirth(state, group.name, zone), state.cluster);
      state.nodes.push(node);
      own = [...own, node];
    }
  }
}

/** A name and the moment of readiness for the next node. */
export function nextBirth(state: State, owner: string, zone: string): Birth {
  const start = state.profile.nodeStartSeconds * (1 + 0.1 * state.random.bell());
  const name = `${owner}-${state.nextNode}`;
  state.nextNode += 1;
  return { name, zone, createdAt: state.now, readyAt: state.now + Math.max(1, Math.round(start)) };
}

function ownNodes(state: State, owner: string): readonly Node[] {
  return state.nodes.filter((node) => node.owner === owner && node.doomedAt === undefined);
}

/** Nodes that have just become ready wake the scheduler; those whose time is over take their pods with them; drained ones go. */
export function ageNodes(state: State): void {
  for (const node of [...state.nodes]) {
    if (node.readyAt === state.now) state.needsScheduling = true;
    if (node.doomedAt !== undefined && node.doomedAt <= state.now) removeNode(state, node);
    else if (node.cordoned) drain(state, node);
  }
}

/** Evicts what the budgets let go; the node goes when it is empty. Placeholders are not asked. */
function drain(state: State, node: Node): void {
  const { budgets } = state.cluster;
  for (const pod of [...node.pods]) {
    if (pod.goneAt !== undefined) continue;
    if (mayEvict(pod, budgets, allPods(state), (id) => state.scale.get(id) ?? 0)) terminate(state, pod);
  }
  if (node.pods.size === 0) removeNode(state, node);
}

/** Takes a node out of the cluster; pods on it are lost at once. */
export function removeNode(state: State, node: Node): void {
  for (const pod of [...node.pods]) {
    terminate(state, pod, true);
    unbind(pod);
  }
  state.nodes.splice(state.nodes.indexOf(node), 1);
  state.needsScheduling = true;
}

/** What a look downwards needs to know. */
export function surveyOf(state: State, expendablePriority: number): Survey {
  return {
    now: state.now,
    nodes: state.nodes,
    pods: allPods(state),
    budgets: state.cluster.budgets,
    expected: (id) => state.scale.get(id) ?? 0,
    expendablePriority,
  };
}
