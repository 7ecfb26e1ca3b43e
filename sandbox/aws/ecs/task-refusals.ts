import { at, isRecord, list, text } from "../../values.ts";
import type { Rule } from "../refuse-first.ts";
import { cpuUnitsOf, isOffered } from "./fargate.ts";

/** A task definition as it is asked for, with what its JSON holds. */
export interface Request {
  readonly family: string;
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
  readonly networkMode?: string | undefined;
  readonly executionRoleArn?: string | undefined;
  readonly requiresCompatibilities?: readonly string[] | undefined;
  readonly placementConstraints?: readonly unknown[] | undefined;
  readonly volumes?: readonly Volume[] | undefined;
  readonly containers: readonly unknown[];
}

interface Volume {
  readonly hostPath?: string | undefined;
  readonly dockerVolumeConfiguration?: unknown;
}

/** The containers that a task definition's JSON describes. The provider also takes CloudFormation's `PortMappings` for `portMappings`. */
export function containersOf(definitions: unknown): readonly unknown[] {
  const parsed: unknown = JSON.parse(text(definitions) ?? "[]");
  return list(uncapitalized(parsed));
}

function uncapitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(uncapitalized);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      uncapitalized(item),
    ]),
  );
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

/** Settings that have no meaning without a machine of one's own, in the words of ECS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
const ofMachines: readonly (readonly [string, (request: Request) => boolean])[] = [
  ["constraints", ({ placementConstraints = [] }) => placementConstraints.length > 0],
  ["sourcePath", ({ volumes = [] }) => volumes.some(({ hostPath = "" }) => hostPath !== "")],
  [
    "dockerVolumeConfiguration",
    ({ volumes = [] }) => volumes.some((volume) => volume.dockerVolumeConfiguration !== undefined),
  ],
  ...["devices", "sharedMemorySize", "maxSwap"].map((name): (typeof ofMachines)[number] => [
    name,
    ({ containers }) => containers.some((container) => isSaid(at(container, `linuxParameters.${name}`))),
  ]),
];

function isSaid(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : typeof value === "number";
}

function needingMachine(request: Request): string | undefined {
  return isFargate(request) ? ofMachines.find(([, asks]) => asks(request))?.[0] : undefined;
}

/** A task with an address of its own has the ports of its containers. */
function hasOtherHostPort({ networkMode, containers }: Request): boolean {
  const ports = containers.flatMap((container) => list(at(container, "portMappings")));
  return (
    networkMode === "awsvpc" && ports.some((port) => isOther(at(port, "hostPort"), at(port, "containerPort")))
  );
}

function isOther(hostPort: unknown, containerPort: unknown): boolean {
  return typeof hostPort === "number" && hostPort !== 0 && hostPort !== containerPort;
}

/** The first container that says how much memory it needs neither itself nor by its task. */
function unmeasured({ memory, containers }: Request): string | undefined {
  if (memory !== undefined) return undefined;
  const found = containers.find((container) =>
    ["memory", "memoryReservation"].every((name) => typeof at(container, name) !== "number"),
  );
  return found === undefined ? undefined : (text(at(found, "name")) ?? "");
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html */
function missingLogOptions({ containers }: Request): readonly string[] {
  const logging = containers
    .map((container) => at(container, "logConfiguration"))
    .find((one) => at(one, "logDriver") === "awslogs" && logOptionsMissing(one).length > 0);
  return logging === undefined ? [] : logOptionsMissing(logging);
}

function logOptionsMissing(logging: unknown): readonly string[] {
  const options = at(logging, "options");
  return ["awslogs-region", "awslogs-group"].filter(
    (name) => !isRecord(options) || text(options[name]) === undefined,
  );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
function waitsForEssential({ containers }: Request): boolean {
  const essential = containers
    .filter((container) => at(container, "essential") !== false)
    .map((container) => at(container, "name"));
  return containers
    .flatMap((container) => list(at(container, "dependsOn")))
    .some(
      (dependency) =>
        ["SUCCESS", "COMPLETE"].includes(text(at(dependency, "condition")) ?? "") &&
        essential.includes(at(dependency, "containerName")),
    );
}

/** Whether the containers together ask for more CPU than their task. */
function isOverfull({ cpu, containers }: Request): boolean {
  const units = containers.map((container) => Number(at(container, "cpu") ?? 0));
  return cpu !== undefined && units.reduce((sum, one) => sum + one, 0) > cpuUnitsOf(cpu);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const mostContainers = 10;

/** Codes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const taskRules: readonly Rule<Request>[] = [
  {
    when: ({ containers }) => containers.length === 0,
    code: "ClientException",
    says: "Container list cannot be empty.",
  },
  {
    when: ({ containers }) => containers.length > mostContainers,
    code: "ClientException",
    says: "Too many containers.",
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
    when: (request) => isFargate(request) && request.cpu === undefined,
    code: "ClientException",
    says: "Fargate requires that 'cpu' be defined at the task level.",
  },
  {
    when: (request) => isFargate(request) && request.memory === undefined,
    code: "ClientException",
    says: "Fargate requires that 'memory' be defined at the task level.",
  },
  {
    when: (request) => needingMachine(request) !== undefined,
    code: "ClientException",
    says: (request) => `Fargate compatible task definitions do not support ${needingMachine(request) ?? ""}`,
  },
  {
    when: (request) => unmeasured(request) !== undefined,
    code: "ClientException",
    says: (request) =>
      `Invalid setting for container '${unmeasured(request) ?? ""}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
  },
  {
    when: hasOtherHostPort,
    code: "ClientException",
    says: "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
  },
  {
    when: (request) => missingLogOptions(request).length > 0,
    code: "ClientException",
    says: (request) => `Log driver awslogs requires options: ${missingLogOptions(request).join(", ")}`,
  },
  {
    when: waitsForEssential,
    code: "ClientException",
    says: "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
  },
  {
    when: isOverfull,
    code: "ClientException",
    says: "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
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
