import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** One step of the order in which pods get room. */
export interface Priority {
  readonly name: string;
  readonly value: number;
  /** Whether its pods may take the place of others. */
  readonly preempts: boolean;
  /** Whether pods that name no class get this one. One class at most. */
  readonly isDefault?: boolean;
  readonly description: string;
}

/**
 * The order among services when there is no room. The cluster's own pods stand above all of them. At -10 a pod still makes the
 * cluster autoscaler add a node; below, it would not (its `expendable-pods-priority-cutoff`).
 */
export const priorityClasses = {
  critical: {
    name: "platform-critical",
    value: 100_000,
    preempts: true,
    description: "Services whose loss everybody notices.",
  },
  standard: {
    name: "platform-standard",
    value: 10_000,
    preempts: true,
    // Without a default such pods, the monitoring's among them, would have 0: every service would push them out.
    isDefault: true,
    description: "Services, and whatever names no class.",
  },
  background: {
    name: "platform-background",
    value: 1_000,
    preempts: false,
    description: "Work that can wait.",
  },
  headroom: {
    name: "platform-headroom",
    value: -10,
    preempts: false,
    description: "Placeholders that make room for everybody else.",
  },
} as const satisfies Readonly<Record<string, Priority>>;

/** Makes the classes. What names one waits for it: a pod of an unknown class is refused. */
export function createPriorityClasses(
  name: string,
  opts: pulumi.CustomResourceOptions,
): k8s.scheduling.v1.PriorityClass[] {
  return Object.entries<Priority>(priorityClasses).map(
    ([key, priority]) =>
      new k8s.scheduling.v1.PriorityClass(
        `${name}-${key}`,
        {
          metadata: { name: priority.name },
          value: priority.value,
          preemptionPolicy: priority.preempts ? "PreemptLowerPriority" : "Never",
          globalDefault: priority.isDefault ?? false,
          description: priority.description,
        },
        opts,
      ),
  );
}
