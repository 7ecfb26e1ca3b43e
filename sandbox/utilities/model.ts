import type { Unwrap } from "@pulumi/pulumi";
import type { Plain } from "../aws/behaviour.ts";
import type { Awaitable } from "../answers.ts";
import type { Properties } from "../model.ts";
import type { Rule } from "./rules.ts";

/** What a provider's schema says of one argument. */
export interface Input {
  /** @default false */
  readonly required?: boolean;
  /** What the provider takes where it is left out. It shows in the state, not in the inputs. @default nothing */
  readonly default?: unknown;
  /** True where it stays as it was when it is left out. @default false: then it is nothing, or the default */
  readonly stays?: boolean;
  /** @default false */
  readonly secret?: boolean;
  /** True where what is imported is told by another argument. @default false */
  readonly deprecated?: boolean;
  /** True where it is used and never kept, so that a change of it is not seen. @default false */
  readonly writeOnly?: boolean;
  /** Whether a change makes a new one. @default each does */
  readonly replaces?: (before: unknown, after: unknown) => boolean;
  /** @default any value is taken */
  readonly rules?: readonly Rule[];
}

/** What has been made, or is taken over. */
export interface Made<Outputs> {
  readonly id: string;
  readonly outputs: Outputs;
}

/** What has no argument of the same name. */
type OutputOnly<Args, State> = { readonly [Key in Exclude<keyof State, keyof Args>]-?: Output<State[Key]> };
type Output<Value> = NonNullable<Unwrap<NonNullable<Value>>>;

/** Arguments as they are taken: those with a default have a value. */
export type Planned<Args, Defaulted extends keyof Args> = Plain<Args> & {
  readonly [Key in Defaulted]-?: Output<Args[Key]>;
};

/**
 * How one type of a utility provider behaves: a logical resource, which is made by the provider itself and lives in the engine's state
 * alone. `Defaulted` are the arguments that have a value even where the program leaves them out.
 */
export interface Utility<Args, State, Defaulted extends keyof Args> {
  readonly inputs: { readonly [Key in keyof Args]-?: Input };
  /** Arguments of which one, and only one, must be given. @default none */
  readonly together?: readonly (readonly (keyof Args & string)[])[];
  /** What it answers, and which of that is encrypted in the state. */
  readonly outputs: Readonly<Record<Exclude<keyof State, keyof Args>, "plain" | "secret">>;
  /** What the provider takes for arguments that depend on one another. @throws Refusal where they contradict. @default nothing else */
  readonly plans?: (inputs: Plain<Args>) => Partial<Plain<Args>>;
  /** @throws Refusal in the words of the provider, which speaks up when it is to make one, not in a preview */
  readonly makes: (planned: Planned<Args, Defaulted>) => Awaitable<Made<OutputOnly<Args, State>>>;
  /** Outputs that an update sets anew. @default none */
  readonly settles?: (planned: Planned<Args, Defaulted>) => Partial<OutputOnly<Args, State>>;
  /** What is taken over by `pulumi import`, whose id says all there is to it. @default it cannot be imported */
  readonly imports?: (id: string) => Made<Partial<Plain<State>>>;
  /** The output that tells that its time is over, as that of a certificate: it is replaced though nothing changes. @default it lasts */
  readonly expires?: {
    readonly output: Exclude<keyof State, keyof Args> & string;
    readonly isOver: (state: Plain<State>, planned: Planned<Args, Defaulted>, now: Date) => boolean;
  };
}

/** The same with its types erased, as the provider uses it. */
export interface AnyUtility {
  readonly token: string;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly together?: readonly (readonly string[])[];
  readonly outputs: Readonly<Record<string, "plain" | "secret">>;
  plans?(inputs: Properties): Properties;
  makes(planned: Properties): Awaitable<Made<Properties>>;
  settles?(planned: Properties): Properties;
  imports?(id: string): Made<Properties>;
  readonly expires?: {
    readonly output: string;
    isOver(state: Properties, planned: Properties, now: Date): boolean;
  };
}

/** Names the type that an entry is for. `Args` and `State` are the SDK's, so that a rename there breaks the build here. */
export function utility<Args, State, Defaulted extends keyof Args = never>(
  token: string,
  entry: Utility<Args, State, Defaulted>,
): AnyUtility {
  // What reaches an entry has been checked against the same arguments that its types come from.
  return { token, ...entry };
}
