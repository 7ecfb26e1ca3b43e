import { defineStack } from "../../kernel/define.ts";
import { partners } from "../../reading/relations.ts";

export const ecrLifecycle = defineStack({
  name: "ecr-lifecycle",
  description: "Old images leave the registry.",
  severity: "low",
  controls: { fsbp: ["ECR.3"] },
  remediation:
    "Give the repository a LifecyclePolicy that keeps the last releases and drops what has no tag.",
  checks: {
    "aws:ecr/repository:Repository": [
      (repository, graph) =>
        partners(repository, graph, ["aws:ecr/lifecyclePolicy:LifecyclePolicy"], "repository").length === 0 &&
        "no LifecyclePolicy points to the repository, so images are kept and paid for ever: add one.",
    ],
  },
});
