import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { flag } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";

const guessable = ["admin", "administrator", "postgres", "root"];

/** What both kinds of database say about their administrator's password. */
interface Administrator {
  readonly managed: boolean | undefined;
  /** Names of the inputs for a password of the program's own: one that the state keeps, one that is only written. */
  readonly kept: string;
  readonly written: string;
}

function keeping(db: object, { managed, kept, written }: Administrator, requireCmk: boolean): Findings {
  return [
    managed !== true &&
      !has(db, written) &&
      `manageMasterUserPassword is not true: let RDS keep the password in Secrets Manager, or where it cannot, use ${written}.`,
    has(db, kept) && `${kept} is set: remove it, or the password stands in the state.`,
    managed === true &&
      requireCmk &&
      !has(db, "masterUserSecretKmsKeyId") &&
      "masterUserSecretKmsKeyId is not set: name a key of the account.",
  ];
}

function naming(user: string | undefined): Findings {
  const isGuessable = user !== undefined && guessable.includes(user);
  return isGuessable && `the administrator is called ${user}: choose a name nobody guesses.`;
}

/**
 * RDS cannot manage the password of an instance that replicas read from (RDS User Guide, "Password management with Amazon RDS and AWS
 * Secrets Manager", limitations): there a write-only password takes its place.
 */
export const rdsManagedMasterPassword = define({
  name: "rds-managed-master-password",
  description: "The administrator's password is managed by AWS, or at least kept out of the state.",
  severity: "critical",
  controls: { fsbp: ["RDS.24", "RDS.25", "SecretsManager.1"] },
  remediation: "Use the Database component, which chooses between the two ways.",
  params: { requireCmk: flag(true, "Whether the password must be encrypted with a named key.") },
  checks: {
    "aws:rds/instance:Instance": [
      (db, { params }) => {
        if (has(db, "replicateSourceDb")) return undefined;
        const { manageMasterUserPassword: managed } = db;
        return keeping(db, { managed, kept: "password", written: "passwordWo" }, params.requireCmk);
      },
      ({ username }) => naming(username),
    ],
    "aws:rds/cluster:Cluster": [
      (db, { params }) => {
        const { manageMasterUserPassword: managed } = db;
        return keeping(
          db,
          { managed, kept: "masterPassword", written: "masterPasswordWo" },
          params.requireCmk,
        );
      },
      ({ masterUsername }) => naming(masterUsername),
    ],
  },
});
