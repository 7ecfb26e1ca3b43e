import type { Key } from "./plan.ts";
import { derive, ref } from "./plan.ts";

const execApi = "client.authentication.k8s.io/v1beta1";

/**
 * How kubectl and the Kubernetes provider reach the cluster: with a token that the AWS command line fetches, so it holds no secret:
 * https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export function kubeconfigOf(cluster: Key): unknown {
  const about = [
    ref(cluster, "name"),
    ref(cluster, "endpoint"),
    ref(cluster, "certificateAuthority.data"),
    ref(cluster, "arn"),
  ];
  return derive(about, (name, server, authority, arn) => ({
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
            args: ["--region", regionOf(arn), "eks", "get-token", "--cluster-name", name, "--output", "json"],
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
