import type { codebuild, codepipeline } from "@pulumi/aws";
import type { AnyBehaviour, Plain } from "./behaviour.ts";
import { roleOf, trusts } from "./iam/grants.ts";
import { toServiceRole } from "./iam/references.ts";
import { refined } from "./specification/refined.ts";

const invalidInput = "InvalidInputException";
const unassumable =
  "CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1) The provided service role exists, 2) The role name is case-sensitive and matches exactly, and 3) The role has the necessary trust policy configured.";

/** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html */
const project = refined<codebuild.ProjectArgs, codebuild.ProjectState>("aws:codebuild/project:Project", {
  references: { serviceRole: toServiceRole(invalidInput, unassumable) },
  rules: [
    {
      when: ({ inputs: { source, artifacts } }) =>
        (source.type === "CODEPIPELINE") !== (artifacts.type === "CODEPIPELINE"),
      code: invalidInput,
      says: "Invalid input: when using CodePipeline both sourceType, and artifactType must be set to: CODEPIPELINE",
    },
    {
      when: ({ inputs: { artifacts } }) => artifacts.type === "NO_ARTIFACTS" && Boolean(artifacts.name),
      code: invalidInput,
      says: "Invalid artifacts: artifact type NO_ARTIFACTS should have null output name",
    },
    {
      when: ({ inputs, account }) => {
        const role = roleOf(account, inputs.serviceRole);
        return role !== undefined && !trusts(role, "codebuild.amazonaws.com");
      },
      code: invalidInput,
      says: unassumable,
    },
  ],
});

type Pipeline = Plain<codepipeline.PipelineArgs>;
type Action = Pipeline["stages"][number]["actions"][number];

/** What the sources of AWS are told: https://docs.aws.amazon.com/codepipeline/latest/userguide/integrations-action-type.html */
const settings: Readonly<Record<string, readonly string[]>> = {
  CodeCommit: ["RepositoryName", "BranchName", "PollForSourceChanges", "OutputArtifactFormat"],
  CodeStarSourceConnection: [
    "ConnectionArn",
    "FullRepositoryId",
    "BranchName",
    "OutputArtifactFormat",
    "DetectChanges",
  ],
};

function unknownSetting({ owner, provider, configuration = {} }: Action): string | undefined {
  const known = owner === "AWS" ? settings[provider] : undefined;
  return known && Object.keys(configuration).find((name) => !known.includes(name));
}

function mistaken({ stages }: Pipeline): Action | undefined {
  return stages.flatMap(({ actions }) => actions).find((action) => unknownSetting(action) !== undefined);
}

function outputsOf({
  outputArtifacts = [],
  outputArtifactsForComputeActions = [],
}: Action): readonly string[] {
  return [...outputArtifacts, ...outputArtifactsForComputeActions.map(({ name }) => name)];
}

/** What an action takes that no action of its stage or of one before gives. */
function missingInput({ stages }: Pipeline): readonly [artifact: string, action: string] | undefined {
  const given = new Set<string>();
  for (const { actions } of stages) {
    for (const artifact of actions.flatMap(outputsOf)) given.add(artifact);
    for (const { name, inputArtifacts = [] } of actions) {
      const missing = inputArtifacts.find((artifact) => !given.has(artifact));
      if (missing !== undefined) return [missing, name];
    }
  }
  return undefined;
}

const structure = "InvalidStructureException";
const declaration = "InvalidActionDeclarationException";
const notPassed = (arn: string): string =>
  `CodePipeline is not authorized to perform AssumeRole on role ${arn}`;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-requirements.html */
const pipeline = refined<codepipeline.PipelineArgs, codepipeline.PipelineState>(
  "aws:codepipeline/pipeline:Pipeline",
  {
    references: { roleArn: toServiceRole(structure, notPassed("{value}")) },
    rules: [
      {
        when: ({ inputs, account }) => {
          const role = roleOf(account, inputs.roleArn);
          return role !== undefined && !trusts(role, "codepipeline.amazonaws.com");
        },
        code: structure,
        says: ({ inputs }) => notPassed(inputs.roleArn),
      },
      {
        when: ({ inputs }) => inputs.stages.length < 2,
        code: structure,
        says: ({ inputs: { stages } }) =>
          `Pipeline has only ${stages.length} stage(s). There should be a minimum of 2 stages in a pipeline`,
      },
      {
        when: ({ inputs }) =>
          inputs.stages[0]?.actions.some(({ category }) => category !== "Source") ?? false,
        code: structure,
        says: "Pipeline should start with a stage that only contains source actions",
      },
      {
        when: ({ inputs }) => mistaken(inputs) !== undefined,
        code: declaration,
        says: ({ inputs }) => {
          const action = mistaken(inputs);
          return `Action configuration for action '${action?.name ?? ""}' contains unknown configuration '${(action && unknownSetting(action)) ?? ""}'`;
        },
      },
      {
        when: ({ inputs }) => missingInput(inputs) !== undefined,
        code: declaration,
        says: ({ inputs }) => {
          const [artifact, action] = missingInput(inputs) ?? [];
          return `Input Artifact Bundle ${artifact ?? ""} in action ${action ?? ""} is not declared as Output Artifact Bundle in any of the preceding actions`;
        },
      },
    ],
  },
);

/** What builds and deploys. */
export const builds: readonly AnyBehaviour[] = [project, pipeline];
