import type { ecs } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isWithheld } from "../../secrets.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { toSecurityGroup, toSubnet } from "../ec2/references.ts";
import { targetGroupToken, toTargetGroup } from "../lb/references.ts";
import { loadBalancersOf } from "../lb/target-group.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import {
  clusterToken,
  latestOf,
  serviceToken,
  toCapacityProvider,
  toCluster,
  toTaskDefinition,
} from "./references.ts";
import { isOffered } from "./fargate.ts";
import { containersOf } from "./task-definition.ts";

interface Attached {
  readonly targetGroupArn?: string | undefined;
  readonly containerName: string;
  readonly containerPort: number;
}

interface Inputs {
  readonly name?: string | undefined;
  readonly cluster?: string | undefined;
  readonly taskDefinition?: string | undefined;
  readonly launchType?: string | undefined;
  readonly capacityProviderStrategies?: readonly unknown[] | undefined;
  readonly networkConfiguration?: { readonly subnets: readonly string[] } | undefined;
  readonly loadBalancers?: readonly Attached[] | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

function taskOf({ inputs, account, region }: Request): Stored | undefined {
  return latestOf(account, inputs.taskDefinition ?? "", region);
}

/** The name of what goes by its name or its ARN. */
function lastPart(nameOrArn: string): string {
  return nameOrArn.split("/").at(-1) ?? nameOrArn;
}

/** The cluster by its name, whichever way the program names it. */
function clusterNameOf({ cluster = "default" }: Inputs): string {
  return lastPart(cluster);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids */
function arnOf({ inputs, account, region }: Omit<Request, "before">, name = ""): string {
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

/** The first of the load balancers' ports that no container of the task has. */
function unexposed(request: Request): Attached | undefined {
  const task = taskOf(request);
  // A definition with a password in it is a secret as a whole.
  if (task === undefined || isWithheld(task.state.containerDefinitions)) return undefined;
  const containers = containersOf(task.state.containerDefinitions);
  return request.inputs.loadBalancers?.find(
    ({ containerName, containerPort }) =>
      !containers.some(
        (container) =>
          at(container, "name") === containerName &&
          list(at(container, "portMappings")).some((port) => at(port, "containerPort") === containerPort),
      ),
  );
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
const rules: readonly Rule<Request>[] = [
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
    when: (request) => unexposed(request) !== undefined,
    code: "InvalidParameterException",
    says: (request) => {
      const { containerName = "", containerPort = 0 } = unexposed(request) ?? {};
      return `The container ${containerName} did not have a container port ${String(containerPort)} defined.`;
    },
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

/** A rolling update is done when its tasks run: a minute or two with a load balancer's health checks before them. */
const seconds = { create: 10, update: 10, delete: 45 } as const;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html */
const service = behaviour<ecs.ServiceArgs, ecs.ServiceState>(serviceToken, {
  autoname: { property: "name", max: 255 },
  references: {
    cluster: toCluster,
    taskDefinition: toTaskDefinition,
    "capacityProviderStrategies[].capacityProvider": toCapacityProvider,
    "networkConfiguration.subnets[]": toSubnet,
    "networkConfiguration.securityGroups[]": toSecurityGroup,
    "loadBalancers[].targetGroupArn": { ...toTargetGroup, holds: false },
  },
  id: (context) => arnOf(context, context.name),
  outputs: ({ id, inputs, accountId, region }) => ({
    arn: id,
    cluster: `arn:aws:ecs:${region}:${accountId}:cluster/${clusterNameOf(inputs)}`,
    iamRole: "/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
    launchType: (inputs.capacityProviderStrategies ?? []).length > 0 ? "" : "EC2",
    platformVersion: inputs.launchType === "FARGATE" ? "LATEST" : "",
    triggers: {},
  }),
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst<Request>(rules, { inputs, account, region, before });
  },
  seconds,
  secondsToCreate: ({ waitForSteadyState, loadBalancers = [] }) =>
    waitForSteadyState === true ? 60 + (loadBalancers.length > 0 ? 60 : 0) : undefined,
});

function runningIn(account: AccountView, cluster: Stored): boolean {
  const services = account.all(serviceToken, cluster.scope);
  return services.some(({ state }) => clusterNameOf(state) === cluster.state.name);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html */
const cluster = behaviour<ecs.ClusterArgs, ecs.ClusterState>(clusterToken, {
  autoname: { property: "name", max: 255 },
  id: ({ inputs, name, accountId, region }) =>
    `arn:aws:ecs:${region}:${accountId}:cluster/${inputs.name ?? name}`,
  outputs: ({ id }) => ({ arn: id, settings: [{ name: "containerInsights", value: "disabled" }] }),
  keeps: (thing, _, account) => {
    if (!runningIn(account, thing)) return;
    throw new Refusal(
      "ClusterContainsServicesException",
      "The Cluster cannot be deleted while Services are active.",
    );
  },
  seconds: { create: 11, update: 5, delete: 1 },
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
const clusterCapacityProviders = behaviour<
  ecs.ClusterCapacityProvidersArgs,
  ecs.ClusterCapacityProvidersState
>("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", {
  references: {
    clusterName: toCluster,
    "capacityProviders[]": toCapacityProvider,
    "defaultCapacityProviderStrategies[].capacityProvider": toCapacityProvider,
  },
  id: ({ inputs }) => inputs.clusterName,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs }) => {
    const given = (inputs.capacityProviders ?? []).map((provider) => lastPart(provider));
    const stray = (inputs.defaultCapacityProviderStrategies ?? []).find(
      ({ capacityProvider }) => !given.includes(lastPart(capacityProvider)),
    );
    if (stray === undefined) return;
    throw new Refusal(
      "InvalidParameterException",
      `The capacity provider ${text(stray.capacityProvider) ?? ""} in the default strategy is not associated with the cluster.`,
    );
  },
  seconds: { create: 12, update: 12, delete: 12 },
});

/** Where containers run, and which of them. */
export const containerServices: readonly AnyBehaviour[] = [cluster, clusterCapacityProviders, service];
