import { at, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { builtInKind } from "../kinds.ts";
import { inNamespaceKey } from "./objects.ts";
import { objectExists } from "./standing.ts";

/** True where the cluster has an object of one of Kubernetes' own kinds, by its id. */
export function exists(cluster: Cluster, group: string, kind: string, id: string): boolean {
  const known = builtInKind(group, kind);
  return known !== undefined && objectExists(cluster, known, id);
}

/** Where the custom resources that make Secrets say the name of the one that they make. */
const makersOfSecrets: Readonly<Record<string, readonly string[]>> = {
  Certificate: ["spec.secretName"],
  ExternalSecret: ["spec.target.name", "metadata.name"],
  KafkaUser: ["metadata.name"],
};

/**
 * True where a Secret is there, or a controller of the cluster will make it. In a namespace with a release any name may be the chart's:
 * the sandbox renders no templates.
 */
export function secretExists(cluster: Cluster, namespace: string, name: string): boolean {
  return exists(cluster, "", "Secret", `${namespace}/${name}`) || mayBeMade(cluster, namespace, name);
}

/** The same for a ConfigMap. */
export function configMapExists(cluster: Cluster, namespace: string, name: string): boolean {
  return exists(cluster, "", "ConfigMap", `${namespace}/${name}`) || hasRelease(cluster, namespace);
}

function mayBeMade(cluster: Cluster, namespace: string, name: string): boolean {
  if (hasRelease(cluster, namespace)) return true;
  return namedIn(cluster, inNamespaceKey(namespace)).some(({ inputs }) => {
    // The operator of Elastic names every Secret after its resource: https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s
    if (text(inputs.apiVersion)?.includes(".k8s.elastic.co/") === true)
      return name.startsWith(`${text(at(inputs, "metadata.name")) ?? ""}-`);
    const [made] = (makersOfSecrets[text(inputs.kind) ?? ""] ?? []).flatMap(
      (path) => text(at(inputs, path)) ?? [],
    );
    return made === name;
  });
}

function hasRelease(cluster: Cluster, namespace: string): boolean {
  return namedIn(cluster, inNamespaceKey(namespace)).some(({ token }) =>
    token.startsWith("kubernetes:helm.sh/"),
  );
}
