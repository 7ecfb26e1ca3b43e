import { relative } from "node:path";
import { expect } from "chai";
import { dockerProvider } from "../../../sandbox/images/docker.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { refusalOf } from "../aws/world.ts";
import { Folder } from "./a-folder.ts";
import { Builder } from "./builder.ts";

const id = `sha256:${"1".repeat(64)}`;

describe("docker.RegistryImage", () => {
  let builder: Builder;
  let url = "";
  beforeEach(() => {
    builder = new Builder(dockerProvider, "docker:index/registryImage:RegistryImage");
    url = builder.repository("shop");
  });
  afterEach(() => {
    builder.account.close();
  });

  const image = (change: Properties = {}): Properties => ({ name: `${url}:v1`, ...change });
  const tag = (sourceImage: string) =>
    builder.beside("docker:index/tag:Tag", "v1").create({ sourceImage, targetImage: `${url}:v1` });

  it("pushes an image that is there by its name", () => {
    const { id: pushed, state } = builder.create(image());
    expect(pushed).to.match(/^sha256:[0-9a-f]{64}$/);
    expect(state.sha256Digest).to.equal(pushed);
    expect(builder.images("shop")).to.deep.equal([{ imageDigest: pushed, imageTag: "v1" }]);
  });

  it("pushes what a tag names, another image where it names another", () => {
    const { id: named, state } = tag(id);
    expect({ named, ...state }).to.deep.equal({
      named: `${id}.${url}:v1`,
      sourceImage: id,
      sourceImageId: id,
      targetImage: `${url}:v1`,
    });
    const first = builder.create(image()).id;
    tag("shop:latest");
    expect(builder.create(image()).id).not.to.equal(first);
  });

  it("is pushed anew under another name and for another trigger", () => {
    const made = builder.create(image({ triggers: { source: "1" } }));
    const change = (next: Properties): readonly string[] =>
      builder.changes(made, image({ triggers: { source: "1" }, ...next }));
    expect(change({})).to.deep.equal([]);
    expect(change({ triggers: { source: "2" } })).to.deep.equal(["triggers!"]);
    expect(change({ name: `${url}:v2` })).to.deep.equal(["name!"]);
    expect(change({ keepRemotely: true, authConfig: { address: "registry.io" } })).to.deep.equal([
      "keepRemotely",
      "authConfig.address",
    ]);
  });

  it("goes from the registry with its resource, unless it is to be kept", () => {
    const made = builder.create(image());
    expect(builder.read(made)?.id).to.equal(made.id);
    builder.remove(made);
    expect(builder.images("shop")).to.deep.equal([]);
    builder.remove(builder.create(image({ keepRemotely: true })));
    expect(builder.images("shop")).to.have.lengthOf(1);
  });

  it("is gone where its repository is", () => {
    const made = builder.create(image());
    builder.repository("shop", { forceDelete: true });
    builder.deleteRepository("shop");
    expect(builder.read(made)).to.equal(undefined);
  });

  it("refuses to build, and keeps its password secret", () => {
    expect(builder.failures(image({ build: { context: "." } }))).to.deep.equal([
      { property: "build", reason: "the sandbox does not simulate it: build with docker.Image" },
    ]);
    const authConfig = { address: "registry.io", password: "open-sesame" };
    expect(builder.concealed(image({ authConfig }))).to.deep.equal(["open-sesame"]);
  });
});

describe("docker.Tag", () => {
  it("becomes another one by whatever changes", () => {
    const builder = new Builder(dockerProvider, "docker:index/tag:Tag");
    const made = builder.create({ sourceImage: id, targetImage: "shop:v1" });
    expect(
      builder.changes(made, { sourceImage: "shop", targetImage: "shop:v2", tagTriggers: ["1"] }),
    ).to.deep.equal(["sourceImage!", "tagTriggers!", "targetImage!"]);
    builder.account.close();
  });
});

describe("an image that docker.getRemoteImage looks for", () => {
  it("goes by its name, and is the one that the program built under it", () => {
    const builder = new Builder(dockerProvider, "docker:index/image:Image");
    const idOf = (name: string): unknown =>
      builder.invoke("docker:index/getRemoteImage:getRemoteImage", { name }).id;
    expect(idOf("shop")).to.equal(idOf("shop")).and.not.to.equal(idOf("store"));
    const folder = new Folder().write({ Dockerfile: "FROM nginx" });
    const build = { context: relative(process.cwd(), folder.path), platform: "linux/amd64" };
    const { state } = builder.create({ imageName: "shop", skipPush: true, build });
    expect(idOf("shop")).to.equal(state.repoDigest);
    builder.account.close();
    folder.remove();
  });
});

describe("the rest of docker", () => {
  it("is refused by its name", () => {
    const container = new Builder(dockerProvider, "docker:index/container:Container", "web");
    expect(refusalOf(() => container.checked({}))).to.equal(
      'UnsupportedType: the sandbox does not simulate docker:index/container:Container, which "web" is: it has no Docker daemon, and of this package knows Image, RegistryImage and Tag alone',
    );
    expect(refusalOf(() => container.invoke("docker:index/getLogs:getLogs", {}))).to.equal(
      "UnsupportedInvoke: the sandbox does not answer docker:index/getLogs:getLogs: it has no Docker daemon, and of this package knows Image, RegistryImage and Tag alone",
    );
    container.account.close();
  });
});
