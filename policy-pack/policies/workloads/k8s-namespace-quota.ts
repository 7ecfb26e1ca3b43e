import { defineStack } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";
import { inside, nameOf } from "../../reading/namespaces.ts";

const reserved = [
  { resource: "cpu", keys: ["cpu", "requests.cpu"] },
  { resource: "memory", keys: ["memory", "requests.memory"] },
];

export const k8sNamespaceQuota = defineStack({
  name: "k8s-namespace-quota",
  description: "No namespace can take the whole cluster, and no container in it starts without a limit.",
  severity: "low",
  controls: { "cis-eks": ["4.5.1"] },
  remediation: "Make namespaces with the Namespace component, and give it a quota.",
  params: { except: list([], "Globs on names of namespaces that may take what they want.") },
  checks: {
    "kubernetes:core/v1:Namespace": [
      (namespace, graph, { except }) => {
        if (except.some((glob) => fits(glob, String(nameOf(namespace))))) return undefined;
        const quotas = inside(namespace, graph, "kubernetes:core/v1:ResourceQuota");
        const keys = quotas.flatMap(({ props }) => Object.keys(props.spec?.hard ?? {}));
        const open = reserved.filter((one) => !one.keys.some((key) => keys.includes(key)));
        return (
          open.length > 0 &&
          `no ResourceQuota holds its ${open.map(({ resource }) => resource).join(" and ")}: add one with ${open.map(({ resource }) => `requests.${resource}`).join(" and ")}.`
        );
      },
      (namespace, graph, { except }) => {
        if (except.some((glob) => fits(glob, String(nameOf(namespace))))) return undefined;
        const limits = inside(namespace, graph, "kubernetes:core/v1:LimitRange");
        const ranges = limits.flatMap(({ props }) => items(props.spec?.limits));
        return (
          !ranges.some(
            ({ type, default: limit, defaultRequest }) =>
              type === "Container" && limit?.memory !== undefined && defaultRequest?.memory !== undefined,
          ) &&
          "no LimitRange gives containers a memory limit and a request: add one with default and defaultRequest of type Container."
        );
      },
    ],
  },
});
