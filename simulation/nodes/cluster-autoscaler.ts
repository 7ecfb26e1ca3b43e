import type { Cluster, ClusterAutoscalerSettings, NodeGroup } from "../engine/model.ts";
import type { Random } from "../engine/random.ts";
import type { Node, Pod } from "../engine/world.ts";
import { assume, snapshot } from "../engine/world.ts";
import { obstacle } from "../scheduling/scheduler.ts";
import type { Option } from "./expander.ts";
import { choose as expand } from "./expander.ts";
import { groupNode, nextZone } from "./node-groups.ts";

/** What Cluster Autoscaler looks at in one scan. */
export interface Scan {
  readonly now: number;
  readonly settings: ClusterAutoscalerSettings;
  readonly cluster: Cluster;
  readonly nodes: readonly Node[];
  /** Pods that the scheduler could not place. */
  readonly pending: readonly Pod[];
  /** Size that each group has been asked for. */
  readonly targets: ReadonlyMap<string, number>;
  readonly lostZones: ReadonlySet<string>;
  /** Groups that failed to bring a node in time, until when they are left alone. */
  readonly backoff: ReadonlyMap<string, number>;
  readonly random: Random;
}

/** A group to enlarge, and by how many nodes. */
export interface Growth {
  readonly group: string;
  readonly count: number;
}

/** What a scan finds: growth, or pods that no group can help and why not. */
export interface ScanResult {
  readonly growth: readonly Growth[];
  readonly unschedulable: readonly { readonly pod: Pod; readonly reason: string }[];
}

/**
 * One scan upwards. Pods that fit on nodes already on their way count as placed; for the rest each group is packed with new nodes, first
 * fit, largest pod first; the expander picks a group, which grows by what it needs, up to its maximum.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#how-does-scale-up-work
 */
export function scanUp(scan: Scan): ScanResult {
  const { settings, pending, nodes } = scan;
  const counted = pending.filter((pod) => pod.workload.template.priority >= settings.expendablePriority);
  const coming = nodes.filter(({ readyAt, doomedAt }) => readyAt > scan.now && doomedAt === undefined);
  const rest = unplaced(
    counted,
    coming.map(snapshot),
    nodes.filter((node) => !coming.includes(node)),
  );
  if (rest.length === 0) return { growth: [], unschedulable: [] };
  const tried = scan.cluster.groups.map((group) => ({ group, packing: pack(group, rest, scan) }));
  const options = tried.flatMap(({ packing }) => packing.option ?? []);
  const chosen = expand(options, settings, scan.random);
  if (chosen !== undefined) return { growth: balanced(chosen, scan), unschedulable: [] };
  return {
    growth: [],
    unschedulable: rest.map((pod) => ({
      pod,
      reason: tried.map(({ group, packing }) => `${group.name}: ${packing.reason}`).join("; "),
    })),
  };
}

/** Pods that find no room on the given nodes, largest first. */
function unplaced(pods: readonly Pod[], room: readonly Node[], others: readonly Node[]): readonly Pod[] {
  const nodes = [...others, ...room];
  return [...pods].sort(bySize).filter((pod) => {
    const open = room.find((node) => obstacle(pod, node, nodes) === undefined);
    if (open !== undefined) assume(pod, open);
    return open === undefined;
  });
}

function bySize(left: Pod, right: Pod): number {
  const [first, second] = [left.workload.template.requests, right.workload.template.requests];
  return second.cpu - first.cpu || second.memory - first.memory || left.id - right.id;
}

interface Packing {
  readonly option: Option | undefined;
  readonly reason: string;
}

function pack(group: NodeGroup, pods: readonly Pod[], scan: Scan): Packing {
  const left = group.max - (scan.targets.get(group.name) ?? 0);
  if ((scan.backoff.get(group.name) ?? scan.now) > scan.now)
    return { option: undefined, reason: "backing off" };
  const made: Node[] = [];
  const refusals = pods.map((pod) => assumeOnNew(pod, group, made, left, scan));
  const placed = refusals.filter((refusal) => refusal === undefined).length;
  if (placed === 0) return { option: undefined, reason: refusals[0] ?? "" };
  const { name, autoScalingGroup } = group;
  const option = { group: name, autoScalingGroup, count: made.length, pods: placed, waste: waste(made) };
  return { option, reason: "" };
}

/** Puts a pod on the first new node with room, or on one more; says what speaks against it. */
function assumeOnNew(pod: Pod, group: NodeGroup, made: Node[], left: number, scan: Scan): string | undefined {
  const around = [...scan.nodes, ...made];
  const open = made.find((node) => obstacle(pod, node, around) === undefined);
  if (open !== undefined) {
    assume(pod, open);
    return undefined;
  }
  const node = fresh(group, made, scan);
  if (node === undefined) return "no zone is left";
  const why = obstacle(pod, node, [...around, node]);
  if (why !== undefined) return `a new ${node.type.name} does not take ${pod.workload.name} (${why})`;
  if (made.length >= left) return `at its maximum of ${group.max}`;
  made.push(node);
  assume(pod, node);
  return undefined;
}

function fresh(group: NodeGroup, made: readonly Node[], scan: Scan): Node | undefined {
  const own = scan.nodes.filter(({ owner }) => owner === group.name);
  const zone = nextZone(group.zones, scan.lostZones, [...own, ...made]);
  if (zone === undefined) return undefined;
  const name = `${group.name}-new-${made.length}`;
  return groupNode(group, { name, zone, createdAt: scan.now, readyAt: scan.now }, scan.cluster);
}

function waste(nodes: readonly Node[]): number {
  const sum = (pick: (node: Node) => number): number => nodes.reduce((total, node) => total + pick(node), 0);
  const cpu = sum(({ free }) => free.cpu) / sum(({ allocatable }) => allocatable.cpu);
  const memory = sum(({ free }) => free.memory) / sum(({ allocatable }) => allocatable.memory);
  return (cpu + memory) / 2;
}

/** Groups alike share the growth where that is asked for: https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#im-running-cluster-with-nodes-in-multiple-zones-for-ha-purposes-is-that-supported-by-cluster-autoscaler */
function balanced({ group: name, count }: Option, { cluster, settings, targets }: Scan): readonly Growth[] {
  const chosen = cluster.groups.find((group) => group.name === name);
  if (chosen === undefined) return [];
  const room = (group: NodeGroup): number => group.max - (targets.get(group.name) ?? 0);
  const alike = settings.balanceSimilar ? cluster.groups.filter((group) => similar(group, chosen)) : [chosen];
  const growth = new Map(alike.map((group) => [group.name, 0]));
  for (let placed = 0; placed < count; placed += 1) {
    const open = alike.filter((group) => room(group) > (growth.get(group.name) ?? 0));
    const sizes = open.map((group) => (targets.get(group.name) ?? 0) + (growth.get(group.name) ?? 0));
    const next = open[sizes.indexOf(Math.min(...sizes))];
    if (next !== undefined) growth.set(next.name, (growth.get(next.name) ?? 0) + 1);
  }
  return [...growth].filter(([, more]) => more > 0).map(([group, more]) => ({ group, count: more }));
}

/** Groups of one size with the same labels and taints. Labels that say which group it is would make none alike. */
function similar(left: NodeGroup, right: NodeGroup): boolean {
  const look = ({ instanceTypes, labels, taints, spot }: NodeGroup): string =>
    JSON.stringify([instanceTypes, Object.entries(labels).sort(), taints, spot]);
  return left.name === right.name || look(left) === look(right);
}
