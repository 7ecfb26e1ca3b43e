import type * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess } from "../contracts.ts";
import { installController } from "../eks-cluster/install-controller.ts";
import { admitBlocks, admitNamespace, amongThemselves, callApis } from "../kubernetes/traffic.ts";
import { namespaces } from "../observability/addresses.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

/** Port of the vertical autoscaler's webhook (its chart). */
const webhookPort = 8000;

/**
 * The vertical autoscaler: learns from a week of use what each copy needs. Where no row lets it set that, the two of its parts
 * that change pods are not even installed.
 */
export function installVerticalScaling(
  name: string,
  workloads: readonly WorkloadSettings[],
  { cluster, vpcCidr }: { readonly cluster: ClusterAccess; readonly vpcCidr: string },
  parent: pulumi.Resource,
): pulumi.Resource {
  return installController(
    name,
    {
      chart: "vpa",
      namespace: "vertical-scaling",
      serviceAccount: "vpa",
      statements: [],
      traffic: {
        apis: callApis,
        within: amongThemselves,
        webhooks: admitBlocks([vpcCidr], [webhookPort]),
        metrics: admitNamespace(namespaces.monitoring, [8942, 8943, 8944]),
      },
      values: verticalValues(workloads.some(({ scaling }) => scaling.vertical === "apply")),
    },
    cluster,
    { parent, dependsOn: [...cluster.foundation] },
  );
}

/** Values of the vertical autoscaler's chart. */
export function verticalValues(applies: boolean): Readonly<Record<string, unknown>> {
  const resources = (memory: string, memoryLimit: string): object => ({
    requests: { cpu: "20m", memory, "ephemeral-storage": "64Mi" },
    limits: { memory: memoryLimit },
  });
  return {
    priorityClassName: "system-cluster-critical",
    recommender: {
      enabled: true,
      extraArgs: { "pod-recommendation-min-cpu-millicores": 15, "pod-recommendation-min-memory-mb": 64 },
      resources: resources("256Mi", "1Gi"),
    },
    updater: { enabled: applies, resources: resources("64Mi", "256Mi") },
    admissionController: { enabled: applies, resources: resources("64Mi", "256Mi") },
  };
}
