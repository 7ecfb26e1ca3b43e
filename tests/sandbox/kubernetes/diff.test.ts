import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { World, but, deployment, release, releaseType, repos, running } from "./world.ts";

const service: Properties = {
  metadata: { name: "a" },
  spec: { ports: [{ port: 80 }], selector: { app: "web" } },
};

describe("Changes of Kubernetes objects", () => {
  const cases: readonly (readonly [
    title: string,
    type: string,
    before: Properties,
    after: Properties,
    paths: readonly string[],
  ])[] = [
    ["nothing", "apps/v1:Deployment", deployment, deployment, []],
    [
      "an image in place",
      "apps/v1:Deployment",
      deployment,
      running({ image: "nginx:1.30" }),
      ["spec.template.spec.containers[0].image"],
    ],
    [
      "a key with dots in brackets",
      "core/v1:Namespace",
      { metadata: { name: "a", labels: { "a.b/c": "1" } } },
      { metadata: { name: "a", labels: { "a.b/c": "2" } } },
      ['metadata.labels["a.b/c"]'],
    ],
    [
      "an unknown value",
      "core/v1:Service",
      service,
      but(service, "spec/selector", UNKNOWN),
      ["spec.selector"],
    ],
    [
      "a name by replacement, side by side",
      "core/v1:Service",
      service,
      but(service, "metadata/name", "b"),
      ["metadata.name!"],
    ],
    [
      "a namespace by replacement, side by side",
      "core/v1:Service",
      service,
      but(service, "metadata/namespace", "shop"),
      ["metadata.namespace!"],
    ],
    [
      "a Deployment's selector by replacement, the old one first",
      "apps/v1:Deployment",
      deployment,
      but(but(deployment, "spec/selector/matchLabels", { app: "api" }), "spec/template/metadata/labels", {
        app: "api",
      }),
      ["spec.selector.matchLabels.app!", "spec.template.metadata.labels.app", "delete first"],
    ],
    [
      "a made-up name's object side by side",
      "apps/v1:Deployment",
      but(deployment, "metadata/name", undefined),
      but(but(deployment, "metadata/name", undefined), "spec/selector/matchLabels", { tier: "web" }),
      ["spec.selector.matchLabels.app!", "spec.selector.matchLabels.tier!"],
    ],
    [
      "a Service's address by replacement",
      "core/v1:Service",
      service,
      but(service, "spec/clusterIP", "None"),
      ["spec.clusterIP!", "delete first"],
    ],
    [
      "a StatefulSet's claims by replacement and its replicas in place",
      "apps/v1:StatefulSet",
      but(deployment, "spec/volumeClaimTemplates", [{ metadata: { name: "a" } }]),
      but(but(deployment, "spec/volumeClaimTemplates", [{ metadata: { name: "b" } }]), "spec/replicas", 2),
      ["spec.volumeClaimTemplates[0].metadata.name!", "spec.replicas", "delete first"],
    ],
    [
      "a Job's image by replacement",
      "batch/v1:Job",
      { metadata: { name: "a" }, spec: { template: { spec: { image: "a" } } } },
      { metadata: { name: "a" }, spec: { template: { spec: { image: "b" } } } },
      ["spec.template.spec.image!", "delete first"],
    ],
    [
      "a pod's image by replacement",
      "core/v1:Pod",
      { metadata: { name: "a" }, spec: { containers: [{ name: "a", image: "a" }] } },
      { metadata: { name: "a" }, spec: { containers: [{ name: "a", image: "b" }] } },
      ["spec.containers[0].image!", "delete first"],
    ],
    [
      "a claim's class by replacement, its size in place",
      "core/v1:PersistentVolumeClaim",
      {
        metadata: { name: "a" },
        spec: { storageClassName: "gp2", resources: { requests: { storage: "1Gi" } } },
      },
      {
        metadata: { name: "a" },
        spec: { storageClassName: "gp3", resources: { requests: { storage: "2Gi" } } },
      },
      ["spec.storageClassName!", "spec.resources.requests.storage", "delete first"],
    ],
    [
      "a storage class's parameters by replacement",
      "storage.k8s.io/v1:StorageClass",
      { metadata: { name: "a" }, provisioner: "p" },
      { metadata: { name: "a" }, provisioner: "p", parameters: { type: "gp3" } },
      ["parameters!", "delete first"],
    ],
    [
      "a binding's role by replacement",
      "rbac.authorization.k8s.io/v1:ClusterRoleBinding",
      { metadata: { name: "a" }, roleRef: { name: "view" } },
      { metadata: { name: "a" }, roleRef: { name: "edit" } },
      ["roleRef.name!", "delete first"],
    ],
    [
      "a ConfigMap's data by replacement",
      "core/v1:ConfigMap",
      { metadata: { name: "a" }, data: { a: "1" } },
      { metadata: { name: "a" }, data: { a: "2" } },
      ["data.a!", "delete first"],
    ],
    [
      "a Secret's data by replacement",
      "core/v1:Secret",
      { metadata: { name: "a" }, stringData: { a: "1" } },
      { metadata: { name: "a" }, stringData: { a: "2" } },
      ["stringData.a!", "delete first"],
    ],
    [
      "a release's values in place",
      releaseType,
      release("cert-manager", repos.jetstack, { replicaCount: 1 }),
      release("cert-manager", repos.jetstack, { replicaCount: 2 }),
      ["values.replicaCount"],
    ],
    [
      "a release's namespace by replacement, side by side",
      releaseType,
      release("cert-manager", repos.jetstack),
      { ...release("cert-manager", repos.jetstack), namespace: "default" },
      ["namespace!"],
    ],
  ];
  for (const [title, type, before, after, paths] of cases) {
    it(`show ${title}`, () => {
      expect(new World().diff(type, before, after)).to.deep.equal(paths);
    });
  }

  it("show a ConfigMap's data in place where the provider is told so, unless it is immutable", () => {
    const world = new World();
    world.settings = { ...world.settings, enableConfigMapMutable: "true" };
    const before = { metadata: { name: "a" }, data: { a: "1" } };
    const after = { metadata: { name: "a" }, data: { a: "2" } };
    expect(world.diff("core/v1:ConfigMap", before, after)).to.deep.equal(["data.a"]);
    const locked = { ...after, immutable: true };
    expect(world.diff("core/v1:ConfigMap", { ...before, immutable: true }, locked)).to.deep.equal([
      "data.a!",
      "delete first",
    ]);
  });
});
