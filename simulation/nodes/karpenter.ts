import type { Cluster, NodePool } from "../engine/model.ts";
import { byName } from "../engine/order.ts";
import type { Node, Pod } from "../engine/world.ts";
import { hourlyPrice, assume, snapshot } from "../engine/world.ts";
import { obstacle } from "../scheduling/scheduler.ts";
import { matches } from "../stack/selectors.ts";
import type { InstanceType } from "./instances.ts";
import { instanceTypes, priceOf } from "./instances.ts";
import { poolNode } from "./node-groups.ts";

/** What a NodePool may launch: a type in one capacity. */
export interface Offer {
  readonly type: InstanceType;
  readonly spot: boolean;
  readonly price: number;
}

/** The offers that a pool's requirements leave, cheapest first: https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements */
export function offersOf(pool: NodePool): readonly Offer[] {
  const all = [...instanceTypes.values()].flatMap((type) =>
    [false, true].map((spot) => ({ type, spot, price: priceOf(type, spot) })),
  );
  return all
    .filter(({ type, spot }) => {
      const labels = labelsOf(type, spot);
      // Zones are decided later, and a requirement on a label that types do not have says nothing about them.
      return matches(
        labels,
        pool.requirements.filter(({ key }) => key in labels),
      );
    })
    .sort((left, right) => left.price - right.price || byName(left.type.name, right.type.name));
}

/** https://karpenter.sh/docs/reference/instance-types/ */
function labelsOf(
  { name, cpu, memoryGib, arch }: InstanceType,
  spot: boolean,
): Readonly<Record<string, string>> {
  const [family = "", size = ""] = name.split(".");
  return {
    "kubernetes.io/arch": arch,
    "kubernetes.io/os": "linux",
    "node.kubernetes.io/instance-type": name,
    "karpenter.sh/capacity-type": spot ? "spot" : "on-demand",
    "karpenter.k8s.aws/instance-category": family.slice(0, 1),
    "karpenter.k8s.aws/instance-family": family,
    "karpenter.k8s.aws/instance-generation": /\d/.exec(family)?.[0] ?? "",
    "karpenter.k8s.aws/instance-size": size,
    "karpenter.k8s.aws/instance-cpu": String(cpu),
    "karpenter.k8s.aws/instance-memory": String(memoryGib * 1024),
  };
}

/** What Karpenter knows when a batch of pending pods is closed. */
export interface Batch {
  readonly now: number;
  readonly cluster: Cluster;
  readonly nodes: readonly Node[];
  readonly pending: readonly Pod[];
  readonly lostZones: ReadonlySet<string>;
}

/** A node to launch, drawn as if it stood already, and the pools' limits where they refused. */
export interface Provisioning {
  readonly launches: readonly Node[];
  readonly unschedulable: readonly { readonly pod: Pod; readonly reason: string }[];
}

/**
 * Packs the pods of a batch onto as few nodes as they need, and gives each node the cheapest type that holds what was put on it. Nodes
 * on their way come first, pools by weight. https://karpenter.sh/docs/concepts/scheduling/; topology is spread over the zones evenly.
 */
export function provision(batch: Batch): Provisioning {
  const coming = batch.nodes.filter(({ readyAt, doomedAt }) => readyAt > batch.now && doomedAt === undefined);
  const room = coming.map(snapshot);
  const drafts: Draft[] = [];
  const unschedulable: { pod: Pod; reason: string }[] = [];
  for (const pod of [...batch.pending].sort(bySize)) {
    const taken = [...room, ...drafts.map(({ node }) => node)];
    const open = room.find((node) => obstacle(pod, node, [...batch.nodes, ...taken]) === undefined);
    if (open !== undefined) assume(pod, open);
    else {
      const reason = join(pod, drafts, batch);
      if (reason !== undefined) unschedulable.push({ pod, reason });
    }
  }
  return { launches: drafts.map(({ node }) => node), unschedulable };
}

interface Draft {
  readonly pool: NodePool;
  readonly pods: Pod[];
  node: Node;
}

function bySize(left: Pod, right: Pod): number {
  const [first, second] = [left.workload.template.requests, right.workload.template.requests];
  return second.cpu - first.cpu || second.memory - first.memory || left.id - right.id;
}

/** Puts a pod on a draft, which may become a larger type for it, or on a new one; says why nothing helped. */
function join(pod: Pod, drafts: Draft[], batch: Batch): string | undefined {
  for (const draft of drafts) {
    const grown = cheapest(draft.pool, [...draft.pods, pod], draft.node.name, draft.node.zone, drafts, batch);
    if (grown === undefined) continue;
    draft.pods.push(pod);
    draft.node = grown;
    return undefined;
  }
  const reasons: string[] = [];
  for (const pool of batch.cluster.pools) {
    const zone = zoneFor(pool, pod, drafts, batch);
    if (zone === undefined) continue;
    const node = cheapest(pool, [pod], `draft-${drafts.length}`, zone, drafts, batch);
    if (node !== undefined) {
      drafts.push({ pool, pods: [pod], node });
      return undefined;
    }
    reasons.push(`${pool.name}: no type within its limits takes ${pod.workload.name}`);
  }
  return reasons.length === 0 ? "there is no NodePool with a zone left" : reasons.join("; ");
}

/** The zone with the fewest copies of the pod's workload. */
function zoneFor(pool: NodePool, pod: Pod, drafts: readonly Draft[], batch: Batch): string | undefined {
  const open = batch.cluster.zones.filter(
    (zone) =>
      !batch.lostZones.has(zone) &&
      matches(
        { "topology.kubernetes.io/zone": zone },
        pool.requirements.filter(({ key }) => key === "topology.kubernetes.io/zone"),
      ),
  );
  const all = [...batch.nodes, ...drafts.map(({ node }) => node)];
  const crowd = open.map((zone) =>
    all
      .filter((node) => node.zone === zone)
      .reduce(
        (sum, node) => sum + [...node.pods].filter(({ workload }) => workload === pod.workload).length,
        0,
      ),
  );
  return open[crowd.indexOf(Math.min(...crowd))];
}

/** The cheapest node of a pool that takes all the pods and stays within the pool's limits. */
function cheapest(
  pool: NodePool,
  pods: readonly Pod[],
  name: string,
  zone: string,
  drafts: readonly Draft[],
  batch: Batch,
): Node | undefined {
  const siblings = drafts.map(({ node }) => node).filter((node) => node.name !== name);
  const others = [...batch.nodes, ...siblings];
  for (const { type, spot } of offersOf(pool)) {
    const birth = { name, zone, createdAt: batch.now, readyAt: batch.now };
    const node = poolNode(pool, type.name, spot, birth, batch.cluster);
    if (!withinLimits(pool, [...others, node])) continue;
    const holds = pods.every((pod) => {
      const open = obstacle(pod, node, [...others, node]) === undefined;
      if (open) assume(pod, node);
      return open;
    });
    if (holds) return node;
  }
  return undefined;
}

/** https://karpenter.sh/docs/concepts/nodepools/#speclimits */
function withinLimits(pool: NodePool, nodes: readonly Node[]): boolean {
  const own = nodes.filter(({ owner }) => owner === pool.name);
  const cpu = own.reduce((sum, { type }) => sum + type.cpu, 0);
  const memory = own.reduce((sum, { type }) => sum + type.memoryGib * 2 ** 30, 0);
  return cpu <= pool.limits.cpu && memory <= pool.limits.memory;
}

/**
 * How many more nodes of a pool may be disrupted now: the strictest of its budgets, shares rounded up, over the nodes that are ready.
 * Schedules and reasons of a budget are not followed. https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets
 */
export function disruptable(pool: NodePool, nodes: readonly Node[], now: number): number {
  const own = nodes.filter(({ owner, readyAt }) => owner === pool.name && readyAt <= now);
  const busy = own.filter(({ cordoned }) => cordoned).length;
  const allowed = pool.budgets.map((budget) =>
    budget.endsWith("%")
      ? Math.ceil((Number(budget.slice(0, -1)) / 100) * own.length - 1e-9)
      : Number(budget),
  );
  return Math.max(0, Math.min(...allowed) - busy);
}

/**
 * A cheaper node for what stands on an on-demand node, or `undefined`. Spot nodes are not replaced by spot nodes, as the feature gate
 * `SpotToSpotConsolidation` is off by default: https://karpenter.sh/docs/concepts/disruption/#consolidation
 */
export function cheaperNode(pool: NodePool, node: Node, batch: Batch): Node | undefined {
  if (node.spot) return undefined;
  const pods = [...node.pods].filter(({ goneAt }) => goneAt === undefined);
  const rest = { ...batch, nodes: batch.nodes.filter((other) => other !== node) };
  const found = cheapest(pool, pods, "replacement", node.zone, [], rest);
  return found !== undefined && hourlyPrice([found]) < hourlyPrice([node]) - 1e-9 ? found : undefined;
}
