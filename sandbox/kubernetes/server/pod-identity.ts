import type { Properties } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { builtInKind } from "../kinds.ts";
import { findObject } from "./objects.ts";

const tokenVolume = "aws-iam-token";
const tokenFolder = "/var/run/secrets/eks.amazonaws.com/serviceaccount";

/**
 * What EKS writes into pods whose ServiceAccount names a role of IAM, so that they have its rights:
 * https://github.com/aws/amazon-eks-pod-identity-webhook
 */
export function withIdentity(cluster: Cluster, namespace: string, pod: unknown): unknown {
  const roleArn = roleOf(cluster, `${namespace}/${text(at(pod, "serviceAccountName")) ?? "default"}`);
  if (roleArn === undefined || !isRecord(pod)) return pod;
  const variables = {
    AWS_STS_REGIONAL_ENDPOINTS: "regional",
    AWS_DEFAULT_REGION: cluster.region,
    AWS_REGION: cluster.region,
    AWS_ROLE_ARN: roleArn,
    AWS_WEB_IDENTITY_TOKEN_FILE: `${tokenFolder}/token`,
  };
  const containers = ["initContainers", "containers"]
    .filter((group) => Array.isArray(pod[group]))
    .map((group) => [
      group,
      list(pod[group])
        .filter(isRecord)
        .map((one) => withVariables(one, variables)),
    ]);
  return { ...pod, ...Object.fromEntries(containers), volumes: [...list(pod.volumes), volume] };
}

function roleOf(cluster: Cluster, account: string): string | undefined {
  const kind = builtInKind("", "ServiceAccount");
  const found = kind && findObject(cluster, kind, account);
  const annotations = at(found?.inputs, "metadata.annotations");
  return isRecord(annotations) ? text(annotations["eks.amazonaws.com/role-arn"]) : undefined;
}

/** What the container says itself stays. */
function withVariables(container: Properties, variables: Readonly<Record<string, string>>): Properties {
  const own = list(container.env);
  const added = Object.entries(variables)
    .filter(([name]) => !own.some((variable) => at(variable, "name") === name))
    .map(([name, value]) => ({ name, value }));
  const mount = { name: tokenVolume, mountPath: tokenFolder, readOnly: true };
  return {
    ...container,
    env: [...own, ...added],
    volumeMounts: [...list(container.volumeMounts), mount],
  };
}

/** A token for STS that is renewed every day. */
const volume: Properties = {
  name: tokenVolume,
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { audience: "sts.amazonaws.com", expirationSeconds: 86_400, path: "token" } },
    ],
  },
};
