import lock from "../../helm/charts.lock.json" with { type: "json" };
import { sourceOf } from "../../helm/release.ts";
import type { Charted } from "../../helm/release.ts";
import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";

const locked: Readonly<Partial<Record<string, Readonly<Record<"repo" | "version", string>>>>> = lock;

/** The provider fills in the version that it found, so a version that nobody chose can only be told by comparing. */
function judge(release: Charted): Findings {
  const source = sourceOf(release);
  if (source === undefined) return "chart is not set: name a chart of the lock list.";
  const entry = Object.hasOwn(locked, source.name) ? locked[source.name] : undefined;
  if (entry === undefined) {
    return `the chart ${source.name} is not in helm/charts.lock.json: have it reviewed and add it.`;
  }
  return [
    source.repo !== entry.repo &&
      `the chart ${source.name} comes from ${shown(source.repo)}, the lock list says ${entry.repo}: use that.`,
    release.version !== entry.version &&
      `version of the chart ${source.name} is ${shown(release.version)}, the lock list says ${entry.version}: use that, or review the other one first.`,
  ];
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : "nothing";
}

export const helmChartLocked = define({
  name: "helm-chart-locked",
  description: "Charts come from the lock list, by repository and exact version.",
  severity: "high",
  controls: { "cis-eks": ["5.1.4"] },
  remediation:
    "Take repository and version from helm/charts.lock.json; raise them there after reading what changed.",
  checks: {
    "kubernetes:helm.sh/v3:Release": [judge],
    "kubernetes:helm.sh/v4:Chart": [judge],
  },
});
