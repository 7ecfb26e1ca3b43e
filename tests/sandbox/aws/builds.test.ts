import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf, trustOf } from "./world.ts";

let world: World;
const roleFor = (service: string): unknown =>
  world.role(service, { name: service, assumeRolePolicy: trustOf({ Service: `${service}.amazonaws.com` }) })
    .state.arn;

describe("a project that is built", () => {
  beforeEach(() => {
    world = new World();
  });

  const project = (inputs: Properties = {}, service = "codebuild"): Settled =>
    world.make("aws:codebuild/project:Project", "shop", {
      name: "shop",
      serviceRole: roleFor(service),
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        computeType: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/standard:7.0",
        type: "LINUX_CONTAINER",
      },
      source: { type: "GITHUB", location: "https://github.com/shop/shop.git" },
      ...inputs,
    });

  it("is between CodePipeline on both sides or on none", () => {
    expect(refusalOf(() => project({ artifacts: { type: "CODEPIPELINE" } }))).to.equal(
      "InvalidInputException: Invalid input: when using CodePipeline both sourceType, and artifactType must be set to: CODEPIPELINE",
    );
  });

  it("refuses a name of no artifacts", () => {
    expect(refusalOf(() => project({ artifacts: { type: "NO_ARTIFACTS", name: "shop" } }))).to.equal(
      "InvalidInputException: Invalid artifacts: artifact type NO_ARTIFACTS should have null output name",
    );
  });

  it("refuses a role that CodeBuild may not assume", () => {
    expect(refusalOf(() => project({}, "ec2"))).to.equal(
      "InvalidInputException: CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1) The provided service role exists, 2) The role name is case-sensitive and matches exactly, and 3) The role has the necessary trust policy configured.",
    );
  });

  it("has what it builds from elsewhere, or from a pipeline", () => {
    expect(project().id).to.equal("arn:aws:codebuild:eu-west-1:123456789012:project/shop");
  });
});

describe("a pipeline", () => {
  beforeEach(() => {
    world = new World();
  });

  const source = {
    ...{
      name: "Source",
      category: "Source",
      owner: "AWS",
      provider: "CodeStarSourceConnection",
      version: "1",
    },
    outputArtifacts: ["src"],
    configuration: { ConnectionArn: "arn", FullRepositoryId: "shop/shop", BranchName: "main" },
  };
  const build = {
    ...{ name: "Build", category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
    ...{ inputArtifacts: ["src"], configuration: { ProjectName: "shop" } },
  };
  const pipeline = (actions: readonly Properties[], service = "codepipeline"): Settled =>
    world.make("aws:codepipeline/pipeline:Pipeline", "shop", {
      name: "shop",
      roleArn: roleFor(service),
      artifactStores: [{ location: "artifacts", type: "S3" }],
      stages: actions.map((action) => ({ name: action.name, actions: [action] })),
    });

  it("refuses a role that CodePipeline may not assume", () => {
    expect(refusalOf(() => pipeline([source, build], "codebuild"))).to.equal(
      "InvalidStructureException: CodePipeline is not authorized to perform AssumeRole on role arn:aws:iam::123456789012:role/codebuild",
    );
  });

  const refused: readonly (readonly [string, readonly Properties[], string])[] = [
    [
      "one stage",
      [source],
      "InvalidStructureException: Pipeline has only 1 stage(s). There should be a minimum of 2 stages in a pipeline",
    ],
    [
      "a beginning without a source",
      [build, source],
      "InvalidStructureException: Pipeline should start with a stage that only contains source actions",
    ],
    [
      "a source that is told what it does not know",
      [{ ...source, configuration: { ...source.configuration, Branch: "main" } }, build],
      "InvalidActionDeclarationException: Action configuration for action 'Source' contains unknown configuration 'Branch'",
    ],
    [
      "what nothing before gives",
      [source, { ...build, inputArtifacts: ["lost"] }],
      "InvalidActionDeclarationException: Input Artifact Bundle lost in action Build is not declared as Output Artifact Bundle in any of the preceding actions",
    ],
  ];
  for (const [what, actions, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => pipeline(actions))).to.equal(message);
    });
  }

  it("goes from a source to what takes from it", () => {
    expect(pipeline([source, build]).state.name).to.equal("shop");
  });
});

describe("a group of those who ask a lake", () => {
  it("is not the one that every account has", () => {
    const group = (name: string): Settled =>
      new World().make("aws:athena/workgroup:Workgroup", "group", { name });
    expect(refusalOf(() => group("primary"))).to.equal(
      "InvalidRequestException: primary workGroup could not be created",
    );
    expect(group("shop").state.name).to.equal("shop");
  });
});
