import type { ClusterAutoscalerSettings } from "../engine/model.ts";
import type { Random } from "../engine/random.ts";

/** A node group that could help, and how. */
export interface Option {
  readonly group: string;
  /** Name of its Auto Scaling group: what the patterns of the expander `priority` are held against. */
  readonly autoScalingGroup: string;
  readonly count: number;
  /** Pods that it would place. */
  readonly pods: number;
  /** Share of CPU and memory of the new nodes that would stay unused, on average of both. */
  readonly waste: number;
}

type Expander = (options: readonly Option[], settings: ClusterAutoscalerSettings) => readonly Option[];

function best(options: readonly Option[], score: (option: Option) => number): readonly Option[] {
  const highest = Math.max(...options.map(score));
  return options.filter((option) => score(option) > highest - 1e-9);
}

/**
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-are-expanders; where no pattern fits any group, priority
 * leaves all of them: https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/expander/priority/readme.md
 */
const expanders: Readonly<Record<string, Expander>> = {
  random: (options) => options,
  "most-pods": (options) => best(options, ({ pods }) => pods),
  "least-waste": (options) => best(options, ({ waste }) => -waste),
  "least-nodes": (options) => best(options, ({ count }) => -count),
  priority: (options, { priorities }) => {
    for (const { patterns } of priorities) {
      const meant = options.filter(({ autoScalingGroup }) =>
        patterns.some((pattern) => new RegExp(pattern).test(autoScalingGroup)),
      );
      if (meant.length > 0) return meant;
    }
    return options;
  },
};

/** The option that the expanders leave, one after the other; among equals one at random. */
export function choose(
  options: readonly Option[],
  settings: ClusterAutoscalerSettings,
  random: Random,
): Option | undefined {
  const left = settings.expander
    .split(",")
    .reduce((kept, name) => (kept.length > 1 ? (expanders[name]?.(kept, settings) ?? kept) : kept), options);
  return left[Math.floor(random.next() * left.length)];
}
