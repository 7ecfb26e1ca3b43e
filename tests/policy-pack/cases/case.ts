import type { Props, Token } from "../../../policy-pack/kernel/tokens.ts";
import type { UNKNOWN } from "../fixtures/values.ts";
import type { GraphResource } from "../support/engine.ts";

/** What differs from the compliant resource; undefined takes an input away. */
export type Patch<P> = { readonly [K in keyof P]?: P[K] | typeof UNKNOWN | undefined };

/** One change of a compliant resource, and what the policy makes of it. Without `finds` and `defers` it passes. */
export interface Case<P> {
  /** Completes the sentence "it ... when". */
  readonly when: string;
  readonly patch: Patch<P>;
  /** The exact sentences. */
  readonly finds?: string | readonly string[];
  /** The check waits for the update. */
  readonly defers?: true;
  /** What differs beside the inputs, such as its URN. @default nothing */
  readonly about?: Partial<GraphResource>;
  /** @default "prod" */
  readonly stack?: "dev" | "staging" | "prod";
}

/** Cases of one policy by the type that is changed. */
export type Cases = { readonly [T in Token]?: readonly Case<Props<T>>[] };

/** Cases by policy. */
export type CaseBook = Readonly<Record<string, Cases>>;
