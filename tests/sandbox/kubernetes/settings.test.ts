import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { leadElsewhere } from "../../../sandbox/kubernetes/cluster.ts";
import { kubernetesProvider } from "../../../sandbox/kubernetes/simulated.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { World, deployment, kubeconfig, subject } from "./world.ts";

describe("A Kubernetes provider that writes YAML", () => {
  const folder = mkdtempSync(join(tmpdir(), "rendered-"));
  const world = new World();
  world.settings = { renderYamlToDirectory: folder };
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("makes a file of each object, definitions apart, and asks no cluster", () => {
    world.make("apps/v1:Deployment", { ...deployment, metadata: { name: "web", namespace: "nowhere" } });
    const spec = {
      group: "shop.io",
      names: { kind: "Tea", plural: "teas" },
      scope: "Namespaced",
      versions: [
        { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } },
      ],
    };
    const definition = "apiextensions.k8s.io/v1:CustomResourceDefinition";
    world.make(definition, { metadata: { name: "teas.shop.io" }, spec });
    const file = join(folder, "1-manifest", "apps_v1-deployment-nowhere-web.yaml");
    expect(readFileSync(file, "utf8")).to.match(/^apiVersion: apps\/v1\n|\napiVersion: apps\/v1\n/);
    expect(readdirSync(join(folder, "0-crd"))).to.deep.equal([
      "apiextensions.k8s.io_v1-customresourcedefinition-default-teas.shop.io.yaml",
    ]);
    expect(world.contents()).to.deep.equal([]);
  });

  it("writes a changed object again, and takes the file of a deleted one away", () => {
    const file = join(folder, "1-manifest", "v1-configmap-default-settings.yaml");
    const map = { metadata: { name: "settings" } };
    const { id } = world.make("core/v1:ConfigMap", { ...map, data: { a: "1" } });
    const { inputs } = world.check("core/v1:ConfigMap", { ...map, data: { a: "2" } });
    kubernetesProvider.update(world.session(), subject("core/v1:ConfigMap"), id, {}, inputs);
    expect(readFileSync(file, "utf8")).to.contain('a: "2"');
    expect(world.delete("core/v1:ConfigMap", id)).to.equal(0);
    expect(existsSync(file)).to.equal(false);
  });

  it("writes nothing in a preview", () => {
    world.preview("core/v1:ConfigMap", { metadata: { name: "later" } });
    expect(existsSync(join(folder, "1-manifest", "v1-configmap-default-later.yaml"))).to.equal(false);
  });
});

describe("A Kubernetes provider without server-side apply", () => {
  const local = (): World => {
    const world = new World();
    world.settings = { ...world.settings, enableServerSideApply: "false" };
    return world;
  };

  it("marks what it makes, and takes the mark from nothing that has it", () => {
    const world = local();
    const labels = { "app.kubernetes.io/managed-by": "pulumi" };
    const made = world.make("core/v1:ConfigMap", { metadata: { name: "a", labels: { b: "c" } } });
    expect(made.state.metadata).to.deep.include({ labels: { b: "c", ...labels } });
    const olds = { metadata: { name: "a", labels } };
    expect(
      new World().check("core/v1:ConfigMap", { metadata: { name: "a" } }, olds).inputs.metadata,
    ).to.deep.include({
      labels,
    });
  });

  it("lets the API server make up names, each another one, and keeps them", () => {
    const world = local();
    const generated = { metadata: { generateName: "job-" }, data: { a: "1" } };
    const ids = [1, 2].map(() => world.make("core/v1:ConfigMap", generated).id);
    expect(ids[0]).to.match(/^default\/job-[0-9a-f]{5}$/);
    expect(ids[1]).not.to.equal(ids[0]);
    const [id = ""] = ids;
    const changed = kubernetesProvider.update(
      world.session(),
      subject("core/v1:ConfigMap"),
      id,
      {},
      {
        ...world.check("core/v1:ConfigMap", generated, generated).inputs,
        data: { a: "2" },
      },
    );
    expect(changed.state.data).to.deep.equal({ a: "2" });
    expect(world.read("core/v1:ConfigMap", id)?.state.data).to.deep.equal({ a: "2" });
  });
});

describe("A Kubernetes provider whose cluster is gone", () => {
  const gone = (setting?: string): World => {
    const world = new World();
    world.settings = {
      kubeconfig: kubeconfig("https://gone.example.com"),
      ...(setting !== undefined && { [setting]: "true" }),
    };
    return world;
  };
  const map = { metadata: { name: "a" } };

  it("deletes nothing, unless it is told to forget", () => {
    expect(() => gone().delete("core/v1:ConfigMap", "default/a")).to.throw(
      "Kubernetes cluster is unreachable",
    );
    expect(gone("deleteUnreachable").delete("core/v1:ConfigMap", "default/a")).to.equal(0);
  });

  it("changes nothing where it is told to skip that", () => {
    const olds = { ...map, data: { a: "1" } };
    expect(() => gone().check("core/v1:ConfigMap", map, olds)).to.throw("unreachable");
    expect(gone("skipUpdateUnreachable").check("core/v1:ConfigMap", map, olds).inputs).to.equal(olds);
  });
});

describe("A Kubernetes provider with new settings", () => {
  it("leads elsewhere where the server is another one, or not known", () => {
    const olds = { kubeconfig: JSON.stringify(kubeconfig()) };
    expect(leadElsewhere(olds, { kubeconfig: kubeconfig() })).to.equal(false);
    expect(leadElsewhere(olds, { kubeconfig: kubeconfig("https://other.example.com") })).to.equal(true);
    expect(leadElsewhere(olds, { kubeconfig: UNKNOWN })).to.equal(true);
    expect(leadElsewhere(olds, {})).to.equal(false);
    expect(leadElsewhere(olds, { kubeconfig: "no: kubeconfig" })).to.equal(false);
  });
});
