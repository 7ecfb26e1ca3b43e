import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

describe("a simulated repository of images", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const repository = (name: string, logical = name): Settled =>
    world.make("aws:ecr/repository:Repository", logical, { name });
  const rule = (rulePriority: number, selection: Properties): Properties => ({
    rulePriority,
    selection: { countType: "imageCountMoreThan", countNumber: 10, ...selection },
    action: { type: "expire" },
  });
  const lifecycle = (...rules: readonly Properties[]): Settled =>
    world.make("aws:ecr/lifecyclePolicy:LifecyclePolicy", "shop", {
      repository: "shop",
      policy: JSON.stringify({ rules }),
    });

  it("has an address to pull from", () => {
    expect(repository("shop/api").state.repositoryUrl).to.equal(
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api",
    );
  });

  for (const name of ["Shop", "a", "shop//api", "-shop"]) {
    it(`refuses the name ${name}`, () => {
      expect(refusalOf(() => repository(name))).to.match(/^InvalidParameterException: /);
    });
  }

  it("refuses a name that is taken", () => {
    repository("shop");
    expect(refusalOf(() => repository("shop", "twin"))).to.equal(
      "RepositoryAlreadyExistsException: The repository with name 'shop' already exists in the registry with id '123456789012'",
    );
  });

  it("expires images by rules that are told apart", () => {
    const any = rule(2, { tagStatus: "any" });
    expect(refusalOf(() => lifecycle(any))).to.equal(
      "RepositoryNotFoundException: The repository with name 'shop' does not exist in the registry",
    );
    repository("shop");
    expect(lifecycle(rule(1, { tagStatus: "untagged" }), any).id).to.equal("shop");
    expect(refusalOf(() => lifecycle())).to.contain("rules must not be empty");
    expect(refusalOf(() => lifecycle(any, any))).to.contain("Rule priorities must be unique");
    expect(refusalOf(() => lifecycle(rule(1, { tagStatus: "tagged" })))).to.contain(
      "tagPrefixList or tagPatternList is required when tagStatus is tagged",
    );
    expect(
      refusalOf(() => lifecycle({ ...any, action: { type: "expire", targetStorageClass: null } })),
    ).to.contain("instance failed to match exactly one schema (matched 0 out of 2)");
    expect(refusalOf(() => lifecycle(any, rule(3, { tagStatus: "untagged" })))).to.contain(
      "A rule with tagStatus any must have the highest value for rulePriority",
    );
  });

  it("is told who may pull, if they exist", () => {
    repository("shop");
    const policy = (principal: unknown): Settled =>
      world.make("aws:ecr/repositoryPolicy:RepositoryPolicy", "shop", {
        repository: "shop",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: principal, Action: "ecr:BatchGetImage" }],
        }),
      });
    expect(policy({ AWS: "arn:aws:iam::123456789012:root" }).state.registryId).to.equal("123456789012");
    expect(refusalOf(() => policy({ AWS: "arn:aws:iam::123456789012:role/nobody" }))).to.contain(
      "Principal not found",
    );
  });
});
