import type { ChartWorkload } from "../../helm/reader.ts";
import { onValues, places } from "../../helm/release.ts";
import type { Place } from "../../helm/release.ts";
import { runs } from "../../helm/workloads.ts";
import { define } from "../../kernel/define.ts";
import { property, read } from "../../kernel/read.ts";

/** What a security context must not say. */
const forbidden = [
  ["runAsUser", 0],
  ["runAsNonRoot", false],
  ["privileged", true],
  ["allowPrivilegeEscalation", true],
] as const;

function at(values: unknown, path: string | undefined): readonly Place[] {
  return path === undefined ? [] : places(values, path);
}

function excess({ path, value }: Place, name: string): readonly string[] {
  const added = read(value, "capabilities.add");
  return [
    ...forbidden
      .filter(([key, bad]) => property(value, key) === bad)
      .map(([key, bad]) => `${path}.${key} of ${name} is ${String(bad)}: take it out.`),
    ...(Array.isArray(added) && added.length > 0
      ? [`${path}.capabilities.add of ${name} is not empty: take it out.`]
      : []),
  ];
}

function lacking(values: unknown, name: string, workload: ChartWorkload): readonly string[] {
  if (workload.hardened) return [];
  const [pods, containers] = [at(values, workload.pod), at(values, workload.container)];
  const isRootless = [...pods, ...containers].some(({ value }) => property(value, "runAsNonRoot") === true);
  const open = containers.filter(({ value }) => property(value, "allowPrivilegeEscalation") !== false);
  return [
    ...(isRootless ? [] : [`runAsNonRoot of ${name} is not true: set it, since the chart does not.`]),
    ...open.map(
      ({ path }) =>
        `${path}.allowPrivilegeEscalation of ${name} is not false: set it, since the chart does not.`,
    ),
  ];
}

export const helmSecurityContext = define({
  name: "helm-security-context",
  description: "What a chart runs is not root and gains no rights.",
  severity: "high",
  controls: { "cis-eks": ["4.2.1", "4.2.5"], pss: ["restricted"] },
  remediation: "Set the security contexts of the chart's pods and containers in its values.",
  checks: {
    "kubernetes:helm.sh/v3:Release": [
      onValues((values, { workloads }) =>
        runs(values, workloads).flatMap(([name, workload]) => [
          ...[...at(values, workload.pod), ...at(values, workload.container)].flatMap((place) =>
            excess(place, name),
          ),
          ...lacking(values, name, workload),
        ]),
      ),
    ],
  },
});
