import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { World, but, claim, deployment, reasons, running } from "./world.ts";

describe("The schemas of Kubernetes refuse", () => {
  const cases: readonly (readonly [title: string, type: string, inputs: Properties, reason: string])[] = [
    [
      "a number as text",
      "apps/v1:Deployment",
      but(deployment, "spec/replicas", "two"),
      "spec.replicas: expected numeric (int or float), got string",
    ],
    [
      "text as a number",
      "apps/v1:Deployment",
      running({ env: [{ name: "PORT", value: 80 }] }),
      "spec.template.spec.containers[0].env[0].value: expected string, got &value.valueUnstructured{Value:80}",
    ],
    [
      "a truth as text",
      "apps/v1:Deployment",
      but(deployment, "spec/paused", "yes"),
      "spec.paused: expected boolean, got string",
    ],
    [
      "one thing instead of a list",
      "core/v1:PersistentVolumeClaim",
      but(claim, "spec/accessModes", "ReadWriteOnce"),
      "spec.accessModes: expected list, got &{ReadWriteOnce}",
    ],
    [
      "a list instead of one thing",
      "core/v1:ConfigMap",
      { metadata: { name: "a" }, data: [] },
      "data: expected map, got &{[]}",
    ],
    [
      "a word that is none of those allowed",
      "apps/v1:Deployment",
      running({ terminationMessagePolicy: "Never" }),
      'spec.template.spec.containers[0].terminationMessagePolicy: Unsupported value: "Never": supported values: "FallbackToLogsOnError", "File"',
    ],
    [
      "a range that does not say of what",
      "core/v1:LimitRange",
      { metadata: { name: "a" }, spec: { limits: [{ default: { cpu: "1" } }] } },
      "spec.limits[0].type: Required value",
    ],
  ];
  for (const [title, type, inputs, reason] of cases) {
    it(title, () => {
      expect(reasons(new World().check(type, inputs))).to.deep.equal([reason]);
    });
  }

  it("nothing of a field that describes", () => {
    const inputs = { metadata: { name: "high" }, value: 1000, description: "for the shop" };
    expect(reasons(new World().check("scheduling.k8s.io/v1:PriorityClass", inputs))).to.deep.equal([]);
  });

  it("nothing of what is not known as yet", () => {
    const unknown = but(deployment, "spec/replicas", UNKNOWN);
    expect(reasons(new World().check("apps/v1:Deployment", unknown))).to.deep.equal([]);
  });

  it("nothing of a valid object with maps, quantities and ports by name or number", () => {
    const full = running({
      ports: [{ name: "http", containerPort: 80 }],
      readinessProbe: { httpGet: { path: "/", port: "http" } },
      livenessProbe: { tcpSocket: { port: 80 } },
      resources: { limits: { memory: "1Gi", cpu: 2 }, requests: { cpu: "500m" } },
      env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
    });
    expect(reasons(new World().check("apps/v1:Deployment", full))).to.deep.equal([]);
  });

  it("and the API server refuses what reaches it without Check", () => {
    const world = new World();
    const inputs = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "default" },
      immutable: "yes",
    };
    expect(() => world.send("core/v1:ConfigMap", inputs)).to.throw(
      'Invalid: ConfigMap "a" is invalid: immutable: expected boolean, got string',
    );
  });
});
