import type { ecs } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { toServiceRole } from "../iam/references.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { isOffered } from "./fargate.ts";
import { taskDefinitionToken } from "./references.ts";

interface Request {
  readonly family: string;
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

/** Revisions of a family count up and are never given twice. */
function nextRevision(account: AccountView, region: string, family: string): number {
  const others = account.all(taskDefinitionToken, region).filter(({ state }) => state.family === family);
  return Math.max(0, ...others.map(({ state }) => Number(state.revision))) + 1;
}

const toTaskRole = toServiceRole("ClientException", "Role is not valid");

/**
 * A revision of a family: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definitions.html. The provider's id is
 * the family alone; here the revision is part of it, since a new one stands beside the old one until that is deregistered.
 */
const taskDefinition = behaviour<ecs.TaskDefinitionArgs, ecs.TaskDefinitionState>(taskDefinitionToken, {
  references: { executionRoleArn: toTaskRole, taskRoleArn: toTaskRole },
  id: ({ inputs, account, region }) =>
    `${inputs.family}:${String(nextRevision(account, region, inputs.family))}`,
  outputs: ({ id, inputs, accountId, region }) => {
    const family = `arn:aws:ecs:${region}:${accountId}:task-definition/${inputs.family}`;
    const revision = Number(id.split(":").at(-1));
    return {
      arn: `${family}:${String(revision)}`,
      arnWithoutRevision: family,
      enableFaultInjection: false,
      networkMode: inputs.requiresCompatibilities?.includes("FARGATE") === true ? "awsvpc" : "bridge",
      revision,
    };
  },
  keys: (state) => [state.arn, state.arnWithoutRevision, state.family],
  refuses: ({ inputs }) => {
    refuseFirst(rules, { ...inputs, containers: containersOf(inputs.containerDefinitions) });
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What runs together, and how. */
export const taskDefinitions: readonly AnyBehaviour[] = [taskDefinition];
