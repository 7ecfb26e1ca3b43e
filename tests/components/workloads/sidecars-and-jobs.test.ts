import { expect } from "chai";

import { describeEnvironment } from "../../../components/workloads/describe-environment.ts";
import { describeCronJob, describeJob } from "../../../components/workloads/describe-job.ts";
import { describeMonitor } from "../../../components/workloads/describe-monitor.ts";
import { describeDeployment } from "../../../components/workloads/describe-workload.ts";
import type { WorkloadSettings } from "../../../components/workloads/workload-settings.ts";
import { dig } from "../observability/dig.ts";
import { context, one, oneJob, settled } from "./settings.ts";

const podOf = (workload: WorkloadSettings): unknown =>
  dig(describeDeployment(workload, context), "template", "spec");

describe("sidecars of a service", () => {
  const pooled = {
    uses: ["database"],
    secrets: { DATABASE_PASSWORD: { secret: "shop/database" } },
    sidecars: { pgbouncer: { poolSize: 20, maxConnections: 50 } },
  };

  it("pool connections to the database, and stand where the database was", async () => {
    const workload = one(pooled);
    const variables = await settled(describeEnvironment(workload, context, workload.sidecars));
    const valueOf = (name: string): unknown => variables.find((variable) => variable.name === name)?.value;
    expect([valueOf("DATABASE_HOST"), valueOf("DATABASE_PORT"), valueOf("DATABASE_NAME")]).to.deep.equal([
      "127.0.0.1",
      "6432",
      "app",
    ]);
    const pool = await settled(dig(podOf(workload), "initContainers", 0));
    expect(pool).to.deep.include({ name: "pgbouncer", restartPolicy: "Always" });
    expect(dig(pool, "env")).to.deep.include.members([
      { name: "DB_HOST", value: "primary.db" },
      { name: "DB_USER", value: "shop" },
      { name: "DEFAULT_POOL_SIZE", value: "20" },
      { name: "MAX_DB_CONNECTIONS", value: "50" },
      { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "shop", key: "DATABASE_PASSWORD" } } },
    ]);
  });

  it("take traces in beside the service and hand them on", () => {
    const workload = one({ sidecars: { collector: {} } });
    expect(dig(podOf(workload), "initContainers", 0)).to.deep.include({
      name: "collector",
      restartPolicy: "Always",
      args: ["--config=env:COLLECTOR_CONFIG"],
    });
    expect(JSON.stringify(describeEnvironment(workload, context, workload.sidecars))).to.contain(
      '{"name":"OTEL_EXPORTER_OTLP_ENDPOINT","value":"http://127.0.0.1:4318"}',
    );
    expect(dig(podOf(workload), "initContainers", 0, "env", 0, "value")).to.contain(
      '"endpoint":"http://collector.tracing.svc:4318"',
    );
  });

  it("are images named by their digest, or the row's own copies of them", async () => {
    const imageOf = (change: object): Promise<unknown> =>
      settled(dig(podOf(one({ ...pooled, ...change })), "initContainers", 0, "image"));
    expect(await imageOf({})).to.match(/^docker\.io\/edoburu\/pgbouncer:v[\d.]+-p\d@sha256:[0-9a-f]{64}$/);
    expect(await imageOf({ sidecars: { pgbouncer: { image: "ecr:pgbouncer:1.25.2" } } })).to.equal(
      "111111111111.dkr.ecr.eu-west-1.amazonaws.com/pgbouncer:1.25.2",
    );
  });

  it("may do on their node as little as the service, and have limits too", () => {
    const pool = dig(podOf(one(pooled)), "initContainers", 0);
    expect(pool).to.deep.include({
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: {
        requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "16Mi" },
        limits: { memory: "64Mi", "ephemeral-storage": "32Mi" },
      },
    });
  });

  it("do not take a guaranteed service its quality", () => {
    const resources = { cpu: "1", cpuLimit: "1", memory: "1Gi", memoryLimit: "1Gi", qos: "guaranteed" };
    expect(
      dig(podOf(one({ ...pooled, resources })), "initContainers", 0, "resources", "limits"),
    ).to.deep.include({
      cpu: "50m",
    });
  });
});

describe("monitor of a service", () => {
  it("asks every copy by itself", () => {
    expect(describeMonitor("shop", { path: "/metrics", port: "http", everySeconds: 30 })).to.deep.equal({
      selector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
      jobLabel: "app.kubernetes.io/name",
      podMetricsEndpoints: [{ port: "http", path: "/metrics", interval: "30s" }],
    });
  });
});

describe("jobs", () => {
  it("run once to their end, retried and given up in time, and stay to be seen", () => {
    const job = describeJob(oneJob({ retries: 1, deadlineSeconds: 600 }), context);
    expect(job).to.deep.include({ backoffLimit: 1, activeDeadlineSeconds: 600 });
    expect(job).to.not.have.property("ttlSecondsAfterFinished");
    expect(dig(job, "template", "spec")).to.deep.include({
      serviceAccountName: "report",
      automountServiceAccountToken: false,
      restartPolicy: "Never",
      priorityClassName: "platform-standard",
    });
  });

  it("run when their schedule says, by the clock of their place, and not twice at once", () => {
    const job = { ...oneJob({ placement: { capacity: "spot" } }), schedule: "0 6 * * 1-5" };
    const cron = describeCronJob(job, context);
    expect(cron).to.deep.include({
      schedule: "0 6 * * 1-5",
      timeZone: "Europe/Rome",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 600,
    });
    expect(dig(cron, "jobTemplate", "spec", "ttlSecondsAfterFinished")).to.equal(86_400);
    expect(dig(cron, "jobTemplate", "spec", "template", "spec", "tolerations")).to.have.length(3);
  });

  it("neither listen nor are asked", () => {
    const container = dig(describeJob(oneJob(), context), "template", "spec", "containers", 0);
    expect(container).to.not.have.any.keys("ports", "readinessProbe", "livenessProbe", "lifecycle");
  });
});
