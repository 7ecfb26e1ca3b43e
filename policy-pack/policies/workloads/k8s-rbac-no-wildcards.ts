import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { items, text } from "../../kernel/read.ts";
import type { Rules } from "../../reading/rbac.ts";

function judge({ rules }: Rules): Findings {
  return items(rules).flatMap((rule, index) =>
    (["verbs", "resources", "apiGroups", "nonResourceURLs"] as const)
      .filter((key) => items(rule[key]).some((value) => text(value).includes("*")))
      .map(
        (key) =>
          `rules[${index}].${key} is ${items(rule[key]).join(", ")}, which is also whatever comes later: name what is needed.`,
      ),
  );
}

export const k8sRbacNoWildcards = define({
  name: "k8s-rbac-no-wildcards",
  description: "Roles of the cluster name their verbs and resources.",
  severity: "high",
  controls: { "cis-eks": ["4.1.3"], ckv: ["CKV_K8S_49"] },
  remediation: "List the verbs, resources and API groups that the workload calls.",
  checks: {
    "kubernetes:rbac.authorization.k8s.io/v1:Role": [judge],
    "kubernetes:rbac.authorization.k8s.io/v1:RolePatch": [judge],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": [judge],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch": [judge],
  },
});
