import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Properties } from "../model.ts";
import { at, text } from "../values.ts";
import type { Chart, ChartVersion } from "./charts.ts";
import { furtherCharts } from "./chart-names.ts";
import { charts } from "./charts.ts";
import { decode } from "./manifests/decode.ts";
import { isLocalChart } from "./manifests/helm.ts";

const byAddress: ReadonlyMap<string, readonly [string, Chart]> = new Map(
  Object.entries<Chart>(charts).flatMap(([name, chart]) =>
    chart.repositories.map((repository) => [`${repository}/${name}`, [name, chart] as const] as const),
  ),
);

const repositories: ReadonlySet<string> = new Set(
  Object.values<Chart>(charts).flatMap((chart) => chart.repositories),
);

/** Seconds until everything in a chart is ready of which nothing is known: our estimate. */
const usualSeconds = 60;

/**
 * Finds the chart that a release names, or what Helm says when it cannot be had. Of the repositories that are listed it is known which charts
 * they hold; any other holds whatever is asked of it. Of a chart that is not listed at the version nothing else is known.
 */
export function chartOf(release: Properties): ChartVersion | { readonly mistake: string } {
  const name = text(release.chart) ?? "";
  const repository = text(at(release, "repositoryOpts.repo"))?.replace(/\/+$/, "");
  const version = text(release.version) ?? "";
  const found = byAddress.get(repository === undefined ? name : `${repository}/${name}`);
  if (found !== undefined) return located(found, version) ?? { mistake: missing(name, version, repository) };
  const mistake = whereMissing(name, version, repository);
  return mistake === undefined ? unlisted(name, version) : { mistake };
}

function unlisted(name: string, version: string): ChartVersion {
  if (isLocalChart(name) && existsSync(join(name, "Chart.yaml"))) return described(name);
  const last = name.split("/").at(-1) ?? name;
  return { name: last, version, appVersion: "", seconds: usualSeconds, listed: false };
}

/** A chart in a folder says itself what it is: https://helm.sh/docs/topics/charts/#the-chartyaml-file */
function described(folder: string): ChartVersion {
  const [chart = {}] = decode(readFileSync(join(folder, "Chart.yaml"), "utf8"));
  const { name, version, appVersion } = chart;
  return {
    name: text(name) ?? basename(folder),
    version: text(version) ?? "",
    appVersion: text(appVersion) ?? "",
    seconds: usualSeconds,
    listed: false,
  };
}

/**
 * Without a repository a chart is a reference to a registry, or lies in a folder. A repository must have an address, and of those that
 * are listed it is known what they hold.
 */
function whereMissing(name: string, version: string, repository: string | undefined): string | undefined {
  if (repository === undefined)
    return /^oci:\/\/[^/]+\/.+$|^\.{0,2}\//.test(name) ? undefined : missing(name, version);
  if (!repositories.has(repository)) return whereNoUrl(repository);
  return furtherCharts[repository]?.has(name) === true ? undefined : missing(name, version, repository);
}

function missing(name: string, version: string, repository?: string): string {
  if (repository === undefined)
    return `failed to download "${name}"${version === "" ? "" : ` at version "${version}"`}`;
  const wanted = version === "" ? `chart "${name}"` : `chart "${name}" version "${version}"`;
  return `${wanted} not found in ${repository} repository`;
}

function whereNoUrl(repository: string): string | undefined {
  const { protocol = "" } = URL.parse(repository) ?? {};
  if (["http:", "https:", "oci:"].includes(protocol)) return undefined;
  return `looks like "${repository}" is not a valid chart repository or cannot be reached: could not find protocol handler for: ${protocol.replace(":", "")}`;
}

/** Without a version, or with a range, Helm takes the newest; a leading `v` makes no difference to it. Older versions are taken as published. */
function located([name, chart]: readonly [string, Chart], wanted: string): ChartVersion | undefined {
  const { seconds, versions } = chart;
  const isOpen = !/^v?\d+\.\d+\.\d+/.test(wanted);
  const match = Object.entries(versions).find(([version]) => isOpen || bare(version) === bare(wanted));
  if (match !== undefined) return { name, version: match[0], appVersion: match[1], seconds, listed: true };
  const [newest = ""] = Object.keys(versions);
  const isOlder = bare(wanted).localeCompare(bare(newest), "en", { numeric: true }) < 0;
  return isOlder ? { name, version: wanted, appVersion: "", seconds, listed: false } : undefined;
}

function bare(version: string): string {
  return version.replace(/^v/, "");
}
