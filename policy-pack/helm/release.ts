import type { Findings } from "../kernel/findings.ts";
import { property } from "../kernel/read.ts";
import { chartReaders } from "./charts.ts";
import type { ChartReader } from "./reader.ts";

/** What a Release and a Chart have in common. */
export interface Charted {
  readonly chart?: unknown;
  readonly version?: unknown;
  readonly repositoryOpts?: unknown;
  readonly values?: unknown;
}

/** A chart's name and where it is from. The address of a chart in a registry is both in one. */
export interface ChartSource {
  readonly name: string;
  readonly repo: unknown;
}

/** Where a release has its chart from; undefined where it names none. */
export function sourceOf({ chart, repositoryOpts }: Charted): ChartSource | undefined {
  if (typeof chart !== "string" || chart === "") return undefined;
  const parts = chart.split("/");
  const name = parts.at(-1) ?? chart;
  return { name, repo: parts.length > 1 ? parts.slice(0, -1).join("/") : property(repositoryOpts, "repo") };
}

/** A check of the values of a release, by what is known of its chart. A chart nobody knows is another policy's finding. */
export function onValues(
  check: (values: unknown, reader: ChartReader) => Findings,
): (release: Charted) => Findings {
  return (release) => {
    const reader = readerOf(release);
    return reader && check(release.values, reader);
  };
}

/** What is known of the chart of a release. */
export function readerOf(release: Charted): ChartReader | undefined {
  const name = sourceOf(release)?.name ?? "";
  return Object.hasOwn(chartReaders, name) ? chartReaders[name] : undefined;
}

/** A place in the values, and what is there. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Every place that a path with `[*]` leads to. A list that is not there leads to one place without a value. */
export function places(values: unknown, path: string): readonly Place[] {
  const [first = "", ...rest] = path.split("[*]");
  const head = placeOf({ path: "values", value: values }, first);
  return rest.reduce<readonly Place[]>(
    (found, step) => found.flatMap((place) => entriesOf(place).map((entry) => placeOf(entry, step))),
    [head],
  );
}

function placeOf(from: Place, path: string): Place {
  const steps = path.split(".").filter((step) => step !== "");
  const value = steps.reduce<unknown>((found, step) => property(found, step), from.value);
  return { path: [from.path, ...steps].join("."), value };
}

function entriesOf({ path, value }: Place): readonly Place[] {
  if (!Array.isArray(value)) return [{ path: `${path}[0]`, value: undefined }];
  return Array.from({ length: value.length }, (_, index) => ({
    path: `${path}[${String(index)}]`,
    value: property(value, index),
  }));
}
