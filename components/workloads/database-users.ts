import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess, DatabaseStore } from "../contracts.ts";
import { rootCertificateIn } from "../database/authorities.ts";
import { Namespace } from "../kubernetes/namespace.ts";
import { reachBlocks } from "../kubernetes/traffic.ts";
import {
  describeExternalSecret,
  describeSecretStore,
  externalSecretsApi,
  secretStoreName,
} from "./describe-secrets.ts";
import type { PodContext } from "./pod-context.ts";
import { labelsOf } from "./selectors.ts";
import { describeOwner, describeRun, describeRunFiles, nameRun, runName } from "./describe-database-users.ts";
import type { DatabaseUser } from "./plan-database-users.ts";

/** Whose users are made, and where. */
export interface DatabaseUsersArgs {
  /** Nobody else keeps the right to sign in that an earlier run gave. */
  readonly users: readonly DatabaseUser[];
  /** PostgreSQL's client, where it is not the pinned one. */
  readonly image: string | undefined;
  readonly database: DatabaseStore;
  readonly cluster: ClusterAccess;
  readonly vpcCidr: string;
  readonly place: PodContext["place"];
}

/** Room for a run and for what is left of one that was given up. */
const quota = { pods: 4, cpu: "1", memory: "1Gi" } as const;

/**
 * The users of the database: one for each service that names it, made before the service starts, again whenever the list changes. It
 * runs where no team may look, since it signs in as the database's owner, over TLS and only to the instance whose certificate it knows.
 */
export class DatabaseUsers extends pulumi.ComponentResource {
  /** There once all of them can sign in. */
  public readonly made: pulumi.Resource;

  public constructor(name: string, args: DatabaseUsersArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:DatabaseUsers", name, { users: args.users }, opts);
    const { cluster, database, place } = args;
    const child = { parent: this, provider: cluster.kubernetes };

    const home = new Namespace(
      `${name}-namespace`,
      {
        name: runName,
        owner: "platform",
        quota,
        traffic: { database: reachBlocks([args.vpcCidr], [database.port]) },
      },
      { ...child, dependsOn: [...cluster.foundation, cluster.controllers.secrets] },
    );
    const own = (called: string): k8s.types.input.meta.v1.ObjectMeta => ({
      name: called,
      namespace: home.namespaceName,
      labels: labelsOf(runName),
    });
    const run = nameRun(args);

    const account = new k8s.core.v1.ServiceAccount(
      name,
      { metadata: own(runName), automountServiceAccountToken: false },
      child,
    );
    const files = new k8s.core.v1.ConfigMap(
      name,
      { metadata: own(run), immutable: true, data: describeRunFiles(place.apply(certificateIn)) },
      child,
    );
    const secret = readOwner(name, { ...args, run, own }, child);
    this.made = new k8s.batch.v1.Job(
      name,
      { metadata: own(run), spec: describeRun(args, { place }) },
      { ...child, dependsOn: [...home.fences, account, files, secret] },
    );
    this.registerOutputs({});
  }
}

/** The owner's name and password, brought in anew for each run: none begins with a password that RDS has replaced since. */
function readOwner(
  name: string,
  {
    run,
    own,
    database,
    place,
  }: Pick<DatabaseUsersArgs, "database" | "place"> & {
    readonly run: string;
    readonly own: (called: string) => k8s.types.input.meta.v1.ObjectMeta;
  },
  child: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const store = new k8s.apiextensions.CustomResource(
    `${name}-secret-store`,
    {
      apiVersion: externalSecretsApi,
      kind: "SecretStore",
      metadata: own(secretStoreName),
      spec: describeSecretStore(place.apply(({ region }) => region)),
    },
    child,
  );
  return new k8s.apiextensions.CustomResource(
    `${name}-owner`,
    {
      apiVersion: externalSecretsApi,
      kind: "ExternalSecret",
      metadata: own(run),
      spec: describeExternalSecret({ name: run, secrets: describeOwner(database.secretArn) }),
    },
    { ...child, dependsOn: [store] },
  );
}

/** @throws Error for a region that the rules on settings refuse. */
function certificateIn({ region }: { readonly region: string }): string {
  const certificate = rootCertificateIn(region);
  if (certificate === undefined) throw new Error(`there is no certificate of ${region}'s databases`);
  return certificate;
}
