import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Where in a Secret the generated password goes. */
export const passwordPlaceholder = "{{ .password }}";

/** A Secret with a password that only the cluster knows. */
export interface GeneratedSecretArgs {
  readonly namespace: pulumi.Input<string>;
  /** Name of the Secret; generator and external secret share it. */
  readonly secretName: string;
  /**
   * Type of the Secret.
   * @default "Opaque"
   */
  readonly type?: string;
  /** Content by key; {@link passwordPlaceholder} stands for the password. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * A Secret whose password External Secrets makes up inside the cluster, once. No program, state, chart value or log ever
 * holds it; deleting the Secret makes a new one.
 */
export class GeneratedSecret extends pulumi.ComponentResource {
  public readonly secretName: string;

  public constructor(name: string, args: GeneratedSecretArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:GeneratedSecret", name, args, opts);
    const metadata = { name: args.secretName, namespace: args.namespace };

    const generator = new k8s.apiextensions.CustomResource(
      `${name}-generator`,
      {
        apiVersion: "generators.external-secrets.io/v1alpha1",
        kind: "Password",
        metadata,
        // Letters and digits only: it is passed through environments, templates and addresses.
        spec: { length: 32, digits: 8, symbols: 0, noUpper: false, allowRepeat: true },
      },
      { parent: this },
    );
    new k8s.apiextensions.CustomResource(
      name,
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata,
        spec: {
          refreshPolicy: "CreatedOnce",
          target: {
            name: args.secretName,
            template: { type: args.type ?? "Opaque", data: args.data },
          },
          dataFrom: [
            {
              sourceRef: {
                generatorRef: {
                  apiVersion: "generators.external-secrets.io/v1alpha1",
                  kind: "Password",
                  name: args.secretName,
                },
              },
            },
          ],
        },
      },
      { parent: this, dependsOn: generator },
    );

    this.secretName = args.secretName;
    this.registerOutputs({ secretName: this.secretName });
  }
}
