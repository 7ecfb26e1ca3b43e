import type { eks } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Plain } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { addonToken, clusterToken, refuseTwin, toCluster, toPodRole } from "./references.ts";
import { uuidOf } from "../uuid.ts";
import { addonVersion } from "./addon-versions.ts";
import { hasNodes, runsPod } from "./capacity.ts";
import { fits, hasAddon, namespaceOf, newestVersion } from "./versions.ts";

type Inputs = Plain<eks.AddonArgs>;

/** True where the pods of an add-on run. CoreDNS must be told that it shall do so on Fargate: https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html#fargate-gs-coredns */
function isHealthy(account: AccountView, { clusterName, addonName, configurationValues }: Inputs): boolean {
  const namespace = namespaceOf(addonName);
  if (namespace === undefined) return true;
  const labels = { "k8s-app": addonName === "coredns" ? "kube-dns" : addonName };
  const pod = { namespace, labels, isCritical: true };
  const mayLeaveNodes =
    addonName !== "coredns" || /\bcomputeType["']?\s*:\s*["']?fargate\b/i.test(configurationValues ?? "");
  return mayLeaveNodes ? runsPod(account, clusterName, pod) : hasNodes(account, clusterName, pod);
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html */
const addon = behaviour<eks.AddonArgs, eks.AddonState>(addonToken, {
  references: {
    clusterName: toCluster,
    serviceAccountRoleArn: toPodRole,
    "podIdentityAssociations[].roleArn": toPodRole,
  },
  id: ({ inputs }) => `${inputs.clusterName}:${inputs.addonName}`,
  outputs: ({ accountId, region, hex, inputs, created, account, before }) => {
    const { clusterName, addonName } = inputs;
    const version = text(account.find(clusterToken, clusterName, region)?.state.version) ?? newestVersion;
    return {
      addonVersion: addonVersion(addonName, version, false) ?? "",
      arn: `arn:aws:eks:${region}:${accountId}:addon/${clusterName}/${addonName}/${uuidOf(hex(32, "arn"))}`,
      createdAt: created,
      modifiedAt: before === undefined ? created : new Date().toISOString(),
    };
  },
  keys: (state) => [state.arn],
  refuses: ({ inputs, account, region }, before) => {
    const { clusterName, addonName } = inputs;
    const version = text(account.find(clusterToken, clusterName, region)?.state.version) ?? newestVersion;
    refuseTwin(account, addonToken, `${clusterName}:${addonName}`, before, "Addon already exists.");
    if (!hasAddon(addonName, version)) {
      throw new Refusal("InvalidParameterException", "Addon specified is not supported");
    }
    if (inputs.addonVersion !== undefined && !fits(addonName, inputs.addonVersion, version)) {
      throw new Refusal("InvalidParameterException", "Addon version specified is not supported");
    }
    if (!isHealthy(account, inputs)) {
      throw new Refusal(
        "InsufficientNumberOfReplicas",
        `unexpected state 'DEGRADED', wanted target 'ACTIVE': the add-on ${addonName} is unhealthy because it doesn't have the desired number of replicas.`,
      );
    }
  },
  settles: ["modifiedAt"],
  seconds: { create: 40, update: 40, delete: 20 },
});

/** Software that EKS keeps in the cluster. */
export const addons: readonly AnyBehaviour[] = [addon];
