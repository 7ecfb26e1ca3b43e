import { expect } from "chai";
import { World, ingress, release, releaseType, repos } from "./world.ts";

const keda = release("keda", "https://kedacore.github.io/charts", { crds: { install: true } });
const scaledObject = {
  metadata: { name: "queue", namespace: "shop" },
  spec: { scaleTargetRef: { name: "web" }, triggers: [{ type: "cron", metadata: {} }] },
};
const controller = release("aws-load-balancer-controller", repos.aws, { clusterName: "platform" });

function shop(): World {
  const world = new World();
  world.make("core/v1:Namespace", { metadata: { name: "shop" } });
  return world;
}

describe("Finalizers", () => {
  it("are no hindrance while the operator is there", () => {
    const world = shop();
    world.make(releaseType, keda);
    world.make("keda.sh/v1alpha1:ScaledObject", scaledObject);
    world.delete("keda.sh/v1alpha1:ScaledObject", "shop/queue");
    expect(world.contents()).to.deep.equal(["Namespace shop", "Release kube-system/keda"]);
  });

  it("keep custom resources whose operator goes first, and with them their namespace", () => {
    const world = shop();
    world.make(releaseType, keda);
    world.make("keda.sh/v1alpha1:ScaledObject", scaledObject);
    world.delete(releaseType, "kube-system/keda");
    expect(world.contents()).to.deep.equal(["Namespace shop", "ScaledObject shop/queue"]);
    expect(() => world.delete("core/v1:Namespace", "shop")).to.throw(
      "Some content in the namespace has finalizers remaining: finalizer.keda.sh in 1 resource instances",
    );
  });

  it("keep an Ingress whose controller is gone", () => {
    const world = shop();
    world.make(releaseType, controller);
    world.make("networking.k8s.io/v1:Ingress", ingress);
    world.delete(releaseType, "kube-system/aws-load-balancer-controller");
    expect(() => world.delete("networking.k8s.io/v1:Ingress", "default/shop")).to.throw(
      'DeletionTimedOut: the Kubernetes API server reported that "default/shop" failed to fully delete in time: finalizers might be preventing deletion: ["ingress.k8s.aws/resources"]',
    );
    world.make(releaseType, controller);
    world.delete("networking.k8s.io/v1:Ingress", "default/shop");
    expect(world.contents()).to.deep.equal([
      "Namespace shop",
      "Release kube-system/aws-load-balancer-controller",
    ]);
  });

  it("keep the namespace, which takes nothing more", () => {
    const world = shop();
    world.make(releaseType, controller);
    world.make("networking.k8s.io/v1:Ingress", { ...ingress, metadata: { name: "a", namespace: "shop" } });
    world.delete(releaseType, "kube-system/aws-load-balancer-controller");
    expect(() => world.delete("core/v1:Namespace", "shop")).to.throw(
      "finalizers might be preventing deletion: Some content in the namespace has finalizers remaining: ingress.k8s.aws/resources in 1 resource instances",
    );
    expect(() => world.make("core/v1:ConfigMap", { metadata: { name: "a", namespace: "shop" } })).to.throw(
      'Forbidden: configmaps "a" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
  });

  it("of the program's own keep an object that nobody answers for, unless nobody waits", () => {
    const world = new World();
    const metadata = { name: "a", finalizers: ["shop.io/audit"] };
    world.make("core/v1:ConfigMap", { metadata });
    expect(() => world.delete("core/v1:ConfigMap", "default/a")).to.throw('["shop.io/audit"]');
    const annotations = { "pulumi.com/skipAwait": "true" };
    world.make("core/v1:ConfigMap", { metadata: { ...metadata, name: "b", annotations } });
    expect(world.delete("core/v1:ConfigMap", "default/b")).to.equal(1);
  });
});
