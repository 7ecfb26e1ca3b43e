import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, text } from "../../values.ts";
import type { PatchOptions } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { sealed } from "../secrets.ts";
import { conflictWith, overlaid } from "./fields.ts";
import type { Applied } from "./fields.ts";

/** Where the maker of an object is among its managers. */
const maker = "";

/** The name that the provider gives the manager of what it creates. */
const makerName = "pulumi-kubernetes";

/** The object that is patched: its token and its id. */
type Target = Pick<Stored, "token" | "id">;

function patchesKey({ token, id }: Target): string {
  return `applied to ${token} ${id}`;
}

/** What each manager has applied to an object that several have, its maker first. */
function recordsOf(cluster: Cluster, target: Target): readonly Stored[] {
  return namedIn(cluster, patchesKey(target));
}

/** What the maker of an object asked for, without what others have patched. */
export function askedFor(cluster: Cluster, thing: Stored): Properties {
  return recordsOf(cluster, thing).find(({ within }) => within === maker)?.inputs ?? thing.inputs;
}

/** What its maker wants of an object, with what others have patched. @throws Refusal where they want other values of the same fields */
export function withPatches(cluster: Cluster, target: Target, object: Properties): Properties {
  const patches = recordsOf(cluster, target).filter(({ within }) => within !== maker);
  refuseConflict(patches.map(appliedOf), object);
  return combined(object, patches);
}

/** Keeps what the maker of a patched object wants of it. */
export function rememberMaker(cluster: Cluster, target: Target, object: Properties): void {
  if (recordsOf(cluster, target).length > 0)
    keep(cluster, target, { owner: maker, manager: makerName, object });
}

/** One manager's patch to an object. */
export interface Patch extends PatchOptions {
  readonly object: Properties;
}

/** The object with the patch, in place of the one that the same owner applied before. @throws Refusal for a conflict */
export function patched(cluster: Cluster, thing: Stored, { owner, object, force }: Patch): Properties {
  const made = askedFor(cluster, thing);
  const foreign = recordsOf(cluster, thing).filter(({ within }) => within !== maker && within !== owner);
  if (!force) refuseConflict([{ manager: makerName, object: made }, ...foreign.map(appliedOf)], object);
  return asRecord(overlaid(combined(made, foreign), object));
}

/** Keeps a patch, and what the maker of the object wants of it. */
export function rememberPatch(cluster: Cluster, target: Target, made: Properties, patch: Patch): void {
  keep(cluster, target, { owner: maker, manager: makerName, object: made });
  keep(cluster, target, patch);
}

/** The object without the patch of that owner. */
export function unpatched(cluster: Cluster, thing: Stored, owner: string): Properties {
  const left = recordsOf(cluster, thing).filter(({ within }) => within !== maker && within !== owner);
  return combined(askedFor(cluster, thing), left);
}

/** Forgets the patch of that owner. */
export function forgetPatch(cluster: Cluster, target: Target, owner: string): void {
  const records = recordsOf(cluster, target);
  const isLast = records.every(({ within }) => within === maker || within === owner);
  for (const record of records) if (isLast || record.within === owner) cluster.account.remove(record);
}

function combined(made: Properties, patches: readonly Stored[]): Properties {
  return patches.reduce((below, { inputs }) => asRecord(overlaid(below, inputs)), made);
}

/** Forgets what was applied to an object that is gone. */
export function forgetPatches(cluster: Cluster, target: Target): void {
  for (const record of recordsOf(cluster, target)) cluster.account.remove(record);
}

/** True where the owner has patched it. */
export function isPatchedBy(cluster: Cluster, target: Target, owner: string): boolean {
  return recordsOf(cluster, target).some(({ within }) => within === owner);
}

function appliedOf({ inputs, state }: Stored): Applied {
  return { manager: text(state.manager) ?? makerName, object: inputs };
}

function refuseConflict(others: readonly Applied[], object: Properties): void {
  const conflict = conflictWith(others, object);
  if (conflict !== undefined) throw new Refusal("Conflict", conflict);
}

function keep(
  cluster: Cluster,
  target: Target,
  { owner, manager, object }: Pick<Patch, "manager" | "object" | "owner">,
): void {
  cluster.account.put({
    scope: cluster.scope,
    token: `${target.token}Patch`,
    id: target.id,
    within: owner,
    urn: owner,
    inputs: sealed(object),
    state: { manager },
    keys: [patchesKey(target)],
  });
}

function asRecord(value: unknown): Properties {
  return isRecord(value) ? value : {};
}
