import { defineStack } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import type { Props } from "../../kernel/tokens.ts";
import { beside, selects } from "../../reading/namespaces.ts";
import type { Selector } from "../../reading/namespaces.ts";
import { leastPods } from "../../reading/scaling.ts";

type Budget = Node<Props<"kubernetes:policy/v1:PodDisruptionBudget">>;
type Workload = Node<Props<"kubernetes:apps/v1:Deployment"> | Props<"kubernetes:apps/v1:StatefulSet">>;

/** A share is rounded up by Kubernetes (documentation, "Specifying a Disruption Budget"). */
function pods(amount: number | string, of: number): number {
  return typeof amount === "number" ? amount : Math.ceil((Number.parseFloat(amount) / 100) * of);
}

/** What in a budget keeps every pod where it is. */
function blocking({ props }: Budget, count: number): string | undefined {
  const { minAvailable: least, maxUnavailable: most } = props.spec ?? {};
  if (most !== undefined && pods(most, count) === 0) return `maxUnavailable ${most}`;
  return least !== undefined && pods(least, count) >= count ? `minAvailable ${least}` : undefined;
}

function judge(workload: Workload, graph: Graph): Findings {
  const count = leastPods(workload, graph);
  if (count < 2) return undefined;
  const labels = workload.props.spec?.template.metadata?.labels ?? {};
  const budgets = beside(workload, graph, "kubernetes:policy/v1:PodDisruptionBudget").filter(({ props }) => {
    const selector: Selector | undefined = props.spec?.selector;
    return selector !== undefined && selects(selector, labels);
  });
  const names = budgets.map(({ name }) => name);
  if (budgets.length === 0)
    return "no PodDisruptionBudget selects its pods, so draining nodes may take them all: add one with maxUnavailable 1.";
  if (budgets.length > 1)
    return `PodDisruptionBudgets ${names.join(" and ")} both select its pods, so none can be evicted at all: keep one.`;
  return budgets.map((budget) => {
    const block = blocking(budget, count);
    return (
      block !== undefined &&
      `PodDisruptionBudget ${budget.name} has ${block} for ${count} pods, so no node can be drained: let one go.`
    );
  });
}

export const k8sPdbRequired = defineStack({
  name: "k8s-pdb-required",
  description: "What runs more than once keeps running while nodes are drained, and lets them be drained.",
  severity: "medium",
  remediation: "Describe the workload as a service of the platform, which brings the budget.",
  checks: {
    "kubernetes:apps/v1:Deployment": [judge],
    "kubernetes:apps/v1:StatefulSet": [judge],
  },
});
