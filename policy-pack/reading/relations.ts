import { Undecided } from "../kernel/findings.ts";
import type { Graph, Node } from "../kernel/graph.ts";
import { texts, UNKNOWN } from "../kernel/read.ts";
import type { Props, Token } from "../kernel/tokens.ts";

/**
 * The resources of `types` whose input `property` points to `target`, for a rule that wants one of them.
 *
 * @throws Undecided while it is only possible that one does
 */
export function partners<T extends Token>(
  target: Node,
  graph: Graph,
  types: readonly T[],
  property: string,
): readonly Node<Props<T>>[] {
  const links = types.map((type) => graph.linked(target, type, property));
  const nodes = links.flatMap((link) => link.nodes);
  const mayComeYet = nodes.length === 0 && mayBeMore(target, graph, types, property);
  if (mayComeYet || links.some(({ exact }) => !exact)) throw new Undecided(property);
  return nodes;
}

/**
 * Whether a resource of `types` points to something that neither its value nor the graph tells yet, and that may be `target`: the output
 * of a remote component, which stands for its children, or of another stack.
 */
export function mayBeMore(target: Node, graph: Graph, types: readonly Token[], property: string): boolean {
  const candidates = types.flatMap((type): readonly Node[] => graph.all(type));
  return candidates.some((node) => {
    const sources = node.sources[property] ?? [];
    return (
      texts(node.props, property) === UNKNOWN &&
      !graph.nodes.some(({ urn, type }) => kindOf(type) === kindOf(target.type) && sources.includes(urn))
    );
  });
}

/** What comes with an account has a type of its own, `DefaultVpc` beside `Vpc`, and is of the same kind. */
function kindOf(type: string): string {
  const [provider = "", , name = ""] = type.split(":");
  return `${provider}:${name.replace(/^Default/, "")}`;
}
