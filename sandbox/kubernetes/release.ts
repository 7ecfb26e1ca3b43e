import type { Awaitable } from "../answers.ts";
import { upon } from "../answers.ts";
import type { Checked, Difference, Found, Properties, Session, Settled, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, hasUnknown, hexOf, text } from "../values.ts";
import type { ClusterApi, Connection, LocatedChart, Release } from "./api.ts";
import { difference } from "./differences.ts";
import { Unready } from "../unready.ts";

/** The Pulumi type of Helm releases. */
export const releaseToken = "kubernetes:helm.sh/v3:Release";

/** Seconds that the provider waits for a release unless told otherwise. */
const defaultTimeout = 300;

/** Fills in name, namespace, timeout and the chart's version; finds charts that cannot be had. */
export function check(
  { api, namespace }: Connection,
  { seed }: Session,
  { urn, name }: Subject,
  { olds, news }: { readonly olds: Properties | undefined; readonly news: Properties },
): Awaitable<Checked> {
  const inputs = {
    namespace,
    ...(news.skipAwait === true ? {} : { timeout: defaultTimeout }),
    ...news,
    name: news.name ?? olds?.name ?? `${name}-${hexOf(`${urn}/${seed}`, 8)}`,
  };
  if (news.chart === undefined)
    return { inputs, failures: [{ property: "chart", reason: "chart is required" }] };
  if (!isChartKnown(news)) return { inputs, failures: [] };
  return upon(api.helm.locate(news), (found) => {
    if (!("mistake" in found)) return { inputs: { ...inputs, version: found.version }, failures: [] };
    const reason = `${found.mistake}; check the chart name and repository configuration.`;
    return { inputs, failures: [{ property: "chart", reason }] };
  });
}

function isChartKnown({ chart, version, repositoryOpts }: Properties): boolean {
  return !hasUnknown([chart, version, repositoryOpts]);
}

/** A release is replaced for its name and namespace alone, and the new one is made first. */
export function diff(oldInputs: Properties, news: Properties): Difference {
  return { ...difference(oldInputs, news, ["name", "namespace"]), deleteBeforeReplace: false };
}

/** Installs a chart. @throws Refusal in Helm's words when it cannot be; with `atomic` nothing is left behind. */
export function create(
  { api }: Connection,
  { preview }: Session,
  { urn }: Subject,
  inputs: Properties,
): Awaitable<Settled> {
  return upon(mustFind(api, inputs), (chart) => {
    if (preview || chart === undefined) return previewed("", inputs);
    const id = `${text(inputs.namespace) ?? ""}/${text(inputs.name) ?? ""}`;
    return awaited(id, api.helm.install(inputs, urn));
  });
}

/** Upgrades a release, also one that failed. @throws Refusal in Helm's words when it cannot be. */
export function update(
  { api }: Connection,
  { preview }: Session,
  { urn }: Subject,
  { id, inputs }: { readonly id: string; readonly inputs: Properties },
): Awaitable<Settled> {
  return upon(mustFind(api, inputs), (chart) =>
    preview || chart === undefined ? previewed(id, inputs) : awaited(id, api.helm.upgrade(id, inputs, urn)),
  );
}

function awaited(id: string, release: Awaitable<Release>): Awaitable<Settled> {
  return upon(release, ({ object, seconds, failure }) => {
    const settled = { id, state: object, seconds };
    if (failure === undefined) return settled;
    throw new Unready(
      `failed to become available within allocated timeout. Error: Helm Release ${id}: ${failure}`,
      settled,
    );
  });
}

/** What the cluster has of a release. */
export function read({ api }: Connection, _: Subject, id: string): Awaitable<Found> {
  return upon(api.helm.get(id), (found) => found && { id, inputs: found.applied, state: found.object });
}

/** Uninstalls a release; its usual seconds. */
export function remove({ api }: Connection, _: Session, _subject: Subject, id: string): Awaitable<number> {
  return api.helm.uninstall(id);
}

function mustFind({ helm }: ClusterApi, inputs: Properties): Awaitable<LocatedChart | undefined> {
  if (!isChartKnown(inputs)) return undefined;
  return upon(helm.locate(inputs), (found) => {
    if ("mistake" in found) throw new Refusal("ChartNotFound", found.mistake);
    return found;
  });
}

function previewed(id: string, inputs: Properties): Settled {
  return { id, state: { ...inputs, status: UNKNOWN, resourceNames: UNKNOWN }, seconds: 0 };
}
