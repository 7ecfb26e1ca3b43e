import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World } from "./world.ts";

const metadata = { name: "web", namespace: "default" };
const wide = { name: "web" };

describe("Fields that never change", () => {
  it("have not changed where their default is written down", () => {
    const world = new World();
    const storage = "storage.k8s.io/v1:StorageClass";
    const plain = { metadata: wide, provisioner: "ebs.csi.aws.com" };
    world.make(storage, plain);
    expect(world.update(storage, "web", { ...plain, reclaimPolicy: "Delete" }).id).to.equal("web");
    expect(() => world.update(storage, "web", { ...plain, reclaimPolicy: "Retain" })).to.throw(
      'StorageClass.storage.k8s.io "web" is invalid: reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.',
    );
  });

  it("are all those of a ConfigMap that says so, and that it says so", () => {
    const world = new World();
    const map = { metadata, immutable: true, data: { a: "1" } };
    const words = "Forbidden: field is immutable when `immutable` is set";
    world.make("core/v1:ConfigMap", map);
    const change = (fields: Properties) => () =>
      world.update("core/v1:ConfigMap", "default/web", { ...map, ...fields });
    expect(change({ immutable: false })).to.throw(`ConfigMap "web" is invalid: immutable: ${words}`);
    expect(change({ data: { a: "2" } })).to.throw(`ConfigMap "web" is invalid: data: ${words}`);
    expect(change({ metadata: { ...metadata, labels: { a: "b" } } })().id).to.equal("default/web");
  });
});
