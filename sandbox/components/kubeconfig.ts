import { isSaid } from "./arguments.ts";
import { at, derive } from "./plan.ts";

const execApi = "client.authentication.k8s.io/v1beta1";

/** As whom the AWS command line asks for the token. */
export interface Identity {
  /** A role that it takes on. @default none */
  readonly roleArn?: unknown;
  /** A profile of its configuration. @default its own credentials */
  readonly profileName?: unknown;
}

/**
 * How kubectl and the Kubernetes provider reach the cluster: with a token that the AWS command line fetches, so it holds no secret:
 * https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export function kubeconfigOf(cluster: unknown, { roleArn, profileName }: Identity = {}): unknown {
  const about = [
    at(cluster, "name"),
    at(cluster, "endpoint"),
    at(cluster, "certificateAuthority.data"),
    at(cluster, "arn"),
    roleArn,
    profileName,
  ];
  return derive(about, (name, server, authority, arn, role, profile) => ({
    apiVersion: "v1",
    clusters: [{ cluster: { server, "certificate-authority-data": authority }, name: "kubernetes" }],
    contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
    "current-context": "aws",
    kind: "Config",
    users: [
      {
        name: "aws",
        user: {
          exec: {
            apiVersion: execApi,
            command: "aws",
            args: [
              ...["--region", regionOf(arn), "eks", "get-token", "--cluster-name", name, "--output", "json"],
              ...(isSaid(role) ? ["--role", role] : []),
              ...(isSaid(profile) ? ["--profile", profile] : []),
            ],
            env: [{ name: "KUBERNETES_EXEC_INFO", value: `{"apiVersion": "${execApi}"}` }],
          },
        },
      },
    ],
  }));
}

/** An ARN says its region in the fourth place. */
function regionOf(arn: unknown): string | undefined {
  return typeof arn === "string" ? arn.split(":")[3] : undefined;
}
