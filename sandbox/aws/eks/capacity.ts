import type { AccountView, Properties } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import { nodesOf } from "./nodes.ts";
import { clusterToken, fargateProfileToken } from "./references.ts";

/** What decides where a pod runs. */
export interface Placed {
  readonly namespace: string;
  readonly labels: Properties;
  /** True for a part of the cluster itself, such as its DNS. @default false */
  readonly isCritical?: boolean;
}

/** True where the pod finds a node, or Fargate takes it. What nodes repel or have room for is not looked at. */
export function runsPod(account: AccountView, clusterName: string, pod: Placed): boolean {
  return hasNodes(account, clusterName, pod) || runsOnFargate(account, clusterName, pod);
}

/** Of the node pools that come with Auto Mode, `system` takes critical add-ons only: https://docs.aws.amazon.com/eks/latest/userguide/set-builtin-node-pools.html */
const poolsFor = { others: ["general-purpose"], critical: ["general-purpose", "system"] } as const;

/** True where there are nodes, or EKS starts some when a pod needs them. */
export function hasNodes(account: AccountView, clusterName: string, { isCritical = false }: Placed): boolean {
  const compute = at(account.find(clusterToken, clusterName)?.state, "computeConfig");
  const pools = list(at(compute, "enabled") === true ? at(compute, "nodePools") : []);
  const fitting: readonly unknown[] = isCritical ? poolsFor.critical : poolsFor.others;
  return nodesOf(account, clusterName) > 0 || pools.some((pool) => fitting.includes(pool));
}

/** True for a pod that some Fargate profile selects: https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html */
function runsOnFargate(account: AccountView, clusterName: string, pod: Placed): boolean {
  return account
    .all(fargateProfileToken)
    .filter(({ state }) => state.clusterName === clusterName)
    .flatMap(({ state }) => list(state.selectors))
    .some((selector) => selects(selector, pod));
}

function selects(selector: unknown, { namespace, labels }: Placed): boolean {
  const wanted = at(selector, "labels");
  return (
    matches(text(at(selector, "namespace")) ?? "", namespace) &&
    Object.entries(isRecord(wanted) ? wanted : {}).every(([key, value]) =>
      matches(text(value) ?? "", text(labels[key]) ?? ""),
    )
  );
}

/** `*` stands for any text, `?` for one character: https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards */
function matches(pattern: string, value: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(value);
}
