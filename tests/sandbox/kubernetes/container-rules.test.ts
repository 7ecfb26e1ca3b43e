import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World, container, reasons } from "./world.ts";

type Mistake = readonly [title: string, pod: Properties, reason: string];

/** A pod with one container that has these fields. */
const of = (fields: Properties): Properties => ({ containers: [container(fields)] });
const probe = { httpGet: { path: "/", port: 80 } };
const first = "spec.containers[0]";

describe("Rules for pods", () => {
  const mistakes: readonly Mistake[] = [
    [
      "two ports of one name",
      of({ ports: ["http", "http"].map((name, index) => ({ name, containerPort: 80 + index })) }),
      `${first}.ports[1].name: Duplicate value: "http"`,
    ],
    [
      "a port with a long name",
      of({ ports: [{ name: "a-port-of-the-shop", containerPort: 80 }] }),
      `${first}.ports[0].name: Invalid value: "a-port-of-the-shop": must be no more than 15 characters`,
    ],
    [
      "a port of the host that is another one",
      { ...of({ ports: [{ containerPort: 80, hostPort: 81 }] }), hostNetwork: true },
      `${first}.ports[0].hostPort: Invalid value: 81: must match \`containerPort\` when \`hostNetwork\` is true`,
    ],
    [
      "a port of the host twice",
      of({ ports: [80, 82].map((containerPort) => ({ containerPort, hostPort: 81 })) }),
      `${first}.ports[1].hostPort: Duplicate value: "TCP//81"`,
    ],
    [
      "a probe that does nothing",
      of({ readinessProbe: { periodSeconds: 5 } }),
      `${first}.readinessProbe: Required value: must specify a handler type`,
    ],
    [
      "a probe that does two things",
      of({ readinessProbe: { ...probe, tcpSocket: { port: 80 } } }),
      `${first}.readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type`,
    ],
    [
      "a liveness probe that must succeed twice",
      of({ livenessProbe: { ...probe, successThreshold: 2 } }),
      `${first}.livenessProbe.successThreshold: Invalid value: 2: must be 1`,
    ],
    [
      "a probe before its time",
      of({ readinessProbe: { ...probe, initialDelaySeconds: -1 } }),
      `${first}.readinessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0`,
    ],
    [
      "a variable with an equals sign",
      of({ env: [{ name: "A=B", value: "x" }] }),
      `${first}.env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='`,
    ],
    [
      "a variable with two values",
      of({ env: [{ name: "A", value: "x", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }] }),
      `${first}.env[0].valueFrom: Invalid value: "": may not be specified when \`value\` is not empty`,
    ],
    [
      "an image with a space before it",
      of({ image: " nginx" }),
      `${first}.image: Invalid value: " nginx": must not have leading or trailing whitespace`,
    ],
    [
      "a user below zero",
      of({ securityContext: { runAsUser: -1 } }),
      `${first}.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive`,
    ],
    [
      "a privileged container without privileges",
      of({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
      `${first}.securityContext: Invalid value: {"privileged":true,"allowPrivilegeEscalation":false}: cannot set \`allowPrivilegeEscalation\` to false and \`privileged\` to true`,
    ],
    [
      "a resource that is none",
      of({ resources: { requests: { cpus: "1" } } }),
      `${first}.resources.requests[cpus]: Invalid value: "cpus": must be a standard resource for containers`,
    ],
    [
      "half a device",
      of({ resources: { limits: { "nvidia.com/gpu": "0.5" } } }),
      `${first}.resources.limits[nvidia.com/gpu]: Invalid value: "0.5": must be an integer`,
    ],
    [
      "a device without a limit",
      of({ resources: { requests: { "nvidia.com/gpu": "1" } } }),
      `${first}.resources.limits: Required value: Limit must be set for non overcommitable resources`,
    ],
    [
      "fewer devices than the limit",
      of({ resources: { requests: { "nvidia.com/gpu": "1" }, limits: { "nvidia.com/gpu": "2" } } }),
      `${first}.resources.requests: Invalid value: "1": must be equal to nvidia.com/gpu limit of 2`,
    ],
    [
      "a negative request",
      of({ resources: { requests: { cpu: "-1" } } }),
      `${first}.resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0`,
    ],
    [
      "a container that starts the pod under a name that is taken",
      { ...of({}), initContainers: [container({})] },
      'spec.initContainers[0].name: Duplicate value: "web"',
    ],
    [
      "a probe of a container that starts the pod",
      { ...of({}), initContainers: [container({ name: "first", livenessProbe: probe })] },
      "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
    ],
    [
      "a volume of two types",
      { ...of({}), volumes: [{ name: "a", emptyDir: {}, hostPath: { path: "/" } }] },
      "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type",
    ],
    [
      "two volumes of one name",
      { ...of({}), volumes: ["a", "a"].map((name) => ({ name, emptyDir: {} })) },
      'spec.volumes[1].name: Duplicate value: "a"',
    ],
    [
      "a mode that was meant to be octal",
      { ...of({}), volumes: [{ name: "a", configMap: { name: "a", defaultMode: 755 } }] },
      "spec.volumes[0].configMap.defaultMode: Invalid value: 755: must be a number between 0 and 0777 (octal), both inclusive",
    ],
    [
      "two mounts in one place",
      {
        ...of({ volumeMounts: ["a", "a"].map((name) => ({ name, mountPath: "/x" })) }),
        volumes: [{ name: "a", emptyDir: {} }],
      },
      `${first}.volumeMounts[1].mountPath: Invalid value: "/x": must be unique`,
    ],
    [
      "a mount of what lies above",
      {
        ...of({ volumeMounts: [{ name: "a", mountPath: "/x", subPath: "../b" }] }),
        volumes: [{ name: "a", emptyDir: {} }],
      },
      `${first}.volumeMounts[0].subPath: Invalid value: "../b": must not contain '..'`,
    ],
    [
      "a toleration of anything that has a value",
      { ...of({}), tolerations: [{ key: "a", operator: "Exists", value: "x" }] },
      `spec.tolerations[0].operator: Invalid value: {"key":"a","operator":"Exists","value":"x"}: value must be empty when \`operator\` is 'Exists'`,
    ],
    [
      "a toleration for some time of what does not end",
      {
        ...of({}),
        tolerations: [{ key: "a", operator: "Exists", effect: "NoSchedule", tolerationSeconds: 5 }],
      },
      `spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when \`tolerationSeconds\` is set`,
    ],
    [
      "a toleration of no key",
      { ...of({}), tolerations: [{ effect: "NoSchedule" }] },
      'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    ],
    [
      "a preference without weight",
      {
        ...of({}),
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 0, podAffinityTerm: { topologyKey: "zone" } },
            ],
          },
        },
      },
      "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100",
    ],
    [
      "a spread that allows no difference",
      {
        ...of({}),
        topologySpreadConstraints: [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }],
      },
      "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
    ],
    [
      "names that nobody resolves",
      { ...of({}), dnsPolicy: "None" },
      "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None",
    ],
  ];
  for (const [title, spec, reason] of mistakes) {
    it(`refuse ${title}`, () => {
      const pod = { metadata: { name: "web" }, spec };
      expect(reasons(new World().check("core/v1:Pod", pod))).to.deep.equal([reason]);
    });
  }

  it("take a port of the host that is zero as none", () => {
    const ports = [80, 81].map((containerPort) => ({ containerPort, hostPort: 0 }));
    const pod = { metadata: { name: "web" }, spec: { ...of({ ports }), hostNetwork: true } };
    expect(reasons(new World().check("core/v1:Pod", pod))).to.deep.equal([]);
  });

  it("take a sidecar with a probe, and ports that only their protocols tell apart", () => {
    const sidecar = container({ name: "side", restartPolicy: "Always", livenessProbe: probe });
    const ports = ["TCP", "UDP"].map((protocol) => ({ containerPort: 53, hostPort: 53, protocol }));
    const pod = { metadata: { name: "web" }, spec: { ...of({ ports }), initContainers: [sidecar] } };
    expect(reasons(new World().check("core/v1:Pod", pod))).to.deep.equal([]);
  });
});
