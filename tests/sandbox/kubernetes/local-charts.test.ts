import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { kubernetesProviderOn } from "../../../sandbox/kubernetes/provider.ts";
import { runHere } from "../../../sandbox/kubernetes/manifests/commands.ts";
import type { Run } from "../../../sandbox/kubernetes/manifests/commands.ts";
import { connect } from "../../../sandbox/kubernetes/server/connect.ts";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { Machine, failing } from "./recorded.ts";
import { World, releaseType, subject } from "./world.ts";

const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: shop }\n";
const pods =
  "selector: { matchLabels: { app: shop } }\n  template: { metadata: { labels: { app: shop } }, spec:";
const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec:\n  ${pods} { serviceAccountName: shop, containers: [{ name: shop, image: shop }] } }\n`;
const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n";
const kept =
  "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: kept, annotations: { helm.sh/resource-policy: keep } }\n";

/** What a machine's Helm prints: the templates, and the definitions in the chart's folder for them. */
const helm =
  (manifests: readonly string[], definitions = ""): Run =>
  (_, [command]) => ({
    output: command === "show" ? definitions : manifests.join("---\n"),
    failure: undefined,
  });

const chart = { chart: "./shop", name: "shop", namespace: "default", timeout: 300, values: {} };

/** A cluster, and Helm on the machine before it, which may render something else later. */
class Store {
  public readonly world = new World();
  public run: Run = helm([account, deployment]);
  readonly #provider = kubernetesProviderOn((session) => connect(session, (...call) => this.run(...call)));

  public install(fields: Properties = {}): Settled {
    return this.#provider.create(this.world.session(), subject(releaseType), { ...chart, ...fields });
  }

  public upgrade(fields: Properties = {}): Settled {
    const inputs = { ...chart, ...fields };
    return this.#provider.update(this.world.session(), subject(releaseType), "default/shop", {}, inputs);
  }

  public uninstall(): void {
    this.#provider.delete(this.world.session(), subject(releaseType), "default/shop");
  }

  public contents(): readonly string[] {
    return this.world.contents().filter((one) => !one.startsWith("Release "));
  }
}

describe("A release of a chart in a folder", () => {
  it("puts into the cluster what Helm renders, with Helm's marks, in Helm's order", () => {
    const store = new Store();
    store.run = helm([deployment, account]);
    const { state } = store.install();
    expect(store.contents()).to.deep.equal(["ServiceAccount default/shop", "Deployment default/shop"]);
    expect(state.resourceNames).to.deep.equal({
      "ServiceAccount/v1": ["default/shop"],
      "Deployment.apps/apps/v1": ["default/shop"],
    });
    expect(store.world.read("apps/v1:Deployment", "default/shop")?.state.metadata).to.deep.include({
      labels: { "app.kubernetes.io/managed-by": "Helm" },
      annotations: { "meta.helm.sh/release-name": "shop", "meta.helm.sh/release-namespace": "default" },
    });
  });

  it("renders it with the values of the release", () => {
    const machine = new Machine({ helm: account });
    const store = new Store();
    store.run = machine.run;
    store.install({ values: { replicas: 2 }, skipCrds: true });
    expect(machine.calls).to.deep.equal([
      {
        line: "helm template shop ./shop --values - --namespace default --kube-version v1.35.0-eks-bab80f5 --no-hooks",
        input: '{"replicas":2}',
      },
    ]);
  });

  it("waits beside Secrets, whose values the cluster keeps to itself", () => {
    const store = new Store();
    store.run = helm([
      account,
      "apiVersion: v1\nkind: Secret\nmetadata: { name: key }\ndata: { key: aGk= }\n",
    ]);
    store.install();
    expect(store.contents()).to.deep.equal(["ServiceAccount default/shop", "Secret default/key"]);
  });

  it("takes away what it holds no longer, and all but what is to be kept when it is uninstalled", () => {
    const store = new Store();
    store.install();
    store.run = helm([account, settings, kept]);
    store.upgrade();
    expect(store.contents()).to.deep.equal([
      "ServiceAccount default/shop",
      "ConfigMap default/shop",
      "ConfigMap default/kept",
    ]);
    store.uninstall();
    expect(store.contents()).to.deep.equal(["ConfigMap default/kept"]);
  });

  it("takes over nothing that another hand made", () => {
    const store = new Store();
    store.world.make("core/v1:ServiceAccount", { metadata: { name: "shop" } });
    expect(() => store.install()).to.throw(
      'Unable to continue with install: ServiceAccount "shop" in namespace "default" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"; annotation validation error: missing key "meta.helm.sh/release-name": must be set to "shop"; annotation validation error: missing key "meta.helm.sh/release-namespace": must be set to "default"',
    );
  });

  it("needs the definitions of its custom resources first, unless they are in its own folder for them", () => {
    const store = new Store();
    const tea = "apiVersion: shop.io/v1\nkind: Tea\nmetadata: { name: green }\n";
    store.run = helm([tea]);
    expect(() => store.install()).to.throw(
      'unable to build kubernetes objects from release manifest: resource mapping not found for name: "green" namespace: "default" from "": no matches for kind "Tea" in version "shop.io/v1"\nensure CRDs are installed first',
    );
    const version =
      "{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }";
    const names = "names: { kind: Tea, plural: teas }, scope: Namespaced";
    const definition = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: teas.shop.io }\nspec: { group: shop.io, ${names}, versions: [${version}] }\n`;
    store.run = helm([tea], definition);
    store.install();
    expect(store.contents()).to.deep.equal(["Tea default/green"]);
    store.uninstall();
    expect(store.world.read("apiextensions.k8s.io/v1:CustomResourceDefinition", "teas.shop.io")).not.to.equal(
      undefined,
    );
  });

  it("fails where the API server refuses an object, and leaves what was there", () => {
    const store = new Store();
    store.run = helm([account, deployment.replace("name: shop, image", "name: Shop, image")]);
    expect(() => store.install()).to.throw(
      /Helm Release default\/shop: Deployment.apps "shop" is invalid: spec.template.spec.containers\[0\].name: Invalid value: "Shop"/,
    );
    expect(store.contents()).to.deep.equal(["ServiceAccount default/shop"]);
  });

  it("fails where its pods do not start, and leaves nothing if it is atomic", () => {
    const store = new Store();
    store.run = helm([deployment]);
    const words =
      /context deadline exceeded: Minimum number of live Pods was not attained: .*serviceaccount "shop" not found/;
    expect(() => store.install()).to.throw(words);
    store.uninstall();
    expect(() => store.install({ atomic: true })).to.throw(
      "release shop failed, and has been uninstalled due to atomic being set",
    );
    expect(store.contents()).to.deep.equal([]);
    expect(store.install({ skipAwait: true }).id).to.equal("default/shop");
  });

  it("goes back to what it was where an atomic upgrade fails", () => {
    const store = new Store();
    store.install();
    const good = store.run;
    const bad = helm([account, deployment.replace("name: shop, image", "name: Shop, image")]);
    let renderings = 0;
    store.run = (...call) => (call[1][0] === "template" && renderings++ === 0 ? bad(...call) : good(...call));
    expect(() => store.upgrade({ atomic: true })).to.throw("has been rolled back due to atomic being set");
    expect(
      at(store.world.read("apps/v1:Deployment", "default/shop")?.state, "status.availableReplicas"),
    ).to.equal(1);
  });

  it("fails in Helm's words where it cannot be rendered, and holds nothing where there is no Helm", () => {
    const store = new Store();
    store.run = new Machine({ helm: failing("Error: nil pointer evaluating interface {}.name") }).run;
    expect(() => store.install()).to.throw(
      'the chart "./shop" cannot be rendered: Error: nil pointer evaluating',
    );
    store.run = new Machine({}).run;
    store.install();
    expect(store.contents()).to.deep.equal([]);
  });
});

describe("Helm itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "chart-"));
  before(function () {
    if (runHere("helm", ["version"]) === undefined) {
      console.warn("      there is no helm on the PATH: what it renders is not tested");
      this.skip();
    }
    mkdirSync(join(folder, "templates"));
    writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: tea\nversion: 1.2.3\nappVersion: '4'\n");
    writeFileSync(join(folder, "values.yaml"), "kind: green\n");
    const template = [
      "apiVersion: v1",
      "kind: ConfigMap",
      "metadata: { name: {{ .Release.Name }} }",
      "data: { kind: {{ .Values.kind }}, cluster: {{ .Capabilities.KubeVersion.Version | quote }} }",
    ];
    writeFileSync(join(folder, "templates", "map.yaml"), template.join("\n"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("renders a chart for a release", () => {
    const store = new Store();
    store.run = runHere;
    const { state } = store.install({ chart: folder, values: { kind: "black" } });
    expect(store.world.read("core/v1:ConfigMap", "default/shop")?.state.data).to.deep.equal({
      kind: "black",
      cluster: "v1.35.0-eks-bab80f5",
    });
    expect(state.status).to.deep.include({ chart: "tea", version: "1.2.3", appVersion: "4" });
  });
});
