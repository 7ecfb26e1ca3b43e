import { addonVersion } from "./addon-versions.ts";

/** `1.35` as 35; `NaN` for anything else. */
export function minorOf(version: string | undefined): number {
  return Number(/^1\.(\d+)$/.exec(version ?? "")?.[1] ?? Number.NaN);
}

/** True for a Kubernetes version that EKS offers. */
export function isOffered(version: string): boolean {
  return addonVersion("kube-proxy", version, true) !== undefined;
}

/** What EKS gives a cluster that asks for no version: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
export const newestVersion = "1.35";

/** Add-ons that run as Deployments, and in which namespace: where no pods run they never become healthy. */
const namespaces: ReadonlyMap<string, string> = new Map([
  ["aws-ebs-csi-driver", "kube-system"],
  ["cert-manager", "cert-manager"],
  ["coredns", "kube-system"],
  ["external-dns", "external-dns"],
  ["metrics-server", "kube-system"],
]);

/** Where the pods of an add-on are that it needs to become healthy; `undefined` for one that has none. */
export function namespaceOf(addonName: string): string | undefined {
  return namespaces.get(addonName);
}

/** True for an add-on that can be had for this Kubernetes version. */
export function hasAddon(addonName: string, kubernetesVersion: string): boolean {
  return addonVersion(addonName, kubernetesVersion, true) !== undefined;
}

/**
 * True for a version that the add-on can have. EKS builds new ones every week, so all of the right form count; only kube-proxy's are
 * bound to the cluster's: https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html
 */
export function fits(addonName: string, addonVersionAsked: string, kubernetesVersion: string): boolean {
  const form = /^v(\d+\.\d+)\.\d+-eksbuild\.\d+$/.exec(addonVersionAsked);
  return form !== null && (addonName !== "kube-proxy" || form[1] === kubernetesVersion);
}
