import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type { DiffRequest, DiffResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { leadElsewhere } from "./kubernetes/cluster.ts";
import type { Difference, Properties } from "./model.ts";
import { same } from "./values.ts";
import { decode } from "./wire.ts";

/** A provider is replaced, and all that was made through it, when it would speak to another region or cluster, or write elsewhere. */
export function diffSettings(request: DiffRequest): DiffResponse {
  const olds = decode(request.getOldInputs() ?? request.getOlds(), new Set());
  const news = decode(request.getNews(), new Set());
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => key !== "version" && !same(olds[key], news[key]),
  );
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  return new proto.DiffResponse()
    .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changed)
    .setReplacesList(settingsThatReplace(olds, news).filter((key) => changed.includes(key)));
}

/** An identifier, where it is given and stays, is believed, whatever else changes. */
function settingsThatReplace(olds: Properties, news: Properties): readonly string[] {
  const always = ["region", "renderYamlToDirectory"];
  const [before, after] = [olds.clusterIdentifier, news.clusterIdentifier];
  if (before !== undefined && after !== undefined) return [...always, "clusterIdentifier"];
  return leadElsewhere(olds, news) ? [...always, "kubeconfig", "context", "cluster"] : always;
}

/** The engine's form of a difference, without what the program tells it to ignore. */
export function differenceOf(
  { changes, deleteBeforeReplace }: Difference,
  request: DiffRequest,
): DiffResponse {
  const ignored = new Set(request.getIgnorechangesList());
  const kept = changes.filter(({ path }) => !ignored.has(path));
  const response = new proto.DiffResponse();
  const { Kind } = proto.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  };
  for (const { path, kind, replaces } of kept) {
    const detail = new proto.PropertyDiff()
      .setKind(kinds[kind][replaces ? 1 : 0] ?? Kind.UPDATE)
      .setInputdiff(true);
    response.getDetaileddiffMap().set(path, detail);
  }
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const top = (path: string): string => path.split(/[.[]/)[0] ?? path;
  return response
    .setHasdetaileddiff(true)
    .setChanges(kept.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList([...new Set(kept.map(({ path }) => top(path)))])
    .setReplacesList([...new Set(kept.filter(({ replaces }) => replaces).map(({ path }) => top(path)))])
    .setDeletebeforereplace(deleteBeforeReplace);
}
