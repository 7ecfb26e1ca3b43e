import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isSecret } from "../../../sandbox/components/engine-values.ts";
import { plainOf } from "../../../sandbox/components/evaluation.ts";
import { kubernetesProviderOn } from "../../../sandbox/kubernetes/provider.ts";
import { connect } from "../../../sandbox/kubernetes/server/connect.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { assetSignature, signatureKey } from "../../../sandbox/signatures.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { Machine, failing } from "../kubernetes/recorded.ts";
import { World } from "../kubernetes/world.ts";
import { Laboratory, make } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

/** A laboratory in which the provider of a cluster answers. */
class Kitchen extends Laboratory {
  public readonly world = new World();
  readonly #machine: Machine;

  public constructor(machine = new Machine({})) {
    super();
    this.#machine = machine;
  }

  public override invoke(token: string, args: Properties): Promise<Properties> {
    const provider = kubernetesProviderOn(connect, this.#machine.run);
    return Promise.resolve(provider.invoke(this.world.session(), token, args));
  }
}

const yaml = [
  "apiVersion: v1",
  "kind: Service",
  "metadata: { name: redis, namespace: shop }",
  "---",
  "apiVersion: v1",
  "kind: Namespace",
  "metadata: { name: shop }",
  "---",
  "apiVersion: v1",
  "kind: List",
  "items:",
  "  - apiVersion: apps/v1",
  "    kind: Deployment",
  "    metadata: { name: redis }",
].join("\n");

const group = (args: Properties, kitchen = new Kitchen()): Promise<Finished> =>
  make("kubernetes:yaml/v2:ConfigGroup", "cache", args, kitchen);

const messageOf = async (attempt: Promise<unknown>): Promise<unknown> => attempt.catch(String);

describe("kubernetes.yaml.v2.ConfigGroup", () => {
  it("makes each object of its text, under a name that tells its namespace", async () => {
    const { laboratory, outputs } = await group({ yaml });
    expect(laboratory.tree()).to.deep.equal([
      "kubernetes:apps/v1:Deployment cache:default/redis < the component",
      "kubernetes:core/v1:Namespace cache:shop < the component",
      "kubernetes:core/v1:Service cache:shop/redis < the component",
    ]);
    expect(outputs.resources).to.have.length(3);
  });

  it("puts what names no namespace into the provider's", async () => {
    const kitchen = new Kitchen();
    kitchen.world.settings = { ...kitchen.world.settings, namespace: "team" };
    const { laboratory } = await group({ yaml }, kitchen);
    expect(laboratory.inputs("Deployment cache:team/redis").metadata).to.deep.equal({
      name: "redis",
      namespace: "team",
    });
  });

  it("makes a namespace before what lies in it", async () => {
    const { laboratory } = await group({ yaml });
    expect(laboratory.waitsFor("Service cache:shop/redis")).to.deep.equal(["Namespace cache:shop"]);
    expect(laboratory.waitsFor("Deployment cache:default/redis")).to.deep.equal([]);
  });

  it("makes a definition before what is of its kind", async () => {
    const definition = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
    const names = { kind: "Tea", plural: "teas" };
    const { laboratory } = await group({
      objs: [
        {
          ...definition,
          metadata: { name: "teas.example.com" },
          spec: { group: "example.com", names, scope: "Cluster" },
        },
        { apiVersion: "example.com/v1", kind: "Tea", metadata: { name: "green" } },
        { apiVersion: "example.com/v1", kind: "Cup", metadata: { name: "small" } },
      ],
      resourcePrefix: "drinks",
    });
    expect(laboratory.waitsFor("Tea drinks:green")).to.deep.equal([
      "CustomResourceDefinition drinks:teas.example.com",
    ]);
    expect(laboratory.waitsFor("Cup drinks:default/small")).to.deep.equal([]);
  });

  it("makes what an annotation names before the object", async () => {
    const annotations = {
      "config.kubernetes.io/depends-on":
        "/namespaces/default/ConfigMap/first, apps/namespaces/default/Deployment/other",
    };
    const { laboratory } = await group({
      objs: [
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "second", annotations } },
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "first" } },
      ],
    });
    expect(laboratory.waitsFor("ConfigMap cache:default/second")).to.deep.equal([
      "ConfigMap cache:default/first",
    ]);
  });

  it("does not wait for what it is told not to wait for", async () => {
    const { laboratory } = await group({ yaml, skipAwait: true });
    expect(laboratory.inputs("Namespace cache:shop").metadata).to.deep.equal({
      name: "shop",
      annotations: { "pulumi.com/skipAwait": "true" },
    });
  });

  it("keeps secret what a Secret holds", async () => {
    const objs = [
      { apiVersion: "v1", kind: "Secret", metadata: { name: "key" }, stringData: { key: "s3cret" } },
    ];
    const { laboratory } = await group({ objs });
    const { stringData } = plainOf(laboratory.child("Secret cache:default/key").inputs);
    expect(isSecret(stringData)).to.equal(true);
  });

  it("makes nothing as long as anything is not known", async () => {
    const { laboratory, outputs } = await group({ yaml: UNKNOWN });
    expect(laboratory.tree()).to.deep.equal([]);
    expect(outputs).to.deep.equal({});
  });

  it("refuses what is no YAML, and what is no object", async () => {
    expect(await messageOf(group({ yaml: 'kind: "half' }))).to.match(
      /: failed to decode YAML: Missing closing/,
    );
    expect(await messageOf(group({ yaml: "apiVersion: v1\nkind: Service" }))).to.match(
      /: Kubernetes resources require a .metadata.name: `{"apiVersion":"v1","kind":"Service"}`$/,
    );
    expect(await messageOf(group({ yaml: "kind: Service" }))).to.match(
      /: Kubernetes resources require a kind and apiVersion: `{"kind":"Service"}`$/,
    );
  });

  it("fetches what lies on the network, and says why it cannot", async () => {
    const files = ["https://example.com/all.yaml"];
    const { laboratory } = await group({ files }, new Kitchen(new Machine({ curl: yaml })));
    expect(laboratory.tree()).to.have.length(3);
    const cut = new Kitchen(new Machine({ curl: failing("curl: (6) Could not resolve host: example.com") }));
    expect(await messageOf(group({ files }, cut))).to.match(
      /: fetching YAML over network: https:\/\/example.com\/all.yaml: curl: \(6\) Could not resolve host: example.com$/,
    );
  });
});

describe("kubernetes.yaml.v2.ConfigFile", () => {
  const file = (path: string): Promise<Finished> =>
    make("kubernetes:yaml/v2:ConfigFile", "cache", { file: path }, new Kitchen());

  it("makes what is in its file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "manifests-"));
    const path = join(folder, "cache.yaml");
    writeFileSync(path, yaml);
    const { laboratory } = await file(path);
    rmSync(folder, { recursive: true });
    expect(laboratory.tree()).to.have.length(3);
  });

  it("refuses a file that is not there", async () => {
    expect(await messageOf(file("/nowhere.yaml"))).to.match(
      /: reading YAML file from disk: open \/nowhere.yaml: no such file or directory$/,
    );
  });
});

describe("kubernetes.helm.v4.Chart", () => {
  const kept = [
    "apiVersion: v1",
    "kind: ConfigMap",
    "metadata: { name: settings, annotations: { helm.sh/resource-policy: keep } }",
  ].join("\n");
  const chart = (args: Properties, machine: Machine): Promise<Finished> =>
    make("kubernetes:helm.sh/v4:Chart", "web", args, new Kitchen(machine));

  it("makes what Helm renders, and lets outlive it what the chart says shall", async () => {
    const machine = new Machine({ helm: `${yaml}\n---\n${kept}` });
    const { laboratory } = await chart({ chart: "./web", namespace: "team" }, machine);
    expect(laboratory.tree()).to.deep.equal([
      "kubernetes:apps/v1:Deployment web:team/redis < the component",
      "kubernetes:core/v1:ConfigMap web:team/settings < the component",
      "kubernetes:core/v1:Namespace web:shop < the component",
      "kubernetes:core/v1:Service web:shop/redis < the component",
    ]);
    expect(laboratory.child("ConfigMap web:team/settings").child.retainOnDelete).to.equal(true);
    expect(laboratory.child("Service web:shop/redis").child.retainOnDelete).to.equal(undefined);
  });

  it("hands Helm its arguments, and its values where nobody else reads them", async () => {
    const machine = new Machine({ helm: yaml });
    const text = "image: { tag: one, pull: never }\nlist: [1]";
    await chart(
      {
        ...{ chart: "web", name: "shop", version: "1.2.3", devel: true, plainHttp: true, skipCrds: true },
        repositoryOpts: { repo: "https://charts.example.com", username: "me" },
        valueYamlFiles: [{ [signatureKey]: assetSignature, text }],
        values: { image: { tag: "two" }, list: [2] },
        postRenderer: { command: "./sign", args: ["-k", "key"] },
      },
      machine,
    );
    expect(machine.calls).to.deep.equal([
      {
        line: "helm template shop web --values - --namespace default --kube-version v1.35.0-eks-bab80f5 --version 1.2.3 --repo https://charts.example.com --username me --post-renderer ./sign --post-renderer-args -k --post-renderer-args key --no-hooks --devel --plain-http",
        input: '{"image":{"tag":"two","pull":"never"},"list":[2]}',
      },
    ]);
  });

  it("fails in Helm's words", async () => {
    expect(await messageOf(chart({ chart: "./web" }, new Machine({ helm: failing("Error: bad") })))).to.match(
      /: the chart ".\/web" cannot be rendered: Error: bad$/,
    );
  });
});

describe("kubernetes.kustomize.v2.Directory", () => {
  it("makes what kustomize builds, from bases that lie anywhere", async () => {
    const machine = new Machine({ kubectl: yaml });
    const kitchen = new Kitchen(machine);
    const args = { directory: "./overlay", namespace: "team", resourcePrefix: "" };
    const { laboratory } = await make("kubernetes:kustomize/v2:Directory", "web", args, kitchen);
    expect(laboratory.tree()).to.deep.equal([
      "kubernetes:apps/v1:Deployment team/redis < the component",
      "kubernetes:core/v1:Namespace shop < the component",
      "kubernetes:core/v1:Service shop/redis < the component",
    ]);
    expect(machine.calls.at(-1)?.line).to.equal(
      "kubectl kustomize ./overlay --load-restrictor LoadRestrictionsNone --enable-helm",
    );
  });
});
