import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { forgetCluster } from "../../../sandbox/kubernetes/cluster.ts";
import { World, arn, but, deployment, kubeconfig, release, releaseType, repos } from "./world.ts";

describe("A Kubernetes cluster", () => {
  it("refuses an object in a namespace that does not exist", () => {
    const inputs = { metadata: { name: "a", namespace: "shop" } };
    expect(() => new World().make("core/v1:ConfigMap", inputs)).to.throw(
      'NotFound: namespaces "shop" not found',
    );
  });

  it("refuses a second object of one name", () => {
    const world = new World();
    world.make("apps/v1:Deployment", deployment);
    expect(() => world.make("apps/v1:Deployment", deployment)).to.throw(
      'AlreadyExists: deployments.apps "web" already exists',
    );
  });

  it("refuses what Kubernetes made itself, in another version too", () => {
    const world = new World();
    expect(() => world.make("core/v1:Namespace", { metadata: { name: "kube-system" } })).to.throw(
      'AlreadyExists: namespaces "kube-system" already exists',
    );
    expect(() => world.make("core/v1:ServiceAccount", { metadata: { name: "default" } })).to.throw(
      'AlreadyExists: serviceaccounts "default" already exists',
    );
    const scaler = {
      metadata: { name: "a" },
      spec: { maxReplicas: 2, scaleTargetRef: { kind: "Deployment", name: "a" } },
    };
    world.make("autoscaling/v2:HorizontalPodAutoscaler", scaler);
    expect(() => world.make("autoscaling/v1:HorizontalPodAutoscaler", scaler)).to.throw(
      'AlreadyExists: horizontalpodautoscalers.autoscaling "a" already exists',
    );
  });

  it("refuses a version that it no longer serves", () => {
    expect(() =>
      new World().make("policy/v1beta1:PodDisruptionBudget", { metadata: { name: "a" } }),
    ).to.throw('NoKindMatch: no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"');
  });

  it("refuses a custom resource before its definition", () => {
    const world = new World();
    const type = "elasticsearch.k8s.elastic.co/v1:Elasticsearch";
    expect(() => world.make(type, { metadata: { name: "logs" } })).to.throw(
      'NoKindMatch: no matches for kind "Elasticsearch" in version "elasticsearch.k8s.elastic.co/v1"',
    );
    world.make(releaseType, release("eck-operator", repos.elastic));
    expect(world.make(type, { metadata: { name: "logs" } }).id).to.equal("default/logs");
  });

  it("takes custom resources along with their definition", () => {
    const world = new World();
    const spec = {
      group: "shop.io",
      scope: "Namespaced",
      names: { plural: "teas", kind: "Tea" },
      versions: [
        { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } },
      ],
    };
    const definition = { metadata: { name: "teas.shop.io" }, spec };
    world.make("apiextensions.k8s.io/v1:CustomResourceDefinition", definition);
    world.make("shop.io/v1:Tea", { metadata: { name: "green" } });
    expect(world.contents()).to.deep.equal(["Tea default/green"]);
    world.delete("apiextensions.k8s.io/v1:CustomResourceDefinition", "teas.shop.io");
    expect(world.contents()).to.deep.equal([]);
  });

  it("takes objects along with their namespace, and no others", () => {
    const world = new World();
    world.make("core/v1:Namespace", { metadata: { name: "shop" } });
    world.make("core/v1:ConfigMap", { metadata: { name: "a", namespace: "shop" } });
    world.make("core/v1:ConfigMap", { metadata: { name: "a" } });
    expect(world.delete("core/v1:Namespace", "shop")).to.equal(20);
    expect(world.contents()).to.deep.equal(["ConfigMap default/a"]);
  });

  it("deletes what is already gone", () => {
    expect(new World().delete("core/v1:ConfigMap", "default/a")).to.equal(1);
  });

  it("is forgotten whole", () => {
    const world = new World();
    world.make("core/v1:ConfigMap", { metadata: { name: "a" } });
    forgetCluster(world.account, arn);
    expect(world.contents()).to.deep.equal([]);
    expect(world.account.find("aws:eks/cluster:Cluster", arn)?.id).to.equal("platform");
  });

  it("knows nothing of another cluster's objects", () => {
    const world = new World();
    world.make("core/v1:Namespace", { metadata: { name: "shop" } });
    world.settings = {};
    expect(() => world.make("core/v1:ConfigMap", { metadata: { name: "a", namespace: "shop" } })).to.throw(
      'NotFound: namespaces "shop" not found',
    );
  });

  describe("reached through a kubeconfig", () => {
    const lost = "Unreachable: configured Kubernetes cluster is unreachable: ";

    it("is refused where no cluster has that endpoint", () => {
      const world = new World();
      world.settings = { kubeconfig: kubeconfig("https://gone.eks.amazonaws.com") };
      expect(() => world.check("core/v1:Namespace", {})).to.throw(
        `${lost}unable to load schema information from the API server: Get "https://gone.eks.amazonaws.com/openapi/v2?timeout=32s": dial tcp: lookup gone.eks.amazonaws.com: no such host`,
      );
    });

    it("is found in YAML as well", () => {
      const world = new World();
      world.settings = {
        kubeconfig: JSON.stringify(kubeconfig(), null, 2).replaceAll('"current-context"', "current-context"),
      };
      world.make("core/v1:ConfigMap", { metadata: { name: "a" } });
      expect(world.contents()).to.deep.equal(["ConfigMap default/a"]);
    });

    it("is refused where the text is no kubeconfig, without showing it", () => {
      const world = new World();
      world.settings = { kubeconfig: "token: [hunter2" };
      expect(() => world.check("core/v1:Namespace", {})).to.throw(
        `${lost}failed to parse kubeconfig data in \`kubernetes:config:kubeconfig\`- not a mapping`,
      );
    });

    it("is refused where the context does not exist", () => {
      const world = new World();
      world.settings = { ...world.settings, context: "prod" };
      expect(() => world.check("core/v1:Namespace", {})).to.throw(
        `${lost}unable to load Kubernetes client configuration from kubeconfig file: context "prod" does not exist or has no cluster`,
      );
    });
  });

  it("finds what it needs by name, never by walking through what there may be many of", () => {
    const world = new World();
    const { account } = world;
    account.everything = () => expect.fail("walked through everything");
    const few = /^aws:(?:autoscaling\/group|eks\/(?:cluster|fargateProfile|nodeGroup)):/;
    account.all = (token) =>
      few.test(token) ? Account.prototype.all.call(account, token) : expect.fail(`walked through ${token}`);
    const made = world.make("apps/v1:Deployment", deployment);
    world.make("core/v1:Service", { metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } });
    world.update("apps/v1:Deployment", made.id, but(deployment, "spec/replicas", 2));
    world.make("core/v1:Namespace", { metadata: { name: "shop" } });
    expect(world.delete("core/v1:Namespace", "shop")).to.equal(20);
  });

  it("lets what it has from the beginning be imported and changed", () => {
    const world = new World();
    const type = "storage.k8s.io/v1:StorageClass";
    const annotations = { "storageclass.kubernetes.io/is-default-class": "false" };
    const { metadata, ...imported } = world.read(type, "gp2")?.inputs ?? {};
    expect(metadata).to.deep.equal({ name: "gp2" });
    world.update(type, "gp2", { ...imported, metadata: { name: "gp2", annotations } });
    const { state } = world.read(type, "gp2") ?? {};
    expect(state?.metadata).to.deep.include({ name: "gp2", annotations });
    expect(state?.provisioner).to.equal("kubernetes.io/aws-ebs");
  });
});
