import type { Properties } from "../model.ts";
import { isRecord, text } from "../values.ts";
import { isSaid } from "./arguments.ts";

/** Who starts the nodes: EKS, or an Auto Scaling group of the program's own, in a stack of CloudFormation or not. */
export type NodeGroupKind = "managed" | "self-managed-v1" | "self-managed-v2";

/** What nodes must know of the cluster that they join. */
export interface Joined {
  readonly name: string;
  readonly apiServerEndpoint: string;
  readonly certificateAuthority: string;
  readonly cidr: string;
}

/** What a node runs when it starts. */
export interface Start extends Properties {
  readonly kind: NodeGroupKind;
  /** The stack that is told how the start went; of other groups their name. */
  readonly stackName: string;
  readonly region: string;
}

/** What the command line of the kubelet holds beside its own: https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/ */
export function kubeletFlags({ kubeletExtraArgs, labels, taints }: Start): readonly string[] {
  const own = isSaid(kubeletExtraArgs) ? String(kubeletExtraArgs).split(" ") : [];
  const marks = Object.entries(isRecord(labels) ? labels : {}).map(
    ([key, value]) => `${key}=${String(value)}`,
  );
  const repelling = taintsIn(taints).map(([key, value, effect]) =>
    value === "" ? `${key}:${effect}` : `${key}=${value}:${effect}`,
  );
  return [
    ...own,
    ...(marks.length > 0 ? [`--node-labels=${marks.join(",")}`] : []),
    ...(repelling.length > 0 ? [`--register-with-taints=${repelling.join(",")}`] : []),
  ];
}

/** Taints by key, as the program gives them. */
export function taintsIn(
  taints: unknown,
): readonly (readonly [key: string, value: string, effect: string])[] {
  return Object.entries(isRecord(taints) ? taints : {}).map(([key, taint]) => {
    const { value, effect } = isRecord(taint) ? taint : {};
    return [key, text(value) ?? "", String(effect)];
  });
}
