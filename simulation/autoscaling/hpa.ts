import type { Autoscaler } from "../engine/model.ts";
import type { History } from "./hpa-behavior.ts";
import { pace, remember, rememberChange, stabilise } from "./hpa-behavior.ts";
import type { Proposal } from "./hpa-replicas.ts";

/** What a metric proposes, under its name; `undefined` where it cannot be read. */
export interface MetricProposal {
  readonly metric: string;
  readonly proposal: Proposal | undefined;
}

/** What the controller decides in one turn. */
export interface Decision {
  readonly replicas: number;
  readonly history: History;
  /** What the metrics asked for, before windows, policies, minimum and maximum; `undefined` where it did nothing. */
  readonly wanted: number | undefined;
  /** The metric that asked for most. */
  readonly metric: string;
  /** What kept it from going where the metrics pointed. */
  readonly held: "nothing" | "maximum" | "minimum" | "behaviour" | "window" | "metrics";
}

/**
 * One turn of the controller, for one autoscaler: the largest proposal of its metrics, steadied by the windows, slowed by the policies,
 * inside minimum and maximum. A metric that cannot be read forbids fewer copies, not more. Zero copies switch it off.
 * https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details;
 * source: `reconcileAutoscaler` and `normalizeDesiredReplicasWithBehaviors` of horizontal.go in kubernetes/kubernetes.
 */
export function synchronise(
  autoscaler: Autoscaler,
  current: number,
  history: History,
  metrics: readonly MetricProposal[],
  now: number,
): Decision {
  const idle = { replicas: current, history, wanted: undefined, metric: "" };
  if (current === 0) return { ...idle, held: "nothing" };
  const inside = Math.min(Math.max(current, autoscaler.min), autoscaler.max);
  if (inside !== current) {
    const held = inside < current ? "maximum" : "minimum";
    return {
      ...idle,
      replicas: inside,
      history: rememberChange(history, inside - current, autoscaler, now),
      held,
    };
  }
  const best = largest(metrics);
  const blind = metrics.some(({ proposal }) => proposal === undefined);
  if (best === undefined || (blind && best.replicas < current)) return { ...idle, held: "metrics" };
  return decide(autoscaler, current, history, best, now);
}

interface Wish {
  readonly metric: string;
  readonly replicas: number;
}

function largest(metrics: readonly MetricProposal[]): Wish | undefined {
  const wishes = metrics.flatMap(({ metric, proposal }) =>
    proposal === undefined ? [] : [{ metric, replicas: proposal.replicas }],
  );
  return wishes.reduce<Wish | undefined>(
    (best, wish) => (best === undefined || wish.replicas > best.replicas ? wish : best),
    undefined,
  );
}

function decide(
  autoscaler: Autoscaler,
  current: number,
  history: History,
  best: Wish,
  now: number,
): Decision {
  const wanted = best.replicas;
  const stable = stabilise(wanted, current, history, autoscaler, now);
  const paced = pace(stable, current, history, autoscaler, now);
  const replicas = Math.min(Math.max(paced, autoscaler.min), autoscaler.max);
  return {
    replicas,
    history: remember(history, wanted, replicas - current, autoscaler, now),
    wanted,
    metric: best.metric,
    held: heldBy({ wanted, stable, paced, replicas }),
  };
}

interface Steps {
  readonly wanted: number;
  readonly stable: number;
  readonly paced: number;
  readonly replicas: number;
}

/** The last of the steps that changed the number. */
function heldBy({ wanted, stable, paced, replicas }: Steps): Decision["held"] {
  if (replicas < paced) return "maximum";
  if (replicas > paced) return "minimum";
  if (paced !== stable) return "behaviour";
  return stable === wanted ? "nothing" : "window";
}
