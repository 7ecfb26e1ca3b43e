import { expect } from "chai";

import { describeServiceRules } from "../../../../components/observability/service-rules.ts";
import { kubePrometheusStackValues } from "../../../../components/observability/values/kube-prometheus-stack.ts";
import { given, large, parsed } from "../settings.ts";

const [small, big] = [parsed(given), parsed(large)];
const prometheusStack = (settings: typeof small) =>
  kubePrometheusStackValues({
    ...settings,
    topicArn: "arn:aws:sns:eu-west-1:111111111111:alarms",
    adminSecret: "grafana-admin",
  });

describe("Values of kube-prometheus-stack", () => {
  it("leave the definitions to their own release", () => {
    expect(prometheusStack(small)).to.have.nested.property("crds.enabled", false);
  });

  for (const part of ["kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy"]) {
    it(`do not watch ${part}, which EKS hides`, () => {
      expect(prometheusStack(small)).to.have.nested.property(`${part}.enabled`, false);
    });
  }

  it("have no rules about what EKS hides", () => {
    expect(prometheusStack(small)).to.have.nested.property("defaultRules.rules").that.deep.equals({
      etcd: false,
      kubeControllerManager: false,
      kubeProxy: false,
      kubeSchedulerAlerting: false,
      kubeSchedulerRecording: false,
    });
  });

  for (const kind of ["serviceMonitor", "podMonitor", "rule", "probe", "scrapeConfig"]) {
    it(`take every ${kind} of the cluster`, () => {
      const key = `prometheus.prometheusSpec.${kind}SelectorNilUsesHelmValues`;
      expect(prometheusStack(small)).to.have.nested.property(key, false);
    });
  }

  it("keep metrics for the days asked, on four fifths of an encrypted volume", () => {
    const values = prometheusStack(big);
    const spec = "prometheus.prometheusSpec";
    expect(values).to.have.nested.property(`${spec}.retention`, "15d");
    expect(values).to.have.nested.property(`${spec}.retentionSize`, "96GiB");
    expect(values)
      .to.have.nested.property(`${spec}.storageSpec.volumeClaimTemplate.spec`)
      .that.deep.equals({
        storageClassName: "gp3",
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "120Gi" } },
      });
  });

  it("spread two Prometheus over zones and keep one of them through a drain", () => {
    expect(prometheusStack(big)).to.have.nested.property("prometheus.prometheusSpec.podAntiAffinity", "hard");
    expect(prometheusStack(big)).to.have.nested.property("prometheus.podDisruptionBudget.enabled", true);
    expect(prometheusStack(small)).to.have.nested.property("prometheus.podDisruptionBudget.enabled", false);
  });

  it("tell the topic of critical alerts within ten seconds and again every hour", () => {
    expect(prometheusStack(small))
      .to.have.nested.property("alertmanager.config.route.routes[1]")
      .that.deep.equals({
        receiver: "topic",
        matchers: ['severity = "critical"'],
        group_wait: "10s",
        repeat_interval: "1h",
      });
    expect(prometheusStack(small))
      .to.have.nested.property("alertmanager.config.receivers[1].sns_configs[0].topic_arn")
      .that.equals("arn:aws:sns:eu-west-1:111111111111:alarms");
  });

  it("mute a warning for a critical alert of the same kind about the same service only", () => {
    expect(prometheusStack(small))
      .to.have.nested.property("alertmanager.config.inhibit_rules[0]")
      .that.deep.equals({
        equal: ["namespace", "alertname", "service_name"],
        source_matchers: ['severity = "critical"'],
        target_matchers: ['severity =~ "warning|info"'],
      });
  });

  it("bring rules about the services, by the thresholds of the stack", () => {
    expect(prometheusStack(small))
      .to.have.nested.property("additionalPrometheusRulesMap.services")
      .that.deep.equals(describeServiceRules(small.alarms));
  });

  it("take Grafana's password from a Secret", () => {
    expect(prometheusStack(small)).to.have.nested.property("grafana.admin").that.deep.equals({
      existingSecret: "grafana-admin",
      userKey: "admin-user",
      passwordKey: "admin-password",
    });
  });

  it("replace Grafana in place only when it has a volume", () => {
    expect(prometheusStack(small)).to.have.nested.property("grafana.persistence.enabled", false);
    expect(prometheusStack(small)).to.have.nested.property(
      "grafana.deploymentStrategy.type",
      "RollingUpdate",
    );
    expect(prometheusStack(big)).to.have.nested.property("grafana.persistence.size", "10Gi");
    expect(prometheusStack(big)).to.have.nested.property("grafana.deploymentStrategy.type", "Recreate");
  });

  it("put the node exporter into its own namespace", () => {
    const key = "prometheus-node-exporter.namespaceOverride";
    expect(prometheusStack(small)).to.have.nested.property(key, "node-exporter");
  });
});
