import { expect } from "chai";
import { dockerBuildProvider } from "../../../sandbox/images/docker-build.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { Builder } from "../images/builder.ts";
import { refusalOf } from "./world.ts";

describe("a template for repositories that are made by a push", () => {
  let builder: Builder;
  beforeEach(() => {
    builder = new Builder(dockerBuildProvider, "docker-build:index:Image");
  });
  afterEach(() => {
    builder.account.close();
  });

  const template = (prefix: string, change: Properties = {}): void => {
    builder.aws("aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", prefix, {
      prefix,
      appliedFors: ["CREATE_ON_PUSH"],
      ...change,
    });
  };
  const push = (name: string, image = "nginx"): void => {
    builder.create({
      dockerfile: { inline: `FROM ${image}` },
      context: { location: "-" },
      push: true,
      tags: [`123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}:v1`],
    });
  };

  it("has those made whose names begin with it, and no others", () => {
    template("shop");
    push("shop/api");
    expect(builder.images("shop/api")).to.have.lengthOf(1);
    expect(builder.ask("aws:ecr/getRepository:getRepository", { name: "shop/api" }).repositoryUrl).to.equal(
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api",
    );
    for (const other of ["shop", "shopping/api", "store/api"])
      expect(
        refusalOf(() => {
          push(other);
        }),
      ).to.match(/^name unknown: /);
  });

  it("holds for any name where it is the root, unless another one is closer", () => {
    template("ROOT");
    template("shop", { imageTagMutability: "IMMUTABLE" });
    template("shop/api", { imageTagMutability: "MUTABLE" });
    push("store");
    push("shop/web");
    push("shop/api/v2");
    push("store", "httpd");
    push("shop/api/v2", "httpd");
    expect(
      refusalOf(() => {
        push("shop/web", "httpd");
      }),
    ).to.match(/^tag invalid: /);
  });

  it("makes nothing where it is for something else", () => {
    template("shop", { appliedFors: ["PULL_THROUGH_CACHE"] });
    expect(
      refusalOf(() => {
        push("shop/api");
      }),
    ).to.match(/^name unknown: /);
  });
});
