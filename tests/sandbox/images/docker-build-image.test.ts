import { expect } from "chai";
import { dockerBuildProvider } from "../../../sandbox/images/docker-build.ts";
import { takeAway } from "../../../sandbox/meddling.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { refusalOf } from "../aws/world.ts";
import { Folder } from "./a-folder.ts";
import { Builder } from "./builder.ts";

describe("docker-build.Image", () => {
  let folder: Folder;
  let builder: Builder;
  let url = "";
  beforeEach(() => {
    folder = new Folder().write({ "app/Dockerfile": "FROM nginx", "app/index.html": "1" });
    builder = new Builder(dockerBuildProvider, "docker-build:index:Image");
    url = builder.repository("shop");
  });
  afterEach(() => {
    builder.account.close();
    folder.remove();
  });

  const pushed = (change: Properties = {}): Properties => ({
    context: { location: folder.at("app") },
    push: true,
    tags: [`${url}:v1`],
    ...change,
  });

  it("finds the Dockerfile in the context, and fills in what the provider does", () => {
    expect(builder.checked(pushed())).to.deep.equal({
      ...pushed(),
      buildOnPreview: true,
      network: "default",
      dockerfile: { location: folder.at("app/Dockerfile") },
    });
  });

  it("pushes an image that goes by its digest", () => {
    const { id, state, seconds } = builder.create(pushed());
    expect(id).to.match(/^sha256:[0-9a-f]{64}$/);
    expect(state).to.include({ digest: id, ref: `${url}:v1@${id}` });
    expect(state.contextHash).to.match(/^[0-9a-f]{64}$/);
    expect(seconds).to.equal(0);
    expect(builder.images("shop")).to.deep.equal([{ imageDigest: id, imageTag: "v1" }]);
  });

  it("is the same image as long as nothing in it changes", () => {
    const made = builder.create(pushed());
    expect(builder.changes(made, pushed())).to.deep.equal([]);
    folder.write({ "app/index.html": "2" });
    expect(builder.changes(made, pushed())).to.deep.equal(["contextHash"]);
    const changed = builder.update(made, pushed());
    expect(changed.id).to.equal(made.id);
    expect(changed.state.digest).not.to.equal(made.id);
    folder.write({ "app/index.html": "1" });
    expect(builder.update(made, pushed()).state.digest).to.equal(made.id);
  });

  it("is another image with other arguments, another target or another platform, but not with another tag", () => {
    const made = builder.create(pushed());
    const digestWith = (change: Properties): unknown => builder.update(made, pushed(change)).state.digest;
    const digests = [
      digestWith({}),
      digestWith({ buildArgs: { A: "1" } }),
      digestWith({ target: "run" }),
      digestWith({ platforms: ["linux/arm64"] }),
    ];
    expect(new Set(digests).size).to.equal(4);
    expect(digestWith({ tags: [`${url}:v2`] })).to.equal(digests[0]);
  });

  it("names each input that differs, and no password", () => {
    const registries = [{ address: "registry.io", username: "shop", password: "one" }];
    const made = builder.create(pushed({ registries }));
    const change = (next: Properties): readonly string[] =>
      builder.changes(made, pushed({ registries, ...next }));
    expect(change({ registries: [{ ...registries[0], password: "two" }] })).to.deep.equal([]);
    expect(change({ registries: [{ ...registries[0], username: "store" }] })).to.deep.equal(["registries"]);
    expect(change({ tags: [`${url}:v2`], labels: { a: "b" } })).to.deep.equal(["labels", "tags"]);
    expect(change({ pull: true })).to.deep.equal(["pull", "contextHash"]);
  });

  it("compares secrets, but for those that it is told to ignore", () => {
    const made = builder.create(pushed({ secrets: { a: "1", b: "1" } }));
    const changed = { secrets: { a: "1", b: "2" } };
    expect(builder.changes(made, pushed(changed))).to.deep.equal(["secrets"]);
    const ignoring = pushed({ ...changed, ignoreSecretsInDiffCalculation: ["b"] });
    expect(builder.changes(made, ignoring)).to.deep.equal([]);
  });

  it("tells the engine what is secret, whatever the program says", () => {
    const registries = [{ address: "registry.io", username: "shop", password: "open-sesame" }];
    const secrets = { npm: "token", unknown: UNKNOWN };
    expect(builder.concealed(pushed({ registries, secrets }))).to.deep.equal(["open-sesame", "token"]);
  });

  it("has no digest while it stays with the builder", () => {
    const { id, state } = builder.create(pushed({ push: false }));
    expect({ id, digest: state.digest, ref: state.ref }).to.deep.equal({
      id: "app",
      digest: "",
      ref: `${url}:v1`,
    });
    expect(builder.images("shop")).to.deep.equal([]);
  });

  it("is pushed where an export says so, under names of its own or the image's", () => {
    const tagsWith = (exports: readonly Properties[]): unknown => {
      const { id } = builder.create(pushed({ push: false, exports }));
      const { imageTags } = builder.ask("aws:ecr/getImage:getImage", {
        repositoryName: "shop",
        imageDigest: id,
      });
      builder.remove({ id, state: {}, seconds: 0 });
      return imageTags;
    };
    expect(tagsWith([{ raw: "type=registry" }])).to.deep.equal(["v1"]);
    expect(tagsWith([{ raw: `type=image,name=${url}:raw,push=true` }])).to.deep.equal(["raw"]);
    expect(tagsWith([{ registry: { names: [`${url}:a`, `${url}:b`] } }])).to.deep.equal(["a", "b"]);
    expect(tagsWith([{ image: { push: true } }])).to.deep.equal(["v1"]);
    builder.create(pushed({ push: false, exports: [{ registry: {}, disabled: true }, { cacheonly: {} }] }));
    builder.create(pushed({ push: false, exports: [{ registry: { push: false } }, { image: {} }] }));
    expect(builder.images("shop")).to.deep.equal([]);
  });

  it("goes to another registry, of which nothing is known", () => {
    const { state } = builder.create(pushed({ tags: ["ghcr.io/shop/app:v1", "shop:v1"] }));
    expect(state.ref).to.match(/^ghcr\.io\/shop\/app:v1@sha256:/);
  });

  it("is unknown before it is built", () => {
    const outputs = { contextHash: UNKNOWN, digest: UNKNOWN, ref: UNKNOWN };
    expect(builder.create(pushed(), true).state).to.deep.include(outputs);
    const made = builder.create(pushed());
    expect(builder.update(made, pushed({ target: "run" }), true).state).to.deep.include(outputs);
    expect(builder.images("shop")).to.have.lengthOf(1);
  });

  it("refuses to push where there is no repository", () => {
    builder.deleteRepository("shop");
    expect(refusalOf(() => builder.create(pushed()))).to.equal(
      "name unknown: The repository with name 'shop' does not exist in the registry with id '123456789012'",
    );
    const elsewhere = pushed({ tags: [`${url.replace("eu-west-1", "us-east-1")}:v1`] });
    expect(refusalOf(() => builder.create(elsewhere))).to.match(/^name unknown: /);
  });

  it("refuses to move a tag that does not move", () => {
    builder.repository("shop", { imageTagMutability: "IMMUTABLE" });
    const made = builder.create(pushed());
    expect(builder.update(made, pushed({ noCache: true })).state.digest).to.equal(made.id);
    folder.write({ "app/index.html": "2" });
    expect(refusalOf(() => builder.update(made, pushed()))).to.equal(
      "tag invalid: The image tag 'v1' already exists in the 'shop' repository and cannot be overwritten because the repository is immutable.",
    );
  });

  it("finds out when its image is gone", () => {
    const made = builder.create(pushed());
    expect(builder.read(made)).to.deep.equal({
      id: made.id,
      inputs: builder.checked(pushed()),
      state: made.state,
    });
    builder.repository("shop", { forceDelete: true });
    builder.deleteRepository("shop");
    expect(builder.read(made)).to.equal(undefined);
  });

  it("takes its last image away with it, and leaves those before", () => {
    const made = builder.create(pushed());
    folder.write({ "app/index.html": "2" });
    builder.update(made, pushed());
    builder.remove(made);
    expect(builder.images("shop")).to.deep.equal([{ imageDigest: made.id, imageTag: "" }]);
    expect(builder.read(made)).to.equal(undefined);
  });

  it("can be taken away where the engine never heard of it", () => {
    builder.create(pushed());
    const [forgotten] = builder.account.all("docker-build:index:Image");
    if (forgotten !== undefined) takeAway(builder.account, forgotten, false);
    expect(builder.account.all("docker-build:index:Image")).to.deep.equal([]);
    expect(builder.images("shop")).to.deep.equal([]);
  });

  it("refuses a context that is not there, with the Dockerfile that it would have", () => {
    expect(builder.failures(pushed({ context: { location: folder.at("api") } }))).to.deep.equal([
      {
        property: "context.location",
        reason: `"${folder.at("api")}": not a valid directory or URL`,
      },
      {
        property: "dockerfile.location",
        reason: `open ${folder.at("api/Dockerfile")}: no such file or directory`,
      },
    ]);
  });

  it("refuses a Dockerfile that cannot be read", () => {
    const reasons = (change: Properties): readonly string[] =>
      builder.failures(pushed(change)).map(({ property, reason }) => `${property}: ${reason}`);
    folder.write({ "app/Dockerfile": "FORM nginx" });
    expect(reasons({})).to.deep.equal([
      "dockerfile.location: dockerfile parse error on line 1: unknown instruction: FORM",
    ]);
    expect(reasons({ dockerfile: { inline: "FORM nginx" } })).to.deep.equal([
      "dockerfile.inline: dockerfile parse error on line 1: unknown instruction: FORM",
    ]);
    expect(reasons({ dockerfile: { inline: "FROM nginx", location: "Dockerfile" } })).to.deep.equal([
      'dockerfile: only specify "file" or "inline", not both',
    ]);
    expect(reasons({ dockerfile: { inline: "FROM nginx" } })).to.deep.equal([]);
  });

  it("refuses tags that are none, and a push without any", () => {
    expect(builder.failures(pushed({ tags: ["Shop:v1"] }))).to.deep.equal([
      { property: "tags[0]", reason: "invalid reference format: repository name (Shop) must be lowercase" },
    ]);
    expect(builder.failures(pushed({ tags: [] }))).to.deep.equal([
      {
        property: "exports[0]",
        reason: "at least one tag or export name is needed when pushing to a registry",
      },
    ]);
  });

  it("judges nothing that a preview does not know", () => {
    expect(builder.failures({ push: true, tags: [UNKNOWN], context: { location: UNKNOWN } })).to.deep.equal(
      [],
    );
    expect(builder.failures({ push: true, tags: UNKNOWN, dockerfile: UNKNOWN })).to.deep.equal([]);
    expect(builder.failures({ push: true, tags: [UNKNOWN], context: UNKNOWN })).to.deep.equal([]);
  });
});
