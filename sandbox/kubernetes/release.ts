import type { Checked, Difference, Found, Properties, Session, Settled, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, at, hasUnknown, hexOf, text } from "../values.ts";
import { chartOf } from "./chart-lookup.ts";
import type { ChartVersion } from "./charts.ts";
import { clusterOf } from "./cluster.ts";
import { difference } from "./differences.ts";
import { findRelease, install, makeNamespace, uninstall } from "./installation.ts";

/** Seconds that the provider waits for a release unless told otherwise. */
const defaultTimeout = 300;

/** Fills in name, namespace, timeout and the chart's version; finds charts that cannot be had. */
export function check(
  session: Session,
  { urn, name }: Subject,
  olds: Properties | undefined,
  news: Properties,
): Checked {
  const inputs = {
    namespace: clusterOf(session).namespace,
    ...(news.skipAwait === true ? {} : { timeout: defaultTimeout }),
    ...news,
    name: news.name ?? olds?.name ?? `${name}-${hexOf(`${urn}/${session.seed}`, 8)}`,
  };
  if (news.chart === undefined)
    return { inputs, failures: [{ property: "chart", reason: "chart is required" }] };
  if (!isChartKnown(news)) return { inputs, failures: [] };
  const found = chartOf(news);
  if (!("mistake" in found)) return { inputs: { ...inputs, version: found.version }, failures: [] };
  const reason = `${found.mistake}; check the chart name and repository configuration.`;
  return { inputs, failures: [{ property: "chart", reason }] };
}

function isChartKnown({ chart, version, repositoryOpts }: Properties): boolean {
  return !hasUnknown([chart, version, repositoryOpts]);
}

/** A release is replaced for its name and namespace alone, and the new one is made first. */
export function diff(oldInputs: Properties, news: Properties): Difference {
  return { ...difference(oldInputs, news, ["name", "namespace"]), deleteBeforeReplace: false };
}

/** Installs a chart. @throws Refusal in Helm's words when it cannot be; with `atomic` nothing is left behind. */
export function create(session: Session, subject: Subject, inputs: Properties): Settled {
  const chart = mustFind(inputs);
  if (session.preview || chart === undefined) return previewed("", chart, inputs);
  const cluster = clusterOf(session);
  const id = `${text(inputs.namespace) ?? ""}/${text(inputs.name) ?? ""}`;
  makeNamespace(cluster, inputs);
  if (findRelease(cluster, id) !== undefined)
    throw new Refusal("ReleaseExists", "cannot re-use a name that is still in use");
  return install({ cluster, subject, inputs, chart, id, revision: 1 });
}

/** Upgrades a release. @throws Refusal in Helm's words when it cannot be. */
export function update(session: Session, subject: Subject, id: string, inputs: Properties): Settled {
  const chart = mustFind(inputs);
  if (session.preview || chart === undefined) return previewed(id, chart, inputs);
  const cluster = clusterOf(session);
  const before = findRelease(cluster, id);
  if (before === undefined)
    throw new Refusal("ReleaseNotFound", `"${text(inputs.name) ?? ""}" has no deployed releases`);
  const revision = Number(at(before.state, "status.revision") ?? 0) + 1;
  return install({ cluster, subject, inputs, chart, id, revision, before });
}

/** What the cluster has of a release. */
export function read(session: Session, id: string): Found {
  const found = findRelease(clusterOf(session), id);
  return found === undefined ? undefined : { id, inputs: found.inputs, state: found.state };
}

/** Uninstalls a release; its usual seconds. */
export function remove(session: Session, id: string): number {
  const cluster = clusterOf(session);
  const found = findRelease(cluster, id);
  if (found === undefined) return 1;
  uninstall(cluster, found);
  return 20;
}

function mustFind(inputs: Properties): ChartVersion | undefined {
  if (!isChartKnown(inputs)) return undefined;
  const found = chartOf(inputs);
  if ("mistake" in found) throw new Refusal("ChartNotFound", found.mistake);
  return found;
}

function previewed(id: string, chart: ChartVersion | undefined, inputs: Properties): Settled {
  return {
    id,
    state: { ...inputs, status: UNKNOWN, resourceNames: UNKNOWN },
    seconds: chart?.seconds ?? 0,
  };
}
