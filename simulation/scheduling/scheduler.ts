import type { AntiAffinity, PodTemplate, Requirement, Spread } from "../engine/model.ts";
import type { Node, Pod } from "../engine/world.ts";
import { fits } from "../stack/quantities.ts";
import { matches, tolerates } from "../stack/selectors.ts";

/** Why a node does not take a pod. */
export type Obstacle =
  "cordoned" | "selector" | "taint" | "pods" | "cpu" | "memory" | "disk" | "spread" | "anti-affinity";

/**
 * The first filter that keeps a pod off a node, or `undefined` where it may go there.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/ and
 * https://kubernetes.io/docs/reference/scheduling/config/#scheduling-plugins
 * @param nodes all nodes, over which pods are spread.
 */
export function obstacle(pod: Pod, node: Node, nodes: readonly Node[]): Obstacle | undefined {
  const { template } = pod.workload;
  if (node.cordoned) return "cordoned";
  if (!selects(template.nodes, node)) return "selector";
  if (!tolerates(template.tolerations, node.taints)) return "taint";
  return lack(template, node) ?? neighbours(pod, node, nodes);
}

function selects(groups: readonly (readonly Requirement[])[], { labels }: Node): boolean {
  return groups.length === 0 || groups.some((requirements) => matches(labels, requirements));
}

function lack({ requests }: PodTemplate, { free, pods, maxPods }: Node): Obstacle | undefined {
  if (pods.size >= maxPods) return "pods";
  if (fits(requests, free)) return undefined;
  if (!fits({ ...requests, memory: 0, disk: 0 }, free)) return "cpu";
  return fits({ ...requests, disk: 0 }, free) ? "disk" : "memory";
}

function neighbours(pod: Pod, node: Node, nodes: readonly Node[]): Obstacle | undefined {
  const { spreads, antiAffinities } = pod.workload.template;
  if (spreads.some((spread) => spread.hard && skewWith(pod, node, nodes, spread) > spread.maxSkew))
    return "spread";
  if (antiAffinities.some((term) => term.hard && company(pod, node, nodes, term) > 0)) return "anti-affinity";
  return undefined;
}

/** Pods of a selector in each value of a label, over the nodes that the pod could go to; a cordoned one has none to offer. */
function counts(
  pod: Pod,
  nodes: readonly Node[],
  { topologyKey, selector }: Pick<Spread, "topologyKey" | "selector">,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const node of nodes) {
    const domain = node.labels[topologyKey];
    if (domain === undefined || !selects(pod.workload.template.nodes, node)) continue;
    found.set(domain, (found.get(domain) ?? 0) + alike(staying(node), pod, selector));
  }
  return found;
}

/** Pods of a node that are not about to go: the others no longer count for a spread, though they keep others apart until they are gone. */
function staying({ pods }: Node): readonly Pod[] {
  return [...pods].filter(({ goneAt }) => goneAt === undefined);
}

/** How many pods of a selector there are, in the pod's own namespace. */
function alike(pods: Iterable<Pod>, pod: Pod, selector: readonly Requirement[]): number {
  let count = 0;
  for (const other of pods) {
    if (other.workload.namespace !== pod.workload.namespace) continue;
    if (matches(other.workload.template.labels, selector)) count += 1;
  }
  return count;
}

/** How far the fullest domain would be ahead: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition */
function skewWith(pod: Pod, node: Node, nodes: readonly Node[], spread: Spread): number {
  const domain = node.labels[spread.topologyKey];
  if (domain === undefined) return Number.POSITIVE_INFINITY;
  const found = counts(pod, nodes, spread);
  const own = matches(pod.workload.template.labels, spread.selector) ? 1 : 0;
  return (found.get(domain) ?? 0) + own - Math.min(...found.values());
}

function company(pod: Pod, node: Node, nodes: readonly Node[], term: AntiAffinity): number {
  const domain = node.labels[term.topologyKey];
  if (domain === undefined) return 0;
  return nodes
    .filter(({ labels }) => labels[term.topologyKey] === domain)
    .reduce((sum, other) => sum + alike(other.pods, pod, term.selector), 0);
}

/**
 * The best of the nodes that take a pod. Spreading and wishes count twice, free room once, as the default plugins' weights say; of
 * equals the scheduler takes any, here the first by name. The balance of CPU and memory and present images are left out.
 */
export function choose(pod: Pod, nodes: readonly Node[]): Node | undefined {
  const open = nodes.filter((node) => obstacle(pod, node, nodes) === undefined);
  if (open.length < 2) return open[0];
  const crowds = pod.workload.template.spreads
    .filter(({ hard }) => !hard)
    .map((spread) => ({ key: spread.topologyKey, found: counts(pod, nodes, spread) }));
  let best: { readonly node: Node; readonly score: number } | undefined;
  for (const node of open) {
    const score = room(pod, node) + 2 * spacing(node, crowds) + 2 * wishes(pod, node, nodes);
    if (best === undefined || score > best.score + 1e-9) best = { node, score };
  }
  return best?.node;
}

/** NodeResourcesFit with LeastAllocated: the share that stays free, of CPU and memory alike. */
function room(pod: Pod, { free, allocatable }: Node): number {
  const { cpu, memory } = pod.workload.template.requests;
  return (free.cpu - cpu) / allocatable.cpu / 2 + (free.memory - memory) / allocatable.memory / 2;
}

function spacing(
  node: Node,
  crowds: readonly { readonly key: string; readonly found: ReadonlyMap<string, number> }[],
): number {
  const shares = crowds.map(({ key, found }) => {
    const most = Math.max(1, ...found.values());
    return 1 - (found.get(node.labels[key] ?? "") ?? most) / most;
  });
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function wishes(pod: Pod, node: Node, nodes: readonly Node[]): number {
  const { antiAffinities, preferredNodes } = pod.workload.template;
  const apart = antiAffinities
    .filter(({ hard }) => !hard)
    .map((term) => (company(pod, node, nodes, term) === 0 ? term.weight : 0));
  const liked = preferredNodes.map(({ weight, requirements }) =>
    matches(node.labels, requirements) ? weight : 0,
  );
  return [...apart, ...liked].reduce((sum, weight) => sum + weight / 100, 0);
}
