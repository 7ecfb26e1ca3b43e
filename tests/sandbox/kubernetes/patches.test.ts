import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { World, but, container, deployment, reasons } from "./world.ts";

const type = "apps/v1:DeploymentPatch";
const id = "default/web";

/** A patch of what `deployment` makes. */
const patch = (spec: Properties, annotations: Properties = {}): Properties => ({
  metadata: { name: "web", namespace: "default", annotations },
  spec,
});

/** A world with that Deployment, of two replicas. */
function withDeployment(): World {
  const world = new World();
  world.make("apps/v1:Deployment", but(deployment, "spec/replicas", 2));
  return world;
}

const specOf = (world: World): unknown => world.read("apps/v1:Deployment", id)?.state.spec;
const extra = { template: { spec: { containers: [{ name: "web", env: [{ name: "A", value: "1" }] }] } } };

describe("A patch of an object that another resource made", () => {
  it("adds its fields, in lists by what names their entries", () => {
    const world = withDeployment();
    expect(world.make(type, patch(extra)).id).to.equal(id);
    expect(at(specOf(world), "template.spec.containers")).to.deep.equal([
      { ...container({}), env: [{ name: "A", value: "1" }] },
    ]);
    expect(at(specOf(world), "replicas")).to.equal(2);
  });

  it("is no part of what the other resource asked for", () => {
    const world = withDeployment();
    world.make(type, patch(extra));
    expect(world.read("apps/v1:Deployment", id)?.inputs.spec).to.deep.equal({
      ...(typeof deployment.spec === "object" ? deployment.spec : {}),
      replicas: 2,
    });
  });

  it("stays when the other resource changes the object", () => {
    const world = withDeployment();
    world.make(type, patch(extra));
    world.update("apps/v1:Deployment", id, but(deployment, "spec/replicas", 3));
    expect(at(specOf(world), "template.spec.containers[0].env")).to.deep.equal([{ name: "A", value: "1" }]);
    expect(at(specOf(world), "replicas")).to.equal(3);
  });

  it("gives up what it says no longer, and everything when it is deleted", () => {
    const world = withDeployment();
    world.make(type, patch(extra));
    world.update(type, id, patch({ minReadySeconds: 5 }));
    expect(at(specOf(world), "template.spec.containers[0].env")).to.equal(undefined);
    expect(at(specOf(world), "minReadySeconds")).to.equal(5);
    world.delete(type, id);
    expect(at(specOf(world), "minReadySeconds")).to.equal(undefined);
    expect(world.contents()).to.deep.equal(["Deployment default/web"]);
  });

  it("is refused where it wants another value of a field, unless it takes it by force", () => {
    const world = withDeployment();
    expect(() => world.make(type, patch({ replicas: 5 }))).to.throw(
      /^Conflict: server-side apply field conflict detected, see https:\/\/\S+ for troubleshooting help\nThe resource managed by field manager "pulumi-kubernetes-[0-9a-f]{8}" had an apply conflict: Apply failed with 1 conflict: conflict with "pulumi-kubernetes" using apps\/v1: .spec.replicas$/,
    );
    expect(at(specOf(world), "replicas")).to.equal(2);
    world.make(type, patch({ replicas: 5 }, { "pulumi.com/patchForce": "true" }));
    expect(at(specOf(world), "replicas")).to.equal(5);
  });

  it("names each field that two managers want", () => {
    const world = withDeployment();
    const containers = [{ name: "web", image: "nginx:2" }];
    const both = patch({ replicas: 5, template: { spec: { containers } } });
    expect(() => world.make(type, both)).to.throw(
      'Apply failed with 2 conflicts: conflicts with "pulumi-kubernetes" using apps/v1:\n- .spec.template.spec.containers[name="web"].image\n- .spec.replicas',
    );
  });

  it("keeps the other resource from changing the same field", () => {
    const world = withDeployment();
    world.make(type, patch({ minReadySeconds: 5 }));
    const change = but(deployment, "spec/minReadySeconds", 9);
    expect(() => world.update("apps/v1:Deployment", id, change)).to.throw(
      /Apply failed with 1 conflict: conflict with "pulumi-kubernetes-[0-9a-f]{8}" using apps\/v1: .spec.minReadySeconds$/,
    );
  });

  it("shares an object with other patches", () => {
    const world = withDeployment();
    world.make(type, patch({ minReadySeconds: 5 }), "one");
    world.make(type, patch({ revisionHistoryLimit: 3 }), "two");
    expect(specOf(world)).to.deep.include({ minReadySeconds: 5, revisionHistoryLimit: 3 });
    expect(() => world.make(type, patch({ minReadySeconds: 6 }), "three")).to.throw("1 conflict");
  });

  it("labels a Secret, whose values the cluster keeps to itself", () => {
    const world = new World();
    const secret = { type: "kubernetes.io/tls", data: { "tls.crt": "YQ==", "tls.key": "Yg==" } };
    world.make("core/v1:Secret", { metadata: { name: "pair" }, ...secret });
    world.make("core/v1:SecretPatch", { metadata: { name: "pair", labels: { team: "shop" } } });
    expect(world.read("core/v1:Secret", "default/pair")?.state.metadata).to.deep.include({
      labels: { team: "shop" },
    });
  });

  it("is refused as a whole where the object would not be valid", () => {
    const world = withDeployment();
    expect(() => world.make(type, patch({ replicas: -1 }, { "pulumi.com/patchForce": "true" }))).to.throw(
      'Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
    expect(at(specOf(world), "replicas")).to.equal(2);
  });

  it("goes with the object", () => {
    const world = withDeployment();
    world.make(type, patch({ minReadySeconds: 5 }));
    world.delete("apps/v1:Deployment", id);
    expect(world.contents()).to.deep.equal([]);
    expect(world.delete(type, id)).to.equal(1);
  });

  it("is replaced for nothing but another object", () => {
    const world = new World();
    const selected = patch({ selector: { matchLabels: { app: "web" } } });
    expect(world.diff(type, patch({}), selected)).to.deep.equal(["spec.selector"]);
    expect(world.diff(type, patch({}), but(patch({}), "metadata/name", "other"))).to.deep.equal([
      "metadata.name!",
    ]);
  });
});

describe("A patch of what nobody made", () => {
  it("makes the object, which stays when the patch is deleted", () => {
    const world = new World();
    world.make("core/v1:ConfigMapPatch", { metadata: { name: "shared" }, data: { a: "1" } });
    expect(world.read("core/v1:ConfigMap", "default/shared")?.state.data).to.deep.equal({ a: "1" });
    world.delete("core/v1:ConfigMapPatch", "default/shared");
    expect(world.read("core/v1:ConfigMap", "default/shared")?.state.data).to.equal(undefined);
  });

  it("is refused to be deleted where the object cannot be without it", () => {
    const world = new World();
    world.make(type, deployment);
    expect(() => world.delete(type, id)).to.throw(
      "this Patch resource is currently managing a required field, so it can't be deleted directly. Either set the `retainOnDelete` resource option, or transfer ownership of the field before deleting: spec.selector",
    );
  });

  it("may be of what stands in every cluster", () => {
    const world = new World();
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    world.make("core/v1:NamespacePatch", { metadata: { name: "default", labels } });
    const bare = { metadata: { name: "bare" }, spec: { containers: [{ name: "a", image: "a" }] } };
    expect(() => world.make("core/v1:Pod", bare)).to.throw('violates PodSecurity "restricted:latest"');
    const containers = [{ name: "aws-node", env: [{ name: "ENABLE_PREFIX_DELEGATION", value: "true" }] }];
    const spec = { template: { spec: { containers } } };
    const metadata = { name: "aws-node", namespace: "kube-system" };
    expect(world.make("apps/v1:DaemonSetPatch", { metadata, spec }).id).to.equal("kube-system/aws-node");
    const annotations = { "storageclass.kubernetes.io/is-default-class": "false" };
    const gp2 = world.make("storage.k8s.io/v1:StorageClassPatch", { metadata: { name: "gp2", annotations } });
    expect(gp2.state.provisioner).to.equal("kubernetes.io/aws-ebs");
  });

  it("must say which object it is of, and needs server-side apply", () => {
    const world = new World();
    expect(() => world.check(type, { spec: {} })).to.throw(
      "patch resources require the `.metadata.name` field to be set",
    );
    world.settings = { ...world.settings, enableServerSideApply: "false" };
    expect(() => world.check(type, patch({}))).to.throw(
      "patch resources require Server-Side Apply mode, which is enabled using the `enableServerSideApply` Provider config",
    );
  });

  it("is not judged before it is known of what", () => {
    expect(reasons(new World().check(type, patch({ replicas: 5 })))).to.deep.equal([]);
  });
});
