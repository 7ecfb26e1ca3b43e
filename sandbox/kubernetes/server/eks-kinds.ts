import { clusterToken } from "../../aws/eks/references.ts";
import { at } from "../../values.ts";
import type { Cluster } from "../cluster.ts";

/** `*` marks kinds without a namespace. */
type Kinds = Readonly<Record<string, string>>;

/** What every cluster of EKS serves: https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html and https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network-tutorial.html */
const always: Kinds = {
  "crd.k8s.amazonaws.com/v1alpha1": "ENIConfig*",
  "networking.k8s.aws/v1alpha1": "PolicyEndpoint",
  "vpcresources.k8s.aws/v1alpha1": "CNINode*",
  "vpcresources.k8s.aws/v1beta1": "SecurityGroupPolicy",
};

/** What Auto Mode adds: https://docs.aws.amazon.com/eks/latest/userguide/settings-auto.html */
const inAutoMode: Kinds = {
  "eks.amazonaws.com/v1": "IngressClassParams* NodeClass* TargetGroupBinding",
  "karpenter.sh/v1": "NodeClaim* NodePool*",
};

/** A kind that EKS itself brought into this cluster; `undefined` for one that it did not, and where no cluster of EKS is known. */
export function kindOfEks(
  { account, scope }: Cluster,
  groupVersion: string,
  kind: string,
): { readonly namespaced: boolean } | undefined {
  const found = account.all(clusterToken).find(({ state }) => state.arn === scope);
  if (found === undefined) return undefined;
  const automatic = at(found.state, "computeConfig.enabled") === true;
  const served = [always[groupVersion], automatic ? inAutoMode[groupVersion] : undefined]
    .flatMap((names) => names?.split(" ") ?? [])
    .find((name) => name.replace("*", "") === kind);
  return served === undefined ? undefined : { namespaced: !served.endsWith("*") };
}
