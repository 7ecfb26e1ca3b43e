import type { Input } from "@pulumi/pulumi";

/** Name of the store in the services' namespace through which they read Secrets Manager. */
export const secretStoreName = "aws-secrets-manager";

/** Group and version of external-secrets' resources. */
export const externalSecretsApi = "external-secrets.io/v1";

/** A Secret to be, by its name, and from where each of its keys comes. */
interface Secrets {
  readonly name: string;
  readonly secrets: Readonly<
    Record<string, { readonly secret: Input<string>; readonly property?: string | undefined }>
  >;
}

/** What the store says: Secrets Manager of one region, read with the role of external-secrets itself. */
export function describeSecretStore(region: Input<string>): object {
  return { provider: { aws: { service: "SecretsManager", region } } };
}

/** One Kubernetes Secret for a service, renewed every hour. Pods read it at their start: restart them after a rotation. */
export function describeExternalSecret({ name, secrets }: Secrets): object {
  return {
    refreshInterval: "1h",
    secretStoreRef: { kind: "SecretStore", name: secretStoreName },
    target: { name, creationPolicy: "Owner", deletionPolicy: "Retain" },
    data: Object.entries(secrets).map(([variable, { secret, property }]) => ({
      secretKey: variable,
      remoteRef: { key: secret, ...(property === undefined ? {} : { property }) },
    })),
  };
}
