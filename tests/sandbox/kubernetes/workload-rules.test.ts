import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World, but, container, deployment, reasons, running } from "./world.ts";

const pod = "spec.template.spec.containers[0]";

type Mistake = readonly [title: string, type: string, inputs: Properties, reason: string];

const job = {
  metadata: { name: "migrate-1.2.3" },
  spec: { template: { spec: { restartPolicy: "Never", containers: [container({})] } } },
};

describe("Rules for Kubernetes workloads", () => {
  const mistakes: readonly Mistake[] = [
    [
      "a CronJob's name of 53 characters",
      "batch/v1:CronJob",
      { metadata: { name: "c".repeat(53) }, spec: { schedule: "@daily", jobTemplate: {} } },
      `metadata.name: Invalid value: "${"c".repeat(53)}": must be no more than 52 characters`,
    ],
    [
      "a Deployment without selector",
      "apps/v1:Deployment",
      but(deployment, "spec/selector", undefined),
      "spec.selector: Required value",
    ],
    [
      "a selector that its template does not match",
      "apps/v1:Deployment",
      but(deployment, "spec/selector/matchLabels", { app: "api" }),
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    ],
    [
      "negative replicas",
      "apps/v1:Deployment",
      but(deployment, "spec/replicas", -1),
      "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
    ],
    [
      "a pod without containers",
      "apps/v1:Deployment",
      but(deployment, "spec/template/spec/containers", []),
      "spec.template.spec.containers: Required value",
    ],
    [
      "a container without image",
      "apps/v1:Deployment",
      running({ image: undefined }),
      `${pod}.image: Required value`,
    ],
    [
      "two containers of one name",
      "apps/v1:Deployment",
      but(deployment, "spec/template/spec/containers", [container({}), container({})]),
      'spec.template.spec.containers[1].name: Duplicate value: "web"',
    ],
    [
      "a port above 65535",
      "apps/v1:Deployment",
      running({ ports: [{ containerPort: 70_000 }] }),
      `${pod}.ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive`,
    ],
    [
      "an unknown pull policy",
      "apps/v1:Deployment",
      running({ imagePullPolicy: "always" }),
      `${pod}.imagePullPolicy: Unsupported value: "always": supported values: "Always", "IfNotPresent", "Never"`,
    ],
    [
      "a mount of no volume",
      "apps/v1:Deployment",
      running({ volumeMounts: [{ name: "data", mountPath: "/data" }] }),
      `${pod}.volumeMounts[0].name: Not found: "data"`,
    ],
    [
      "a quantity in gigabytes with a B",
      "apps/v1:Deployment",
      running({ resources: { limits: { memory: "1GB" } } }),
      `${pod}.resources.limits[memory]: Invalid value: "1GB": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    ],
    [
      "a request above its limit",
      "apps/v1:Deployment",
      running({ resources: { requests: { memory: "1Gi" }, limits: { memory: "512Mi" } } }),
      `${pod}.resources.requests: Invalid value: "1Gi": must be less than or equal to memory limit of 512Mi`,
    ],
    [
      "a Deployment that never restarts its pods",
      "apps/v1:Deployment",
      but(deployment, "spec/template/spec/restartPolicy", "Never"),
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
    [
      "a Job's name of 64 characters",
      "batch/v1:Job",
      but(job, "metadata/name", "x".repeat(64)),
      `metadata.name: Invalid value: "${"x".repeat(64)}": must be no more than 63 characters`,
    ],
    [
      "a Job without restart policy",
      "batch/v1:Job",
      { metadata: { name: "a" }, spec: { template: { spec: { containers: [container({})] } } } },
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ],
    [
      "a schedule of four fields",
      "batch/v1:CronJob",
      { metadata: { name: "a" }, spec: { schedule: "0 4 * *", jobTemplate: {} } },
      'spec.schedule: Invalid value: "0 4 * *": expected exactly 5 fields, found 4: [0 4 * *]',
    ],
    [
      "an autoscaler whose most is less than its least",
      "autoscaling/v2:HorizontalPodAutoscaler",
      {
        metadata: { name: "a" },
        spec: { minReplicas: 3, maxReplicas: 2, scaleTargetRef: { kind: "Deployment", name: "a" } },
      },
      "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`",
    ],
    [
      "an autoscaler without target",
      "autoscaling/v2:HorizontalPodAutoscaler",
      { metadata: { name: "a" }, spec: { maxReplicas: 2, scaleTargetRef: { kind: "Deployment" } } },
      "spec.scaleTargetRef.name: Required value",
    ],
    [
      "a disruption budget that says both",
      "policy/v1:PodDisruptionBudget",
      { metadata: { name: "a" }, spec: { minAvailable: 1, maxUnavailable: 1 } },
      'spec: Invalid value: {"minAvailable":1,"maxUnavailable":1}: minAvailable and maxUnavailable cannot be both set',
    ],
  ];
  for (const [title, type, inputs, reason] of mistakes) {
    it(`refuse ${title}`, () => {
      expect(reasons(new World().check(type, inputs))).to.deep.equal([reason]);
    });
  }

  it("take a Job's name with dots", () => {
    expect(reasons(new World().check("batch/v1:Job", job))).to.deep.equal([]);
  });
});
