import type { CaseBook, Cases } from "./case.ts";
import { inPods } from "./pods.ts";

const needs = (key: string): string => `resources.${key} of container api is not set: say what it needs.`;
const ask = { httpGet: { path: "/ready", port: 8080 } };
const container = { name: "api", image: "api", ports: [{ containerPort: 8080 }] };

/** The same containers in the workloads that serve. */
function serving(
  cases: readonly { readonly when: string; readonly probes: object; readonly finds?: string }[],
): Cases {
  const patches = cases.map(({ when, probes, ...rest }) => {
    const containers = [{ ...container, ...probes }];
    const spec = { selector: {}, serviceName: "api", template: { spec: { containers } } };
    return { when, patch: { spec }, ...rest };
  });
  return {
    "kubernetes:apps/v1:Deployment": patches,
    "kubernetes:apps/v1:StatefulSet": patches,
    "kubernetes:apps/v1:DaemonSet": patches,
  };
}

/** What the policies on what pods need make of single objects. */
export const podNeeds: CaseBook = {
  "k8s-resources-set": inPods([
    {
      when: "nothing is said",
      pod: {},
      finds: ["requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.memory"].map(needs),
      wholeOnly: true,
    },
    {
      when: "a container that runs first reserves no CPU",
      pod: {
        containers: [],
        initContainers: [
          {
            name: "api",
            resources: {
              requests: { memory: "64Mi", "ephemeral-storage": "1Gi" },
              limits: { memory: "64Mi" },
            },
          },
        ],
      },
      finds: needs("requests.cpu"),
      wholeOnly: true,
    },
    {
      when: "a container may use far more than it reserves",
      pod: {
        containers: [
          {
            name: "api",
            resources: {
              requests: { cpu: "1", memory: "512Mi", "ephemeral-storage": "1Gi" },
              limits: { memory: "2.5Gi" },
            },
          },
        ],
      },
      finds:
        "resources.limits.memory of container api is 2.5Gi, more than 4 times the 512Mi it reserves: bring the two together, or its node runs out of memory.",
    },
    {
      when: "the pod says it for its containers",
      pod: {
        resources: {
          requests: { cpu: "1", memory: "512M", "ephemeral-storage": "1Gi" },
          limits: { memory: "2048M" },
        },
      },
    },
  ]),
  "k8s-probes-set": serving([
    {
      when: "nothing asks whether it is ready",
      probes: { livenessProbe: ask },
      finds: "readinessProbe of container api is not set: add one, or it gets requests before it can answer.",
    },
    {
      when: "nothing asks whether it hangs",
      probes: { readinessProbe: ask },
      finds: "livenessProbe of container api is not set: add one, or it stays when it hangs.",
    },
    {
      when: "both probes ask the same with the same patience",
      probes: { readinessProbe: ask, livenessProbe: { ...ask, periodSeconds: 15, failureThreshold: 2 } },
      finds:
        "livenessProbe of container api asks what readinessProbe asks and gives up after 30 seconds: ask something else or wait longer than 30 seconds, or a slow container is restarted instead of spared.",
    },
    {
      when: "the probes ask different things",
      probes: { readinessProbe: ask, livenessProbe: { tcpSocket: { port: 8080 } } },
    },
    { when: "it serves nobody", probes: { ports: [] } },
  ]),
  "k8s-service-account-hygiene": {
    ...inPods([
      {
        when: "it has the account that all pods have",
        pod: { automountServiceAccountToken: false },
        finds: "serviceAccountName is default, which every pod of the namespace shares: name one of its own.",
        wholeOnly: true,
      },
      {
        when: "it names the account that all pods have",
        pod: { automountServiceAccountToken: false, serviceAccount: "default" },
        finds: "serviceAccountName is default, which every pod of the namespace shares: name one of its own.",
      },
      {
        when: "it says nothing of a token",
        pod: { serviceAccountName: "api" },
        finds:
          "automountServiceAccountToken is not false: set it, since the default hands every container a token for the API.",
        wholeOnly: true,
      },
      {
        when: "it takes a token",
        pod: { serviceAccountName: "api", automountServiceAccountToken: true },
        finds:
          "automountServiceAccountToken is not false: set it, since the default hands every container a token for the API.",
      },
    ]),
    "kubernetes:core/v1:ServiceAccountPatch": [
      {
        when: "it turns tokens on",
        patch: { automountServiceAccountToken: true },
        finds:
          "automountServiceAccountToken is not false: set it, since the default hands every pod a token for the API.",
      },
      { when: "it leaves tokens as they are", patch: { automountServiceAccountToken: undefined } },
    ],
    "kubernetes:core/v1:ServiceAccount": [
      {
        when: "it hands out tokens by default",
        patch: { automountServiceAccountToken: undefined },
        finds:
          "automountServiceAccountToken is not false: set it, since the default hands every pod a token for the API.",
      },
    ],
  },
};
