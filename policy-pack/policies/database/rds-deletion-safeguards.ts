import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { has } from "../../kernel/read.ts";
import { isReplica } from "../../reading/databases.ts";

interface Kept {
  readonly copyTagsToSnapshot?: boolean | undefined;
  readonly deleteAutomatedBackups?: boolean | undefined;
  readonly deletionProtection?: boolean | undefined;
  readonly skipFinalSnapshot?: boolean | undefined;
}

function deletable({ deletionProtection }: Kept): Findings {
  return deletionProtection !== true && "deletionProtection is not true: set it.";
}

function withoutSnapshot(db: Kept): Findings {
  if (db.skipFinalSnapshot === true)
    return "skipFinalSnapshot is true: set it to false, or its last state goes with the database.";
  return (
    !has(db, "finalSnapshotIdentifier") && "finalSnapshotIdentifier is not set: name the final snapshot."
  );
}

/** AWS's own default is to delete them. */
function withoutBackups({ deleteAutomatedBackups }: Kept): Findings {
  return (
    deleteAutomatedBackups !== false &&
    "deleteAutomatedBackups is not false: set it, or the backups go with the database."
  );
}

function withoutTags({ copyTagsToSnapshot }: Kept): Findings {
  return copyTagsToSnapshot !== true && "copyTagsToSnapshot is not true: set it, or snapshots are nobody's.";
}

/** A replica can be made again from its source. */
function ofSource(check: (db: Kept) => Findings): (db: Kept) => Findings {
  return (db) => !isReplica(db) && check(db);
}

export const rdsDeletionSafeguards = define({
  name: "rds-deletion-safeguards",
  description: "Deleting a database takes a decision, and leaves its data behind.",
  severity: "high",
  controls: {
    fsbp: ["RDS.7", "RDS.8", "RDS.16", "RDS.17"],
    ckv: ["CKV_AWS_139", "CKV_AWS_293", "CKV2_AWS_60"],
  },
  remediation: "Set the Database component's protect.",
  checks: {
    "aws:rds/instance:Instance": [
      ofSource(deletable),
      ofSource(withoutSnapshot),
      ofSource(withoutBackups),
      withoutTags,
    ],
    "aws:rds/cluster:Cluster": [deletable, withoutSnapshot, withoutBackups, withoutTags],
  },
});
