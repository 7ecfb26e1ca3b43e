import type { PolicyConfigSchema } from "@pulumi/policy";

type Schema = PolicyConfigSchema["properties"][string];

/** A setting of one policy: the default is what production wants, and levels/ may say otherwise for a stack. */
export interface Param<T> {
  readonly default: T;
  readonly schema: Schema;
}

/** The settings of a policy by name. */
export type Params = Readonly<Record<string, Param<boolean | number | readonly string[]>>>;

/** The values a policy's checks get for its settings. */
export type Values<Q extends Params> = { readonly [K in keyof Q]: Q[K] extends Param<infer T> ? T : never };

/** A setting that is on or off. */
export function flag(value: boolean, description: string): Param<boolean> {
  return { default: value, schema: { type: "boolean", default: value, description } };
}

/** A setting that is a whole number, zero or more. */
export function whole(value: number, description: string): Param<number> {
  return { default: value, schema: { type: "integer", minimum: 0, default: value, description } };
}

/** A setting that is a list of texts. */
export function list(value: readonly string[], description: string): Param<readonly string[]> {
  return {
    default: value,
    schema: { type: "array", items: { type: "string" }, default: [...value], description },
  };
}

/** Settles the settings of a policy, once for each set of values that a stack gives. */
export function settling<Q extends Params>(
  params: Q | undefined,
): (given: Readonly<Record<string, unknown>>) => Values<Q> {
  const settled = new WeakMap<object, Values<Q>>();
  return (given) => {
    const values = settled.get(given) ?? settle(params, given);
    settled.set(given, values);
    return values;
  };
}

/** The values of a policy's settings: those given for this stack, else the defaults. */
function settle<Q extends Params>(
  params: Q | undefined,
  given: Readonly<Record<string, unknown>>,
): Values<Q> {
  const defaults = Object.fromEntries(
    Object.entries(params ?? {}).map(([name, param]) => [name, param.default]),
  );
  const values = { ...defaults, ...given };
  if (!complete<Q>(defaults, values))
    throw new TypeError("a setting of the policy has another type than its default");
  return values;
}

function complete<Q extends Params>(
  defaults: Readonly<Record<string, unknown>>,
  values: object,
): values is Values<Q> {
  const kind = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);
  return Object.entries(defaults).every(([name, value]) => kind(Reflect.get(values, name)) === kind(value));
}
