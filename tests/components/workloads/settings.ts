import * as pulumi from "@pulumi/pulumi";

import type { CacheStore, DatabaseStore } from "../../../components/contracts.ts";
import type { PodContext } from "../../../components/workloads/pod-context.ts";
import { resolveJobs, resolveWorkloads } from "../../../components/workloads/problems/model.ts";
import { servicesSettings } from "../../../components/workloads/settings.ts";
import type { JobSettings } from "../../../components/workloads/job-settings.ts";
import { bindStores } from "../../../components/workloads/stores.ts";
import type { WorkloadSettings } from "../../../components/workloads/workload-settings.ts";

/** An image as settings name it. */
export const image = "registry.example.com/team/app:1.2.3";

/** The smallest valid settings of services, as YAML has them. */
export const servicesGiven = {
  namespaces: { apps: { owner: "product-team", quota: { pods: 200, cpu: "100", memory: "200Gi" } } },
  ingresses: {
    internal: { name: "apps", scheme: "internal", deletionProtection: false, logRetentionDays: 30 },
  },
  items: { shop: { image, expose: { path: "/" } } },
};

type Rows = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Rows with everything said. */
export const resolve = (items: Rows, change: object = {}): readonly WorkloadSettings[] =>
  resolveWorkloads(servicesSettings.parse({ ...servicesGiven, items, ...change }));

/** The smallest row with one thing changed. */
export function one(change: Readonly<Record<string, unknown>> = {}): WorkloadSettings {
  const [workload] = resolve({ shop: { image, ...change } });
  if (workload === undefined) throw new Error("one row makes one workload");
  return workload;
}

/** The smallest job with one thing changed. */
export function oneJob(change: Readonly<Record<string, unknown>> = {}): JobSettings {
  const [job] = resolveJobs(
    servicesSettings.parse({ ...servicesGiven, jobs: { report: { image, ...change } } }),
  );
  if (job === undefined) throw new Error("one row makes one job");
  return job;
}

/** Where everything is. */
export const place = { region: "eu-west-1", accountId: "111111111111" };

/** The secret of the database's owner. */
export const ownerSecret = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:rds!db-0a1b-AbCdEf";

/** A database with one replica. */
export const database: DatabaseStore = {
  endpoint: pulumi.output("primary.db"),
  readerEndpoints: [pulumi.output("replica.db")],
  port: 5432,
  databaseName: "app",
  secretArn: pulumi.output(ownerSecret),
  resourceIds: [pulumi.output("db-PRIMARY"), pulumi.output("db-REPLICA")],
};

/** A cache with a user for all and one for `cart`. */
export const cache: CacheStore = {
  endpoint: pulumi.output("cache"),
  port: 6379,
  replicationGroupId: pulumi.output("groundwork-test"),
  groupArn: pulumi.output("arn:aws:elasticache:eu-west-1:111111111111:replicationgroup:groundwork-test"),
  users: {
    app: {
      name: "groundwork-test-app",
      arn: pulumi.output("arn:aws:elasticache:eu-west-1:123456789012:user:groundwork-test-app"),
    },
    cart: { name: "groundwork-test-cart", arn: pulumi.output("arn:user:cart") },
  },
};

/** What all pods have in common. */
export const context: PodContext = {
  telemetry: { otlpEndpoint: "http://collector.tracing.svc:4318", stack: "test" },
  stores: bindStores(database, cache, "eu-west-1:111111111111"),
  place: pulumi.output(place),
};

/** A value as the engine will see it. */
export function settled<Value>(value: pulumi.Input<Value>): Promise<pulumi.Unwrap<Value>> {
  return new Promise((resolved) => {
    pulumi.output(value).apply(resolved);
  });
}

/** The smallest settings with some of them changed. */
export type Change = Readonly<Record<string, unknown>>;

/** Every problem found in them, each as `path: message`. */
export function problems(change: Change): string[] {
  const parsed = servicesSettings.safeParse({ ...servicesGiven, ...change });
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}
