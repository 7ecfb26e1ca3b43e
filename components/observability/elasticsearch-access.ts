import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { elasticsearch, namespaces } from "./addresses.ts";
import { describeRole, userSecretName } from "./elasticsearch-users.ts";
import type { ElasticsearchUser } from "./elasticsearch-users.ts";
import { GeneratedSecret, passwordPlaceholder } from "./generated-secret.ts";

/** Who gets access to Elasticsearch. */
export interface ElasticsearchAccessArgs {
  readonly users: readonly ElasticsearchUser[];
}

const storeName = "elasticsearch-users";
const readerName = "elasticsearch-users-reader";

/**
 * Gives each user of Elasticsearch a password of its own that is made inside the cluster, and brings it, with the authority
 * that signs Elasticsearch's certificate, to the user's namespace.
 *
 * The Secrets are made where Elasticsearch runs, which is where its operator looks for them. A store that can read exactly
 * these, and only for the users' namespaces, lets External Secrets copy them and keep the copies fresh when the authority
 * changes.
 */
export class ElasticsearchAccess extends pulumi.ComponentResource {
  public constructor(name: string, args: ElasticsearchAccessArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:ElasticsearchAccess", name, args, opts);
    const child = { parent: this };

    const made = args.users.map(
      (user) =>
        new GeneratedSecret(
          `${name}-${user.name}`,
          {
            namespace: namespaces.logging,
            secretName: userSecretName(user),
            // The operator takes user and role from a Secret of this type (ECK guide, "Users and roles").
            type: "kubernetes.io/basic-auth",
            data: {
              username: user.name,
              password: passwordPlaceholder,
              roles: user.name,
              "roles.yml": describeRole(user),
            },
          },
          child,
        ),
    );
    const store = createStore(`${name}-store`, args.users, { ...child, dependsOn: made });
    for (const user of args.users) {
      new k8s.apiextensions.CustomResource(`${name}-${user.name}-copy`, describeCopy(user), {
        ...child,
        dependsOn: store,
      });
    }

    this.registerOutputs({});
  }
}

/** The store, and the account by which it reads these Secrets and no other. */
function createStore(
  name: string,
  users: readonly ElasticsearchUser[],
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const metadata = { name: readerName, namespace: namespaces.logging };
  const account = new k8s.core.v1.ServiceAccount(
    `${name}-account`,
    { metadata, automountServiceAccountToken: false },
    opts,
  );
  const role = new k8s.rbac.v1.Role(
    `${name}-role`,
    {
      metadata,
      rules: [
        {
          apiGroups: [""],
          resources: ["secrets"],
          resourceNames: [...users.map(userSecretName), elasticsearch.authoritySecret],
          verbs: ["get"],
        },
      ],
    },
    opts,
  );
  const binding = new k8s.rbac.v1.RoleBinding(
    `${name}-binding`,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: readerName },
      subjects: [{ kind: "ServiceAccount", ...metadata }],
    },
    { ...opts, dependsOn: [account, role] },
  );

  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ClusterSecretStore",
      metadata: { name: storeName },
      spec: {
        conditions: [{ namespaces: users.map(({ namespace }) => namespace) }],
        provider: {
          kubernetes: {
            remoteNamespace: namespaces.logging,
            server: {
              // Kubernetes puts its own authority into every namespace under this name.
              caProvider: { type: "ConfigMap", ...metadata, name: "kube-root-ca.crt", key: "ca.crt" },
            },
            auth: { serviceAccount: metadata },
          },
        },
      },
    },
    { ...opts, dependsOn: binding },
  );
}

/** Copies user name, password and authority into one Secret in the user's namespace. */
function describeCopy(user: ElasticsearchUser): k8s.apiextensions.CustomResourceArgs {
  const metadata = { name: userSecretName(user), namespace: user.namespace };
  const from = (key: string, property: string): object => ({
    secretKey: property,
    remoteRef: { key, property },
  });
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata,
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: storeName },
      target: { name: metadata.name },
      data: [
        from(metadata.name, "username"),
        from(metadata.name, "password"),
        from(elasticsearch.authoritySecret, "ca.crt"),
      ],
    },
  };
}
