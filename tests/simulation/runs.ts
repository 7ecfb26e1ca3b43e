import type { Outcome } from "../../simulation/engine/simulate.ts";
import { planOf, simulate } from "../../simulation/engine/simulate.ts";
import type { Fault, State } from "../../simulation/engine/state.ts";
import { readProfile } from "../../simulation/load/profile.ts";
import type { GraphObject } from "../../simulation/stack/graph.ts";
import { clusterAutoscaler, clusterOf, levelProfile, nodeGroup, subnets } from "./fixture.ts";

/** What a run differs in from an hour of level load. */
export interface Changes {
  /** Requests per second at a second; level by default. */
  readonly requests?: (second: number) => number;
  readonly messages?: (second: number) => number;
  readonly profile?: string;
  readonly seconds?: number;
  readonly seed?: number;
  readonly faults?: readonly Fault[];
  readonly watch?: (state: State) => void;
}

/** Room for everything, so that only pods decide. */
export const plenty: readonly GraphObject[] = [
  nodeGroup("base", { scalingConfig: { minSize: 30, desiredSize: 30, maxSize: 30 } }),
  ...subnets,
  clusterAutoscaler(),
];

/** Simulates objects. */
export function run(objects: readonly GraphObject[], changes: Changes = {}): Outcome {
  const { profile: text = levelProfile(10), requests, messages, ...rest } = changes;
  const profile = readProfile("test.yaml", text);
  const own = planOf(profile);
  const plan = { requests: requests ?? own.requests, messages: messages ?? own.messages };
  return simulate({
    cluster: clusterOf(objects),
    profile,
    plan,
    seed: 1,
    seconds: 3600,
    faults: [],
    ...rest,
  });
}

/** When the copies of a workload changed, and to what: `[second, copies]`, the number at second zero first. */
export function changesOf(name: string): {
  readonly seen: [number, number][];
  readonly watch: (state: State) => void;
} {
  const seen: [number, number][] = [];
  return {
    seen,
    watch: (state) => {
      const copies = state.scale.get(`apps/${name}`) ?? 0;
      if (copies !== seen.at(-1)?.[1]) seen.push([state.now, copies]);
    },
  };
}
