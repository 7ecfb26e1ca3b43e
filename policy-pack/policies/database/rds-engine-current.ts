import { define } from "../../kernel/define.ts";
import type { ResourceCheck } from "../../kernel/definition.ts";
import { list } from "../../kernel/params.ts";
import { isReplica } from "../../reading/databases.ts";

interface Engine {
  readonly autoMinorVersionUpgrade?: boolean | undefined;
  readonly engine?: string | undefined;
  readonly engineLifecycleSupport?: string | undefined;
  readonly engineVersion?: string | undefined;
}

type Check = ResourceCheck<Engine, { readonly engines: readonly string[] }>;

/** What AWS turns on where nothing is said: three years of paid support for a version that its makers have given up. */
const extended = "open-source-rds-extended-support";

const known: Check = (db, { params: { engines } }) => {
  if (isReplica(db)) return undefined;
  const { engine = "", engineVersion: version } = db;
  if (version === undefined)
    return "engineVersion is not set, so AWS chooses: name the major version, such as 17.";
  const given = `${engine}:${version}`;
  return (
    !engines.some((entry) => given === entry || given.startsWith(`${entry}.`)) &&
    `engine ${engine} ${version} is not one of ${engines.join(", ")}: upgrade it, or add it to engines.`
  );
};

const patched: Check = ({ autoMinorVersionUpgrade }) =>
  autoMinorVersionUpgrade === false &&
  "autoMinorVersionUpgrade is false: leave it unset, or security fixes wait for somebody.";

const leaves: Check = (db) => {
  const { engineLifecycleSupport: support = extended } = db;
  return (
    support === extended &&
    !isReplica(db) &&
    `engineLifecycleSupport is ${extended}: use ${extended}-disabled, or a forgotten upgrade is paid by the hour.`
  );
};

export const rdsEngineCurrent = define({
  name: "rds-engine-current",
  description: "Engines are of a version that is still mended, and mend themselves.",
  severity: "medium",
  controls: { fsbp: ["RDS.13", "RDS.35"], cis: ["2.3.2"], ckv: ["CKV_AWS_226", "CKV_AWS_250"] },
  remediation: "Raise the Database component's engineVersion; see the runbook on upgrading the database.",
  params: {
    engines: list(
      [
        ...["postgres:15", "postgres:16", "postgres:17", "postgres:18"],
        ...["aurora-postgresql:15", "aurora-postgresql:16", "aurora-postgresql:17"],
        ...["mysql:8.4", "aurora-mysql:8.0", "mariadb:10.11", "mariadb:11.4", "mariadb:11.8"],
      ],
      "Engines with major versions in standard support, as engine:version.",
    ),
  },
  checks: {
    "aws:rds/instance:Instance": [known, patched, leaves],
    "aws:rds/cluster:Cluster": [known, leaves],
    "aws:rds/clusterInstance:ClusterInstance": [patched],
  },
});
