import type { Awaitable } from "./answers.ts";

/** Plain values as the engine sends them; in a preview the unknown sentinel (see `values.ts`) may stand anywhere. */
export type Properties = Readonly<Record<string, unknown>>;

/** One thing that exists in the simulated account. */
export interface Stored {
  /** Where it lives: a region for AWS, the ARN of the cluster for Kubernetes, `global` for what has neither. */
  readonly scope: string;
  /** The Pulumi type token. */
  readonly token: string;
  readonly id: string;
  /** Tells it from another thing of its type and id, where ids are unique only within an API, a function or a group. @default unset */
  readonly within?: string;
  /** The URN of the resource that made it; empty for what the account made itself. */
  readonly urn: string;
  /** Inputs as they were after Check. */
  readonly inputs: Properties;
  /** The whole state: inputs and outputs. Secrets are kept as digests only. */
  readonly state: Properties;
  /** Every name it can be referred to by beside its id, such as its ARN. */
  readonly keys: readonly string[];
  /** Addresses (see `addressOf`) of what cannot be deleted while this exists. @default none */
  readonly holds?: readonly string[];
  /** Address of what the account made it for by itself; it goes with it. @default unset */
  readonly madeFor?: string;
  /** Counts every thing ever made in the account: with it, made-up ids are unique and never change. @default 0 */
  readonly serial?: number;
  /** RFC 3339; when it was made. @default unset */
  readonly created?: string;
}

/** What tells one thing from all others. */
export function addressOf({
  scope,
  token,
  id,
  within,
}: Pick<Stored, "scope" | "token" | "id" | "within">): string {
  return [scope, token, id, ...(within === undefined ? [] : [within])].join("|");
}

/** What a behaviour may ask of the account. */
export interface AccountView {
  readonly accountId: string;
  /** The thing of this type that goes by `key` (id, ARN or name); in one scope if given. */
  find(token: string, key: string, scope?: string): Stored | undefined;
  /** All things of a type, oldest first; in one scope if given. */
  all(token: string, scope?: string): readonly Stored[];
  /** Things of any type whose id or one of whose keys is `key`. */
  named(key: string): readonly Stored[];
  /** Things that hold `thing`: it cannot be deleted before them. */
  holders(thing: Stored): readonly Stored[];
  /** Everything there is, oldest first. */
  everything(): Iterable<Stored>;
}

/** The same, where changes are allowed. Each one is durable when the call returns. */
export interface AccountStore extends AccountView {
  /** The next serial number; each is given once, also across processes. */
  nextSerial(): number;
  put(thing: Stored): void;
  remove(thing: Stored): void;
}

/** Which resource a request is about. */
export interface Subject {
  readonly urn: string;
  readonly token: string;
  /** The logical name. */
  readonly name: string;
}

/** An answer of the service that ends an operation, in the service's own words. */
export class Refusal extends Error {
  /** The service's error code, such as `DependencyViolation`. */
  public readonly code: string;
  public constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
    this.name = "Refusal";
  }
}

/** A mistake in the inputs that the provider finds before it asks the service. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/** How one property differs, by path (`ingress[0].fromPort`). */
export interface PropertyDifference {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

export interface Difference {
  readonly changes: readonly PropertyDifference[];
  /** True where the new one cannot exist beside the old one (a fixed physical name). */
  readonly deleteBeforeReplace: boolean;
}

/** The outcome of a create or an update: what the program sees, and how long the real service usually takes. */
export interface Settled {
  readonly id: string;
  readonly state: Properties;
  readonly seconds: number;
}

/** What Read finds; `undefined` when the thing is gone. */
export type Found =
  { readonly id: string; readonly inputs: Properties; readonly state: Properties } | undefined;

/** One request's surroundings: the account, and the settings of the provider resource that the request came through. */
export interface Session {
  readonly account: AccountStore;
  /** The provider resource's settings, JSON strings already parsed. */
  readonly settings: Properties;
  /** True in a preview: nothing may change, and computed outputs are unknown. */
  readonly preview: boolean;
  /** Chance for made-up names: the engine gives each Check its own. */
  readonly seed: string;
  /** Tells the engine that a string is secret wherever the answer has it, beside those that are so in the request. @default it is not told */
  readonly conceal?: (secret: string) => void;
}

/**
 * The far side of one provider package. It answers at once, or later where what it asks does; what the service refuses is a `Refusal`,
 * thrown or rejected. The simulated far sides are all `Immediate`: they never wait, never touch the network, and answer the engine
 * (`server.ts`) as they answer the unit tests' mocks.
 */
export interface Provider {
  /** Refuses settings as the real provider does when it is configured. */
  configure(session: Session): Awaitable<void>;
  check(
    session: Session,
    subject: Subject,
    olds: Properties | undefined,
    news: Properties,
  ): Awaitable<Checked>;
  diff(
    session: Session,
    subject: Subject,
    oldInputs: Properties,
    oldState: Properties,
    news: Properties,
  ): Awaitable<Difference>;
  create(session: Session, subject: Subject, inputs: Properties): Awaitable<Settled>;
  /** @param state what the engine knows of it: nothing where it is imported. @default nothing */
  read(
    session: Session,
    subject: Subject,
    id: string,
    inputs: Properties | undefined,
    state?: Properties,
  ): Awaitable<Found>;
  update(
    session: Session,
    subject: Subject,
    id: string,
    oldState: Properties,
    inputs: Properties,
  ): Awaitable<Settled>;
  /** Returns the usual seconds. Deleting what is already gone succeeds. */
  delete(session: Session, subject: Subject, id: string): Awaitable<number>;
  invoke(session: Session, token: string, args: Properties): Awaitable<Properties>;
}
