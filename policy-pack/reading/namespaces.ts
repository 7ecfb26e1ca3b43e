import { Undecided } from "../kernel/findings.ts";
import type { Graph, Node } from "../kernel/graph.ts";
import { items, read, UNKNOWN } from "../kernel/read.ts";
import type { Props, Token } from "../kernel/tokens.ts";

/** The labels an object must have; none asked for means every object. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions?:
    | readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[] | undefined;
      }[]
    | undefined;
}

/** Whether a selector asks for these labels (Kubernetes documentation, "Labels and Selectors"). */
export function selects(selector: Selector, labels: Readonly<Record<string, string>>): boolean {
  const isOne = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  const expressions = items(selector.matchExpressions).every(({ key, operator, values }) => {
    const value = labels[key];
    if (operator === "Exists") return value !== undefined;
    if (operator === "DoesNotExist") return value === undefined;
    const isIn = value !== undefined && items(values).includes(value);
    return operator === "In" ? isIn : !isIn;
  });
  return isOne && expressions;
}

/** Whether a selector asks for nothing, and so means every pod of its namespace. */
export function selectsAll({ matchLabels = {}, matchExpressions }: Selector): boolean {
  return Object.keys(matchLabels).length === 0 && items(matchExpressions).length === 0;
}

/** The namespace that an object is in. */
export function namespaceOf({ props }: Node): unknown {
  return read(props, "metadata.namespace") ?? "default";
}

/** The name that an object has in the cluster. */
export function nameOf({ props }: Node): unknown {
  return read(props, "metadata.name");
}

/**
 * The objects of `type` in a namespace, told by its name, and before that is known by what their metadata is computed from.
 *
 * @throws Undecided if there is none, but one may turn out to be
 */
export function inside<T extends Token>(namespace: Node, graph: Graph, type: T): readonly Node<Props<T>>[] {
  const name = nameOf(namespace);
  const found = graph.all(type).map((node) => {
    const origins = namespacesOf(node, graph);
    const isIts = origins.length > 0 ? origins.includes(namespace.urn) : same(namespaceOf(node), name);
    return { node, isIts };
  });
  return certain(found);
}

/**
 * The objects of `type` in the same namespace as another object.
 *
 * @throws Undecided if there is none, but one may turn out to be
 */
export function beside<T extends Token>(object: Node, graph: Graph, type: T): readonly Node<Props<T>>[] {
  const own = namespacesOf(object, graph);
  const found = graph.all(type).map((node) => {
    const origins = namespacesOf(node, graph);
    const isTold = own.length > 0 && origins.length > 0;
    const isIts = isTold
      ? origins.some((urn) => own.includes(urn))
      : same(namespaceOf(node), namespaceOf(object));
    return { node, isIts };
  });
  return certain(found);
}

function namespacesOf(object: Node, graph: Graph): readonly string[] {
  return graph
    .targets(object, "metadata", "kubernetes:core/v1:Namespace")
    .nodes.map((namespace) => namespace.urn);
}

function same(one: unknown, other: unknown): boolean | undefined {
  return one === UNKNOWN || other === UNKNOWN ? undefined : one === other;
}

function certain<N>(
  found: readonly { readonly node: N; readonly isIts: boolean | undefined }[],
): readonly N[] {
  const nodes = found.filter(({ isIts }) => isIts === true).map(({ node }) => node);
  if (nodes.length === 0 && found.some(({ isIts }) => isIts === undefined))
    throw new Undecided("metadata.namespace");
  return nodes;
}
