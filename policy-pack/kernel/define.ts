import type {
  Given,
  Metadata,
  Remedy,
  ResourceCheck,
  ResourceDefinition,
  RunDefinition,
  StackCheck,
  StackDefinition,
} from "./definition.ts";
import type { AnyProps } from "./graph.ts";
import { settling } from "./params.ts";
import type { Params, Values } from "./params.ts";
import type { Props, Token } from "./tokens.ts";

/** Checks by the type they read; those of `*` read every resource. */
export type ResourceChecks<V = unknown> = {
  readonly [T in Token]?: readonly ResourceCheck<Props<T>, V>[];
} & { readonly "*"?: readonly ResourceCheck<AnyProps, V>[] };

/** Checks of relations by the type they start from. */
export type StackChecks<V = unknown> = { readonly [T in Token]?: readonly StackCheck<Props<T>, V>[] };

/** Remedies by the type they mend. Those of `*` may mend every resource. */
export type Remediations<V = unknown> = {
  readonly [T in Token]?: Remedy<Props<T>, V>;
} & { readonly "*"?: Remedy<AnyProps, V> };

type Spec<Q, C> = Metadata & { readonly params?: Q; readonly checks: C };

/**
 * A policy on resources of the types named by `checks`. Each check is decided by itself: a value that is not known yet defers the
 * checks that read it, of that resource, and no other.
 */
export function define<const Q extends Params = Params>(
  spec: Spec<Q, ResourceChecks<Values<Q>>> & { readonly remediations?: Remediations<Values<Q>> },
): ResourceDefinition {
  const { params, checks, remediations = {}, ...metadata } = spec;
  const values = settling(params);
  const settled = mapped<ResourceCheck<AnyProps, Values<Q>>, ResourceCheck<AnyProps, Given>>(
    checks,
    (check) => (props, about) => check(props, { ...about, params: values(about.params) }),
  );
  const remedies = Object.entries<Remedy<AnyProps, Values<Q>> | undefined>(remediations).map(
    ([type, remedy]): [string, Remedy<AnyProps, Given>] => [
      type,
      (props, about) => remedy?.(props, { ...about, params: values(about.params) }),
    ],
  );
  return {
    kind: "resource",
    ...metadata,
    params: params ?? {},
    checks: settled,
    remedies: new Map(remedies),
  };
}

/** A policy on how the resources named by `checks` relate to the rest of the stack. */
export function defineStack<const Q extends Params = Params>(
  spec: Spec<Q, StackChecks<Values<Q>>>,
): StackDefinition {
  const { params, checks, ...metadata } = spec;
  const values = settling(params);
  const settled = mapped<StackCheck<AnyProps, Values<Q>>, StackCheck<AnyProps, Given>>(
    checks,
    (check) => (node, graph, given) => check(node, graph, values(given)),
  );
  return { kind: "stack", ...metadata, params: params ?? {}, checks: settled };
}

/** A policy on the run itself. It comes after all others. */
export function defineRun(spec: Omit<RunDefinition, "kind">): RunDefinition {
  return { kind: "run", ...spec };
}

function mapped<From, To>(
  checks: Readonly<Record<string, readonly From[] | undefined>>,
  change: (check: From) => To,
): ReadonlyMap<string, readonly To[]> {
  return new Map(Object.entries(checks).map(([type, list]) => [type, (list ?? []).map(change)]));
}
