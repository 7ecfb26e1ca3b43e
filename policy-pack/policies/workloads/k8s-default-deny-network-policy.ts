import { defineStack } from "../../kernel/define.ts";
import type { Node } from "../../kernel/graph.ts";
import { list } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";
import { fits } from "../../kernel/urn.ts";
import { inside, nameOf, selectsAll } from "../../reading/namespaces.ts";

type Policy = Node<Props<"kubernetes:networking.k8s.io/v1:NetworkPolicy">>;

/**
 * The directions in which a policy lets nothing through for any pod. One that does not say which it is about is about Ingress, and
 * about Egress only if it has rules for it (Kubernetes API reference, "NetworkPolicySpec").
 */
function closes({ props: { spec } }: Policy): readonly string[] {
  if (spec === undefined || !selectsAll(spec.podSelector)) return [];
  const { ingress, egress, policyTypes = ["Ingress"] } = spec;
  return items(policyTypes).filter(
    (type) => items<unknown>(type === "Ingress" ? ingress : egress).length === 0,
  );
}

export const k8sDefaultDenyNetworkPolicy = defineStack({
  name: "k8s-default-deny-network-policy",
  description: "In every namespace pods talk only to whom a policy names.",
  severity: "high",
  controls: { "cis-eks": ["4.3.2"], ckv: ["CKV2_K8S_6"] },
  remediation: "Make namespaces with the Namespace component, which starts from nothing in and nothing out.",
  params: { except: list([], "Globs on names of namespaces that may be open.") },
  checks: {
    "kubernetes:core/v1:Namespace": [
      (namespace, graph, { except }) => {
        if (except.some((glob) => fits(glob, String(nameOf(namespace))))) return undefined;
        const policies = inside(namespace, graph, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
        const closed = policies.flatMap(closes);
        return ["Ingress", "Egress"]
          .filter((direction) => !closed.includes(direction))
          .map(
            (direction) =>
              `no NetworkPolicy closes ${direction} for all its pods: add one with an empty podSelector and no rules.`,
          );
      },
    ],
  },
});
