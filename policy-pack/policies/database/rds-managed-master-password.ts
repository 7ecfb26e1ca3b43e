import { define } from "../../kernel/define.ts";
import type { ResourceCheck } from "../../kernel/definition.ts";
import type { Findings } from "../../kernel/findings.ts";
import { flag, list } from "../../kernel/params.ts";
import { has, property } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";
import { fits } from "../../kernel/urn.ts";
import { isReplica } from "../../reading/databases.ts";

const guessable = ["admin", "administrator", "postgres", "root"];

/** What a kind of database calls its password: where RDS keeps one, where the program does, and where it only writes one. */
interface Names<K> {
  readonly managed: K;
  readonly kept: K;
  readonly written: K;
}

function checks<P extends object>({
  managed,
  kept,
  written,
}: Names<keyof P & string>): readonly ResourceCheck<
  P,
  { readonly requireCmk: boolean; readonly writeOnly: readonly string[] }
>[] {
  return [
    (db, { name, params }) => {
      if (isReplica(db) || property(db, managed) === true) return undefined;
      if (has(db, written) && params.writeOnly.some((glob) => fits(glob, name))) return undefined;
      return `${managed} is not true: let RDS keep the password in Secrets Manager, or list the database in writeOnly and use ${written}.`;
    },
    (db) => has(db, kept) && `${kept} is set: remove it, or the password stands in the state.`,
    (db, { params }) =>
      params.requireCmk &&
      property(db, managed) === true &&
      !has(db, "masterUserSecretKmsKeyId") &&
      "masterUserSecretKmsKeyId is not set: name a key of the account.",
  ];
}

function naming(user: string | undefined): Findings {
  const isGuessable = user !== undefined && guessable.includes(user);
  return isGuessable && `the administrator is called ${user}: choose a name nobody guesses.`;
}

export const rdsManagedMasterPassword = define({
  name: "rds-managed-master-password",
  description: "The administrator's password is made, kept and rotated by AWS.",
  severity: "critical",
  controls: { fsbp: ["RDS.24", "RDS.25", "SecretsManager.1"] },
  remediation:
    "Set the Database component's masterPassword to managed; a source of read replicas goes into writeOnly, a list in the pack's levels.",
  params: {
    requireCmk: flag(true, "Whether the password must be encrypted with a named key."),
    writeOnly: list(
      [],
      "Globs on logical names of databases that may have a write-only password: RDS makes no read replicas of one whose password it manages.",
    ),
  },
  checks: {
    "aws:rds/instance:Instance": [
      ...checks<Props<"aws:rds/instance:Instance">>({
        managed: "manageMasterUserPassword",
        kept: "password",
        written: "passwordWo",
      }),
      ({ username }) => naming(username),
    ],
    "aws:rds/cluster:Cluster": [
      ...checks<Props<"aws:rds/cluster:Cluster">>({
        managed: "manageMasterUserPassword",
        kept: "masterPassword",
        written: "masterPasswordWo",
      }),
      ({ masterUsername }) => naming(masterUsername),
    ],
  },
});
