import { define } from "../../kernel/define.ts";
import type { ResourceCheck } from "../../kernel/definition.ts";
import { list } from "../../kernel/params.ts";
import { fits } from "../../kernel/urn.ts";
import { differs, onPods } from "../../reading/pods.ts";
import type { PodSpec } from "../../reading/pods.ts";

type Settings = Readonly<Record<"withToken", readonly string[]>>;

/** The account of a pod, under its former name too. */
function accountOf({ serviceAccountName, serviceAccount }: PodSpec): string | undefined {
  return serviceAccountName ?? serviceAccount;
}

function isListed(name: string | undefined, { withToken }: Settings): boolean {
  return withToken.some((glob) => fits(glob, name ?? ""));
}

interface ServiceAccount {
  readonly metadata?: { readonly name?: string | undefined } | undefined;
  readonly automountServiceAccountToken?: boolean | undefined;
}

const handsOutNoToken: ResourceCheck<ServiceAccount, Settings> = (account, about) =>
  differs(account.automountServiceAccountToken, false, about) &&
  !isListed(account.metadata?.name, about.params) &&
  "automountServiceAccountToken is not false: set it, since the default hands every pod a token for the API.";

export const k8sServiceAccountHygiene = define({
  name: "k8s-service-account-hygiene",
  description: "Pods have an account of their own, and a token for the cluster's API only if they call it.",
  severity: "medium",
  controls: { "cis-eks": ["4.1.5", "4.1.6"], ckv: ["CKV_K8S_38", "CKV_K8S_41"] },
  remediation:
    "Make a service account for the workload and set automountServiceAccountToken to false on both; services of the platform have that.",
  params: {
    withToken: list([], "Globs on names of service accounts whose pods call the cluster's API."),
  },
  checks: {
    ...onPods<Settings>((pod, _, about) => {
      const account = accountOf(pod);
      const isShared = about.type.endsWith("Patch")
        ? account === "default"
        : (account ?? "default") === "default";
      return [
        isShared &&
          "serviceAccountName is default, which every pod of the namespace shares: name one of its own.",
        !isListed(account, about.params) &&
          differs(pod.automountServiceAccountToken, false, about) &&
          "automountServiceAccountToken is not false: set it, since the default hands every container a token for the API.",
      ];
    }),
    "kubernetes:core/v1:ServiceAccount": [handsOutNoToken],
    "kubernetes:core/v1:ServiceAccountPatch": [handsOutNoToken],
  },
});
