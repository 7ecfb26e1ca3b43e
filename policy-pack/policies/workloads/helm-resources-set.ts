import { amounts } from "../../helm/reader.ts";
import type { ChartWorkload } from "../../helm/reader.ts";
import { onValues, places } from "../../helm/release.ts";
import { runs } from "../../helm/workloads.ts";
import { define } from "../../kernel/define.ts";
import { read } from "../../kernel/read.ts";

function missing(
  values: unknown,
  name: string,
  { resources, preset = [] }: ChartWorkload,
): readonly string[] {
  return places(values, resources).flatMap(({ path, value }) =>
    amounts
      .filter((amount) => !preset.includes(amount) && read(value, amount) === undefined)
      .map((amount) => `${path}.${amount} of ${name} is not set: say what it needs.`),
  );
}

export const helmResourcesSet = define({
  name: "helm-resources-set",
  description: "What a chart runs says what it needs, and has a limit on memory.",
  severity: "medium",
  controls: { ckv: ["CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"] },
  remediation: "Set the resources of every container of the chart in its values.",
  checks: {
    "kubernetes:helm.sh/v3:Release": [
      onValues((values, { workloads }) =>
        runs(values, workloads).flatMap(([name, workload]) => missing(values, name, workload)),
      ),
    ],
  },
});
