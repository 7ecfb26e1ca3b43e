import { resolveWorkloads } from "../../../components/workloads/problems.ts";
import { servicesSettings } from "../../../components/workloads/settings.ts";
import type { WorkloadSettings } from "../../../components/workloads/workload-settings.ts";

/** An image as settings name it. */
export const image = "registry.example.com/team/app:1.2.3";

/** The smallest valid settings of services, as YAML has them. */
export const servicesGiven = {
  namespace: "apps",
  owner: "product-team",
  quota: { pods: 200, cpu: "100", memory: "200Gi" },
  ingress: { name: "apps", scheme: "internal", deletionProtection: false, logRetentionDays: 30 },
  items: { shop: { image, path: "/" } },
};

type Rows = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Rows with everything said. */
export const resolve = (items: Rows): readonly WorkloadSettings[] =>
  resolveWorkloads(servicesSettings.parse({ ...servicesGiven, items }));

/** The smallest row with one thing changed. */
export function one(change: Readonly<Record<string, unknown>> = {}): WorkloadSettings {
  const [workload] = resolve({ shop: { image, ...change } });
  if (workload === undefined) throw new Error("one row makes one workload");
  return workload;
}
