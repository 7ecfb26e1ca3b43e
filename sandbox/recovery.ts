import type { AccountView, Properties, Stored } from "./model.ts";
import { at, isRecord, list, text } from "./values.ts";

/** A creation of which the engine never heard the end. */
export interface Pending {
  readonly urn: string;
  /** The id of what exists; `undefined` when nothing was made. */
  readonly id: string | undefined;
}

/** What an interrupted run has left in the account that the engine's state does not know. */
export interface Leftovers {
  readonly pending: readonly Pending[];
  /** What was made and forgotten: the engine takes a creation as failed when the provider dies before it can answer. */
  readonly orphans: readonly Stored[];
}

function pendingOf(exported: unknown): readonly Properties[] {
  return list(at(exported, "deployment.pending_operations"))
    .filter(isRecord)
    .filter(({ type }) => type === "creating")
    .flatMap(({ resource }) => (isRecord(resource) ? [resource] : []));
}

/**
 * Compares the engine's state with the account, as an operator does at AWS by names and tags.
 * @param exported what `pulumi stack export` prints.
 */
export function leftoversOf(exported: unknown, account: AccountView): Leftovers {
  const resources = list(at(exported, "deployment.resources")).filter(isRecord);
  const known = new Set(resources.map(({ urn, id }) => `${text(urn) ?? ""} ${text(id) ?? ""}`));
  const unknown = [...account.everything()].filter(({ urn, id }) => urn !== "" && !known.has(`${urn} ${id}`));
  const pending = pendingOf(exported).map(({ urn }) => ({
    urn: text(urn) ?? "",
    id: unknown.find((thing) => thing.urn === urn)?.id,
  }));
  const expected = new Set(pending.map(({ urn }) => urn));
  return { pending, orphans: unknown.filter(({ urn }) => !expected.has(urn)) };
}

/**
 * The state without pending operations: what exists is a resource, whose outputs the next refresh fills in. The engine's own
 * `--import-pending-creates` only forgets them (3.259: nothing reads the operations that it marks).
 */
export function mended(exported: unknown, { pending }: Leftovers): Properties {
  const ids = new Map(pending.map(({ urn, id }) => [urn, id]));
  const adopted = pendingOf(exported).flatMap((resource) => {
    const id = ids.get(text(resource.urn) ?? "");
    return id === undefined ? [] : [{ ...resource, id }];
  });
  const deployment = at(exported, "deployment");
  return {
    ...(isRecord(exported) ? exported : {}),
    deployment: {
      ...(isRecord(deployment) ? deployment : {}),
      resources: [...list(at(deployment, "resources")), ...adopted],
      pending_operations: [],
    },
  };
}
