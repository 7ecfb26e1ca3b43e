import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { Account } from "../../sandbox/account.ts";
import type { Properties } from "../../sandbox/model.ts";
import { isRecord } from "../../sandbox/values.ts";
import { decode } from "../../sandbox/wire.ts";
import type { ComponentOutputs } from "./components.ts";
import { watchComponents } from "./components.ts";
import type { Expanded } from "./recorder.ts";
import { Recorder } from "./recorder.ts";

export interface RunOptions {
  /** @default "dev" */
  readonly stack?: string;
  /** Stack settings, as `pulumi config` would give them. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** True to run as a preview does: no ids, no computed outputs. @default false */
  readonly preview?: boolean;
}

/** One registered resource, as the engine would have been told. */
export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** URN of the parent; unset for the stack's own. */
  readonly parent: string | undefined;
  /** As they are after Check: with defaults, made-up names and `tagsAll`. Secrets are open. */
  readonly inputs: Properties;
  readonly state: Properties;
  readonly id: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  /** Reference of the explicit provider; empty for the default one. */
  readonly provider: string;
  /** What it registered as its outputs. */
  readonly outputs: Properties;
}

export interface Run<T> {
  readonly value: T;
  /** In the order of registration. */
  readonly resources: readonly Recorded[];
  /** The children of remote components (awsx, eks). */
  readonly expanded: readonly Expanded[];
  readonly account: Account;
  readonly components: readonly ComponentOutputs[];
}

/**
 * Runs a program under mocks until nothing is pending any more.
 * @throws AggregateError with everything that went wrong inside registrations, invokes and `apply`.
 */
export async function run<T>(program: () => T | Promise<T>, options: RunOptions = {}): Promise<Run<T>> {
  const { stack = "dev", config = {}, preview = false } = options;
  const recorder = new Recorder(preview);
  pulumi.runtime.setAllConfig({ ...config });
  await pulumi.runtime.setMocks(recorder, "groundwork", stack, preview);
  recorder.transforms.listen();
  const watch = watchMonitor(recorder);
  const onRejection = (reason: unknown): void => {
    recorder.fail(reason);
  };
  process.on("unhandledRejection", onRejection);
  const components = watchComponents();
  try {
    const value = await program();
    // After a failure the SDK may wait for ever for what never comes.
    await Promise.race([pulumi.runtime.disconnect(), recorder.failed]);
    throwAll(recorder.failures);
    return {
      value,
      resources: watch.resources(),
      expanded: recorder.expanded,
      account: recorder.account,
      components: components.seen,
    };
  } finally {
    components.stop();
    process.off("unhandledRejection", onRejection);
  }
}

let imports = 0;

/** Runs the whole program with a stack's own settings. */
export function runStack(stack: string, options: RunOptions = {}): Promise<Run<Properties>> {
  const config = { ...stackConfig(stack), ...options.config };
  imports += 1;
  return run(() => import(`../../index.ts?run=${String(imports)}`) as Promise<Properties>, {
    ...options,
    stack,
    config,
  });
}

/** The settings of `Pulumi.<stack>.yaml` as the engine gives them to the program: what is not a string is JSON. */
export function stackConfig(stack: string): Record<string, string> {
  const file: unknown = parse(readFileSync(new URL(`../../Pulumi.${stack}.yaml`, import.meta.url), "utf8"));
  const config = isRecord(file) && isRecord(file.config) ? file.config : {};
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** All resources of a type, in order. */
export function all(resources: readonly Recorded[], type: string): readonly Recorded[] {
  return resources.filter((resource) => resource.type === type);
}

/** The one resource of a type, or of a type and name. @throws Error when there is none or there are several. */
export function only(resources: readonly Recorded[], type: string, name?: string): Recorded {
  const found = all(resources, type).filter((resource) => name === undefined || resource.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(
      `expected one ${type} ${name ?? ""}, found ${found.length}: ${found.map((r) => r.name).join(", ")}`,
    );
  }
  return first;
}

function throwAll(failures: readonly Error[]): void {
  const unique = [...new Map(failures.map((failure) => [failure.message, failure])).values()];
  const [only] = unique;
  if (only !== undefined && unique.length === 1) throw only;
  if (unique.length > 1) throw new AggregateError(unique, unique.map(({ message }) => message).join("\n"));
}

/** Listens to what the SDK tells the (mock) engine: the mocks themselves are not told of parents, dependencies and options. */
function watchMonitor(recorder: Recorder) {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const requests: Registration[] = [];
  const outputs = new Map<string, Properties>();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requests.push(request);
    recorder.transforms.note(
      request.getName(),
      request.getTransformsList().map((transform) => transform.getToken()),
    );
    register(request, callback);
  };
  monitor.registerResourceOutputs = (request, callback) => {
    outputs.set(request.getUrn(), decode(request.getOutputs(), new Set()));
    callback(null, {});
  };
  return {
    resources: (): readonly Recorded[] =>
      requests.map((request) =>
        recorded(
          request,
          monitor.newUrn(request.getParent(), request.getType(), request.getName()),
          recorder,
          outputs,
        ),
      ),
  };
}

function recorded(
  request: Registration,
  urn: string,
  recorder: Recorder,
  outputs: ReadonlyMap<string, Properties>,
): Recorded {
  const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
  const { id, inputs, state } = recorder.answers.get(`${type}::${name}`) ?? { id: "", inputs: {}, state: {} };
  return {
    ...{ urn, type, name, id, inputs, state },
    custom: request.getCustom(),
    parent: parent === "" ? undefined : parent,
    dependencies: request.getDependenciesList(),
    propertyDependencies: dependenciesOf(request),
    protect: request.getProtect() === true,
    deleteBeforeReplace: request.getDeletebeforereplace() === true,
    retainOnDelete: request.getRetainondelete() === true,
    ignoreChanges: request.getIgnorechangesList(),
    provider: request.getProvider(),
    outputs: outputs.get(urn) ?? {},
  };
}

function dependenciesOf(request: Registration): Readonly<Record<string, readonly string[]>> {
  const dependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((value, key) => {
    dependencies[key] = value.getUrnsList();
  });
  return dependencies;
}

type Struct = Parameters<typeof decode>[0];

/** What is used of the SDK's `pulumirpc.RegisterResourceRequest`. */
interface Registration {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getProtect(): boolean | undefined;
  getDeletebeforereplace(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getProvider(): string;
  getIgnorechangesList(): string[];
  getTransformsList(): { getToken(): string }[];
  getDependenciesList(): string[];
  getPropertydependenciesMap(): {
    forEach(visit: (value: { getUrnsList(): string[] }, key: string) => void): void;
  };
}

interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: Registration, callback: (error: unknown, response: unknown) => void): void;
  registerResourceOutputs(
    request: { getUrn(): string; getOutputs(): Struct },
    callback: (error: unknown, response: unknown) => void,
  ): void;
}
