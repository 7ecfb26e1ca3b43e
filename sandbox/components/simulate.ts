import { Resource, isUnknown } from "@pulumi/pulumi";
import type { Properties } from "../model.ts";
import { UNKNOWN, isRecord } from "../values.ts";
import { expand, informed } from "./components.ts";
import { isReference, isSecret, reference } from "./engine-values.ts";
import { Evaluation, mapValues, plainOf } from "./evaluation.ts";
import type { Host, Made, Prepared } from "./evaluation.ts";
import type { Ask } from "./manifests.ts";

/** What makes the children of a component when no engine does: a unit test's mocks. */
export interface World {
  /** True where the mocks run as a preview does. */
  readonly preview: boolean;
  /** Makes a child. In a preview neither its id nor what `state` leaves out is known. */
  create(child: { readonly type: string; readonly name: string; readonly inputs: Properties }): Existing;
  invoke(token: string, args: Properties): Properties;
  /** A resource of the program's own that an argument refers to. */
  find(type: string, name: string): Existing | undefined;
}

/** A resource that the mocks know. */
export interface Existing {
  readonly id?: string | undefined;
  readonly state: Properties;
}

/**
 * What a remote component tells the program under mocks, where no component is ever constructed: its children are made in `world`.
 * `inputs` are as mocks receive them. In the outputs a resource is a plain object of its properties.
 */
export async function simulate(
  type: string,
  name: string,
  inputs: unknown,
  world: World,
): Promise<Properties> {
  const read = await readInputs(inputs);
  const ask: Ask = (token, args) => Promise.resolve(world.invoke(token, args));
  const args = await informed(type, name, isRecord(read) ? read : {}, ask);
  const expansion = expand(type, name, args);
  const host = new MockHost(world);
  const outputs = await new Evaluation(expansion, host).run();
  return mapValues(plainOf(outputs), (value) => host.render(value));
}

class MockHost implements Host {
  public readonly preview: boolean;
  private readonly world: World;
  private readonly made = new Map<string, Made>();

  public constructor(world: World) {
    this.world = world;
    this.preview = world.preview;
  }

  public make({ child: { type, name, outputs }, inputs }: Prepared): Promise<Made> {
    const urn = `urn:pulumi:mocks::groundwork::${type}::${name}`;
    const plain = mapValues(plainOf(inputs), idOf);
    const made = outputs === undefined ? { urn, ...this.create(type, name, plain) } : { urn, state: {} };
    this.made.set(urn, made);
    return Promise.resolve(made);
  }

  public finish({ urn }: Made, outputs: Properties): Promise<void> {
    this.made.set(urn, { urn, state: mapValues(outputs, (value) => this.render(value)) });
    return Promise.resolve();
  }

  public find(urn: string): Promise<Made> {
    const [types = "", name = ""] = urn.split("::").slice(2);
    const type = types.split("$").at(-1) ?? types;
    const existing = this.world.find(type, name);
    if (existing === undefined) return Promise.reject(new Error(`there is no ${type} ${name}`));
    const { id, state } = existing;
    return Promise.resolve(id === undefined || id === "" ? { urn, state } : { urn, id, state });
  }

  public invoke(token: string, args: Properties): Promise<Properties> {
    return Promise.resolve(this.world.invoke(token, args));
  }

  /** The value with every resource in it as an object of its properties. */
  public render(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.render(item));
    if (!isRecord(value)) return value;
    if (!isReference(value)) return mapValues(value, (item) => this.render(item));
    const { urn, id } = value;
    return { ...this.made.get(urn)?.state, ...(id === undefined ? {} : { id }), urn };
  }

  private create(
    type: string,
    name: string,
    inputs: Properties,
  ): { readonly id: string; readonly state: Properties } {
    if (type.startsWith("pulumi:providers:"))
      return { id: this.preview ? UNKNOWN : `${name}-id`, state: inputs };
    const { id = UNKNOWN, state } = this.world.create({ type, name, inputs });
    return { id: this.preview ? UNKNOWN : id, state };
  }
}

/** Providers are handed the id where a program gives a resource. */
function idOf(value: unknown): unknown {
  if (isReference(value)) return value.id ?? value.urn;
  if (Array.isArray(value)) return value.map(idOf);
  return isRecord(value) ? mapValues(value, idOf) : value;
}

/** Mocks receive resources as objects, secrets in their envelope, and an object of its own for what is unknown. */
async function readInputs(value: unknown): Promise<unknown> {
  if (isUnknown(value)) return UNKNOWN;
  if (isSecret(value)) return readInputs(value.value);
  if (Resource.isInstance(value)) return reference(await urnOf(value));
  if (Array.isArray(value)) return Promise.all(value.map(readInputs));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await readInputs(item)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function urnOf(resource: Resource): Promise<string> {
  return new Promise((resolve) => {
    resource.urn.apply(resolve);
  });
}
