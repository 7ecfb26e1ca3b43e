import { expect } from "chai";
import { dockerBuildProvider } from "../../../sandbox/images/docker-build.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { Builder } from "./builder.ts";

describe("docker-build.Index", () => {
  let builder: Builder;
  let url = "";
  beforeEach(() => {
    builder = new Builder(dockerBuildProvider, "docker-build:index:Index", "all");
    url = builder.repository("shop");
  });
  afterEach(() => {
    builder.account.close();
  });

  const index = (change: Properties = {}): Properties => ({
    tag: `${url}:all`,
    sources: ["registry.io/shop:arm64", "registry.io/shop:amd64"],
    ...change,
  });

  it("pushes one name for several images", () => {
    const { id, state } = builder.create(index());
    expect(id).to.equal("all");
    expect(state.push).to.equal(true);
    expect(state.ref).to.match(new RegExp(`^${url}:all@sha256:[0-9a-f]{64}$`));
    expect(builder.images("shop")).to.deep.equal([
      { imageDigest: String(state.ref).split("@")[1], imageTag: "all" },
    ]);
  });

  it("is another one of other images, and takes the place of itself under another name", () => {
    const made = builder.create(index());
    expect(builder.changes(made, index())).to.deep.equal([]);
    expect(builder.changes(made, index({ sources: ["registry.io/shop:arm64"] }))).to.deep.equal(["sources"]);
    expect(builder.changes(made, index({ tag: `${url}:both` }))).to.deep.equal(["tag!"]);
    const other = builder.update(made, index({ sources: ["registry.io/shop:arm64"] }));
    expect(other.state.ref).not.to.equal(made.state.ref);
  });

  it("pushes nothing where it is told not to", () => {
    expect(builder.create(index({ push: false })).state.ref).to.equal(`${url}:all`);
    expect(builder.images("shop")).to.deep.equal([]);
  });

  it("goes with what it has pushed", () => {
    const made = builder.create(index());
    expect(builder.read(made)?.id).to.equal("all");
    builder.remove(made);
    expect(builder.images("shop")).to.deep.equal([]);
    const local = builder.create(index({ push: false }));
    expect(builder.read(local)?.id).to.equal("all");
  });

  it("refuses an image that the account does not have", () => {
    expect(() => builder.create(index({ sources: [`${url}:arm64`] }))).to.throw(
      `creating: ${url}:arm64: not found`,
    );
    builder.create(index({ tag: `${url}:arm64` }));
    expect(builder.create(index({ sources: [`${url}:arm64`] })).state.ref).to.match(/:all@sha256:/);
  });

  it("refuses names that are none, and judges nothing unknown", () => {
    expect(builder.failures(index({ tag: "Shop", sources: [UNKNOWN, "a:"] }))).to.deep.equal([
      { property: "target", reason: "invalid reference format: repository name (Shop) must be lowercase" },
      { property: "refs[1]", reason: "invalid reference format" },
    ]);
  });

  it("keeps the password of its registry secret", () => {
    const registry = { address: "registry.io", username: "shop", password: "open-sesame" };
    expect(builder.concealed(index({ registry }))).to.deep.equal(["open-sesame"]);
    const made = builder.create(index({ registry }));
    const change = (next: Properties): readonly string[] =>
      builder.changes(made, index({ registry: { ...registry, ...next } }));
    expect(change({ password: "two" })).to.deep.equal([]);
    expect(change({ username: "store" })).to.deep.equal(["registry.username"]);
    expect(change({ address: "ghcr.io" })).to.deep.equal(["registry.address!"]);
  });
});
