import { expect } from "chai";
import { UNKNOWN, at } from "../../../sandbox/values.ts";
import { World, but, claim, deployment, gp3, ingress, release, releaseType, repos } from "./world.ts";

describe("A Kubernetes cluster refuses to change", () => {
  it("the reclaim policy of a storage class", () => {
    const world = new World();
    world.make("storage.k8s.io/v1:StorageClass", { ...gp3, reclaimPolicy: "Delete" });
    expect(() =>
      world.update("storage.k8s.io/v1:StorageClass", "gp3", { ...gp3, reclaimPolicy: "Retain" }),
    ).to.throw(
      'Invalid: StorageClass.storage.k8s.io "gp3" is invalid: reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.',
    );
  });

  it("a claim to a smaller size", () => {
    const world = new World();
    world.make("storage.k8s.io/v1:StorageClass", gp3);
    world.make("core/v1:PersistentVolumeClaim", claim);
    const smaller = but(claim, "spec/resources/requests/storage", "5Gi");
    expect(() => world.update("core/v1:PersistentVolumeClaim", "default/data", smaller)).to.throw(
      'Invalid: PersistentVolumeClaim "data" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    );
    const larger = but(claim, "spec/resources/requests/storage", "20Gi");
    expect(world.update("core/v1:PersistentVolumeClaim", "default/data", larger).id).to.equal("default/data");
  });

  it("the size of a claim whose class does not allow it", () => {
    const world = new World();
    world.make("storage.k8s.io/v1:StorageClass", but(gp3, "allowVolumeExpansion", undefined));
    world.make("core/v1:PersistentVolumeClaim", claim);
    const larger = but(claim, "spec/resources/requests/storage", "20Gi");
    expect(() => world.update("core/v1:PersistentVolumeClaim", "default/data", larger)).to.throw(
      'Forbidden: persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
  });

  it("what is not there", () => {
    expect(() => new World().update("core/v1:ConfigMap", "default/a", { metadata: { name: "a" } })).to.throw(
      'NotFound: configmaps "a" not found',
    );
  });
});

describe("A Kubernetes cluster returns", () => {
  it("the metadata that the API server keeps", () => {
    const { state } = new World().make("core/v1:ConfigMap", { metadata: { name: "a" }, data: { a: "b" } });
    expect(at(state, "metadata.uid")).to.match(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(at(state, "metadata.creationTimestamp")).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(at(state, "metadata.resourceVersion")).to.match(/^\d+$/);
    expect(state).to.deep.include({ apiVersion: "v1", kind: "ConfigMap", data: { a: "b" } });
  });

  it("a new version, and a new generation where the specification changed", () => {
    const world = new World();
    const made = world.make("apps/v1:Deployment", deployment).state;
    const labelled = world.update(
      "apps/v1:Deployment",
      "default/web",
      but(deployment, "metadata/labels", { a: "b" }),
    ).state;
    const scaled = world.update(
      "apps/v1:Deployment",
      "default/web",
      but(deployment, "spec/replicas", 3),
    ).state;
    expect([made, labelled, scaled].map((state) => at(state, "metadata.generation"))).to.deep.equal([
      1, 1, 2,
    ]);
    expect(at(scaled, "metadata.uid")).to.equal(at(made, "metadata.uid"));
    expect(at(scaled, "status.readyReplicas")).to.equal(3);
  });

  it("a Service's addresses, each its own", () => {
    const world = new World();
    const spec = { ports: [{ port: 80 }], selector: { app: "web" } };
    const made = ["a", "b"].map((name) =>
      at(world.make("core/v1:Service", { metadata: { name }, spec }).state, "spec.clusterIP"),
    );
    expect(made[0]).to.match(/^172\.20\.\d+\.\d+$/);
    expect(made[0]).not.to.equal(made[1]);
  });

  it("an Ingress's hostname once its controller is there, one for each group", () => {
    const world = new World();
    world.make(releaseType, release("aws-load-balancer-controller", repos.aws, { clusterName: "platform" }));
    const { state } = world.make("networking.k8s.io/v1:Ingress", ingress);
    const hostname = /^k8s-default-shop-[0-9a-f]{10}-\d+\.eu-west-1\.elb\.amazonaws\.com$/;
    expect(at(state, "status.loadBalancer.ingress[0].hostname")).to.match(hostname);
    const grouped = ["a", "b"].map((name) => {
      const annotations = { "alb.ingress.kubernetes.io/group.name": "public" };
      const made = world.make("networking.k8s.io/v1:Ingress", {
        ...ingress,
        metadata: { name, annotations },
      });
      return at(made.state, "status.loadBalancer.ingress[0].hostname");
    });
    expect(grouped[0])
      .to.equal(grouped[1])
      .and.to.match(/^internal-k8s-public-/);
  });

  it("a claim as bound, or as pending where its class waits for a consumer", () => {
    const phase = (volumeBindingMode: string) => {
      const world = new World();
      world.make("storage.k8s.io/v1:StorageClass", { ...gp3, volumeBindingMode });
      return at(world.make("core/v1:PersistentVolumeClaim", claim).state, "status.phase");
    };
    expect([phase("Immediate"), phase("WaitForFirstConsumer")]).to.deep.equal(["Bound", "Pending"]);
  });

  it("in a preview no id, no status and no refusal by what is there", () => {
    const { id, state } = new World().preview(
      "apps/v1:Deployment",
      but(deployment, "metadata/namespace", "shop"),
    );
    expect(id).to.equal("");
    expect(state.status).to.equal(UNKNOWN);
    expect(at(state, "metadata.uid")).to.equal(undefined);
  });

  it("the same when it is read", () => {
    const world = new World();
    const made = world.make("apps/v1:Deployment", deployment);
    expect(world.read("apps/v1:Deployment", made.id)).to.deep.equal({
      id: made.id,
      inputs: { apiVersion: "apps/v1", kind: "Deployment", ...deployment },
      state: made.state,
    });
  });

  it("a namespace of Kubernetes' own, and nothing for what does not exist", () => {
    expect(at(new World().read("core/v1:Namespace", "kube-system")?.state, "status.phase")).to.equal(
      "Active",
    );
    expect(new World().read("core/v1:Namespace", "shop")).to.equal(undefined);
  });

  it("a Secret's values to who knows them, and keeps digests", () => {
    const world = new World();
    const { inputs } = world.check("core/v1:Secret", {
      metadata: { name: "a" },
      stringData: { password: "hunter2" },
    });
    const made = world.make("core/v1:Secret", inputs);
    expect(made.state.stringData).to.deep.equal({ password: "hunter2" });
    expect(JSON.stringify([...world.account.everything()])).not.to.contain("hunter2");
    expect(world.read("core/v1:Secret", made.id, inputs)?.state).to.deep.equal(made.state);
    expect(world.read("core/v1:Secret", made.id)?.inputs.stringData).to.deep.equal({
      password: "sha256:f52fbd32b2b3b86ff88ef6c490628285f482af15ddcb29541f94bcf526a3f6c7",
    });
  });
});
