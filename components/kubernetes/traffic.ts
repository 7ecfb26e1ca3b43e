import type { types } from "@pulumi/kubernetes";

type PolicySpec = types.input.networking.v1.NetworkPolicySpec;
type Peer = types.input.networking.v1.NetworkPolicyPeer;
type Port = types.input.networking.v1.NetworkPolicyPort;

/** What pods of a namespace may send and receive, as the specification of one NetworkPolicy. Constant data: no outputs. */
export type Traffic = PolicySpec;

const everyPod = { matchLabels: {} };

/** All pods of one namespace. */
export function podsOf(namespace: string): Peer {
  // Kubernetes itself puts this label on every namespace.
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
}

/** TCP ports as a policy names them. */
export function tcp(ports: readonly number[]): Port[] {
  return ports.map((port) => ({ protocol: "TCP", port }));
}

/** Nothing in, nothing out: what every namespace starts from. Policies only ever add to each other. */
export const denyAll: Traffic = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

/** Every pod may look names up in the cluster's DNS. */
export const lookUpNames: Traffic = {
  podSelector: everyPod,
  policyTypes: ["Egress"],
  egress: [
    {
      to: [{ ...podsOf("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
      ports: [
        { protocol: "UDP", port: 53 },
        { protocol: "TCP", port: 53 },
      ],
    },
  ],
};

/** Pods of one namespace may talk to each other. */
export const amongThemselves: Traffic = {
  podSelector: everyPod,
  policyTypes: ["Ingress", "Egress"],
  ingress: [{ from: [{ podSelector: {} }] }],
  egress: [{ to: [{ podSelector: {} }] }],
};

/** Every pod may open connections to these TCP ports of one namespace. */
export function reachNamespace(namespace: string, ports: readonly number[]): Traffic {
  return {
    podSelector: everyPod,
    policyTypes: ["Egress"],
    egress: [{ to: [podsOf(namespace)], ports: tcp(ports) }],
  };
}

/** Every pod may open connections to these TCP ports of the given blocks. */
export function reachBlocks(cidrs: readonly string[], ports: readonly number[]): Traffic {
  return {
    podSelector: everyPod,
    policyTypes: ["Egress"],
    egress: [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: tcp(ports) }],
  };
}

/**
 * Every pod may call HTTPS anywhere: the Kubernetes API and the APIs of AWS, whose addresses no policy can name. For the
 * platform's own controllers; an application names what it reaches.
 */
export const callApis: Traffic = reachBlocks(["0.0.0.0/0"], [443]);

/** The way to the Pod Identity agent on a pod's own node (EKS User Guide, "Set up the Pod Identity agent"). */
export const credentialsEgress: types.input.networking.v1.NetworkPolicyEgressRule = {
  to: [{ ipBlock: { cidr: "169.254.170.23/32" } }],
  ports: tcp([80]),
};

/** Every pod may ask the Pod Identity agent on its node for credentials. */
export const fetchCredentials: Traffic = {
  podSelector: everyPod,
  policyTypes: ["Egress"],
  egress: [credentialsEgress],
};

/** Every pod may be reached on these TCP ports from the given blocks, such as webhooks from the control plane. */
export function admitBlocks(cidrs: readonly string[], ports: readonly number[]): Traffic {
  return {
    podSelector: everyPod,
    policyTypes: ["Ingress"],
    ingress: [{ from: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: tcp(ports) }],
  };
}

/** Every pod may be reached on these TCP ports from the pods of one namespace, such as metrics from the monitoring. */
export function admitNamespace(namespace: string, ports: readonly number[]): Traffic {
  return {
    podSelector: everyPod,
    policyTypes: ["Ingress"],
    ingress: [{ from: [podsOf(namespace)], ports: tcp(ports) }],
  };
}

/** Every pod may be reached on these TCP ports from every namespace. */
export function admitEverybody(ports: readonly number[]): Traffic {
  return {
    podSelector: everyPod,
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ namespaceSelector: {} }], ports: tcp(ports) }],
  };
}
