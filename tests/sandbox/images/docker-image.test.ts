import { relative } from "node:path";
import { expect } from "chai";
import { dockerProvider } from "../../../sandbox/images/docker.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, at } from "../../../sandbox/values.ts";
import { refusalOf } from "../aws/world.ts";
import { Folder } from "./a-folder.ts";
import { Builder } from "./builder.ts";

describe("docker.Image", () => {
  let folder: Folder;
  let builder: Builder;
  let url = "";
  let context = "";
  beforeEach(() => {
    folder = new Folder().write({ "app/Dockerfile": "FROM nginx", "app/index.html": "1" });
    context = relative(process.cwd(), folder.at("app"));
    builder = new Builder(dockerProvider, "docker:index/image:Image");
    url = builder.repository("shop");
  });
  afterEach(() => {
    builder.account.close();
    folder.remove();
  });

  const image = (change: Properties = {}): Properties => ({
    imageName: `${url}:v1`,
    build: { context, platform: "linux/amd64" },
    ...change,
  });

  it("builds what is in its folder, and pushes it", () => {
    const { id, state } = builder.create(image({ registry: { server: url, username: "AWS" } }));
    expect(id).to.equal(`${url}:v1`);
    const [repository, digest] = String(state.repoDigest).split("@");
    expect(repository).to.equal(url);
    expect(builder.images("shop")).to.deep.equal([{ imageDigest: digest, imageTag: "v1" }]);
    expect(state).to.deep.include({
      baseImageName: `${url}:v1`,
      context,
      dockerfile: "Dockerfile",
      platform: "linux/amd64",
      registryServer: url,
    });
  });

  it("differs by its files, by what it is asked for, and by its registry, but not by who logs in there", () => {
    const registry = { server: "registry.io", username: "AWS", password: "one" };
    const made = builder.create(image({ registry }));
    const change = (next: Properties): readonly string[] =>
      builder.changes(made, image({ registry, ...next }));
    expect(change({ registry: { ...registry, username: "shop", password: "two" } })).to.deep.equal([]);
    expect(change({ registry: { ...registry, server: "ghcr.io" } })).to.deep.equal(["registry"]);
    expect(change({ imageName: `${url}:v2` })).to.deep.equal(["imageName"]);
    folder.write({ "app/index.html": "2" });
    expect(change({})).to.deep.equal(["build"]);
    expect(builder.update(made, image({ registry })).state.repoDigest).not.to.equal(made.state.repoDigest);
  });

  it("stays where it was pushed when it is gone from the program", () => {
    const made = builder.create(image());
    builder.remove(made);
    expect(builder.images("shop")).to.have.lengthOf(1);
    expect(
      refusalOf(() => {
        builder.deleteRepository("shop");
      }),
    ).to.equal(
      "RepositoryNotEmptyException: The repository with name 'shop' in registry with id '123456789012' cannot be deleted because it still contains images",
    );
  });

  it("is only built where it is told so, and then goes by any name", () => {
    const { state } = builder.create(image({ imageName: "shop", skipPush: true }));
    expect(state.repoDigest).to.match(/^sha256:[0-9a-f]{64}$/);
    expect(builder.images("shop")).to.deep.equal([]);
  });

  it("refuses to push under a name without its registry", () => {
    expect(() => builder.create(image({ imageName: "shop:v1" }))).to.throw(
      [
        '"shop:v1": repository name must be canonical.',
        "This resource requires all image names to be fully qualified.",
        "For example, if you are attempting to push to Dockerhub, prefix your image name with `docker.io`:",
        "",
        "`docker.io/repository/image:tag`",
      ].join("\n"),
    );
    const named = image({ imageName: "shop:v1", registry: { server: "docker.io" } });
    expect(builder.create(named).id).to.equal("shop:v1");
  });

  it("refuses a Dockerfile that is not there, and says where it is", () => {
    const check = (build: Properties) => () => builder.checked(image({ build }));
    const missing = `${context}/Other`;
    expect(check({ context, dockerfile: missing })).to.throw(
      `could not open dockerfile at relative path "${missing}": stat ${missing}: no such file or directory`,
    );
    expect(check({ context, dockerfile: "index.html" })).to.throw(
      `could not open dockerfile at relative path "index.html". Try setting \`dockerfile\` to "${context}/index.html"`,
    );
    expect(check({ context, dockerfile: folder.at("Other") })).to.throw(
      `expected a relative Dockerfile path; got "${folder.at("Other")}" instead: stat ${folder.at("Other")}: no such file or directory`,
    );
  });

  it("builds for the machine that it is on, unless it is told for which", () => {
    expect(at(builder.checked(image({ build: { context } })), "build.platform")).to.match(/^linux\//);
    expect(builder.checked(image({ build: { context: UNKNOWN } })).build).to.deep.include({
      context: UNKNOWN,
      dockerfile: UNKNOWN,
    });
    expect(builder.checked(image({ build: UNKNOWN })).build).to.equal(UNKNOWN);
  });

  it("keeps the password of its registry secret", () => {
    expect(builder.concealed(image({ registry: { password: "open-sesame" } }))).to.deep.equal([
      "open-sesame",
    ]);
  });

  it("is unknown before it is built", () => {
    expect(builder.create(image(), true).state.repoDigest).to.equal(UNKNOWN);
  });
});
