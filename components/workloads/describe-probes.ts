import type { types } from "@pulumi/kubernetes";

import { portName } from "./selectors.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

type Probe = types.input.core.v1.Probe;
type Probes = Pick<types.input.core.v1.Container, "startupProbe" | "readinessProbe" | "livenessProbe">;

/** Until the startup probe has passed once, the others wait: a slow start is not a failure. */
export function describeProbes({ health, port }: Pick<WorkloadSettings, "health" | "port">): Probes {
  const startPeriod = 5;
  const ask = (path: string): Probe => ({ ...describeQuestion(path, health, port), timeoutSeconds: 2 });
  return {
    startupProbe: {
      ...ask(health.livePath),
      periodSeconds: startPeriod,
      failureThreshold: Math.ceil(health.startSeconds / startPeriod),
    },
    readinessProbe: { ...ask(health.readyPath), periodSeconds: health.everySeconds, failureThreshold: 3 },
    livenessProbe: { ...ask(health.livePath), periodSeconds: 2 * health.everySeconds, failureThreshold: 6 },
  };
}

function describeQuestion(path: string, health: WorkloadSettings["health"], port: number): Probe {
  const at = health.port ?? portName;
  const questions = {
    http: { httpGet: { path, port: at } },
    tcp: { tcpSocket: { port: at } },
    // The one probe that takes no port by name.
    grpc: { grpc: { port: health.port ?? port } },
    exec: { exec: { command: [...(health.command ?? [])] } },
  } satisfies Record<typeof health.by, Probe>;
  return questions[health.by];
}
