import type { Properties } from "../../model.ts";
import type { Cluster } from "../cluster.ts";
import type { Kind } from "../kinds.ts";
import { resourceOf } from "../kinds.ts";
import { findObject, namespaceExists, systemNamespaces } from "./objects.ts";

/** A workload that EKS puts into every cluster, of which no more is known than its names. */
function workload(name: string, containers: readonly string[]): Properties {
  const labels = { "k8s-app": name };
  const spec = { containers: containers.map((container) => ({ name: container, image: container })) };
  return { spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } };
}

type Bodies = Readonly<Record<string, Readonly<Record<string, Properties>>>>;

/** What every cluster of EKS has, by resource, then id. */
const always: Bodies = {
  "storageclasses.storage.k8s.io": {
    // https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html
    gp2: {
      provisioner: "kubernetes.io/aws-ebs",
      parameters: { type: "gp2", fsType: "ext4" },
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
    },
  },
  services: {
    "default/kubernetes": { spec: { ports: [{ name: "https", port: 443, targetPort: 443 }] } },
  },
};

/**
 * What a cluster has unless it was made without add-ons; it can be looked at and patched, and is in nobody's way:
 * https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
const atFirst: Bodies = {
  services: {
    "kube-system/kube-dns": {
      spec: {
        selector: { "k8s-app": "kube-dns" },
        ports: ["UDP", "TCP"].map((protocol) => ({
          name: protocol === "UDP" ? "dns" : "dns-tcp",
          port: 53,
          protocol,
        })),
      },
    },
  },
  "daemonsets.apps": {
    "kube-system/aws-node": workload("aws-node", ["aws-node", "aws-eks-nodeagent"]),
    "kube-system/kube-proxy": workload("kube-proxy", ["kube-proxy"]),
  },
  "deployments.apps": { "kube-system/coredns": workload("kube-dns", ["coredns"]) },
};

/** Objects that Kubernetes itself keeps in each namespace. */
const inEachNamespace: ReadonlySet<string> = new Set([
  "serviceaccounts/default",
  "configmaps/kube-root-ca.crt",
]);

/** What every cluster has without anybody having made it; `undefined` for anything else. */
export function standing(
  cluster: Cluster,
  kind: Kind,
  apiVersion: string,
  id: string,
): Properties | undefined {
  const found = bodyOf(cluster, kind, id) ?? atFirst[resourceOf(kind)]?.[id];
  if (found === undefined) return undefined;
  const [namespace, name] = id.includes("/") ? id.split("/") : [undefined, id];
  return {
    apiVersion,
    kind: kind.kind,
    metadata: namespace === undefined ? { name } : { name, namespace },
    ...found,
  };
}

/** True for a stored object, and for what every cluster has. */
export function objectExists(cluster: Cluster, kind: Kind, id: string): boolean {
  return findObject(cluster, kind, id) !== undefined || bodyOf(cluster, kind, id) !== undefined;
}

function bodyOf(cluster: Cluster, kind: Kind, id: string): Properties | undefined {
  const resource = resourceOf(kind);
  if (resource === "namespaces") return systemNamespaces.has(id) ? {} : undefined;
  const [namespace = "", name = ""] = id.split("/");
  if (inEachNamespace.has(`${resource}/${name}`)) return namespaceExists(cluster, namespace) ? {} : undefined;
  return always[resource]?.[id];
}
