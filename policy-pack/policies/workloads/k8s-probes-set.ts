import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { items } from "../../kernel/read.ts";
import { called } from "../../reading/pods.ts";
import type { Container, PodSpec } from "../../reading/pods.ts";

type Probe = NonNullable<Container["livenessProbe"]>;

/** What a probe asks; two that ask the same answer the same. */
function question({ exec, grpc, httpGet, tcpSocket }: Probe): string {
  return JSON.stringify([exec, grpc, httpGet, tcpSocket]);
}

/** Seconds until a probe gives up, with the defaults of Kubernetes (API reference, "Probe"). */
function patience({ periodSeconds = 10, failureThreshold = 3 }: Probe): number {
  return periodSeconds * failureThreshold;
}

function missing(container: Container): readonly (string | false)[] {
  return [
    container.readinessProbe === undefined &&
      `readinessProbe of ${called(container)} is not set: add one, or it gets requests before it can answer.`,
    container.livenessProbe === undefined &&
      `livenessProbe of ${called(container)} is not set: add one, or it stays when it hangs.`,
  ];
}

function hasty(container: Container): string | false {
  const { livenessProbe: live, readinessProbe: ready } = container;
  if (live === undefined || ready === undefined) return false;
  return (
    question(live) === question(ready) &&
    patience(live) <= patience(ready) &&
    `livenessProbe of ${called(container)} asks what readinessProbe asks and gives up after ${patience(live)} seconds: ask something else or wait longer than ${patience(ready)} seconds, or a slow container is restarted instead of spared.`
  );
}

interface Workload {
  readonly spec?: { readonly template?: { readonly spec?: PodSpec | undefined } | undefined } | undefined;
}

function onServing({ spec }: Workload): Findings {
  const serving = items(spec?.template?.spec?.containers).filter(({ ports }) => items(ports).length > 0);
  return serving.flatMap((container) => [...missing(container), hasty(container)]);
}

export const k8sProbesSet = define({
  name: "k8s-probes-set",
  description: "Containers that serve say when they are ready, and when they hang.",
  severity: "medium",
  controls: { ckv: ["CKV_K8S_8", "CKV_K8S_9"] },
  remediation: "Set the service's health.readyPath and health.livePath.",
  checks: {
    "kubernetes:apps/v1:Deployment": [onServing],
    "kubernetes:apps/v1:StatefulSet": [onServing],
    "kubernetes:apps/v1:DaemonSet": [onServing],
  },
});
