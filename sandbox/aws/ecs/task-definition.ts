import type { ecs } from "@pulumi/aws";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { toServiceRole } from "../iam/references.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { isOffered } from "./fargate.ts";
import { latestOf, taskDefinitionToken } from "./references.ts";

interface Family {
  readonly family: string;
}

interface Request extends Family {
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
  readonly networkMode?: string | undefined;
  readonly executionRoleArn?: string | undefined;
  readonly requiresCompatibilities?: readonly string[] | undefined;
  readonly containers: readonly unknown[];
}

/** The containers that a task definition's JSON describes. */
export function containersOf(definitions: unknown): readonly unknown[] {
  const parsed: unknown = JSON.parse(text(definitions) ?? "[]");
  return list(parsed);
}

const isFargate = ({ requiresCompatibilities }: Request): boolean =>
  requiresCompatibilities?.includes("FARGATE") === true;

function repeated(containers: readonly unknown[]): string | undefined {
  const names = containers.map((container) => text(at(container, "name")));
  return names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
}

/** What somebody must fetch or write for a container before the task's own role counts. */
const needs: readonly (readonly [string, (container: unknown) => boolean])[] = [
  ["ECR images", (container) => (text(at(container, "image")) ?? "").includes(".dkr.ecr.")],
  ["log driver awslogs", (container) => at(container, "logConfiguration.logDriver") === "awslogs"],
  ["secrets", (container) => list(at(container, "secrets")).length > 0],
];

function unmetNeed({ containers, executionRoleArn }: Request): string | undefined {
  if (executionRoleArn !== undefined) return undefined;
  return needs.find(([, isNeeded]) => containers.some((container) => isNeeded(container)))?.[0];
}

/** Codes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
const rules: readonly Rule<Request>[] = [
  {
    when: ({ family }) => !/^[A-Za-z0-9_-]+$/.test(family),
    code: "ClientException",
    says: "Family contains invalid characters.",
  },
  {
    when: ({ containers }) => containers.length === 0,
    code: "ClientException",
    says: "Container list cannot be empty.",
  },
  {
    when: ({ containers }) => containers.some((container) => (text(at(container, "name")) ?? "") === ""),
    code: "ClientException",
    says: "Container.name should not be null or empty.",
  },
  {
    when: ({ containers }) => containers.some((container) => (text(at(container, "image")) ?? "") === ""),
    code: "ClientException",
    says: "Container.image should not be null or empty.",
  },
  {
    when: ({ containers }) => repeated(containers) !== undefined,
    code: "ClientException",
    says: ({ containers }) =>
      `Container definitions must have unique names: ${repeated(containers) ?? ""} is used more than once.`,
  },
  {
    when: ({ containers }) => containers.every((container) => at(container, "essential") === false),
    code: "ClientException",
    says: "At least one container must be marked as essential.",
  },
  {
    when: (request) => isFargate(request) && request.networkMode !== "awsvpc",
    code: "ClientException",
    says: "Fargate only supports network mode ‘awsvpc’.",
  },
  {
    when: (request) => isFargate(request) && (request.cpu === undefined || request.memory === undefined),
    code: "ClientException",
    says: "Fargate requires that 'cpu' and 'memory' be defined at the task level.",
  },
  {
    when: (request) => isFargate(request) && !isOffered(request.cpu ?? "", request.memory ?? ""),
    code: "ClientException",
    says: "No Fargate configuration exists for given values.",
  },
  {
    when: (request) => isFargate(request) && unmetNeed(request) !== undefined,
    code: "ClientException",
    says: (request) =>
      `Fargate requires task definition to have execution role ARN to support ${unmetNeed(request) ?? ""}.`,
  },
];

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
    refuseFirst(rules, { ...inputs, containers: containersOf(inputs.containerDefinitions) });
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What runs together, and how. */
export const taskDefinitions: readonly AnyBehaviour[] = [taskDefinition];
