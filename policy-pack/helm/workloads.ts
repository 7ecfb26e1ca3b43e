import type { ChartWorkload } from "./reader.ts";
import { places } from "./release.ts";

/** The workloads of a chart that these values turn on. */
export function runs(
  values: unknown,
  workloads: Readonly<Record<string, ChartWorkload>>,
): readonly (readonly [string, ChartWorkload])[] {
  return Object.entries(workloads).filter(([, { enabled }]) => {
    if (enabled === undefined) return true;
    const [path, usually] = enabled;
    const [given] = places(values, path);
    return (given?.value ?? usually) === true;
  });
}
