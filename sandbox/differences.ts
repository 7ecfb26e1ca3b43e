import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type { DiffRequest, DiffResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Difference } from "./model.ts";
import { same } from "./values.ts";
import { decode } from "./wire.ts";

const settingsThatReplace = ["region", "clusterIdentifier"];

/** A provider is replaced, and all that was made through it, when it would speak to another region or cluster. */
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
    .setReplacesList(changed.filter((key) => settingsThatReplace.includes(key)));
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
