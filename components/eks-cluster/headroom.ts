import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { Namespace } from "../kubernetes/namespace.ts";
import { bytes, milliCores } from "../kubernetes/quantities.ts";
import type { HeadroomSettings } from "./node-scaling-settings.ts";
import { priorityClasses } from "./priorities.ts";

const labels = { "app.kubernetes.io/name": "headroom", "app.kubernetes.io/managed-by": "pulumi" };
const selector = { matchLabels: { "app.kubernetes.io/name": "headroom" } };

/**
 * Room that is there before anybody needs it: pods that do nothing and give their place to any other. Pushed out, they wait, and
 * for them new nodes are started; nobody else has to wait for one. It costs what the nodes under it cost.
 */
export class Headroom extends pulumi.ComponentResource {
  public constructor(
    name: string,
    { settings, kubernetes }: { readonly settings: HeadroomSettings; readonly kubernetes: k8s.Provider },
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("platform:index:Headroom", name, settings, opts);
    const child = { parent: this, provider: kubernetes };

    const namespace = new Namespace(
      `${name}-namespace`,
      { name: "headroom", owner: "platform", quota: quotaOf(settings) },
      { ...child, dependsOn: opts.dependsOn ?? [] },
    );
    const metadata = { name: "headroom", namespace: namespace.namespaceName, labels };
    const account = new k8s.core.v1.ServiceAccount(
      name,
      { metadata, automountServiceAccountToken: false },
      child,
    );
    const deployment = new k8s.apps.v1.Deployment(
      name,
      { metadata, spec: describeHeadroom(settings) },
      {
        ...child,
        dependsOn: [account, ...namespace.fences],
      },
    );
    new k8s.policy.v1.PodDisruptionBudget(
      name,
      { metadata, spec: { selector, maxUnavailable: "100%" } },
      { ...child, dependsOn: [deployment] },
    );
    this.registerOutputs({});
  }
}

/** All of them, and one more during an update. */
function quotaOf({ pods, cpu, memory }: HeadroomSettings): { pods: number; cpu: string; memory: string } {
  const count = pods + 1;
  return {
    pods: count,
    cpu: String(Math.ceil((count * milliCores(cpu)) / 1000)),
    memory: `${Math.ceil((count * bytes(memory)) / 2 ** 20)}Mi`,
  };
}

/** Copies of a program that sleeps, spread over the zones as those will be that take their place. */
export function describeHeadroom({
  image,
  pods,
  cpu,
  memory,
}: HeadroomSettings): k8s.types.input.apps.v1.DeploymentSpec {
  return {
    replicas: pods,
    selector,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: "50%" } },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: "headroom",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        priorityClassName: priorityClasses.headroom.name,
        terminationGracePeriodSeconds: 0,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65534,
          runAsGroup: 65534,
          seccompProfile: { type: "RuntimeDefault" },
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: selector,
          },
        ],
        containers: [
          {
            name: "pause",
            image,
            imagePullPolicy: "IfNotPresent",
            resources: {
              requests: { cpu, memory, "ephemeral-storage": "16Mi" },
              limits: { memory, "ephemeral-storage": "32Mi" },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
          },
        ],
      },
    },
  };
}
