import type { Properties } from "../../model.ts";
import { at, text } from "../../values.ts";
import { definitionsOf } from "../chart-definitions.ts";
import type { Cluster } from "../cluster.ts";
import { customKinds } from "../custom-kinds.ts";

/** Marks that operators put on their custom resources, to clean up before these go; each from the operator's source. */
const finalizers: Readonly<Record<string, string>> = {
  "karpenter.k8s.aws EC2NodeClass": "karpenter.k8s.aws/termination",
  "karpenter.sh NodePool": "karpenter.sh/termination",
  "keda.sh ScaledJob": "finalizer.keda.sh",
  "keda.sh ScaledObject": "finalizer.keda.sh",
};

/** The mark that an operator in the cluster puts on a custom resource; `undefined` for none. */
export function operatorFinalizer(cluster: Cluster, object: Properties): string | undefined {
  const group = text(object.apiVersion)?.split("/")[0] ?? "";
  const finalizer = finalizers[`${group} ${text(object.kind) ?? ""}`];
  return finalizer !== undefined && hasOperator(cluster, object) ? finalizer : undefined;
}

/** True where a release of the chart that brings a custom resource's kind is there to act on it. */
export function hasOperator(cluster: Cluster, { apiVersion, kind }: Properties): boolean {
  const group = `${text(apiVersion)?.split("/")[0] ?? ""}/`;
  const sets = Object.entries<Readonly<Record<string, string>>>(customKinds)
    .filter(([, kinds]) =>
      Object.entries(kinds).some(
        ([groupVersions, names]) =>
          groupVersions.startsWith(group) &&
          names
            .replaceAll("*", "")
            .split(" ")
            .includes(text(kind) ?? ""),
      ),
    )
    .map(([set]) => set);
  return releasesIn(cluster).some((chart) => sets.includes(definitionsOf(chart, {})?.set ?? chart));
}

/** Charts of all releases that run something; a chart of definitions alone runs nothing. */
function releasesIn({ account, scope }: Cluster): readonly string[] {
  return account
    .all("kubernetes:helm.sh/v3:Release", scope)
    .flatMap(({ state }) => text(at(state, "status.chart")) ?? [])
    .filter((chart) => !/-crds?(-|$)/.test(chart));
}
