import { at, isRecord, list, text } from "../../sandbox/values.ts";
import type { PodTemplate, Resources, Workload } from "../engine/model.ts";
import { readTemplate } from "./pod-template.ts";
import { amount, resourcesOf } from "./quantities.ts";

const mebi = 2 ** 20;

/** What an EKS add-on runs: an agent on every node, and a Deployment. */
interface AddOn {
  readonly perNode?: Resources;
  readonly deployment?: { readonly name: string; readonly replicas: number; readonly requests: Resources };
}

function asks(cpu: number, memoryMib: number): Resources {
  return { cpu, memory: memoryMib * mebi, disk: 0 };
}

/**
 * What the EKS add-ons request. From their charts: vpc-cni (two containers, aws/amazon-vpc-cni-k8s), aws-ebs-csi-driver (three containers
 * on a node, five in the controller, kubernetes-sigs/aws-ebs-csi-driver); the chart of aws-efs-csi-driver states nothing. AWS publishes no
 * manifest of kube-proxy, coredns, metrics-server and eks-pod-identity-agent as add-ons: those figures are estimates, to be checked with
 * `kubectl -n kube-system get daemonsets,deployments -o yaml`.
 */
const addOns: Readonly<Record<string, AddOn>> = {
  "vpc-cni": { perNode: asks(0.05, 0) },
  "kube-proxy": { perNode: asks(0.1, 0) },
  "eks-pod-identity-agent": { perNode: asks(0, 0) },
  "aws-ebs-csi-driver": {
    perNode: asks(0.03, 120),
    deployment: { name: "ebs-csi-controller", replicas: 2, requests: asks(0.05, 200) },
  },
  "aws-efs-csi-driver": { perNode: asks(0, 0) },
  coredns: { deployment: { name: "coredns", replicas: 2, requests: asks(0.1, 70) } },
  "metrics-server": { deployment: { name: "metrics-server", replicas: 2, requests: asks(0.1, 200) } },
};

/** What each node carries of an add-on; nothing of one that is not known here. */
export function addOnDaemons(
  name: string,
): readonly { readonly name: string; readonly requests: Resources }[] {
  const perNode = addOns[name]?.perNode;
  return perNode === undefined ? [] : [{ name, requests: perNode }];
}

/** The Deployment of an add-on, where it has one. */
export function addOnWorkloads(name: string): readonly Workload[] {
  const deployment = addOns[name]?.deployment;
  if (deployment === undefined) return [];
  const tolerations = [{ key: "CriticalAddonsOnly", operator: "Exists" }];
  return [platformWorkload("kube-system", { ...deployment, nodeSelector: undefined, tolerations })];
}

/** Keys and names by which charts tell a DaemonSet, and parts of charts that run for a moment only. */
const perNode = /node-?exporter|fluent-?bit|fluentd|node-?agent|csi-?node|daemon/i;
const momentary = /startupapicheck|cleaner|cronjob|hook|test|backup|patch/i;

/** Copies of one part of a chart, or what each node carries of it. */
export interface ChartPods {
  readonly name: string;
  readonly daemon: boolean;
  readonly replicas: number;
  readonly requests: Resources;
  readonly nodeSelector: unknown;
  readonly tolerations: unknown;
}

type Properties = Readonly<Record<string, unknown>>;

interface Place {
  readonly name: string;
  readonly daemon: boolean;
  readonly replicas: number;
  readonly nodeSelector: unknown;
  readonly tolerations: unknown;
}

/**
 * The pods of a Helm release, from its values: nothing renders a chart here. By the convention of charts, `resources` stands
 * beside `replicas`, `replicaCount` or `count`, and beside `nodeSelector`. What a chart does not take from values is not seen.
 */
export function chartPods(release: unknown): readonly ChartPods[] {
  const name = text(at(release, "name")) ?? "";
  const values = at(release, "values");
  if (!isRecord(values)) return [];
  const daemon = values.kind === "DaemonSet" || values.mode === "daemonset" || perNode.test(name);
  return walk(values, { name, daemon, replicas: 1, nodeSelector: undefined, tolerations: undefined });
}

function walk(value: Properties, around: Place): readonly ChartPods[] {
  if (value.enabled === false) return [];
  const place: Place = {
    ...around,
    replicas: amount(value.replicas ?? value.replicaCount ?? value.count, around.replicas),
    nodeSelector: value.nodeSelector ?? around.nodeSelector,
    tolerations: value.tolerations ?? around.tolerations,
  };
  const requests = resourcesOf(at(value, "resources.requests"));
  const own = requests.cpu + requests.memory > 0 ? [{ ...place, requests }] : [];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => children(key, inner, place))];
}

/** A part starts with one copy, unless it is the inside of the pod that its parent counts. */
function children(key: string, inner: unknown, place: Place): readonly ChartPods[] {
  if (momentary.test(key) || /^(resources|config|affinity)$/.test(key)) return [];
  const inside = /^(podTemplate|spec|containers)$/.test(key);
  const named = inside || Array.isArray(inner) ? place.name : `${place.name}/${key}`;
  const next = {
    ...place,
    name: named,
    daemon: place.daemon || perNode.test(key),
    replicas: inside ? place.replicas : 1,
  };
  if (isRecord(inner)) return walk(inner, next);
  return list(inner)
    .filter(isRecord)
    .flatMap((item) => walk(item, next));
}

/** Parts of a chart as workloads with a fixed number of replicas. */
export function chartWorkloads(namespace: string, pods: readonly ChartPods[]): readonly Workload[] {
  return pods
    .filter(({ daemon, replicas }) => !daemon && replicas > 0)
    .map((part) => platformWorkload(namespace, part));
}

/** The platform's own pods have the priority of what the cluster needs. */
function platformWorkload(namespace: string, part: Omit<ChartPods, "daemon">): Workload {
  const { name, replicas, nodeSelector, tolerations } = part;
  return {
    id: `${namespace}/${name}`,
    name,
    namespace,
    kind: "Platform",
    replicas,
    served: false,
    template: templateOf(name, { nodeSelector, tolerations }, part.requests),
  };
}

function templateOf(name: string, placement: Properties, requests: Resources): PodTemplate {
  const template = readTemplate(
    { metadata: { labels: { "app.kubernetes.io/name": name } }, spec: placement },
    {},
  );
  return { ...template, requests, priority: 2_000_000_000 };
}
