import type { EnforcementLevel } from "@pulumi/policy";

import type { levels } from "./levels.ts";

type Full = (typeof levels)["prod"];

/** A setting of any value of its kind, not only of the one that production has. */
type Setting<T> = T extends readonly unknown[]
  ? readonly string[]
  : T extends boolean
    ? boolean
    : T extends number
      ? number
      : never;

type Settings<E> = {
  readonly [S in Exclude<keyof E, "enforcementLevel">]?: Setting<E[S]>;
};

type Option<E> =
  | EnforcementLevel
  | ({ readonly enforcementLevel?: EnforcementLevel } & (E extends object ? Settings<E> : object));

/**
 * What a program may ask of the pack beside its stack's levels, by policy: the content of the file for `--policy-pack-config`. Every
 * policy and every setting is known to the compiler, since the levels name all of them.
 */
export type Options = { readonly [P in keyof Full]?: Option<Full[P]> };
