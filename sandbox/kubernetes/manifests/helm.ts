import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import type { Capabilities } from "../api.ts";
import type { Run } from "./commands.ts";

/** A chart that shall be rendered, with what Helm's `template` must know. */
export interface ChartRequest {
  /** The release's name. */
  readonly name: string;
  readonly namespace: string;
  /** A folder, an archive, or where it can be had. */
  readonly chart: string;
  /** All of them, merged; their own defaults come from the chart. */
  readonly values: Properties;
  readonly capabilities: Capabilities;
  readonly withDefinitions: boolean;
  /** Which hooks are rendered beside the rest. */
  readonly hooks: "none" | "untested" | "all";
  /** Options with a value, or with one each time, by flag; those without any are left out. */
  readonly options?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Options without a value, by flag. */
  readonly switches?: Readonly<Record<string, boolean>>;
}

/** True for a chart in a folder or an archive of this machine. */
export function isLocalChart(chart: string): boolean {
  return /^\.{0,2}\//.test(chart) || chart === "." || chart === "..";
}

/**
 * What Helm itself makes of a chart: https://helm.sh/docs/helm/helm_template/. Its `lookup` finds nothing, since it asks no cluster.
 * @throws Refusal in Helm's words where it cannot be rendered, and where there is no Helm
 */
export function renderChart(run: Run, request: ChartRequest): string {
  const ended = run("helm", argumentsOf(request), JSON.stringify(request.values));
  const { chart } = request;
  if (ended === undefined) {
    throw new Refusal(
      "HelmMissing",
      `the chart "${chart}" cannot be rendered, since there is no command "helm" on the PATH: install Helm (https://helm.sh/docs/intro/install/), or use kubernetes:helm.sh/v3:Release`,
    );
  }
  if (ended.failure === undefined) return ended.output;
  const remedy = isLocalChart(chart)
    ? ""
    : '; where the network is missing, have it in a folder ("helm pull --untar") and name that';
  throw new Refusal("RenderingFailed", `the chart "${chart}" cannot be rendered: ${ended.failure}${remedy}`);
}

/** The definitions in a chart's `crds` folder, which Helm installs first, and only once. */
export function definitionsIn(run: Run, chart: string): string {
  return run("helm", ["show", "crds", chart])?.output ?? "";
}

function argumentsOf(request: ChartRequest): readonly string[] {
  const { name, chart, namespace, capabilities, withDefinitions, hooks, options, switches } = request;
  const given = { "--namespace": namespace, "--kube-version": capabilities.version, ...options };
  return [
    "template",
    name,
    chart,
    // Values may be secret: they are on no command line and in no file.
    ...["--values", "-"],
    ...Object.entries<string | readonly string[] | undefined>(given).flatMap(([flag, values]) =>
      [values ?? []].flat().flatMap((value) => (value === "" ? [] : [flag, value])),
    ),
    ...capabilities.apiVersions.flatMap((version) => ["--api-versions", version]),
    ...(withDefinitions ? ["--include-crds"] : []),
    ...{ none: ["--no-hooks"], untested: ["--skip-tests"], all: [] }[hooks],
    ...Object.entries(switches ?? {}).flatMap(([flag, on]) => (on ? [flag] : [])),
  ];
}
