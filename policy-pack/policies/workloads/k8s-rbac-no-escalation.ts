import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { items } from "../../kernel/read.ts";
import { powersOf } from "../../reading/rbac.ts";
import type { Rules } from "../../reading/rbac.ts";

function judge({ rules }: Rules, isClusterWide: boolean): Findings {
  return items(rules).flatMap((rule, index) =>
    powersOf(rule, isClusterWide).map(
      ({ gives }) =>
        `rules[${index}] (${items(rule.verbs).join(", ")} on ${items(rule.resources).join(", ")}) lets its holder ${gives}: take it out, or name the objects in resourceNames.`,
    ),
  );
}

const inNamespace = (role: Rules): Findings => judge(role, false);
const everywhere = (role: Rules): Findings => judge(role, true);

export const k8sRbacNoEscalation = define({
  name: "k8s-rbac-no-escalation",
  description: "No role of the cluster lets its holder become more than it is.",
  severity: "high",
  controls: {
    "cis-eks": ["4.1.2", "4.1.4", "4.1.8"],
    ckv: [
      ...["CKV_K8S_155", "CKV_K8S_156", "CKV_K8S_157", "CKV_K8S_158"],
      ...["CKV2_K8S_2", "CKV2_K8S_3", "CKV2_K8S_4", "CKV2_K8S_5"],
    ],
  },
  remediation:
    "Give the workload what it calls and nothing that makes more of it; operators need an exemption.",
  checks: {
    "kubernetes:rbac.authorization.k8s.io/v1:Role": [inNamespace],
    "kubernetes:rbac.authorization.k8s.io/v1:RolePatch": [inNamespace],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": [everywhere],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch": [everywhere],
  },
});
