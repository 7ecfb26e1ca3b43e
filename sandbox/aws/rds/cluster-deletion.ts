import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { Made } from "../behaviour.ts";

/** What differs between the services that have clusters as RDS has them. */
export interface Wording {
  readonly snapshotToken: string;
  /** What the provider says where a final snapshot has no name. */
  readonly unnamed: string;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html, and the same of DocumentDB. */
export function keepCluster(
  thing: Stored,
  holders: readonly Stored[],
  account: AccountView,
  wording: Wording,
): void {
  if (thing.state.deletionProtection === true) {
    throw new Refusal(
      "InvalidParameterCombination",
      "Cannot delete protected Cluster, please disable deletion protection and try again.",
    );
  }
  if (thing.state.skipFinalSnapshot !== true) refuseFinalSnapshot(thing, account, wording);
  if (!holders.some(({ state }) => state.clusterIdentifier === thing.id)) return;
  throw new Refusal(
    "InvalidDBClusterStateFault",
    "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
  );
}

/** The provider itself asks for a name, and the service for one that is free. */
function refuseFinalSnapshot(
  { state, scope }: Stored,
  account: AccountView,
  { snapshotToken, unnamed }: Wording,
): void {
  const snapshot = text(state.finalSnapshotIdentifier);
  if (snapshot === undefined) throw new Refusal("MissingParameter", unnamed);
  if (account.find(snapshotToken, snapshot, scope) === undefined) return;
  throw new Refusal(
    "DBClusterSnapshotAlreadyExistsFault",
    `Cannot create the cluster snapshot because one with the identifier ${snapshot} already exists.`,
  );
}

/** The final snapshot, which is left. */
export function snapshotOf({ state, id }: Stored, snapshotToken: string): readonly Made[] {
  const snapshot = text(state.finalSnapshotIdentifier);
  if (state.skipFinalSnapshot === true || snapshot === undefined) return [];
  return [{ token: snapshotToken, id: snapshot, state: { dbClusterIdentifier: id } }];
}
