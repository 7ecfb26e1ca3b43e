import type { Node, Pod } from "../engine/world.ts";
import { snapshot } from "../engine/world.ts";
import { plus } from "../stack/quantities.ts";
import { obstacle } from "./scheduler.ts";

/** Which pods must go from which node, so that another fits there. */
export interface Preemption {
  readonly node: Node;
  readonly victims: readonly Pod[];
}

/**
 * The node on which a pod of higher priority makes room at the least harm: the lowest priority among its victims, then the fewest
 * victims, then the first name. https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#preemption
 */
export function preempt(pod: Pod, nodes: readonly Node[]): Preemption | undefined {
  if (!pod.workload.template.preempts) return undefined;
  const found = nodes.flatMap((node) => victimsOn(pod, node, nodes));
  return found.reduce<Preemption | undefined>((best, next) => {
    return best === undefined || harm(next) < harm(best) ? next : best;
  }, undefined);
}

function harm({ victims }: Preemption): number {
  return Math.max(...victims.map((victim) => victim.workload.template.priority)) * 1e6 + victims.length;
}

/** Takes lower pods away, the least important and youngest first, until the pod fits. */
function victimsOn(pod: Pod, node: Node, nodes: readonly Node[]): readonly Preemption[] {
  const { priority } = pod.workload.template;
  const lower = [...node.pods]
    .filter((other) => other.goneAt === undefined && other.workload.template.priority < priority)
    .sort(
      (left, right) =>
        left.workload.template.priority - right.workload.template.priority || right.id - left.id,
    );
  if (lower.length === 0) return [];
  const trial = snapshot(node);
  const others = nodes.map((other) => (other === node ? trial : other));
  const victims: Pod[] = [];
  for (const victim of lower) {
    victims.push(victim);
    trial.pods.delete(victim);
    trial.free = plus(trial.free, victim.workload.template.requests);
    if (obstacle(pod, trial, others) === undefined) return [{ node, victims }];
  }
  return [];
}
