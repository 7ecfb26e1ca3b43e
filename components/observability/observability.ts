import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess, TelemetryIntake } from "../contracts.ts";
import { grafanaService, otlpEndpoint } from "./addresses.ts";
import { AlarmTopic } from "./alarm-topic.ts";
import { createAlarms } from "./alarms.ts";
import type { ObservabilitySettings } from "./settings.ts";
import { Telemetry } from "./telemetry.ts";
import type { Watched } from "./watched.ts";

/** Settings, the cluster to run in, and what to watch outside it. */
export interface ObservabilityArgs extends ObservabilitySettings {
  readonly cluster: ClusterAccess;
  readonly watched: Watched;
}

/**
 * Metrics, logs and traces of the cluster, and alarms about what is outside it, which all tell one encrypted topic. No
 * password is ever known outside the cluster.
 */
export class Observability extends pulumi.ComponentResource implements TelemetryIntake {
  /** Topic every alarm and alert goes to. */
  public readonly topicArn: pulumi.Output<string>;
  /** Grafana's service, as `kubectl port-forward` takes it. */
  public readonly grafanaService: string;
  public readonly otlpEndpoint: string;
  public readonly monitorKinds: pulumi.Resource;

  public constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cluster, watched, ...settings } = args;
    super("platform:index:Observability", name, settings, opts);
    const child = { parent: this };

    const topic = new AlarmTopic(
      `${name}-alarms`,
      { emails: args.alerting.emails, protect: args.protect },
      child,
    );
    createAlarms(name, { watched, thresholds: args.alarms, topicArn: topic.topicArn }, child);
    const telemetry = new Telemetry(
      name,
      {
        ...settings,
        cluster,
        vpcCidr: watched.network.vpcCidr,
        topicArn: topic.topicArn,
        topicKeyArn: topic.keyArn,
      },
      child,
    );

    this.topicArn = topic.topicArn;
    this.grafanaService = grafanaService;
    this.otlpEndpoint = otlpEndpoint;
    this.monitorKinds = telemetry.monitorKinds;
    this.registerOutputs({
      topicArn: this.topicArn,
      grafanaService: this.grafanaService,
      otlpEndpoint: this.otlpEndpoint,
    });
  }
}
