import type { Properties } from "../model.ts";
import { list } from "../values.ts";
import { ComponentError, shape, shapeOfRecord, without } from "./arguments.ts";
import { describeContainers, loadBalancersOf, readContainers, taskSize } from "./awsx-containers.ts";
import type { LogPlace } from "./awsx-containers.ts";
import { lookUpDefaultVpc } from "./awsx-default-vpc.ts";
import { expandTaskRole, roleOutput, shortHash } from "./awsx-role.ts";
import { openSecurityGroup } from "./awsx-security-group.ts";
import { ask, at, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Expansion, Key } from "./plan.ts";

const executionPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

/** What the component reads itself; all else goes to the task definition as it is. */
const ownOfTask = ["container", "containers", "executionRole", "logGroup", "taskRole"] as const;

/** Likewise for the service. */
const ownOfService = [
  "assignPublicIp",
  "continueBeforeSteadyState",
  "taskDefinitionArgs",
  "useClusterDefaultCapacityProviderStrategy",
] as const;

/** The task definition, and what it is made with. */
interface Task {
  readonly children: readonly Child[];
  readonly definition: Key;
  readonly outputs: Properties;
  readonly loadBalancers: readonly Properties[];
}

/** What `awsx.ecs.FargateTaskDefinition` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/ecs/fargatetaskdefinition/ */
export function expandFargateTaskDefinition(name: string, args: Properties, stack: string): Expansion {
  const { children, outputs } = expandTask(name, args, stack);
  return { children, outputs, keepsOutputs: false };
}

function expandTask(name: string, args: Properties, stack: string, parent?: Key): Task {
  const containers = readContainers(args);
  const under = parent === undefined ? {} : { parent };
  const logs = logsOf(name, args.logGroup, under);
  const taskRole = expandTaskRole(`${name}-task`, parent, args.taskRole, []);
  const executionRole = expandTaskRole(`${name}-execution`, parent, args.executionRole, [executionPolicy]);
  const described = describeContainers(containers, logs.place);
  const size = taskSize(containers);
  const definition: Child = {
    type: "aws:ecs/taskDefinition:TaskDefinition",
    name,
    ...under,
    inputs: {
      cpu: at(size, "cpu"),
      memory: at(size, "memory"),
      family: derive([described], (known) => `${name}-${shortHash(stack + String(known))}`),
      ...without(args, ownOfTask),
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      taskRoleArn: taskRole.arn,
      executionRoleArn: executionRole.arn,
      containerDefinitions: described,
    },
  };
  const loadBalancers = loadBalancersOf(containers);
  return {
    children: [...logs.children, ...taskRole.children, ...executionRole.children, definition],
    definition: keyOf(definition),
    outputs: {
      taskDefinition: child(keyOf(definition)),
      logGroup: logs.children[0] && child(keyOf(logs.children[0])),
      taskRole: roleOutput(taskRole),
      executionRole: roleOutput(executionRole),
      loadBalancers,
    },
    loadBalancers,
  };
}

function logsOf(
  name: string,
  given: unknown,
  under: { readonly parent?: Key },
): { readonly children: readonly Child[]; readonly place?: LogPlace } {
  const { skip, existing, args } = shapeOfRecord(given);
  if (shape(skip) === true) return { children: [] };
  const region = at(ask("aws:index/getRegion:getRegion"), "region");
  if (existing === undefined) {
    const type = "aws:cloudwatch/logGroup:LogGroup";
    const group: Child = { type, name, ...under, inputs: shapeOfRecord(args) };
    return { children: [group], place: { name: ref(keyOf(group), "name"), region } };
  }
  if (args !== undefined)
    throw new ComponentError("Can't define log group args if specifying an existing log group name");
  const known = shapeOfRecord(existing);
  const part = (index: number) => derive([known.arn], (arn) => String(arn).split(":")[index]);
  if (known.arn !== undefined) return { children: [], place: { name: part(6), region: part(3) } };
  if (known.name === undefined)
    throw new ComponentError("One of an existing log group name or ARN must be specified");
  return { children: [], place: { name: known.name, region: known.region ?? region } };
}

/** What `awsx.ecs.FargateService` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/ecs/fargateservice/ */
export function expandFargateService(name: string, args: Properties, stack: string): Expansion {
  refuseBoth(args, "taskDefinition", "taskDefinitionArgs");
  refuseBoth(args, "networkConfiguration", "assignPublicIp");
  refuseBoth(args, "capacityProviderStrategies", "useClusterDefaultCapacityProviderStrategy");
  const task = taskOf(name, args, stack);
  const network = networkOf(name, args);
  const service: Child = {
    type: "aws:ecs/service:Service",
    name,
    inputs: {
      desiredCount: 1,
      ...without(args, ownOfService),
      loadBalancers: args.loadBalancers ?? task.loadBalancers,
      networkConfiguration: network.configuration,
      launchType: launchTypeOf(args),
      taskDefinition: task.arn,
      waitForSteadyState: derive([args.continueBeforeSteadyState], (unsteady) => unsteady !== true),
    },
  };
  return {
    children: [...task.children, ...network.children, service],
    outputs: { service: child(keyOf(service)), taskDefinition: task.definition },
    keepsOutputs: false,
  };
}

/** The task definition that the service runs: one of its own, or the program's. */
interface ServiceTask {
  readonly children: readonly Child[];
  readonly arn: unknown;
  readonly definition?: unknown;
  readonly loadBalancers?: readonly Properties[];
}

function taskOf(
  name: string,
  { taskDefinition, taskDefinitionArgs }: Properties,
  stack: string,
): ServiceTask {
  if (taskDefinitionArgs !== undefined) {
    const around: Child = { type: "awsx:ecs:FargateTaskDefinition", name, inputs: {}, outputs: {} };
    const { children, definition, loadBalancers } = expandTask(
      name,
      shapeOfRecord(taskDefinitionArgs),
      stack,
      keyOf(around),
    );
    return {
      children: [around, ...children],
      arn: ref(definition, "arn"),
      definition: child(definition),
      loadBalancers,
    };
  }
  if (taskDefinition !== undefined) return { children: [], arn: taskDefinition };
  throw new ComponentError("Either `taskDefinition` or `taskDefinitionArgs` must be provided.");
}

/** Capacity providers decide themselves. */
function launchTypeOf(args: Properties): string | undefined {
  const byCluster = shape(args.useClusterDefaultCapacityProviderStrategy) === true;
  return args.capacityProviderStrategies !== undefined || byCluster ? undefined : "FARGATE";
}

function refuseBoth(args: Properties, one: string, other: string): void {
  if (args[one] === undefined || args[other] === undefined) return;
  throw new ComponentError(`Only one of \`${one}\` or \`${other}\` can be provided.`);
}

/** The program's network, or else the default VPC with a security group that is open to everybody. */
function networkOf(
  name: string,
  { networkConfiguration, assignPublicIp = false }: Properties,
): { readonly children: readonly Child[]; readonly configuration: unknown } {
  if (networkConfiguration !== undefined) return { children: [], configuration: networkConfiguration };
  const { vpcId, publicSubnetIds, privateSubnetIds } = lookUpDefaultVpc();
  const group = openSecurityGroup(`${name}-sg`, vpcId);
  const subnets = derive([assignPublicIp, publicSubnetIds, privateSubnetIds], (open, outer, inner) => {
    if (open === true) return outer;
    if (list(inner).length > 0) return inner;
    throw new ComponentError(
      "The default VPC does not have any private subnets. Set `assignPublicIp` to `true`, provide `networkConfiguration`, or add private subnets to the default VPC.",
    );
  });
  const configuration = { subnets, assignPublicIp, securityGroups: [ref(keyOf(group))] };
  return { children: [group], configuration };
}
