import type { ecs } from "@pulumi/aws";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { toServiceRole } from "../iam/references.ts";
import { refuseFirst } from "../refuse-first.ts";
import { latestOf, taskDefinitionToken } from "./references.ts";
import { containersOf, taskRules } from "./task-refusals.ts";

interface Family {
  readonly family: string;
}

/** Revisions of a family count up. */
function nextRevision({
  account,
  region,
  inputs,
}: Pick<Context<Family>, "account" | "region" | "inputs">): number {
  const { state } = latestOf(account, inputs.family, region) ?? {};
  return Number(state?.revision ?? 0) + 1;
}

const toTaskRole = toServiceRole("ClientException", "Role is not valid");

/**
 * A revision of a family: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definitions.html. The provider's id is
 * the family alone (`internal/service/ecs/task_definition.go`), and a new revision stands beside the old one until that is deregistered.
 */
const taskDefinition = behaviour<ecs.TaskDefinitionArgs, ecs.TaskDefinitionState>(taskDefinitionToken, {
  references: { executionRoleArn: toTaskRole, taskRoleArn: toTaskRole },
  id: ({ inputs }) => inputs.family,
  within: (context) => String(nextRevision(context)),
  outputs: (context) => {
    const { inputs, accountId, region, before } = context;
    const family = `arn:aws:ecs:${region}:${accountId}:task-definition/${inputs.family}`;
    const revision = before === undefined ? nextRevision(context) : Number(before.state.revision);
    return {
      arn: `${family}:${String(revision)}`,
      arnWithoutRevision: family,
      enableFaultInjection: false,
      networkMode: inputs.requiresCompatibilities?.includes("FARGATE") === true ? "awsvpc" : "bridge",
      revision,
    };
  },
  keys: (state) => [state.arn, state.arnWithoutRevision, `${String(state.family)}:${String(state.revision)}`],
  refuses: ({ inputs }) => {
    refuseFirst(taskRules, { ...inputs, containers: containersOf(inputs.containerDefinitions) });
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What runs together, and how. */
export const taskDefinitions: readonly AnyBehaviour[] = [taskDefinition];
