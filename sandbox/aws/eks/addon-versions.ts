/** Releases of an add-on for one Kubernetes version. */
interface Releases {
  readonly mostRecent: string;
  /** What EKS installs when no version is asked for. @default the most recent one */
  readonly byDefault?: string;
}

/**
 * Versions of EKS add-ons by Kubernetes version; `*` stands for every supported one. They are versions that were in use in 2026, not
 * AWS's own list, which changes weekly and differs by region: `aws eks describe-addon-versions`. The pages that AWS keeps:
 * https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html and
 * https://docs.aws.amazon.com/eks/latest/userguide/managing-vpc-cni.html
 */
const catalogue: Readonly<Record<string, Readonly<Record<string, Releases>>>> = {
  "vpc-cni": { "*": { mostRecent: "v1.23.0-eksbuild.1", byDefault: "v1.22.4-eksbuild.3" } },
  "kube-proxy": {
    "1.33": { mostRecent: "v1.33.7-eksbuild.2" },
    "1.34": { mostRecent: "v1.34.1-eksbuild.2" },
    "1.35": { mostRecent: "v1.35.3-eksbuild.29" },
  },
  coredns: {
    "1.33": { mostRecent: "v1.12.4-eksbuild.1" },
    "1.34": { mostRecent: "v1.12.4-eksbuild.6" },
    "1.35": { mostRecent: "v1.14.3-eksbuild.3" },
  },
  "eks-pod-identity-agent": { "*": { mostRecent: "v1.3.10-eksbuild.3" } },
  "aws-ebs-csi-driver": { "*": { mostRecent: "v1.63.1-eksbuild.1" } },
  "eks-node-monitoring-agent": { "*": { mostRecent: "v1.6.4-eksbuild.1" } },
  "aws-secrets-store-csi-driver-provider": { "*": { mostRecent: "v3.1.3-eksbuild.1" } },
  "metrics-server": { "*": { mostRecent: "v0.9.0-eksbuild.5" } },
  "cert-manager": { "*": { mostRecent: "v1.21.0-eksbuild.3" } },
  "external-dns": { "*": { mostRecent: "v0.21.0-eksbuild.6" } },
};

/** The Kubernetes versions in standard support that the catalogue knows. */
const kubernetesVersions = ["1.33", "1.34", "1.35"];

/** What `getAddonVersion` answers; `undefined` for an add-on or a Kubernetes version that the catalogue does not have. */
export function addonVersion(
  addonName: string,
  kubernetesVersion: string,
  mostRecent: boolean,
): string | undefined {
  if (!kubernetesVersions.includes(kubernetesVersion)) return undefined;
  const addon = catalogue[addonName] ?? {};
  const releases = addon[kubernetesVersion] ?? addon["*"];
  return mostRecent || releases?.byDefault === undefined ? releases?.mostRecent : releases.byDefault;
}
