import { expect } from "chai";
import { parseReference, repositoryOf, withDigest } from "../../../sandbox/images/reference.ts";

describe("the name of an image", () => {
  const digest = `sha256:${"0".repeat(64)}`;

  it("has a registry, a path and perhaps a tag and a digest", () => {
    expect(parseReference(`localhost:5000/shop/api:v1.2@${digest}`)).to.deep.equal({
      domain: "localhost:5000",
      path: "shop/api",
      tag: "v1.2",
      digest,
    });
    expect(parseReference("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop")).to.deep.equal({
      domain: "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
      path: "shop",
    });
  });

  it("is of Docker Hub unless it names another registry", () => {
    expect(parseReference("nginx:alpine")).to.deep.equal({
      domain: "docker.io",
      path: "library/nginx",
      tag: "alpine",
    });
    expect(repositoryOf(parseReference("bitnami/redis"))).to.equal("docker.io/bitnami/redis");
  });

  it("has a digest put behind its tag where it is whole", () => {
    expect(withDigest("registry.io/shop", digest)).to.equal(`registry.io/shop:latest@${digest}`);
    expect(withDigest("registry.io/shop:v1", digest)).to.equal(`registry.io/shop:v1@${digest}`);
    expect(withDigest("shop:v1", digest)).to.equal(undefined);
  });

  it("is refused in Docker's words", () => {
    expect(() => parseReference("shop:")).to.throw(/^invalid reference format$/);
    expect(() => parseReference("https://registry.io/shop")).to.throw(/^invalid reference format$/);
    expect(() => parseReference("registry.io/Shop:v1")).to.throw(
      "invalid reference format: repository name (registry.io/Shop) must be lowercase",
    );
  });
});
