import type { Properties } from "../model.ts";
import { at, text } from "../values.ts";
import type { Chart, ChartVersion } from "./charts.ts";
import { charts } from "./charts.ts";

const byAddress: ReadonlyMap<string, readonly [string, Chart]> = new Map(
  Object.entries<Chart>(charts).flatMap(([name, chart]) =>
    chart.repositories.map((repository) => [`${repository}/${name}`, [name, chart] as const] as const),
  ),
);

const repositories: ReadonlySet<string> = new Set(
  Object.values<Chart>(charts).flatMap((chart) => chart.repositories),
);

/** Finds the chart that a release names, or what Helm says when it cannot be had. */
export function chartOf(release: Properties): ChartVersion | { readonly mistake: string } {
  const name = text(release.chart) ?? "";
  const repository = text(at(release, "repositoryOpts.repo"))?.replace(/\/+$/, "");
  const version = text(release.version) ?? "";
  if (repository === undefined)
    return located(byAddress.get(name), version, `failed to download "${name}"${atVersion(version)}`);
  if (!repositories.has(repository)) return { mistake: unreachable(repository) };
  const wanted = version === "" ? `chart "${name}"` : `chart "${name}" version "${version}"`;
  return located(
    byAddress.get(`${repository}/${name}`),
    version,
    `${wanted} not found in ${repository} repository`,
  );
}

function atVersion(version: string): string {
  return version === "" ? "" : ` at version "${version}"`;
}

function unreachable(repository: string): string {
  const host = URL.canParse(repository) ? new URL(repository).hostname : repository;
  return `looks like "${repository}" is not a valid chart repository or cannot be reached: Get "${repository}/index.yaml": dial tcp: lookup ${host}: no such host`;
}

/** Without a version Helm takes the newest; a leading `v` makes no difference to it. */
function located(
  found: readonly [string, Chart] | undefined,
  wanted: string,
  mistake: string,
): ChartVersion | { mistake: string } {
  if (found === undefined) return { mistake };
  const [name, chart] = found;
  const match = Object.entries(chart.versions).find(
    ([version]) => wanted === "" || bare(version) === bare(wanted),
  );
  return match === undefined
    ? { mistake }
    : { name, version: match[0], appVersion: match[1], seconds: chart.seconds };
}

function bare(version: string): string {
  return version.replace(/^v/, "");
}
