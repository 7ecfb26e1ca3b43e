import { z } from "zod";

import { namedRecord } from "../named-record.ts";
import { accessFields, serviceName, serviceNameRule } from "./rows/access.ts";
import { containerFields, health, port, resources, shutdown, user, writablePaths } from "./rows/container.ts";
import { expose, metrics } from "./rows/exposure.ts";
import { placement, priority } from "./rows/placement.ts";
import { replicas, scaling } from "./rows/scaling.ts";
import { sidecars } from "./rows/sidecars.ts";

/** What a pod says for itself or takes, field by field, from the stack's defaults. */
export const tunablePodFields = {
  resources,
  user,
  writablePaths,
  placement: placement.prefault({}),
  priority,
  namespace: z
    .string()
    .describe("one of the namespaces; the first of them unless it says otherwise. Changing it replaces it"),
};

/** The same for a service. */
const tunable = z.strictObject({
  port: port.describe("where it listens; above 1023, since it does not run as root"),
  replicas,
  ...tunablePodFields,
  scaling,
  health,
  shutdown,
});

/** Fields a row may leave out; one that is given counts as a whole. */
export const tunableSettings = tunable.partial();

/** What holds where neither a row nor the stack says otherwise. */
export const platformDefaults = tunable.omit({ namespace: true }).parse({
  port: 8080,
  replicas: { min: 2, max: 20 },
  resources: { cpu: "250m", memory: "256Mi", memoryLimit: "512Mi" },
  scaling: {},
  health: {},
  shutdown: {},
  user: 10001,
  writablePaths: ["/tmp"],
  placement: {},
  priority: "standard",
});

/** One service: what it is, whom it talks to, and what it takes differently from the defaults. */
export const workloadSettings = tunableSettings.extend({
  ...containerFields,
  ...accessFields,
  worker: z
    .boolean()
    .default(false)
    .describe("whether nobody calls it: it then has no address, and its port is for probes and metrics only"),
  ports: namedRecord(/^[a-z][a-z0-9-]{0,14}$/, "a port's name is lower case, digits and -, at most 15", port)
    .default({})
    .describe("further ports callers may use, by name"),
  expose: expose.optional(),
  startsAfter: z
    .array(z.string().regex(serviceName, serviceNameRule))
    .default([])
    .describe("services that must be ready before it is deployed, such as a config server"),
  sidecars: sidecars.prefault({}),
  metrics: metrics.optional(),
});

/** All services by name. */
export const workloadRows = namedRecord(serviceName, serviceNameRule, workloadSettings);

/** A field's value, whoever gave it. */
type Tunable = Readonly<z.output<typeof tunable>>;

/** Fields of one layer: a row's or the stack's defaults. */
export type TunableLayer = Readonly<z.output<typeof tunableSettings>>;

/** One row of settings, before the defaults. */
export type WorkloadRow = Readonly<z.output<typeof workloadSettings>>;

type Own = Omit<WorkloadRow, keyof Tunable>;

/** A service with everything said: its own settings over the stack's defaults over the platform's. */
export interface WorkloadSettings extends Tunable, Readonly<Own> {
  readonly name: string;
}

/** What services and jobs have in common: all that makes a pod. */
export type PodSettings = Pick<
  WorkloadSettings,
  "name" | keyof typeof tunablePodFields | keyof typeof containerFields | keyof typeof accessFields
>;

/** What a row takes where it says nothing. */
export interface Layers {
  readonly defaults: TunableLayer;
  /** Name of the namespace that comes first. */
  readonly namespace: string;
}

/** Settles what a row leaves open. */
export function resolveWorkload(name: string, row: WorkloadRow, layers: Layers): WorkloadSettings {
  return { ...platformDefaults, namespace: layers.namespace, ...given(layers.defaults), ...given(row), name };
}

/** A layer without what it leaves open. */
export type Given<Layer> = { readonly [Key in keyof Layer]: Exclude<Layer[Key], undefined> };

/** The fields of a layer that say something. */
export function given<Layer extends object>(layer: Layer): Given<Layer>;
export function given(layer: object): object {
  return Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined));
}
