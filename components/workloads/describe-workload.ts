import type { types } from "@pulumi/kubernetes";

import { describeChecksum, describeContainer, describeUser, describeVolumes } from "./describe-container.ts";
import { describeEnvironment } from "./describe-environment.ts";
import { describePlacement } from "./describe-placement.ts";
import { describeProbes } from "./describe-probes.ts";
import { describeSidecars } from "./describe-sidecars.ts";
import type { PodContext } from "./pod-context.ts";
import { labelsOf, portName, selectorOf } from "./selectors.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

type DeploymentSpec = types.input.apps.v1.DeploymentSpec;
type PodSpec = types.input.core.v1.PodSpec;
type Container = types.input.core.v1.Container;
type DisruptionBudgetSpec = types.input.policy.v1.PodDisruptionBudgetSpec;
type ServiceSpec = types.input.core.v1.ServiceSpec;

/**
 * A Deployment without a number of replicas, which is the autoscaler's: every update would set it back. New copies are ready
 * before old ones go.
 */
export function describeDeployment(workload: WorkloadSettings, context: PodContext): DeploymentSpec {
  const { name } = workload;
  const annotations = describeChecksum(workload);
  return {
    selector: selectorOf(name),
    revisionHistoryLimit: 5,
    progressDeadlineSeconds: 600,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
    template: {
      metadata: { labels: labelsOf(name), ...(Object.keys(annotations).length > 0 && { annotations }) },
      spec: describePod(workload, context),
    },
  };
}

function describePod(workload: WorkloadSettings, context: PodContext): PodSpec {
  const { name, user, shutdown } = workload;
  const { initContainers, volumes } = describeSidecars(workload, context);
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: shutdown.graceSeconds,
    securityContext: describeUser(user),
    ...describePlacement(workload),
    ...(initContainers.length > 0 && { initContainers }),
    containers: [describeServing(workload, context)],
    volumes: [...describeVolumes(workload), ...volumes],
  };
}

/** The service's own container: it listens, is asked, and says goodbye. */
function describeServing(workload: WorkloadSettings, context: PodContext): Container {
  const { sidecars, shutdown } = workload;
  return {
    ...describeContainer(workload, context, describeEnvironment(workload, context, sidecars)),
    ports: portsOf(workload).map(([name, containerPort]) => ({ name, containerPort })),
    ...describeProbes(workload),
    // Endpoints and target groups learn a little later than the pod that it goes. Kubernetes sleeps for it: no shell needed.
    lifecycle: { preStop: { sleep: { seconds: shutdown.announceSeconds } } },
  };
}

/** All ports of a service by name: its own first. */
export function portsOf({
  port,
  ports,
}: Pick<WorkloadSettings, "port" | "ports">): readonly (readonly [string, number])[] {
  return [[portName, port], ...Object.entries(ports)];
}

/** The service's address inside the cluster: the ports its container listens on, so that network policies name one number. */
export function describeService(workload: Pick<WorkloadSettings, "name" | "port" | "ports">): ServiceSpec {
  return {
    type: "ClusterIP",
    selector: selectorOf(workload.name).matchLabels,
    ports: portsOf(workload).map(([name, port]) => ({ name, port, targetPort: name, protocol: "TCP" })),
  };
}

/**
 * One copy at a time may be taken away on purpose, always: a budget in terms of copies that must stay would block the drain
 * of a node for ever as soon as there is only one.
 */
export function describeDisruptionBudget({ name }: Pick<WorkloadSettings, "name">): DisruptionBudgetSpec {
  return { selector: selectorOf(name), maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" };
}
