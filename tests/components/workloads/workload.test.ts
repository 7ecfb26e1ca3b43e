import { expect } from "chai";

import { describeExternalSecret } from "../../../components/workloads/describe-secrets.ts";
import { describeTelemetry } from "../../../components/workloads/describe-telemetry.ts";
import { describeAutoscaler } from "../../../components/workloads/describe-scaling.ts";
import {
  describeDeployment,
  describeDisruptionBudget,
  describeService,
} from "../../../components/workloads/describe-workload.ts";
import { bytes, milliCores } from "../../../components/kubernetes/quantities.ts";
import type { WorkloadSettings } from "../../../components/workloads/workload-settings.ts";
import { dig } from "../observability/dig.ts";
import { context, image, one } from "./settings.ts";

describe("quantities", () => {
  it("read thousandths, whole and decimal cores", () => {
    expect(["250m", "2", "1.5"].map(milliCores)).to.deep.equal([250, 2000, 1500]);
  });

  it("read binary units", () => {
    expect(["1Ki", "2Mi", "3Gi"].map(bytes)).to.deep.equal([1024, 2_097_152, 3_221_225_472]);
  });
});

const deploymentOf = (workload: WorkloadSettings): ReturnType<typeof describeDeployment> =>
  describeDeployment(workload, context);
const telemetryOf = (workload: WorkloadSettings): unknown =>
  dig(deploymentOf(workload), "template", "spec", "containers", 0, "env");

describe("Deployment of a service", () => {
  it("is exactly this for the smallest row", () => {
    expect(deploymentOf(one())).to.deep.equal({
      selector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      template: {
        metadata: {
          labels: { "app.kubernetes.io/name": "shop", "app.kubernetes.io/managed-by": "pulumi" },
        },
        spec: {
          serviceAccountName: "shop",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 45,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 10001,
            runAsGroup: 10001,
            fsGroup: 10001,
            seccompProfile: { type: "RuntimeDefault" },
          },
          priorityClassName: "platform-standard",
          tolerations: [
            {
              key: "node.kubernetes.io/not-ready",
              operator: "Exists",
              effect: "NoExecute",
              tolerationSeconds: 30,
            },
            {
              key: "node.kubernetes.io/unreachable",
              operator: "Exists",
              effect: "NoExecute",
              tolerationSeconds: 30,
            },
          ],
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "ScheduleAnyway",
              labelSelector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
              matchLabelKeys: ["pod-template-hash"],
            },
          ],
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  podAffinityTerm: {
                    topologyKey: "kubernetes.io/hostname",
                    labelSelector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
                  },
                },
              ],
            },
          },
          containers: [
            {
              name: "shop",
              image,
              imagePullPolicy: "IfNotPresent",
              ports: [{ name: "http", containerPort: 8080 }],
              env: describeTelemetry("shop", "apps", context.telemetry),
              resources: {
                requests: { cpu: "250m", memory: "256Mi", "ephemeral-storage": "64Mi" },
                limits: { memory: "512Mi", "ephemeral-storage": "128Mi" },
              },
              startupProbe: {
                httpGet: { path: "/healthz", port: "http" },
                timeoutSeconds: 2,
                periodSeconds: 5,
                failureThreshold: 12,
              },
              readinessProbe: {
                httpGet: { path: "/readyz", port: "http" },
                timeoutSeconds: 2,
                periodSeconds: 5,
                failureThreshold: 3,
              },
              livenessProbe: {
                httpGet: { path: "/healthz", port: "http" },
                timeoutSeconds: 2,
                periodSeconds: 10,
                failureThreshold: 6,
              },
              lifecycle: { preStop: { sleep: { seconds: 15 } } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              volumeMounts: [{ name: "scratch-0", mountPath: "/tmp" }],
            },
          ],
          volumes: [{ name: "scratch-0", emptyDir: { sizeLimit: "64Mi" } }],
        },
      },
    });
  });

  it("never says how many replicas there are", () => {
    expect(deploymentOf(one())).to.not.have.property("replicas");
  });

  it("limits CPU only where a row asks for it", () => {
    const resources = { cpu: "100m", cpuLimit: "1", memory: "128Mi", memoryLimit: "256Mi", disk: "1Gi" };
    const spec = JSON.stringify(deploymentOf(one({ resources })));
    expect(spec).to.contain('"limits":{"memory":"256Mi","ephemeral-storage":"2Gi","cpu":"1"}');
  });

  it("refers to a secret's value and never holds it", () => {
    const workload = one({ secrets: { JWT_SECRET: { secret: "shop/jwt", property: "key" } } });
    expect(JSON.stringify(deploymentOf(workload))).to.contain(
      '{"name":"JWT_SECRET","valueFrom":{"secretKeyRef":{"name":"shop","key":"JWT_SECRET"}}}]',
    );
    expect(describeExternalSecret(workload)).to.deep.equal({
      refreshInterval: "1h",
      secretStoreRef: { kind: "SecretStore", name: "aws-secrets-manager" },
      target: { name: "shop", creationPolicy: "Owner", deletionPolicy: "Retain" },
      data: [{ secretKey: "JWT_SECRET", remoteRef: { key: "shop/jwt", property: "key" } }],
    });
  });

  it("passes the environment on", () => {
    const spec = JSON.stringify(deploymentOf(one({ environment: { API_URL: "http://api:8080" } })));
    expect(spec).to.contain('{"name":"API_URL","value":"http://api:8080"}]');
  });
});

describe("telemetry of a service", () => {
  it("tells an OpenTelemetry SDK who it is and where to send what", () => {
    expect(telemetryOf(one())).to.deep.equal([
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "OTEL_SERVICE_NAME", value: "shop" },
      {
        name: "OTEL_RESOURCE_ATTRIBUTES",
        value: "service.namespace=apps,service.instance.id=$(POD_NAME),deployment.environment.name=test",
      },
      { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: "http://collector.tracing.svc:4318" },
      { name: "OTEL_EXPORTER_OTLP_PROTOCOL", value: "http/protobuf" },
      { name: "OTEL_PROPAGATORS", value: "tracecontext,baggage" },
    ]);
  });

  it("leaves what a row says itself to the row, once", () => {
    const spec = JSON.stringify(telemetryOf(one({ environment: { OTEL_PROPAGATORS: "b3" } })));
    expect(spec.match(/OTEL_PROPAGATORS/g)).to.have.length(1);
    expect(spec).to.contain('{"name":"OTEL_PROPAGATORS","value":"b3"}');
  });
});

describe("autoscaler of a service", () => {
  it("scales between the row's bounds at 70 % CPU or 80 % memory exactly, quickly up and slowly down", () => {
    expect(describeAutoscaler(one({ replicas: { min: 3, max: 10 } }))).to.deep.equal({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop" },
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
        },
        {
          type: "Resource",
          resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } },
        },
      ],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          policies: [
            { type: "Pods", value: 4, periodSeconds: 30 },
            { type: "Percent", value: 100, periodSeconds: 30 },
          ],
          tolerance: "0",
        },
        scaleDown: {
          stabilizationWindowSeconds: 300,
          policies: [{ type: "Pods", value: 1, periodSeconds: 60 }],
          tolerance: "0",
        },
      },
    });
  });
});

describe("disruption budget of a service", () => {
  it("always lets one copy go, whatever the row says", () => {
    expect(describeDisruptionBudget(one({ replicas: { min: 1, max: 1 } }))).to.deep.equal({
      selector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    });
  });
});

describe("Service of a service", () => {
  it("is inside the cluster only and on the container's port", () => {
    expect(describeService(one({ port: 9000 }))).to.deep.equal({
      type: "ClusterIP",
      selector: { "app.kubernetes.io/name": "shop" },
      ports: [{ name: "http", port: 9000, targetPort: "http", protocol: "TCP" }],
    });
  });
});
