import { readerOf, sourceOf } from "../../helm/release.ts";
import { define } from "../../kernel/define.ts";
import { items } from "../../kernel/read.ts";

export const helmValuesReadable = define({
  name: "helm-values-readable",
  description: "The values of every chart can be judged.",
  severity: "low",
  remediation:
    "Say in helm/charts.ts where the chart's values hold resources, security contexts, volumes and secrets.",
  checks: {
    "kubernetes:helm.sh/v3:Release": [
      (release) =>
        readerOf(release) === undefined &&
        `values of the chart ${sourceOf(release)?.name ?? "without a name"} cannot be read: nothing is known about what it runs.`,
      ({ valueYamlFiles }) =>
        items(valueYamlFiles).length > 0 && "valueYamlFiles are not read: put what they hold into values.",
    ],
  },
});
