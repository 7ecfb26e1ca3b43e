import type { Unwrap } from "@pulumi/pulumi";
import type { AccountView, Properties, Stored } from "../model.ts";

/** Stands for an output that the service leaves out for these inputs. */
export const ABSENT = Symbol("absent");

/** What a behaviour knows when a resource is created or changed. Inputs are as they are after Check, all of them known. */
export interface Context<Inputs> {
  readonly inputs: Inputs;
  /** The logical name. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly account: AccountView;
  /** `length` hexadecimal digits that are this resource's own and never change; another `salt` gives others. */
  readonly hex: (length: number, salt?: string) => string;
  /** RFC 3339; when the resource was first made. */
  readonly created: string;
}

/** As above, once the id is settled. */
export interface Existing<Inputs> extends Context<Inputs> {
  readonly id: string;
  /** How it was before this update; unset at creation. */
  readonly before: Stored | undefined;
}

/** An input that holds the id, ARN or name of something else in the account. */
export interface Reference {
  /** Token(s) of what it may name. */
  readonly to: string | readonly string[];
  /** The service's error code and message when there is no such thing; `{value}` stands for the value given. */
  readonly missing: { readonly code: string; readonly message: string };
  /** True where the other thing cannot be deleted while this one exists. @default true */
  readonly holds?: boolean;
  /** True where it may lie in another region. @default false */
  readonly anyRegion?: boolean;
  /** True where it may be another account's: then an ARN that does not carry this account's number is left alone. @default false */
  readonly anyAccount?: boolean;
  /** Values to leave alone: what AWS owns, or another account does. */
  readonly foreign?: RegExp;
}

/** Something that the service makes by itself, such as the security group that comes with an EKS cluster. */
export interface Made {
  readonly token: string;
  readonly id: string;
  readonly state: Properties;
  /** @default none beside its id */
  readonly keys?: readonly string[];
  /** Addresses of what cannot be deleted while it exists. @default none */
  readonly holds?: readonly string[];
  /** True where the service uses one that is there already, and leaves it behind at the end. @default false */
  readonly stays?: boolean;
}

/** Where an entry departs from the provider's schema. The agreement of the two is measured, so each departure says why. */
export interface Departure<Value> {
  readonly value: Value;
  readonly because: string;
}

type OutputOnly<Args, State> = {
  readonly [Key in Exclude<keyof State, keyof Args | "tagsAll">]-?:
    Unwrap<NonNullable<State[Key]>> | typeof ABSENT;
};

/** Inputs or a state, all of them known. */
export type Plain<T> = { readonly [Key in keyof T]: Unwrap<T[Key]> };

/**
 * How AWS and its provider behave for one resource type. What the provider's schema already says (required properties,
 * what replaces, plain defaults, value rules) comes from `facts.ts`; an entry holds what no schema says.
 */
export interface Behaviour<Args, State> {
  /** The physical name that the provider makes up from the logical one when none is given. */
  readonly autoname?: {
    readonly property: keyof Args & string;
    /** Longest name the service takes, in characters. */
    readonly max: number;
    /** True where the service takes lower case only. @default false */
    readonly lower?: boolean;
    /** What comes before the logical name, such as `alias/`. @default "" */
    readonly prefix?: string;
    /** What follows the made-up name, such as `.fifo` for some inputs. @default nothing */
    suffix?(inputs: Plain<Args>): string;
  };
  /** What Check fills in where the program leaves it out, beside the schema's defaults. */
  readonly defaults?: { readonly [Key in keyof Args]?: Departure<NonNullable<Plain<Args>[Key]>> };
  readonly id: (context: Context<Plain<Args>>) => string;
  /** What tells it from others of its id, where the provider gives all of a kind the same: a new one stands beside the old. @default unset */
  readonly within?: (context: Context<Plain<Args>>) => string;
  /**
   * Every output-only property (the compiler insists), and optional ones that the service fills in. Inputs given win; objects are
   * merged.
   */
  readonly outputs: (context: Existing<Plain<Args>>) => OutputOnly<Args, State> & Partial<Plain<Args>>;
  /** Other names it goes by: its ARN, its physical name. @default its `arn` and `name` outputs */
  readonly keys?: (state: Properties, context: Existing<Plain<Args>>) => readonly unknown[];
  /** Where it lives. @default "region" */
  readonly scope?: "region" | "global";
  /** By path; `[]` stands for each element of a list. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** True for inputs that leave the network to the service, which then takes the default VPC of the region. @default never */
  readonly inDefaultVpc?: (inputs: Plain<Args>) => boolean;
  /** What the service refuses at creation or change beyond missing references: throw `Refusal`. `before` is unset at creation. */
  readonly refuses?: (context: Context<Plain<Args>>, before: Stored | undefined) => void;
  /** What the service refuses at deletion; `holders` are the things that refer to it by a reference that holds. */
  readonly keeps?: (thing: Stored, holders: readonly Stored[], account: AccountView) => void;
  /** What the service makes beside it, at creation and at each change; what is no longer named goes, unless it stays. @default nothing */
  readonly makes?: (context: Existing<Plain<Args>>) => readonly Made[];
  /** What is left of it after its deletion, such as a final snapshot. @default nothing */
  readonly leaves?: (thing: Stored) => readonly Made[];
  /** Error code when it is deleted while held; the message names the holder. @default "DependencyViolation" */
  readonly inUse?: string;
  /** Corrections to the schema: properties a change of which does replace, or does not. */
  readonly replaces?: Readonly<Partial<Record<keyof Args & string, Departure<boolean>>>>;
  /** Outputs that an update may change, so that its preview does not know them. @default none */
  readonly settles?: readonly (keyof State & string)[];
  /** Usual seconds on AWS. @default 2 each */
  readonly seconds?: { readonly create?: number; readonly update?: number; readonly delete?: number };
  /** Usual seconds of a creation, for inputs with which it takes longer or shorter. @default those of `seconds` */
  readonly secondsToCreate?: (inputs: Plain<Args>) => number | undefined;
  /** Usual seconds of a change of a property that takes longer or shorter than others. @default those of `seconds` */
  readonly secondsToChange?: Readonly<Partial<Record<keyof Args & string, number>>>;
}

/** A behaviour with its types erased, as the provider uses it. */
export interface AnyBehaviour {
  readonly token: string;
  readonly autoname?:
    | {
        readonly property: string;
        readonly max: number;
        readonly lower?: boolean;
        readonly prefix?: string;
        suffix?(inputs: Properties): string;
      }
    | undefined;
  readonly defaults?: Readonly<Record<string, Departure<unknown> | undefined>>;
  id(context: Context<Properties>): string;
  within?(context: Context<Properties>): string;
  outputs(context: Existing<Properties>): Readonly<Record<string, unknown>>;
  keys?(state: Properties, context: Existing<Properties>): readonly unknown[];
  readonly scope?: "region" | "global" | undefined;
  readonly references?: Readonly<Record<string, Reference>> | undefined;
  inDefaultVpc?(inputs: Properties): boolean;
  refuses?(context: Context<Properties>, before: Stored | undefined): void;
  keeps?(thing: Stored, holders: readonly Stored[], account: AccountView): void;
  makes?(context: Existing<Properties>): readonly Made[];
  leaves?(thing: Stored): readonly Made[];
  readonly inUse?: string;
  readonly replaces?: Readonly<Record<string, Departure<boolean> | undefined>>;
  readonly settles?: readonly string[];
  readonly seconds?:
    { readonly create?: number; readonly update?: number; readonly delete?: number } | undefined;
  secondsToCreate?(inputs: Properties): number | undefined;
  readonly secondsToChange?: Readonly<Record<string, number | undefined>> | undefined;
}

/** Names the type that a behaviour is for. `Args` and `State` are the SDK's, so that a rename there breaks the build here. */
export function behaviour<Args, State>(token: string, entry: Behaviour<Args, State>): AnyBehaviour {
  // The inputs that reach an entry have been checked against the same schema that its types come from.

  return { token, ...entry };
}
