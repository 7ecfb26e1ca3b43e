import type { Properties } from "../model.ts";
import { UNKNOWN, hasUnknown, isRecord, list } from "../values.ts";
import { isReference, isSecret, reference, secret, unseal } from "./engine-values.ts";
import type { Reference } from "./engine-values.ts";
import { isNode, keyOf, kind } from "./plan.ts";
import type { AnswerNode, Child, DerivedNode, EachNode, Expansion, Key, Node, PathNode } from "./plan.ts";

/** A resource once it is made. A component has no id. */
export interface Made {
  readonly urn: string;
  readonly id?: string;
  readonly state: Properties;
}

/** A value, and the URNs of the resources that it came from. */
export interface Evaluated<Value = unknown> {
  readonly value: Value;
  readonly dependencies: ReadonlySet<string>;
}

/** A child that is ready to be made. */
export interface Prepared {
  readonly child: Child;
  /** By property. */
  readonly inputs: Readonly<Record<string, Evaluated>>;
  /** The URN of its parent among the children; `undefined` under the component itself. */
  readonly parent: string | undefined;
  /** URNs that no input shows. */
  readonly dependsOn: readonly string[];
  /** Providers beside the inherited ones, by package: of a component those for its children, else the resource's own. */
  readonly providers: Readonly<Record<string, Made>>;
}

/** Where an expansion becomes real: the engine, or a unit test's mocks. */
export interface Host {
  /** True in a preview: a property that is missing from a state is unknown. */
  readonly preview: boolean;
  make(prepared: Prepared): Promise<Made>;
  /** Called once the children of a component among the children are made. */
  finish(made: Made, outputs: Properties): Promise<void>;
  /** A resource that is none of the children. */
  find(urn: string): Promise<Made>;
  invoke(token: string, args: Properties): Promise<Properties>;
}

const none: ReadonlySet<string> = new Set();

/** Makes the children of one expansion, each as soon as what it refers to is made. */
export class Evaluation {
  private readonly host: Host;
  private readonly expansion: Expansion;
  private readonly children: ReadonlyMap<Key, Child>;
  private readonly pending = new Map<Key, Promise<Made>>();
  private readonly answers = new Map<string, Promise<Properties>>();
  private readonly made = new Map<string, Made>();

  public constructor(expansion: Expansion, host: Host) {
    this.host = host;
    this.expansion = expansion;
    this.children = new Map(expansion.children.map((child) => [keyOf(child), child]));
  }

  /** Makes all children and returns the outputs. Fails with the first error, but only after everything has come to rest. */
  public async run(): Promise<Readonly<Record<string, Evaluated>>> {
    const keys = [...this.children.keys()];
    const results = await Promise.allSettled(keys.map((key) => this.child(key)));
    const failure = results.find((result) => result.status === "rejected");
    if (failure !== undefined) throw failure.reason;

    for (const [key, { outputs }] of this.children) {
      if (outputs !== undefined)
        await this.host.finish(await this.child(key), plainOf(await this.properties(outputs)));
    }
    const waits = await this.urnsOf(this.expansion.outputsWaitFor ?? []);
    const outputs = await this.properties(this.expansion.outputs);
    return mapValues(outputs, ({ value, dependencies }) => ({
      value,
      dependencies: union(dependencies, waits),
    }));
  }

  private child(key: Key): Promise<Made> {
    const known = this.pending.get(key);
    if (known !== undefined) return known;
    const promise = this.make(key);
    this.pending.set(key, promise);
    return promise;
  }

  private async make(key: Key): Promise<Made> {
    const child = this.children.get(key);
    if (child === undefined) throw new Error(`the expansion refers to ${key}, which it does not make`);
    const parent = child.parent === undefined ? undefined : (await this.child(child.parent)).urn;
    const dependsOn = await this.urnsOf(child.dependsOn ?? []);
    await this.evaluate(child.conditions ?? []);
    const providers: Record<string, Made> = {};
    for (const [name, provider] of Object.entries(child.providers ?? {}))
      providers[name] = await this.child(provider);
    const inputs = await this.properties(child.inputs);
    const made = await this.host.make({ child, inputs, parent, dependsOn, providers });
    this.made.set(made.urn, made);
    return made;
  }

  private async urnsOf(wanted: readonly (Key | Node)[]): Promise<string[]> {
    const urns = wanted.map(async (one) => {
      if (!isNode(one)) return [(await this.child(one)).urn];
      const { value } = await this.evaluate(one);
      return isReference(value) ? [value.urn] : [];
    });
    return (await Promise.all(urns)).flat();
  }

  private async properties(given: Properties): Promise<Readonly<Record<string, Evaluated>>> {
    const entries = await Promise.all(
      Object.entries(given).map(async ([name, value]) => [name, await this.evaluate(value)] as const),
    );
    return Object.fromEntries(entries.filter(([, { value }]) => value !== undefined));
  }

  private async evaluate(value: unknown): Promise<Evaluated> {
    if (isNode(value)) return this.node(value);
    if (Array.isArray(value)) {
      const items = await Promise.all(value.map((item) => this.evaluate(item)));
      return {
        value: items.map((item) => item.value),
        dependencies: union(...items.map((item) => item.dependencies)),
      };
    }
    if (!isRecord(value)) return { value, dependencies: none };
    const items = await this.properties(value);
    return {
      value: plainOf(items),
      dependencies: union(...Object.values(items).map((item) => item.dependencies)),
    };
  }

  private async node(node: Node): Promise<Evaluated> {
    switch (node[kind]) {
      case "child": {
        const { urn, id } = await this.child(node.key);
        return { value: reference(urn, id), dependencies: new Set([urn]) };
      }
      case "given": {
        const { value, dependencies } = await this.evaluate(node.value);
        return { value, dependencies: union(dependencies, node.dependencies) };
      }
      case "path":
        return this.path(node);
      case "each":
        return this.each(node);
      case "derived":
        return this.derived(node);
      case "answer":
        return this.answer(node);
    }
  }

  private async derived({ from, make }: DerivedNode): Promise<Evaluated> {
    const { value, dependencies } = await this.evaluate(from);
    if (hasUnknown(value)) return { value: UNKNOWN, dependencies };
    const plain = unseal(value);
    const result = make(...list(plain.value));
    return { value: plain.secret ? secret(result) : result, dependencies };
  }

  private async each({ of, make }: EachNode): Promise<Evaluated> {
    const { value, dependencies } = await this.evaluate(of);
    const { value: elements, sealed } = open(value);
    if (!Array.isArray(elements)) return { value, dependencies };
    const found = await this.evaluate(elements.map(make));
    return {
      value: sealed ? secret(found.value) : found.value,
      dependencies: union(dependencies, found.dependencies),
    };
  }

  private async answer({ token, args }: AnswerNode): Promise<Evaluated> {
    const { value, dependencies } = await this.evaluate(args);
    if (hasUnknown(value) || !isRecord(value)) return { value: UNKNOWN, dependencies };
    const question = JSON.stringify([token, value]);
    const asked = this.answers.get(question) ?? this.host.invoke(token, plainRecord(value));
    this.answers.set(question, asked);
    return { value: await asked, dependencies };
  }

  private async path({ of, path }: PathNode): Promise<Evaluated> {
    const start = await this.evaluate(of);
    const dependencies = new Set(start.dependencies);
    let { value, sealed } = open(start.value);
    for (const step of path.split(/[.[\]]+/).filter((part) => part !== "")) {
      if (isReference(value) && value.id !== undefined) dependencies.add(value.urn);
      const next = open(isReference(value) ? await this.propertyOf(value, step) : stepInto(value, step));
      value = next.value;
      sealed ||= next.sealed;
    }
    return { value: sealed ? secret(value) : value, dependencies };
  }

  private async propertyOf({ urn }: Reference, name: string): Promise<unknown> {
    const made = this.made.get(urn) ?? (await this.host.find(urn));
    if (name === "urn") return urn;
    if (name === "id") return made.id ?? UNKNOWN;
    return name in made.state || !this.host.preview ? made.state[name] : UNKNOWN;
  }
}

function stepInto(value: unknown, step: string): unknown {
  if (value === UNKNOWN) return UNKNOWN;
  if (Array.isArray(value)) return value[Number(step)];
  return isRecord(value) ? value[step] : undefined;
}

/** Takes off the mark of a secret around the value, not those deeper in it. */
function open(value: unknown): { value: unknown; sealed: boolean } {
  return isSecret(value) ? { value: value.value, sealed: true } : { value, sealed: false };
}

function plainRecord(value: Properties): Properties {
  const plain = unseal(value).value;
  return isRecord(plain) ? plain : {};
}

/** The values alone. */
export function plainOf(evaluated: Readonly<Record<string, Evaluated>>): Properties {
  return mapValues(evaluated, ({ value }) => value);
}

/** The same keys with other values. */
export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function union(...sets: readonly Iterable<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}
