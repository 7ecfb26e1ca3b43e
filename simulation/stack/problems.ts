import type { Cluster } from "../engine/model.ts";
import { instanceTypes } from "../nodes/instances.ts";

/** Everything for which a stack cannot be simulated: what it lacks, and what is not known of its nodes. */
export function problemsOf(cluster: Cluster): readonly string[] {
  const { stack, workloads, autoscalers, groups, pools } = cluster;
  const lacks: readonly (readonly [isMissing: boolean, what: string])[] = [
    [workloads.length === 0, "no workload: no Deployment, StatefulSet, Rollout or Release"],
    [
      autoscalers.length === 0,
      "nothing that scales: no HorizontalPodAutoscaler or ScaledObject of one of its workloads",
    ],
    [groups.length + pools.length === 0, "no nodes: no managed node group or NodePool"],
  ];
  const unknown = groups.flatMap(({ name, instanceTypes: [type = ""] }) =>
    instanceTypes.has(type)
      ? []
      : [
          `node group ${name}: the instance type ${type} is not known: add it to simulation/nodes/instances.ts`,
        ],
  );
  return [
    ...lacks.filter(([isMissing]) => isMissing).map(([, what]) => `the stack ${stack} has ${what}`),
    ...unknown,
  ];
}
