import { defineStack } from "../../kernel/define.ts";
import { whole } from "../../kernel/params.ts";
import { scalersOf } from "../../reading/scaling.ts";

export const k8sHpaRequired = defineStack({
  name: "k8s-hpa-required",
  description: "One autoscaler decides how often each application runs, and nothing else does.",
  severity: "low",
  remediation: "Set the service's replicas.min and replicas.max; the platform makes the autoscaler.",
  params: { minReplicas: whole(2, "Pods that an autoscaler must leave running.") },
  checks: {
    "kubernetes:apps/v1:Deployment": [
      (deployment, graph, { minReplicas }) => {
        const scalers = scalersOf(deployment, graph);
        const names = scalers.map(({ name }) => name);
        if (scalers.length === 0)
          return "no HorizontalPodAutoscaler or ScaledObject scales it: add one with minReplicas and maxReplicas.";
        if (scalers.length > 1)
          return `${names.join(" and ")} both scale it and undo each other's work: keep one.`;
        return scalers.map(
          ({ name, least }) =>
            least < minReplicas &&
            `${name} may leave ${least} of its pods: keep ${minReplicas} or more in this stack.`,
        );
      },
      (deployment, graph) => {
        const { replicas } = deployment.props.spec ?? {};
        return (
          replicas !== undefined &&
          scalersOf(deployment, graph).length > 0 &&
          `spec.replicas is ${replicas}, which each deployment puts in place of what the autoscaler chose: leave it out.`
        );
      },
    ],
  },
});
