import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World, but, reasons, teaDefinition } from "./world.ts";

const scaledObject: Properties = {
  metadata: { name: "queue" },
  spec: {
    scaleTargetRef: { name: "web" },
    triggers: [{ type: "aws-sqs-queue", metadata: { queueLength: "5", awsRegion: "eu-west-1" } }],
  },
};

const nodePool: Properties = {
  metadata: { name: "spot" },
  spec: {
    template: {
      spec: {
        nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
        requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
      },
    },
    limits: { cpu: "100" },
  },
};

const teas = teaDefinition({
  required: ["leaf"],
  properties: {
    leaf: { type: "string", enum: ["green", "black"] },
    grams: { type: "integer", minimum: 1 },
    origin: { type: "string", nullable: true },
    labels: { type: "object", additionalProperties: { type: "string" } },
    extra: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  },
});

describe("The schemas of custom resources refuse", () => {
  const cases: readonly (readonly [title: string, type: string, inputs: Properties, reason: string])[] = [
    [
      "a ScaledObject without triggers",
      "keda.sh/v1alpha1:ScaledObject",
      but(scaledObject, "spec/triggers", undefined),
      "spec.triggers: Required value",
    ],
    [
      "a NodePool without a class of nodes",
      "karpenter.sh/v1:NodePool",
      but(nodePool, "spec/template/spec/nodeClassRef", undefined),
      "spec.template.spec.nodeClassRef: Required value",
    ],
    [
      "an ExternalSecret that refreshes a number",
      "external-secrets.io/v1:ExternalSecret",
      { metadata: { name: "a" }, spec: { refreshInterval: 60, secretStoreRef: { name: "aws" } } },
      "spec.refreshInterval: expected string, got &value.valueUnstructured{Value:60}",
    ],
    [
      "a ServiceMonitor without endpoints",
      "monitoring.coreos.com/v1:ServiceMonitor",
      { metadata: { name: "a" }, spec: { selector: {} } },
      "spec.endpoints: Required value",
    ],
    [
      "a Certificate without a Secret to write to",
      "cert-manager.io/v1:Certificate",
      { metadata: { name: "a" }, spec: { issuerRef: { name: "ca" }, dnsNames: ["a.example.com"] } },
      "spec.secretName: Required value",
    ],
  ];
  for (const [title, type, inputs, reason] of cases) {
    it(title, () => {
      expect(reasons(new World().check(type, inputs))).to.deep.equal([reason]);
    });
  }

  it("nothing of valid ones", () => {
    const world = new World();
    expect(reasons(world.check("keda.sh/v1alpha1:ScaledObject", scaledObject))).to.deep.equal([]);
    expect(reasons(world.check("karpenter.sh/v1:NodePool", nodePool))).to.deep.equal([]);
  });

  it("nothing of a kind that no schema is known of", () => {
    const kafka = { metadata: { name: "a" }, spec: { whatever: true } };
    expect(reasons(new World().check("kafka.strimzi.io/v1:Kafka", kafka))).to.deep.equal([]);
  });

  describe("of a definition in the program", () => {
    const mistakes = (spec: Properties) => {
      const world = new World();
      world.make("apiextensions.k8s.io/v1:CustomResourceDefinition", teas);
      return reasons(world.check("shop.io/v1:Tea", { metadata: { name: "a" }, spec }));
    };
    it("a missing field", () => {
      expect(mistakes({ grams: 5 })).to.deep.equal(["spec.leaf: Required value"]);
    });
    it("a word that it does not list", () => {
      expect(mistakes({ leaf: "rooibos" })).to.deep.equal([
        'spec.leaf: Unsupported value: "rooibos": supported values: "green", "black"',
      ]);
    });
    it("a number that is too small", () => {
      expect(mistakes({ leaf: "green", grams: 0 })).to.deep.equal([
        "spec.grams: Invalid value: 0: spec.grams in body should be >= 1",
      ]);
    });
    it("and nothing that it leaves open", () => {
      expect(mistakes({ leaf: "black", origin: null, labels: { a: "b" }, extra: { any: 1 } })).to.deep.equal(
        [],
      );
    });
    it("and no null, which stands for nothing", () => {
      expect(mistakes({ leaf: "black", grams: null })).to.deep.equal([]);
    });
    it("another type of what may be null", () => {
      expect(mistakes({ leaf: "black", origin: 5 })).to.deep.equal([
        "spec.origin: expected string, got &value.valueUnstructured{Value:5}",
      ]);
    });
  });
});
