import * as pulumi from "@pulumi/pulumi";
import { Account } from "../../sandbox/account.ts";
import type { Immediate } from "../../sandbox/answers.ts";
import { awsProvider } from "../../sandbox/aws/provider.ts";
import { simulate } from "../../sandbox/components/simulate.ts";
import { kubernetesProvider } from "../../sandbox/kubernetes/simulated.ts";
import type { Properties, Provider } from "../../sandbox/model.ts";
import { parseSettings } from "../../sandbox/settings.ts";
import { UNKNOWN, isRecord } from "../../sandbox/values.ts";
import { plain } from "../../sandbox/wire.ts";
import { Transforms } from "./transforms.ts";

const providers: Readonly<Record<string, Immediate<Provider>>> = {
  aws: awsProvider,
  kubernetes: kubernetesProvider,
};

/** What the mocks answer for one resource: inputs as they are after Check, and the state. */
export interface Answer {
  readonly id: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

/** A child of a remote component: the mocks never register it, the sandbox knows it. */
export interface Expanded extends Answer {
  readonly type: string;
  readonly name: string;
  readonly component: string;
}

/**
 * Answers a program under mocks as the sandbox answers the engine: the same checks, the same refusals, the same outputs. Whatever goes
 * wrong inside a registration is collected, since the SDK would not fail the test by itself.
 */
export class Recorder implements pulumi.runtime.Mocks {
  public readonly account = new Account();
  public readonly transforms = new Transforms();
  public readonly answers = new Map<string, Answer>();
  public readonly expanded: Expanded[] = [];
  public readonly failures: Error[] = [];
  /** Settles shortly after the first failure, when others had the time to be collected. */
  public readonly failed: Promise<void>;
  readonly #failing: () => void;
  readonly #preview: boolean;
  readonly #settings = new Map<string, Properties>();

  public constructor(preview: boolean) {
    this.#preview = preview;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.failed = promise;
    this.#failing = () => setTimeout(resolve, 20, undefined);
  }

  public async newResource(
    args: pulumi.runtime.MockResourceArgs,
  ): Promise<pulumi.runtime.MockResourceResult> {
    const { type, name, custom = false, provider } = args;
    try {
      const answer = /^(awsx|eks):/.test(type)
        ? await this.#expand(type, name, args.inputs)
        : this.#answer({ type, name, inputs: opened(args.inputs), custom, provider });
      this.answers.set(`${type}::${name}`, answer);
      return { id: this.#preview ? undefined : answer.id, state: answer.state };
    } catch (error) {
      throw this.fail(error);
    }
  }

  public call({ token, inputs, provider }: pulumi.runtime.MockCallArgs): Properties {
    try {
      return providerOf(token).invoke(this.#session(provider), token, opened(inputs));
    } catch (error) {
      throw this.fail(error);
    }
  }

  #answer(asked: Asked): Answer {
    const { type, name, inputs, custom } = asked;
    if (type.startsWith("pulumi:providers:")) {
      this.#settings.set(name, parseSettings(inputs));
      return { id: `${name}-id`, inputs, state: inputs };
    }
    return custom ? this.#create(asked) : { id: "", inputs, state: {} };
  }

  #create({ type, name, inputs, provider }: Asked): Answer {
    const far = providerOf(type);
    const session = this.#session(provider);
    const subject = { urn: `urn:pulumi:mocks::groundwork::${type}::${name}`, token: type, name };
    const checked = far.check(session, subject, undefined, inputs);
    const [failure] = checked.failures;
    if (failure !== undefined) throw new Error(`${type} ${name}: ${failure.property}: ${failure.reason}`);
    const { id, state } = far.create(session, subject, checked.inputs);
    const { __defaults: _, ...filled } = checked.inputs;
    return { id, inputs: filled, state: this.#preview ? filled : state };
  }

  async #expand(type: string, name: string, inputs: unknown): Promise<Answer> {
    // The engine hands a component its parent's provider, of which the SDK says nothing. There is one.
    const provider = `::${[...this.#settings.keys()].find((known) => known.startsWith("aws")) ?? ""}::`;
    const state = await simulate(type, name, inputs, {
      preview: this.#preview,
      create: (child) => {
        const inputs = this.transforms.apply(name, child);
        const answer = this.#create({ ...child, inputs, custom: true, provider });
        this.answers.set(`${child.type}::${child.name}`, answer);
        this.expanded.push({ ...child, ...answer, component: name });
        return answer;
      },
      invoke: (token, args) => providerOf(token).invoke(this.#session(provider), token, args),
      find: (otherType, otherName) => this.answers.get(`${otherType}::${otherName}`),
    });
    return { id: "", inputs: opened(inputs), state };
  }

  #session(provider: string | undefined) {
    const name = provider?.split("::").at(-2) ?? "";
    const settings = this.#settings.get(name) ?? { region: "eu-west-1" };
    return { account: this.account, settings, preview: this.#preview, seed: "mocks" };
  }

  /** Takes note of a failure, once. */
  public fail(reason: unknown): Error {
    const failure = reason instanceof Error ? reason : new Error(String(reason));
    if (!this.failures.some(({ message }) => failure.message.includes(message))) this.failures.push(failure);
    this.#failing();
    return failure;
  }
}

interface Asked {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly custom: boolean;
  readonly provider: string | undefined;
}

function providerOf(token: string): Immediate<Provider> {
  const provider = providers[token.split(":")[0] ?? ""];
  if (provider === undefined) throw new Error(`no simulated provider answers ${token}`);
  return provider;
}

function opened(inputs: unknown): Properties {
  const values = plain(withoutResources(inputs), new Set());
  return isRecord(values) ? values : {};
}

/** Components are handed whole resources; only that there is one matters to a test. What is not known yet is so marked as for the engine. */
function withoutResources(value: unknown): unknown {
  if (pulumi.Resource.isInstance(value)) return "[resource]";
  if (pulumi.isUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(withoutResources);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutResources(item)]))
    : value;
}
