import { expect } from "chai";
import { kubernetesProviderOn } from "../../../sandbox/kubernetes/provider.ts";
import { connect } from "../../../sandbox/kubernetes/server/connect.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { Machine, failing } from "./recorded.ts";
import { World } from "./world.ts";

const service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";

/** Asks the provider on a machine with these commands, for the cluster of a world. */
function ask(machine: Machine, token: string, args: Properties, world = new World()): Properties {
  return kubernetesProviderOn(connect, machine.run).invoke(world.session(), token, args);
}

describe("kubernetes:yaml:decode", () => {
  const decode = (text: string, defaultNamespace?: string): unknown =>
    ask(new Machine({}), "kubernetes:yaml:decode", { text, defaultNamespace }).result;

  it("finds the objects in a text", () => {
    const text = [
      "apiVersion: v1",
      "kind: Namespace",
      "metadata: { name: shop }",
      "---",
      "# nothing",
      "---",
      "notes: { of: no kind }",
      "---",
      "apiVersion: v1",
      "kind: ConfigMap",
      "metadata: { name: shop }",
    ].join("\n");
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    const map = { apiVersion: "v1", kind: "ConfigMap" };
    expect(decode(text)).to.deep.equal([namespace, { ...map, metadata: { name: "shop" } }]);
    expect(decode(text, "shop")).to.deep.equal([
      namespace,
      { ...map, metadata: { name: "shop", namespace: "shop" } },
    ]);
  });

  it("reads YAML 1.1, as Kubernetes' tools do", () => {
    const text = [
      "apiVersion: v1",
      "kind: Odd",
      "base: &base { colour: red }",
      "spec: { <<: *base, defaultMode: 0644, enabled: yes, day: 2026-01-01, at: 12:30 }",
    ].join("\n");
    expect(decode(text)).to.deep.equal([
      {
        apiVersion: "v1",
        kind: "Odd",
        base: { colour: "red" },
        spec: { colour: "red", defaultMode: 420, enabled: true, day: "2026-01-01", at: "12:30" },
      },
    ]);
  });

  it("refuses what is no YAML", () => {
    expect(() => decode('kind: "half')).to.throw(
      'InvalidYaml: failed to decode YAML: Missing closing "quote',
    );
  });

  it("knows no other functions", () => {
    expect(() => ask(new Machine({}), "kubernetes:nothing:at", {})).to.throw(
      "UnsupportedInvoke: the sandbox does not answer kubernetes:nothing:at",
    );
  });
});

describe("kubernetes:helm:template", () => {
  const template = (machine: Machine, options: Properties): unknown =>
    ask(machine, "kubernetes:helm:template", { jsonOpts: JSON.stringify(options) }).result;

  it("renders a chart in a folder for the cluster, with its definitions and hooks, but not with its tests", () => {
    const machine = new Machine({ helm: service });
    const options = { release_name: "shop", path: "/charts/web", namespace: "shop", values: { replicas: 3 } };
    expect(template(machine, options)).to.deep.equal([
      { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" } },
    ]);
    expect(machine.calls).to.deep.equal([
      {
        line: "helm template shop /charts/web --values - --namespace shop --kube-version v1.35.0-eks-bab80f5 --include-crds --skip-tests",
        input: '{"replicas":3}',
      },
    ]);
  });

  it("puts what names no namespace into the default one", () => {
    expect(
      template(new Machine({ helm: service }), { release_name: "shop", path: "/charts/web" }),
    ).to.deep.equal([{ apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "default" } }]);
  });

  it("hands on where the chart is to be had, and which", () => {
    const machine = new Machine({ helm: service });
    template(machine, {
      release_name: "shop",
      chart: "web",
      version: "1.2.3",
      fetch_opts: { repo: "https://charts.example.com", username: "me", devel: true, verify: true },
      skip_crd_rendering: true,
      include_test_hook_resources: true,
      kube_version: "1.30.1",
      api_versions: ["tea.example.com/v1"],
    });
    expect(machine.calls[0]?.line).to.equal(
      "helm template shop web --values - --namespace default --kube-version 1.30.1 --version 1.2.3 --repo https://charts.example.com --username me --api-versions tea.example.com/v1 --devel --verify",
    );
  });

  it("takes a repository by its name, and refuses its address", () => {
    const machine = new Machine({ helm: service });
    template(machine, { release_name: "shop", chart: "web", repo: "stable" });
    expect(machine.calls[0]?.line).to.match(/^helm template shop stable\/web /);
    expect(() => template(machine, { chart: "web", repo: "https://charts.example.com" })).to.throw(
      "'repo' option specifies the name of the Helm Chart repo, not the URL.Use 'fetchOpts.repo' to specify a URL for a remote Chart",
    );
  });

  it("tells the chart what definitions have added to the cluster", () => {
    const world = new World();
    world.make("apiextensions.k8s.io/v1:CustomResourceDefinition", {
      metadata: { name: "teas.example.com" },
      spec: {
        group: "example.com",
        names: { kind: "Tea", plural: "teas" },
        scope: "Namespaced",
        versions: [
          { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } },
        ],
      },
    });
    const machine = new Machine({ helm: service });
    ask(machine, "kubernetes:helm:template", { jsonOpts: '{"release_name":"shop","path":"/web"}' }, world);
    expect(machine.calls[0]?.line).to.contain(
      "--api-versions example.com/v1 --api-versions example.com/v1/Tea ",
    );
  });

  it("fails in Helm's words, with the remedy where the chart lies elsewhere", () => {
    const words = 'Error: chart "web" not found in https://charts.example.com repository';
    const far = { chart: "web", fetch_opts: { repo: "https://charts.example.com" } };
    expect(() => template(new Machine({ helm: failing(words) }), far)).to.throw(
      `RenderingFailed: the chart "web" cannot be rendered: ${words}; where the network is missing, have it in a folder ("helm pull --untar") and name that`,
    );
    const near = { path: "/charts/web" };
    expect(() =>
      template(new Machine({ helm: failing("Error: Chart.yaml file is missing") }), near),
    ).to.throw(
      /^RenderingFailed: the chart "\/charts\/web" cannot be rendered: Error: Chart.yaml file is missing$/,
    );
  });

  it("says what to install where there is no Helm", () => {
    expect(() => template(new Machine({}), { path: "/charts/web" })).to.throw(
      'HelmMissing: the chart "/charts/web" cannot be rendered, since there is no command "helm" on the PATH: install Helm (https://helm.sh/docs/intro/install/), or use kubernetes:helm.sh/v3:Release',
    );
  });
});

describe("kubernetes:kustomize:directory", () => {
  const build = (machine: Machine): unknown =>
    ask(machine, "kubernetes:kustomize:directory", { directory: "./overlay" }).result;
  const object = { apiVersion: "v1", kind: "Service", metadata: { name: "web" } };

  it("builds an overlay by kustomize, or else by kubectl", () => {
    const machine = new Machine({ kustomize: service });
    expect(build(machine)).to.deep.equal([object]);
    const second = new Machine({ kubectl: service });
    expect(build(second)).to.deep.equal([object]);
    expect([...machine.calls, ...second.calls].map(({ line }) => line)).to.deep.equal([
      "kustomize build ./overlay",
      "kustomize build ./overlay",
      "kubectl kustomize ./overlay",
    ]);
  });

  it("fails in kustomize's words, or says what to install", () => {
    expect(() => build(new Machine({ kustomize: failing("Error: no kustomization") }))).to.throw(
      'BuildFailed: kustomize failed for directory "./overlay": Error: no kustomization',
    );
    expect(() => build(new Machine({}))).to.throw(
      'KustomizeMissing: the overlay "./overlay" cannot be built, since there is neither "kustomize" nor "kubectl" on the PATH',
    );
  });
});
