import type { types } from "@pulumi/kubernetes";

type Rule = types.input.rbac.v1.PolicyRule;

/** What a team may do in a namespace, from little to much. */
export const teamAccess = ["view", "operate"] as const;

/** What a team may do in a namespace. */
export type TeamAccess = (typeof teamAccess)[number];

const look = ["get", "list", "watch"];

/** All that runs and how it is doing, but no Secret. */
const view: readonly Rule[] = [
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "endpoints",
      "events",
      "limitranges",
      "pods",
      "pods/log",
      "resourcequotas",
      "serviceaccounts",
      "services",
    ],
    verbs: look,
  },
  { apiGroups: ["apps"], resources: ["deployments", "replicasets"], verbs: look },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: look },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: look },
  { apiGroups: ["events.k8s.io"], resources: ["events"], verbs: look },
  { apiGroups: ["keda.sh"], resources: ["scaledobjects"], verbs: look },
  { apiGroups: ["metrics.k8s.io"], resources: ["pods"], verbs: ["get", "list"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: look },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: look },
];

/**
 * First aid: restart, scale, take a copy away. A restart is a patch of the Deployment (`kubectl rollout restart`), and Kubernetes
 * cannot allow that one alone: whoever has it can also run something else in the namespace, with the rights of its services. The
 * next update of the program sets that back.
 */
const firstAid: readonly Rule[] = [
  { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
  { apiGroups: ["apps"], resources: ["deployments", "deployments/scale"], verbs: ["patch"] },
];

/** The rules of a team's Role in a namespace: nothing in them reaches beyond it, or binds a right to anybody. */
export function describeTeamRules(access: TeamAccess): Rule[] {
  return access === "view" ? [...view] : [...view, ...firstAid];
}
