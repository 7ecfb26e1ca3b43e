import { expect } from "chai";
import { dockerBuildProvider } from "../../../sandbox/images/docker-build.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { Builder } from "../images/builder.ts";
import { refusalOf } from "./world.ts";

describe("the images of a simulated repository", () => {
  let builder: Builder;
  let url = "";
  beforeEach(() => {
    builder = new Builder(dockerBuildProvider, "docker-build:index:Image");
    url = builder.repository("shop");
  });
  afterEach(() => {
    builder.account.close();
  });

  /** Pushes what this Dockerfile builds, and returns its digest. */
  const push = (image: string, ...tags: readonly string[]): string => {
    const inputs = { dockerfile: { inline: `FROM ${image}` }, context: { location: "-" }, push: true };
    return builder.create({ ...inputs, tags: tags.map((tag) => `${url}:${tag}`) }).id;
  };
  const getImage = (args: Properties): Properties =>
    builder.ask("aws:ecr/getImage:getImage", { repositoryName: "shop", ...args });

  it("are found by tag, by digest and by age", () => {
    const old = push("nginx:1", "v1");
    const latest = push("nginx:2", "v2");
    push("nginx:1", "v1", "stable");
    const { imagePushedAt, ...found } = getImage({ imageTag: "v1" });
    expect(imagePushedAt)
      .to.be.closeTo(Date.now() / 1000, 60)
      .and.satisfy(Number.isInteger);
    expect(found).to.deep.equal({
      id: old,
      imageDigest: old,
      imageSizeInBytes: 0,
      imageTag: "v1",
      imageTags: ["v1", "stable"],
      imageUri: `${url}@${old}`,
      region: "eu-west-1",
      registryId: "123456789012",
      repositoryName: "shop",
    });
    expect(getImage({ imageDigest: latest }).imageTags).to.deep.equal(["v2"]);
    expect(getImage({ mostRecent: true }).imageDigest).to.equal(latest);
    expect(
      builder.ask("aws:ecr/getRepository:getRepository", { name: "shop" }).mostRecentImageTags,
    ).to.deep.equal(["v2"]);
  });

  it("are refused where there are none, in ECR's words", () => {
    expect(refusalOf(() => getImage({ imageTag: "v9" }))).to.equal(
      "ImageNotFoundException: The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the repository with name 'shop' in the registry with id '123456789012'",
    );
    expect(refusalOf(() => getImage({ mostRecent: true }))).to.equal("NotFound: no matching ECR Image found");
    expect(refusalOf(() => getImage({ repositoryName: "store" }))).to.equal(
      "RepositoryNotFoundException: The repository with name 'store' does not exist in the registry with id '123456789012'",
    );
  });

  it("lose a tag to the image that is pushed under it, and are still there", () => {
    const old = push("nginx:1", "latest");
    const latest = push("nginx:2", "latest");
    expect(builder.images("shop")).to.deep.equal([
      { imageDigest: old, imageTag: "" },
      { imageDigest: latest, imageTag: "latest" },
    ]);
  });

  it("keep the tags that the repository fixes", () => {
    const filters = [{ filter: "latest*", filterType: "WILDCARD" }];
    const refusedFor = (imageTagMutability: string, tag: string): boolean => {
      builder.repository("shop", {
        imageTagMutability,
        ...(imageTagMutability.includes("_") ? { imageTagMutabilityExclusionFilters: filters } : {}),
      });
      push("nginx:1", tag);
      return refusalOf(() => push("nginx:2", tag)).startsWith("tag invalid: ");
    };
    expect(refusedFor("IMMUTABLE", "v1")).to.equal(true);
    expect(refusedFor("IMMUTABLE_WITH_EXCLUSION", "v2")).to.equal(true);
    expect(refusedFor("MUTABLE_WITH_EXCLUSION", "latest-1")).to.equal(true);
    builder.repository("shop", {
      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilters: filters,
    });
    push("nginx:1", "latest-2");
    expect(push("nginx:2", "latest-2")).to.match(/^sha256:/);
  });

  it("stay when the repository is changed", () => {
    const digest = push("nginx:1", "v1");
    builder.repository("shop", { tags: { team: "shop" } });
    expect(builder.images("shop")).to.deep.equal([{ imageDigest: digest, imageTag: "v1" }]);
  });

  it("keep the repository from being deleted, unless it may go with them", () => {
    push("nginx:1", "v1");
    const remove = (): void => {
      builder.deleteRepository("shop");
    };
    expect(refusalOf(remove)).to.equal(
      "RepositoryNotEmptyException: The repository with name 'shop' in registry with id '123456789012' cannot be deleted because it still contains images",
    );
    builder.repository("shop", { forceDelete: true });
    remove();
    expect(builder.account.all("aws:ecr/image:Image")).to.deep.equal([]);
  });
});
