import { Account } from "../../../sandbox/account.ts";
import type { Difference, Found, Properties, Provider, Session, Settled } from "../../../sandbox/model.ts";
import { Refusal } from "../../../sandbox/model.ts";

/** What the engine asks of a utility provider, one resource at a time, and what it is told to keep secret meanwhile. */
export class Maker {
  public readonly account = new Account();
  public readonly secrets = new Set<string>();
  readonly #provider: Provider;
  readonly #token: string;

  public constructor(provider: Provider, token: string) {
    this.#provider = provider;
    this.#token = token;
  }

  /** Goes through Check and Create. A mistake in Check fails the test. */
  public async make(inputs: Properties = {}): Promise<Settled> {
    const { inputs: checked, failures } = await this.#provider.check(
      this.#session(),
      this.#subject,
      undefined,
      inputs,
    );
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return this.#provider.create(this.#session(), this.#subject, checked);
  }

  /** What a preview shows of a new one. */
  public async preview(inputs: Properties = {}): Promise<Properties> {
    return (await this.#provider.create(this.#session(true), this.#subject, inputs)).state;
  }

  /** What Check finds wrong. */
  public async mistakes(inputs: Properties): Promise<readonly string[]> {
    const { failures } = await this.#provider.check(this.#session(), this.#subject, undefined, inputs);
    return failures.map(({ property, reason }) => `${property}${reason}`);
  }

  /** Paths that differ; `!` marks those that replace. */
  public async differences(state: Properties, news: Properties): Promise<readonly string[]> {
    const found: Difference = await this.#provider.diff(this.#session(), this.#subject, {}, state, news);
    return found.changes.map(({ path, kind, replaces }) => `${kind} ${path}${replaces ? "!" : ""}`);
  }

  public async change(made: Settled, inputs: Properties): Promise<Properties> {
    return (await this.#provider.update(this.#session(), this.#subject, made.id, made.state, inputs)).state;
  }

  /** `pulumi import`. */
  public async take(id: string): Promise<Found> {
    return this.#provider.read(this.#session(), this.#subject, id, undefined, {});
  }

  /** `pulumi refresh`. */
  public async refresh({ id, state }: Settled, inputs: Properties): Promise<Found> {
    return this.#provider.read(this.#session(), this.#subject, id, inputs, state);
  }

  get #subject() {
    const token = this.#token;
    return { urn: `urn:pulumi:test::test::${token}::one`, token, name: "one" };
  }

  #session(preview = false): Session {
    return {
      account: this.account,
      settings: {},
      preview,
      seed: "",
      conceal: (secret) => this.secrets.add(secret),
    };
  }
}

/** The whole message of what is refused. */
export async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Tokens of the resources of an SDK, without its provider. */
export function tokensOf(sdk: Readonly<Record<string, unknown>>): readonly string[] {
  const types = Object.values(sdk).flatMap((member) =>
    typeof member === "function" && "__pulumiType" in member ? [String(member.__pulumiType)] : [],
  );
  return types.filter((token) => token.includes(":"));
}
