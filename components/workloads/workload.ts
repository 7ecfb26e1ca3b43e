import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Traffic } from "../kubernetes/traffic.ts";
import { describeHealthCheck } from "./describe-ingress.ts";
import type { TelemetryContext } from "./describe-telemetry.ts";
import { describeExternalSecret, externalSecretsApi } from "./describe-secrets.ts";
import {
  describeAutoscaler,
  describeDeployment,
  describeDisruptionBudget,
  describeService,
  labelsOf,
} from "./describe-workload.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

/** One service, and where it runs. */
export interface WorkloadArgs {
  readonly settings: WorkloadSettings;
  readonly namespace: pulumi.Input<string>;
  readonly traffic: Traffic;
  readonly telemetry: TelemetryContext;
}

/**
 * A stateless service: copies that scale with their load, spread over the zones, survive the loss of a node and an update
 * without a failed request, run without any right on their node, and talk to nobody they have not named.
 */
export class Workload extends pulumi.ComponentResource {
  public constructor(name: string, args: WorkloadArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:Workload", name, args, opts);
    const { settings, namespace, traffic, telemetry } = args;
    const metadata = { name: settings.name, namespace, labels: labelsOf(settings.name) };
    // A component does not pass on what it depends on by itself.
    const child = { parent: this, dependsOn: opts.dependsOn ?? [] };

    const account = new k8s.core.v1.ServiceAccount(
      name,
      { metadata, automountServiceAccountToken: false },
      child,
    );
    const policy = new k8s.networking.v1.NetworkPolicy(name, { metadata, spec: traffic }, child);
    const secret =
      Object.keys(settings.secrets).length === 0
        ? []
        : [
            new k8s.apiextensions.CustomResource(
              `${name}-secret`,
              {
                apiVersion: externalSecretsApi,
                kind: "ExternalSecret",
                metadata,
                spec: describeExternalSecret(settings),
              },
              child,
            ),
          ];
    const deployment = new k8s.apps.v1.Deployment(
      name,
      { metadata, spec: describeDeployment(settings, telemetry) },
      pulumi.mergeOptions(child, { dependsOn: [account, policy, ...secret] }),
    );
    new k8s.core.v1.Service(
      name,
      {
        metadata: {
          ...metadata,
          annotations: settings.path === undefined ? {} : describeHealthCheck(settings),
        },
        spec: describeService(settings),
      },
      // Pulumi waits until a Service has an endpoint: it has none before the Deployment.
      pulumi.mergeOptions(child, { dependsOn: [deployment] }),
    );
    const onDeployment = pulumi.mergeOptions(child, { dependsOn: [deployment] });
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      name,
      { metadata, spec: describeAutoscaler(settings) },
      onDeployment,
    );
    new k8s.policy.v1.PodDisruptionBudget(
      name,
      { metadata, spec: describeDisruptionBudget(settings) },
      onDeployment,
    );
    this.registerOutputs({});
  }
}
