import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess } from "../contracts.ts";
import { PodIdentity } from "../eks-cluster/pod-identity.ts";
import { Namespace } from "../kubernetes/namespace.ts";
import { helmRelease } from "../kubernetes/release.ts";
import type { HelmReleaseArgs } from "../kubernetes/release.ts";
import { namespaces } from "./addresses.ts";
import { ElasticsearchAccess } from "./elasticsearch-access.ts";
import { elasticsearchUsers, userSecretName } from "./elasticsearch-users.ts";
import { GeneratedSecret, passwordPlaceholder } from "./generated-secret.ts";
import { planNamespaces } from "./namespace-plan.ts";
import type { Space } from "./namespace-plan.ts";
import type { ObservabilitySettings } from "./settings.ts";
import { eckOperatorValues } from "./values/eck-operator.ts";
import { eckStackValues } from "./values/eck-stack.ts";
import { fluentdValues } from "./values/fluentd.ts";
import { jaegerValues } from "./values/jaeger.ts";
import { alertmanagerAccount, kubePrometheusStackValues } from "./values/kube-prometheus-stack.ts";
import { collectorValues } from "./values/opentelemetry-collector.ts";

/** Settings of what runs in the cluster, where that is, and whom it tells. */
export interface TelemetryArgs extends ObservabilitySettings {
  readonly cluster: ClusterAccess;
  /** Block of the VPC, where the nodes and the control plane's calls come from. */
  readonly vpcCidr: string;
  /** Topic Alertmanager publishes to, and the key it is encrypted with. */
  readonly topicArn: pulumi.Output<string>;
  readonly topicKeyArn: pulumi.Output<string>;
}

type Parents = readonly pulumi.Resource[];
type Spaces = Readonly<Record<Space, Namespace>>;
type OnCluster = pulumi.ComponentResourceOptions & { readonly parent: pulumi.Resource };
type Install = (
  release: HelmReleaseArgs["chart"],
  space: Space,
  values: HelmReleaseArgs["values"],
  after: Parents,
) => k8s.helm.v3.Release;

/**
 * Metrics, traces and logs inside the cluster. Everything is installed after what it needs (definitions before what uses
 * them, stores before those who write to them), and so removed before it.
 */
export class Telemetry extends pulumi.ComponentResource {
  /** Brings the kinds of Prometheus' operator. */
  public readonly monitorKinds: pulumi.Resource;

  public constructor(name: string, args: TelemetryArgs, opts: pulumi.ComponentResourceOptions) {
    // Not the whole of the arguments: a provider is a resource, and would be kept in the state a second time.
    super("platform:index:Telemetry", name, {}, opts);
    const { kubernetes, foundation, controllers } = args.cluster;
    const onCluster = { parent: this, provider: kubernetes };

    const plans = planNamespaces(args, args.vpcCidr);
    const fence = (space: Space): Namespace =>
      new Namespace(`${name}-${plans[space].name}`, plans[space], {
        ...onCluster,
        dependsOn: [...foundation],
      });
    const spaces: Spaces = {
      monitoring: fence("monitoring"),
      nodeExporter: fence("nodeExporter"),
      tracing: fence("tracing"),
      logging: fence("logging"),
      elasticOperator: fence("elasticOperator"),
      logCollector: fence("logCollector"),
    };
    const install: Install = (chart, space, values, after) =>
      helmRelease(
        `${name}-${chart}`,
        { chart, namespace: namespaces[space], values },
        { ...onCluster, dependsOn: [...spaces[space].fences, ...after] },
      );

    const definitions = install("prometheus-operator-crds", "monitoring", {}, Object.values(controllers));
    installMetrics(name, args, install, [definitions], spaces, onCluster);
    const logs = installLogs(name, args, install, [definitions], spaces, onCluster);
    installTraces(args, install, definitions, logs);

    this.monitorKinds = definitions;
    this.registerOutputs({});
  }
}

function installMetrics(
  name: string,
  args: TelemetryArgs,
  install: Install,
  after: Parents,
  { monitoring, nodeExporter }: Spaces,
  onCluster: OnCluster,
): void {
  const admin = new GeneratedSecret(
    `${name}-grafana-admin`,
    {
      namespace: namespaces.monitoring,
      secretName: "grafana-admin",
      data: { "admin-user": "admin", "admin-password": passwordPlaceholder },
    },
    { ...onCluster, dependsOn: [...monitoring.fences, args.cluster.controllers.secrets] },
  );
  const publisher = new PodIdentity(
    `${name}-alertmanager`,
    {
      clusterName: args.cluster.clusterName,
      namespace: namespaces.monitoring,
      serviceAccount: alertmanagerAccount,
      statements: [
        { Effect: "Allow", Action: "sns:Publish", Resource: args.topicArn },
        { Effect: "Allow", Action: ["kms:GenerateDataKey*", "kms:Decrypt"], Resource: args.topicKeyArn },
      ],
    },
    { parent: onCluster.parent },
  );
  const values = kubePrometheusStackValues({ ...args, adminSecret: admin.secretName });
  install("kube-prometheus-stack", "monitoring", values, [
    ...after,
    ...nodeExporter.fences,
    admin,
    publisher,
  ]);
}

/** Elasticsearch with its users, and Fluentd, which writes to it. */
function installLogs(
  name: string,
  args: TelemetryArgs,
  install: Install,
  after: Parents,
  { logging, tracing, logCollector }: Spaces,
  onCluster: OnCluster,
): Parents {
  const users = elasticsearchUsers(args);
  const access = new ElasticsearchAccess(
    `${name}-elasticsearch`,
    { users },
    {
      ...onCluster,
      dependsOn: [
        ...[logging, tracing, logCollector].flatMap(({ fences }) => fences),
        args.cluster.controllers.secrets,
      ],
    },
  );
  const operator = install("eck-operator", "elasticOperator", eckOperatorValues, after);
  const values = eckStackValues({ logs: args.logs, userSecrets: users.map(userSecretName) });
  const stack = install("eck-stack", "logging", values, [operator, access]);
  install(
    "fluentd",
    "logCollector",
    fluentdValues({ logs: args.logs, elasticsearchSecret: userSecretName({ name: "fluentd" }) }),
    [...after, stack],
  );
  return [stack];
}

function installTraces(
  args: TelemetryArgs,
  install: Install,
  definitions: pulumi.Resource,
  stores: Parents,
): void {
  const values = jaegerValues({ ...args, elasticsearchSecret: userSecretName({ name: "jaeger" }) });
  install("jaeger", "tracing", values, [definitions, ...stores]);
  // Keeps what it cannot hand on yet.
  install("opentelemetry-collector", "tracing", collectorValues(args), [definitions]);
}
