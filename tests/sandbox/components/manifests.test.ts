import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { Laboratory, make } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

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

const group = (args: Properties): Promise<Finished> =>
  make("kubernetes:yaml/v2:ConfigGroup", "cache", args, new Laboratory({}));

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

  it("makes a namespace before what lies in it", async () => {
    const { laboratory } = await group({ yaml });
    expect(laboratory.waitsFor("Service cache:shop/redis")).to.deep.equal(["Namespace cache:shop"]);
    expect(laboratory.waitsFor("Deployment cache:default/redis")).to.deep.equal([]);
  });

  it("makes a definition before what is of its kind", async () => {
    const definition = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
    const { laboratory } = await group({
      objs: [
        { ...definition, metadata: { name: "teas.example.com" }, spec: { group: "example.com" } },
        { apiVersion: "example.com/v1", kind: "Tea", metadata: { name: "green" } },
      ],
      resourcePrefix: "drinks",
    });
    expect(laboratory.waitsFor("Tea drinks:default/green")).to.deep.equal([
      "CustomResourceDefinition drinks:teas.example.com",
    ]);
  });

  it("does not wait for what it is told not to wait for", async () => {
    const { laboratory } = await group({ yaml, skipAwait: true });
    expect(laboratory.inputs("Namespace cache:shop").metadata).to.deep.equal({
      name: "shop",
      annotations: { "pulumi.com/skipAwait": "true" },
    });
  });

  it("refuses what is no YAML, an object without a name, and what lies on the network", async () => {
    expect(await messageOf(group({ yaml: 'kind: "half' }))).to.match(
      /: unable to parse YAML: Missing closing/,
    );
    expect(await messageOf(group({ yaml: "apiVersion: v1\nkind: Service" }))).to.match(
      /: YAML object is invalid: expected a non-empty `.metadata.name` string$/,
    );
    expect(await messageOf(group({ files: ["https://example.com/all.yaml"] }))).to.match(
      /: the sandbox has no network: https:\/\/example.com\/all.yaml cannot be read$/,
    );
  });
});

describe("kubernetes.yaml.v2.ConfigFile", () => {
  it("makes what is in its file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "manifests-"));
    const file = join(folder, "cache.yaml");
    writeFileSync(file, yaml);
    const { laboratory } = await make("kubernetes:yaml/v2:ConfigFile", "cache", { file }, new Laboratory({}));
    rmSync(folder, { recursive: true });
    expect(laboratory.tree()).to.have.length(3);
  });
});

describe("what would have to be rendered", () => {
  it("is an error that says so", async () => {
    const chart = make("kubernetes:helm.sh/v4:Chart", "web", { chart: "nginx" }, new Laboratory({}));
    expect(await messageOf(chart)).to.match(
      /: the sandbox does not render kubernetes:helm.sh\/v4:Chart, which "web" is: /,
    );
  });
});
