import { UNKNOWN } from "../fixtures/values.ts";
import type { Case, CaseBook } from "./case.ts";

const metadata = { name: "api", namespace: "shop" };
const own = "name one of its own, which has quotas, policies and a standard for pods";
const labels = {
  "platform/owner": "shop-team",
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/enforce-version": "v1.35",
};
const labelled = (change: object, name = "shop") => ({
  metadata: { name, labels: { ...labels, ...change } },
});
const balancer = "service.beta.kubernetes.io/aws-load-balancer";
const service = (
  spec: object,
  annotations: Readonly<Record<string, string>> = {},
): { readonly metadata: object; readonly spec: object } => ({ metadata: { ...metadata, annotations }, spec });
const outside = `type is LoadBalancer and the annotation ${balancer}-scheme does not say internal: set it, or go through the Ingress.`;
const services: readonly Case<{ readonly metadata?: object; readonly spec?: object }>[] = [
  { when: "it has a public load balancer", patch: service({ type: "LoadBalancer" }), finds: outside },
  {
    when: "its load balancer is told to face the internet",
    patch: service(
      { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" },
      { [`${balancer}-scheme`]: "internet-facing" },
    ),
    finds: outside,
  },
  {
    when: "its load balancer is internal",
    patch: service({ type: "LoadBalancer" }, { [`${balancer}-scheme`]: "internal" }),
  },
  {
    when: "its load balancer is internal, in the older words",
    patch: service({ type: "LoadBalancer" }, { [`${balancer}-internal`]: "true" }),
  },
  {
    when: "the controller makes its load balancer, internal unless told otherwise",
    patch: service({ type: "LoadBalancer" }, { [`${balancer}-type`]: "external" }),
  },
  {
    when: "it opens a port of every node",
    patch: service({ type: "NodePort" }),
    finds: "type is NodePort, which opens a port of every node: use ClusterIP and an Ingress.",
  },
  {
    when: "it takes addresses from outside",
    patch: service({ type: "ClusterIP", externalIPs: ["203.0.113.7"] }),
    finds: "externalIPs is set, by which a service takes others' traffic (CVE-2020-8554): leave it out.",
  },
];

/** What the policies on namespaces and services make of single objects. */
export const clusterObjects: CaseBook = {
  "k8s-no-default-namespace": {
    "kubernetes:core/v1:ConfigMap": [
      {
        when: "no namespace is named",
        patch: { metadata: { name: "api" } },
        finds: `no namespace is set, so it lands in default: ${own}.`,
      },
      {
        when: "the namespace is default",
        patch: { metadata: { name: "api", namespace: "default" } },
        finds: `the namespace is default: ${own}.`,
      },
      {
        when: "it is among the cluster's own parts",
        patch: { metadata: { name: "api", namespace: "kube-system" } },
        finds: `the namespace is kube-system, where the cluster's own parts are: ${own}.`,
      },
      {
        when: "a level lists it as a part of the cluster",
        patch: { metadata: { name: "api", namespace: "kube-system" } },
        about: { name: "cluster-controllers-x" },
      },
      {
        when: "the namespace is not known yet",
        patch: { metadata: { name: "api", namespace: UNKNOWN } },
        defers: true,
      },
    ],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": [
      { when: "its kind has no namespace", patch: { metadata: { name: "api" } } },
    ],
    "kubernetes:keda.sh/v1alpha1:ScaledObject": [
      { when: "nobody can tell whether its kind has one", patch: { metadata: { name: "api" } } },
    ],
  },
  "k8s-namespace-pod-security-labels": {
    "kubernetes:core/v1:Namespace": [
      {
        when: "it has no labels",
        patch: { metadata: { name: "shop" } },
        finds: [
          "the label pod-security.kubernetes.io/enforce is not set, so the API server takes any pod: set restricted.",
          "the label pod-security.kubernetes.io/enforce-version is not set, so an upgrade of the cluster may refuse running pods: name the version.",
          "no label says whose the namespace is: set platform/owner.",
        ],
      },
      {
        when: "it lets everything run",
        patch: labelled({ "pod-security.kubernetes.io/enforce": "privileged" }),
        finds: "the label pod-security.kubernetes.io/enforce is privileged: set restricted.",
      },
      {
        when: "a level lets agents of nodes run in it",
        patch: labelled({ "pod-security.kubernetes.io/enforce": "privileged" }, "node-exporter"),
      },
      { when: "its labels are not known yet", patch: { metadata: UNKNOWN }, defers: true },
    ],
    "kubernetes:core/v1:NamespacePatch": [
      {
        when: "it loosens a namespace",
        patch: labelled({ "pod-security.kubernetes.io/enforce": "baseline" }),
        finds: "the label pod-security.kubernetes.io/enforce is baseline: set restricted.",
      },
      { when: "it is about something else", patch: { metadata: { name: "shop", labels: { team: "shop" } } } },
    ],
  },
  "k8s-service-not-public": {
    "kubernetes:core/v1:Service": services,
    "kubernetes:core/v1:ServicePatch": services,
  },
};
