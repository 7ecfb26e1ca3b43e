import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { World, but, deployment, reasons } from "./world.ts";

function refused(type: string, inputs: Properties): readonly string[] {
  return reasons(new World().check(type, inputs));
}

describe("Kubernetes objects before they are sent", () => {
  describe("are filled in", () => {
    it("with apiVersion, kind and the default namespace", () => {
      const { inputs } = new World().check(
        "apps/v1:Deployment",
        but(deployment, "metadata/namespace", undefined),
      );
      expect(inputs).to.deep.include({ apiVersion: "apps/v1", kind: "Deployment" });
      expect(inputs.metadata).to.deep.equal({ name: "web", namespace: "default" });
    });

    it("with the provider's namespace where it has one", () => {
      const world = new World();
      world.settings = { ...world.settings, namespace: "shop" };
      expect(world.check("core/v1:ConfigMap", { metadata: { name: "a" } }).inputs.metadata).to.deep.equal({
        name: "a",
        namespace: "shop",
      });
    });

    it("with a name of the logical name and eight digits, marked as made up", () => {
      const { metadata } = new World().check("core/v1:Namespace", {}).inputs;
      expect(metadata)
        .to.have.property("name")
        .that.matches(/^web-[0-9a-f]{8}$/);
      expect(metadata).to.have.deep.property("annotations", { "pulumi.com/autonamed": "true" });
    });

    it("with the made-up name they had", () => {
      const world = new World();
      const { inputs } = world.check("core/v1:Namespace", {});
      world.seed = "two";
      expect(world.check("core/v1:Namespace", {}, inputs).inputs).to.deep.equal(inputs);
      expect(world.check("core/v1:Namespace", {}).inputs).not.to.deep.equal(inputs);
    });

    it("without a namespace where the kind has none, as known from charts not yet installed", () => {
      const { inputs } = new World().check("cert-manager.io/v1:ClusterIssuer", { metadata: { name: "a" } });
      expect(inputs.metadata).to.deep.equal({ name: "a" });
    });

    it("without the namespace that they are given where the kind has none", () => {
      const metadata = { name: "alb", namespace: "shop" };
      const { inputs } = new World().check("networking.k8s.io/v1:IngressClass", { metadata });
      expect(inputs.metadata).to.deep.equal({ name: "alb" });
    });
  });

  it("are not judged by values that are still unknown", () => {
    const inputs = {
      metadata: { name: UNKNOWN },
      spec: { selector: UNKNOWN, template: UNKNOWN, replicas: UNKNOWN },
    };
    expect(refused("apps/v1:Deployment", inputs)).to.deep.equal([]);
    expect(refused("core/v1:Service", { metadata: { name: "a" }, spec: UNKNOWN })).to.deep.equal([]);
  });

  it("lose what the API server alone writes", () => {
    const read = { name: "web", uid: "1", resourceVersion: "2", creationTimestamp: null, generation: 3 };
    const { inputs, failures } = new World().check("core/v1:ConfigMap", { metadata: read });
    expect(failures).to.deep.equal([]);
    expect(inputs.metadata).to.deep.equal({ name: "web", namespace: "default" });
  });

  it("may be definitions whose schemas are written as the SDK writes them", () => {
    const openAPIV3Schema = { type: "object", x_kubernetes_preserve_unknown_fields: true };
    const versions = [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }];
    const spec = { group: "shop.io", names: { kind: "Tea", plural: "teas" }, scope: "Namespaced", versions };
    const world = new World();
    const definition = "apiextensions.k8s.io/v1:CustomResourceDefinition";
    world.make(definition, { metadata: { name: "teas.shop.io" }, spec });
    expect(world.make("shop.io/v1:Tea", { metadata: { name: "green" }, leaves: 3 }).id).to.equal(
      "default/green",
    );
  });

  it("may be Secrets with lines between their bytes", () => {
    const secret = { metadata: { name: "key" }, data: { key: "c2Vj\ncmV0\n" } };
    expect(reasons(new World().check("core/v1:Secret", secret))).to.deep.equal([]);
  });

  it("are refused as a list", () => {
    expect(() => new World().check("core/v1:ConfigMapList", {})).to.throw(
      'UnsupportedType: list resources exist for compatibility with YAML manifests and Helm charts, and cannot be created directly. Use the underlying resource type instead: kubernetes:core/v1:ConfigMapList, which "web" is',
    );
  });

  it("are refused as what no API has", () => {
    expect(() => new World().check("apps/v1:Fleet", {})).to.throw(
      'UnsupportedType: the sandbox does not simulate kubernetes:apps/v1:Fleet, which "web" is',
    );
  });

  it("are refused with generateName", () => {
    expect(() => new World().check("core/v1:ConfigMap", { metadata: { generateName: "a-" } })).to.throw(
      "BadRequest: the `.metadata.generateName` field is not supported in Server-Side Apply mode",
    );
  });

  it("are taken when nothing is wrong", () => {
    expect(refused("apps/v1:Deployment", deployment)).to.deep.equal([]);
  });
});
