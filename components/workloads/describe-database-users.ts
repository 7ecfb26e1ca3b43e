import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";

import { priorityClasses } from "../eks-cluster/priorities.ts";
import { images } from "../../versions.ts";
import type { DatabaseStore } from "../contracts.ts";
import { describeImage, describeUser, restrictedContainer } from "./describe-container.ts";
import type { PodContext } from "./pod-context.ts";
import { labelsOf } from "./selectors.ts";
import type { DatabaseUser } from "./plan-database-users.ts";

/** What the run and everything of it is called: its namespace, its account, and the beginning of its other objects' names. */
export const runName = "database-users";

/** Where the run finds its files. */
const folder = `/etc/${runName}`;

/** The statements, for any list of users. */
const script = readFileSync(join(import.meta.dirname, "database-users.sql"), "utf8");

/** Whose users are made, where, and with which client. */
export interface DatabaseRun {
  readonly users: readonly DatabaseUser[];
  readonly database: Pick<DatabaseStore, "endpoint" | "port" | "databaseName">;
  /**
   * PostgreSQL's client.
   * @default the image pinned in `versions.ts`
   */
  readonly image?: string | undefined;
}

/** Name of one run's objects: another list of users, other statements or another client are another run. */
export function nameRun({ users, image }: Pick<DatabaseRun, "users" | "image">): string {
  const content = JSON.stringify({ users, image: image ?? images.psql, script });
  return `${runName}-${createHash("sha256").update(content).digest("hex").slice(0, 10)}`;
}

/** What the run reads: its statements, and the certificate by which it knows the database. */
export function describeRunFiles(rootCertificate: Input<string>): Record<string, Input<string>> {
  return { "users.sql": script, "authority.pem": rootCertificate };
}

/** The owner's name and password, as variables of PostgreSQL's client; RDS keeps both in its secret. */
export function describeOwner(
  secretArn: Input<string>,
): Record<string, { secret: Input<string>; property: string }> {
  return {
    PGUSER: { secret: secretArn, property: "username" },
    PGPASSWORD: { secret: secretArn, property: "password" },
  };
}

/**
 * One run of PostgreSQL's client as the database's owner, tried again while the database is away, and given up before Pulumi stops
 * waiting for it. The password is a variable of the container and stands nowhere else.
 */
export function describeRun(
  run: DatabaseRun,
  context: Pick<PodContext, "place">,
): types.input.batch.v1.JobSpec {
  const name = nameRun(run);
  return {
    backoffLimit: 5,
    activeDeadlineSeconds: 540,
    template: {
      metadata: { labels: labelsOf(runName) },
      spec: {
        serviceAccountName: runName,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: "Never",
        securityContext: describeUser(10001),
        // Services wait for it, the critical ones too.
        priorityClassName: priorityClasses.critical.name,
        containers: [describeClient(run, name, context)],
        volumes: [{ name: "files", configMap: { name } }],
      },
    },
  };
}

function describeClient(
  { users, database, image }: DatabaseRun,
  secret: string,
  context: Pick<PodContext, "place">,
): types.input.core.v1.Container {
  const plain = {
    PGHOST: database.endpoint,
    PGPORT: String(database.port),
    PGDATABASE: database.databaseName,
    PGSSLMODE: "verify-full",
    PGSSLROOTCERT: `${folder}/authority.pem`,
    PGCONNECT_TIMEOUT: "10",
    PGAPPNAME: runName,
  };
  return {
    name: "psql",
    image: describeImage(image ?? images.psql, context),
    imagePullPolicy: "IfNotPresent",
    command: ["psql"],
    args: [
      "--no-psqlrc",
      "--quiet",
      "--set=ON_ERROR_STOP=1",
      `--set=users=${JSON.stringify(users)}`,
      `--file=${folder}/users.sql`,
    ],
    env: [
      ...Object.entries(plain).map(([name, value]) => ({ name, value })),
      ...Object.keys(describeOwner("")).map((name) => ({
        name,
        valueFrom: { secretKeyRef: { name: secret, key: name } },
      })),
    ],
    resources: {
      requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "16Mi" },
      limits: { memory: "128Mi", "ephemeral-storage": "32Mi" },
    },
    securityContext: restrictedContainer,
    volumeMounts: [{ name: "files", mountPath: folder, readOnly: true }],
  };
}
