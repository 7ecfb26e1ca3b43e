import type { Stored } from "../../model.ts";
import { isWithheld } from "../../secrets.ts";
import { at, list, text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { targetGroupToken } from "../lb/references.ts";
import { loadBalancersOf } from "../lb/target-group.ts";
import type { Rule } from "../refuse-first.ts";
import { isOffered } from "./fargate.ts";
import { clusterToken, latestOf, serviceToken } from "./references.ts";
import { defaultStrategyOf, lastPart, strangersOf } from "./strategies.ts";
import type { Share } from "./strategies.ts";
import { containersOf } from "./task-refusals.ts";

interface Attached {
  readonly targetGroupArn?: string | undefined;
  readonly containerName: string;
  readonly containerPort: number;
}

/** What a service is asked to be. */
export interface Inputs {
  readonly name?: string | undefined;
  readonly cluster?: string | undefined;
  readonly taskDefinition?: string | undefined;
  readonly launchType?: string | undefined;
  readonly schedulingStrategy?: string | undefined;
  readonly capacityProviderStrategies?: readonly Share[] | undefined;
  readonly networkConfiguration?:
    { readonly subnets: readonly string[]; readonly assignPublicIp?: boolean | undefined } | undefined;
  readonly loadBalancers?: readonly Attached[] | undefined;
}

/** A request, and what it would change. */
export interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

function taskOf({ inputs, account, region }: Request): Stored | undefined {
  return latestOf(account, inputs.taskDefinition ?? "", region);
}

/** The cluster by its name, whichever way the program names it. */
export function clusterNameOf({ cluster = "default" }: Inputs): string {
  return lastPart(cluster);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids */
export function arnOf({ inputs, account, region }: Omit<Request, "before">, name = ""): string {
  return `arn:aws:ecs:${region}:${account.accountId}:service/${clusterNameOf(inputs)}/${inputs.name ?? name}`;
}

function isTaken(request: Request): boolean {
  const { account, region, before } = request;
  return before === undefined && account.find(serviceToken, arnOf(request), region) !== undefined;
}

/** The first target group that no load balancer sends requests to. */
function idle({ inputs, account }: Request): string | undefined {
  const groups = (inputs.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  return groups.find((arn) => loadBalancersOf(account, arn).length === 0);
}

/** The containers that the service runs, as far as they are known: a definition with a password in it is a secret as a whole. */
function containersFor(request: Request): readonly unknown[] | undefined {
  const definitions = taskOf(request)?.state.containerDefinitions;
  return definitions === undefined || isWithheld(definitions) ? undefined : containersOf(definitions);
}

/** The first container that gets requests and that the task does not have. */
function unknownContainer(request: Request): string | undefined {
  const names = containersFor(request)?.map((container) => at(container, "name"));
  return request.inputs.loadBalancers?.find(({ containerName }) => names?.includes(containerName) === false)
    ?.containerName;
}

/** The first of the load balancers' ports that no container of the task has. */
function unexposed(request: Request): Attached | undefined {
  const containers = containersFor(request);
  if (containers === undefined) return undefined;
  return request.inputs.loadBalancers?.find(
    ({ containerName, containerPort }) =>
      !containers.some(
        (container) =>
          at(container, "name") === containerName &&
          list(at(container, "portMappings")).some((port) => at(port, "containerPort") === containerPort),
      ),
  );
}

function complainOfPort(attached: Attached | undefined): string {
  return `The container ${attached?.containerName ?? ""} did not have a container port ${String(attached?.containerPort)} defined.`;
}

/** What runs the tasks beside a launch type: the service's own choice, or the cluster's. */
function strategyOf(request: Request): readonly Share[] {
  const { inputs } = request;
  const own = inputs.capacityProviderStrategies ?? [];
  if (own.length > 0 || inputs.launchType !== undefined) return own;
  return defaultStrategyOf(request, clusterNameOf(inputs));
}

/** True where nothing has a share of the tasks, although the cluster names who should. */
function isWeightless(request: Request): boolean {
  const { capacityProviderStrategies: own = [] } = request.inputs;
  const strategy = own.length > 0 ? [] : strategyOf(request);
  return strategy.length > 0 && strategy.every(({ weight = 0 }) => weight === 0);
}

/** Whether its tasks run on instances because nothing says otherwise. */
function isOnInstances(request: Request): boolean {
  const { launchType, cluster } = request.inputs;
  const isKnown = request.account.find(clusterToken, cluster ?? "", request.region) !== undefined;
  return launchType === "EC2" || (launchType === undefined && isKnown && strategyOf(request).length === 0);
}

function hasStrangers(request: Request): boolean {
  const { inputs, account, region } = request;
  const { cluster = "", capacityProviderStrategies = [] } = inputs;
  const known = account.find(clusterToken, cluster, region) !== undefined;
  return known && strangersOf(request, clusterNameOf(inputs), capacityProviderStrategies).length > 0;
}

/** The first target group that takes instances where each task has an address of its own. */
function wrongTargets(request: Request): string | undefined {
  const groups = (request.inputs.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  return groups.find((arn) => request.account.find(targetGroupToken, arn)?.state.targetType === "instance");
}

/** With `awsvpc`, each task has an address of its own; `undefined` for a service without a task definition, which others deploy. */
const networkModeOf = (request: Request): unknown => taskOf(request)?.state.networkMode;

/** A task that does not ask for Fargate runs there all the same if it could have. */
function fitsFargate(task: Stored | undefined): boolean {
  if (task === undefined || list(task.state.requiresCompatibilities).includes("FARGATE")) return true;
  const { networkMode, cpu, memory } = task.state;
  return networkMode === "awsvpc" && isOffered(text(cpu) ?? "", text(memory) ?? "");
}

/** Codes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const serviceRules: readonly Rule<Request>[] = [
  {
    when: isTaken,
    code: "InvalidParameterException",
    says: "Creation of service was not idempotent.",
  },
  {
    when: ({ inputs }) =>
      inputs.launchType !== undefined && (inputs.capacityProviderStrategies ?? []).length > 0,
    code: "InvalidParameterException",
    says: "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
  },
  {
    when: hasStrangers,
    code: "InvalidParameterException",
    says: "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.",
  },
  {
    when: isWeightless,
    code: "InvalidParameterException",
    says: "There are no capacity providers with a weight value greater than zero defined in the default capacity provider strategy. At least one capacity provider must have a weight value greater than zero specified. Update the cluster's default capacity provider strategy or specify a valid capacity provider strategy and try again.",
  },
  {
    when: (request) => request.inputs.schedulingStrategy === "DAEMON" && strategyOf(request).length > 0,
    code: "InvalidParameterException",
    says: "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
  },
  {
    when: (request) => request.inputs.launchType === "FARGATE" && !fitsFargate(taskOf(request)),
    code: "InvalidParameterException",
    says: "Task definition does not support launch_type FARGATE.",
  },
  {
    when: (request) =>
      networkModeOf(request) === "awsvpc" && request.inputs.networkConfiguration === undefined,
    code: "InvalidParameterException",
    says: "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  },
  {
    when: (request) =>
      ![undefined, "awsvpc"].some((mode) => mode === networkModeOf(request)) &&
      request.inputs.networkConfiguration !== undefined,
    code: "InvalidParameterException",
    says: "Network Configuration is not valid for the given networkMode of this task definition.",
  },
  {
    when: (request) => request.inputs.networkConfiguration?.assignPublicIp === true && isOnInstances(request),
    code: "InvalidParameterException",
    says: "Assign public IP is not supported for this launch type.",
  },
  {
    when: (request) => unknownContainer(request) !== undefined,
    code: "InvalidParameterException",
    says: (request) =>
      `The container ${unknownContainer(request) ?? ""} does not exist in the task definition.`,
  },
  {
    when: (request) => unexposed(request) !== undefined,
    code: "InvalidParameterException",
    says: (request) => complainOfPort(unexposed(request)),
  },
  {
    when: (request) => networkModeOf(request) === "awsvpc" && wrongTargets(request) !== undefined,
    code: "InvalidParameterException",
    says: (request) =>
      `The provided target group ${wrongTargets(request) ?? ""} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.`,
  },
  {
    when: (request) => idle(request) !== undefined,
    code: "InvalidParameterException",
    says: (request) =>
      `The target group with targetGroupArn ${idle(request) ?? ""} does not have an associated load balancer.`,
  },
];
