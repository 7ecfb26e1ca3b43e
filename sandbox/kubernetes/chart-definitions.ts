import type { Properties } from "../model.ts";
import { at } from "../values.ts";
import type { ChartName } from "./charts.ts";
import type { CustomKindSet } from "./custom-kinds.ts";

/** How a chart brings its custom resource definitions. */
export interface Definitions {
  readonly set: CustomKindSet;
  /** `folder`: installed once, never changed or removed; `template`: they belong to the release. */
  readonly shipped: "template" | "folder";
  /** Paths in the values that turn them on or off, the first one given winning. @default always on */
  readonly switches?: readonly string[];
  /** Whether they are on where no switch is given. @default true */
  readonly on?: boolean;
  /** True where they outlive the release. @default false */
  readonly kept?: true;
}

/** By chart; both ways are described at https://helm.sh/docs/chart_best_practices/custom_resource_definitions/ */
const definitions: Readonly<Partial<Record<ChartName, Definitions>>> = {
  "argo-cd": { set: "argo-cd", shipped: "template", switches: ["crds.install"], kept: true },
  "argo-events": { set: "argo-events", shipped: "template", switches: ["crds.install"], kept: true },
  "argo-rollouts": { set: "argo-rollouts", shipped: "template", switches: ["installCRDs"], kept: true },
  "aws-load-balancer-controller": { set: "aws-load-balancer-controller", shipped: "folder" },
  "cert-manager": {
    set: "cert-manager",
    shipped: "template",
    switches: ["crds.enabled", "installCRDs"],
    on: false,
    kept: true,
  },
  "eck-operator": { set: "eck-operator", shipped: "template", switches: ["installCRDs"] },
  "external-dns": { set: "external-dns", shipped: "folder" },
  "external-secrets": { set: "external-secrets", shipped: "template", switches: ["installCRDs"] },
  "gateway-crds-helm": { set: "envoy-gateway", shipped: "template" },
  "gateway-helm": { set: "envoy-gateway", shipped: "folder", switches: ["crds.enabled"] },
  karpenter: { set: "karpenter", shipped: "folder" },
  "karpenter-crd": { set: "karpenter", shipped: "template" },
  keda: { set: "keda", shipped: "template", switches: ["crds.install"] },
  "kube-prometheus-stack": { set: "prometheus-operator", shipped: "folder", switches: ["crds.enabled"] },
  kyverno: { set: "kyverno", shipped: "template", switches: ["crds.install"] },
  "linkerd-crds": { set: "linkerd", shipped: "template" },
  "opentelemetry-operator": { set: "opentelemetry-operator", shipped: "template", switches: ["crds.create"] },
  "prometheus-operator-crds": { set: "prometheus-operator", shipped: "template" },
  "strimzi-kafka-operator": { set: "strimzi", shipped: "folder" },
  "trivy-operator": { set: "trivy-operator", shipped: "folder" },
  velero: { set: "velero", shipped: "folder" },
  "vertical-pod-autoscaler": { set: "vertical-pod-autoscaler", shipped: "folder" },
  vpa: { set: "vertical-pod-autoscaler", shipped: "folder" },
};

const byChart: ReadonlyMap<string, Definitions> = new Map(Object.entries(definitions));

/** The definitions that a release brings with these inputs; `undefined` for none. */
export function definitionsOf(chart: string, inputs: Properties): Definitions | undefined {
  const found = byChart.get(chart);
  if (found === undefined || (found.shipped === "folder" && inputs.skipCrds === true)) return undefined;
  const given = (found.switches ?? [])
    .map((path) => at(inputs.values, path))
    .find((value) => value !== undefined);
  return (given ?? found.on ?? true) === true ? found : undefined;
}
