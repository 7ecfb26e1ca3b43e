import type { IngressSettings } from "../ingress-settings.ts";
import { resolveJob } from "../job-settings.ts";
import type { JobRow, JobSettings } from "../job-settings.ts";
import type { NamespaceSettings } from "../namespace-settings.ts";
import { resolveWorkload } from "../workload-settings.ts";
import type { Layers, TunableLayer, WorkloadRow, WorkloadSettings } from "../workload-settings.ts";

/** A rule across fields that the settings break. */
export interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What the rules across services look at. */
export interface Services {
  readonly namespaces: Readonly<Record<string, NamespaceSettings>>;
  readonly ingresses: Readonly<Record<string, IngressSettings>>;
  readonly defaults: TunableLayer;
  readonly items: Readonly<Record<string, WorkloadRow>>;
  readonly jobs: Readonly<Record<string, JobRow>>;
}

/** The first of a record's names. The schema asks for one. */
export function firstOf(rows: Readonly<Record<string, unknown>>): string {
  return Object.keys(rows)[0] ?? "";
}

function layersOf({ defaults, namespaces }: Pick<Services, "defaults" | "namespaces">): Layers {
  return { defaults, namespace: firstOf(namespaces) };
}

function byName<Row>(rows: Readonly<Record<string, Row>>): readonly (readonly [string, Row])[] {
  return Object.entries(rows).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Every service with everything said, in the order of their names. */
export function resolveWorkloads(
  services: Pick<Services, "defaults" | "namespaces" | "items">,
): readonly WorkloadSettings[] {
  const layers = layersOf(services);
  return byName(services.items).map(([name, row]) => resolveWorkload(name, row, layers));
}

/** Every job with everything said, in the order of their names. */
export function resolveJobs(
  services: Pick<Services, "defaults" | "namespaces" | "jobs">,
): readonly JobSettings[] {
  const layers = layersOf(services);
  return byName(services.jobs).map(([name, row]) => resolveJob(name, row, layers));
}
