import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { World, but, deployment, reasons, running, teaDefinition } from "./world.ts";

const type = "apps/v1:Deployment";
const id = "default/web";
const misspelt = but(deployment, "spec/replicaz", 2);
const container = (fields: Properties): Properties =>
  but(running(fields), "metadata", { name: "web", namespace: "default" });

const definition = teaDefinition({ properties: { leaf: { type: "string" } } });

describe("A field that the schema of its kind does not declare", () => {
  it("is dropped from a new object", () => {
    const world = new World();
    const { state } = world.make(type, misspelt);
    expect(state.spec).to.have.keys("replicas", "selector", "template");
    expect(world.read(type, id)?.inputs.spec).to.have.keys("selector", "template");
  });

  it("is dropped from an entry of a list, and nothing beside it", () => {
    const { state } = new World().make(type, container({ imagePullPolicyy: "Always", workingDir: "/" }));
    expect(at(state, "spec.template.spec.containers[0]")).not.to.have.property("imagePullPolicyy");
    expect(at(state, "spec.template.spec.containers[0].workingDir")).to.equal("/");
  });

  it("is dropped from metadata, and from the objects of custom kinds", () => {
    const world = new World();
    const map = { metadata: { name: "a", label: { a: "b" } } };
    expect(world.make("core/v1:ConfigMap", map).state.metadata).not.to.have.property("label");
    world.make("apiextensions.k8s.io/v1:CustomResourceDefinition", definition);
    const tea = { metadata: { name: "a" }, spec: { leaf: "green", sugar: 1 } };
    expect(world.make("shop.io/v1:Tea", tea).state.spec).to.deep.equal({ leaf: "green" });
  });

  it("does not stand for what it was meant to be", () => {
    const misnamed = container({ image: undefined, imagee: "nginx" });
    expect(reasons(new World().check(type, misnamed))).to.deep.equal([
      "spec.template.spec.containers[0].image: Required value",
    ]);
  });

  it("is refused in a change by server-side apply, which changes nothing then", () => {
    const world = new World();
    world.make(type, deployment);
    expect(() => world.update(type, id, but(misspelt, "spec/replicas", 3))).to.throw(
      /^BadRequest: failed to create typed patch object \(default\/web; apps\/v1, Kind=Deployment\): .spec.replicaz: field not declared in schema$/,
    );
    expect(at(world.read(type, id)?.state, "spec.replicas")).to.equal(1);
  });

  it("is refused with all others, each at its path", () => {
    const world = new World();
    world.make(type, deployment);
    const both = but(container({ imagePullPolicyy: "Always" }), "speck", {});
    expect(() => world.update(type, id, both)).to.throw(
      '(default/web; apps/v1, Kind=Deployment): errors:\n  .speck: field not declared in schema\n  .spec.template.spec.containers[name="web"].imagePullPolicyy: field not declared in schema',
    );
  });

  it("is refused in a patch, also one that would make the object", () => {
    const world = new World();
    const patch = { metadata: { name: "a" }, datas: {} };
    expect(() => world.make("core/v1:ConfigMapPatch", patch)).to.throw(
      "failed to create typed patch object (default/a; /v1, Kind=ConfigMap): .datas: field not declared in schema",
    );
    expect(world.contents()).to.deep.equal([]);
  });

  it("is dropped in a change without server-side apply, and from a definition, which is put in place of the old one", () => {
    const world = new World();
    const crd = "apiextensions.k8s.io/v1:CustomResourceDefinition";
    world.make(crd, definition);
    world.update(crd, "teas.shop.io", but(definition, "spec/colour", "red"));
    expect(world.read(crd, "teas.shop.io")?.state.spec).not.to.have.property("colour");
    world.make(type, deployment);
    world.settings = { ...world.settings, enableServerSideApply: false };
    world.update(type, id, but(misspelt, "spec/replicas", 3));
    expect(at(world.read(type, id)?.state, "spec.replicas")).to.equal(3);
    expect(at(world.read(type, id)?.state, "spec.replicaz")).to.equal(undefined);
  });
});
