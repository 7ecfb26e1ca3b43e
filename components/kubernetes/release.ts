import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { charts } from "../../versions.ts";
import type { ChartName } from "../../versions.ts";

/** What one Helm release needs beyond its chart's pinned version. */
export interface HelmReleaseArgs {
  /** The chart, by its name in `versions.ts`; also the name of the release in the cluster. */
  readonly chart: ChartName;
  /** Namespace it is installed into. It must exist. */
  readonly namespace: pulumi.Input<string>;
  /** The chart's values. Never a secret: name an existing Secret instead, values are kept in the state and in the cluster. */
  readonly values: Readonly<Record<string, unknown>>;
  /**
   * Whether Helm installs the CRDs of the chart's `crds/` folder. Helm never upgrades those.
   * @default false
   */
  readonly skipCrds?: boolean;
  /**
   * How long Helm waits for everything in the release to be ready before it undoes it.
   * @default 600
   */
  readonly timeoutSeconds?: number;
}

/** Helm keeps every revision of a release as a Secret in the cluster: as many as its own command keeps. */
const keptRevisions = 10;

/**
 * Installs a chart at the version pinned in `versions.ts`, all or nothing: Helm waits until everything is ready, and what
 * fails is removed again, so a broken release never blocks the next one ("cannot re-use a name that is still in use").
 */
export function helmRelease(
  name: string,
  args: HelmReleaseArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  const { repo, version } = charts[args.chart];

  return new k8s.helm.v3.Release(
    name,
    {
      name: args.chart,
      namespace: args.namespace,
      // Helm wants the whole address of a chart in a registry, and a repository apart from its chart.
      ...(repo.startsWith("oci://")
        ? { chart: `${repo}/${args.chart}` }
        : { chart: args.chart, repositoryOpts: { repo } }),
      version,
      values: { ...args.values },
      skipCrds: args.skipCrds ?? false,
      atomic: true,
      cleanupOnFail: true,
      skipAwait: false,
      timeout: args.timeoutSeconds ?? 600,
      maxHistory: keptRevisions,
    },
    opts,
  );
}
