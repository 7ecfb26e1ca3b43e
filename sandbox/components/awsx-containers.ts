import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { ComponentError, shapeOfList, shapeOfRecord, shapeOfText, without } from "./arguments.ts";
import { at, derive } from "./plan.ts";

/** The containers of a task, by name. */
export type Containers = readonly (readonly [string, Properties])[];

/** Sorted by name, so that the task definition does not change with the order. @throws ComponentError unless there is exactly one kind. */
export function readContainers({ container, containers }: Properties): Containers {
  if ((container === undefined) === (containers === undefined))
    throw new ComponentError("Exactly one of [container] or [containers] must be provided");
  if (container === undefined) {
    const named = Object.entries(shapeOfRecord(containers));
    return named
      .map(([name, one]) => [name, shapeOfRecord(one)] as const)
      .sort(([left], [right]) => left.localeCompare(right));
  }
  const only = shapeOfRecord(container);
  return [[shapeOfText(only.name) ?? "container", only]];
}

/** Where the containers write, if the component says so. */
export interface LogPlace {
  readonly name: unknown;
  readonly region: unknown;
}

/** The containers as ECS reads them, in JSON: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
export function describeContainers(containers: Containers, logs: LogPlace | undefined): unknown {
  const described = containers.map(([name, container]) => {
    const ports = shapeOfList(container.portMappings);
    return {
      ...container,
      portMappings: ports?.map((mapping) => portsOf(shapeOfRecord(mapping))),
      name,
      logConfiguration: container.logConfiguration ?? (logs && logConfiguration(name, logs)),
    };
  });
  return derive([described], (known) => JSON.stringify(known));
}

function logConfiguration(container: string, { name, region }: LogPlace): Properties {
  return {
    logDriver: "awslogs",
    options: { "awslogs-group": name, "awslogs-region": region, "awslogs-stream-prefix": container },
  };
}

/** A mapping that names a target group has its port. */
function portsOf(mapping: Properties): Properties {
  const { containerPort, hostPort, targetGroup } = mapping;
  const port = targetGroup === undefined ? undefined : at(targetGroup, "port");
  return {
    ...without(mapping, ["targetGroup"]),
    containerPort: containerPort ?? hostPort ?? port,
    hostPort: hostPort ?? port ?? containerPort,
  };
}

/** What the service registers its tasks with: the target groups that the containers' ports name. */
export function loadBalancersOf(containers: Containers): readonly Properties[] {
  return containers.flatMap(([containerName, { portMappings }]) =>
    (shapeOfList(portMappings) ?? []).flatMap((mapping) => {
      const { targetGroup } = shapeOfRecord(mapping);
      if (targetGroup === undefined) return [];
      return [
        { containerName, containerPort: at(targetGroup, "port"), targetGroupArn: at(targetGroup, "arn") },
      ];
    }),
  );
}

/** vCPUs, and how many GB go with them; in the order of their price: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
const sizes: readonly { readonly vcpu: number; readonly gb: readonly number[] }[] = [
  { vcpu: 0.25, gb: [0.5, 1, 2] },
  { vcpu: 0.5, gb: range(1, 4) },
  { vcpu: 1, gb: range(2, 8) },
  { vcpu: 2, gb: range(4, 16) },
  { vcpu: 4, gb: range(8, 30) },
  { vcpu: 8, gb: range(16, 60) },
  { vcpu: 16, gb: range(32, 120) },
  { vcpu: 32, gb: [60, 120, 244] },
];

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The smallest task that has what its containers ask for, in CPU units and MiB. */
export function taskSize(containers: Containers): unknown {
  const asked = containers.map(([, { cpu, memory, memoryReservation }]) => ({
    cpu,
    memory,
    memoryReservation,
  }));
  return derive([asked], (known) => {
    const needs = list(known).filter(isRecord);
    const vcpu = sum(needs.map(({ cpu }) => cpu)) / 1024;
    const gb = sum(needs.map(({ memory, memoryReservation }) => memoryReservation ?? memory)) / 1024;
    const fits = sizes.flatMap((size) =>
      size.vcpu >= vcpu
        ? size.gb.filter((one) => one >= gb).map((one) => ({ vcpu: size.vcpu, gb: one }))
        : [],
    );
    const [smallest] = fits;
    if (smallest === undefined) {
      throw new ComponentError(
        `Requested resources exceed the maximum allowed for Fargate. Requested: ${vcpu} vCPU and ${gb}GB. Max: 32 vCPU and 244GB.`,
      );
    }
    return { cpu: String(smallest.vcpu * 1024), memory: String(smallest.gb * 1024) };
  });
}

function sum(values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + (typeof value === "number" ? value : 0), 0);
}
