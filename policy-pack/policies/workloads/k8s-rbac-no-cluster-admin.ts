import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { items } from "../../kernel/read.ts";

const everybody = ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters"];

interface Subject {
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

interface Binding {
  readonly roleRef?: { readonly name?: string | undefined } | undefined;
  readonly subjects?: readonly Subject[] | undefined;
}

function judge({ roleRef, subjects }: Binding): Findings {
  return [
    roleRef?.name === "cluster-admin" && "roleRef is cluster-admin: bind a role that names what is needed.",
    ...items(subjects).map(({ kind, name = "", namespace }) => {
      if (everybody.includes(name))
        return `subject ${name} is not somebody: name a user, a group or a service account.`;
      const isDefault = kind === "ServiceAccount" && name === "default";
      return (
        isDefault &&
        `subject default of ${namespace ?? "the namespace"} is shared by every pod there: make a service account.`
      );
    }),
  ];
}

export const k8sRbacNoClusterAdmin = define({
  name: "k8s-rbac-no-cluster-admin",
  description: "Nobody is bound to cluster-admin, and nothing is bound to everybody.",
  severity: "critical",
  controls: { "cis-eks": ["4.1.1", "4.1.5"], ckv: ["CKV_K8S_42"] },
  remediation: "Bind a role with named verbs and resources to a service account of the workload's own.",
  checks: {
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": [judge],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch": [judge],
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": [judge],
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch": [judge],
  },
});
