import type { ResourceValidationArgs } from "@pulumi/policy";

import { read, texts, UNKNOWN } from "./read.ts";
import type { Props, Token } from "./tokens.ts";

/** Inputs of a resource of any type. */
export type AnyProps = ResourceValidationArgs["props"];

/** A resource of the stack, as the policies over the whole stack see it. */
export interface Node<P = AnyProps> {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** What the program asked for; the provider's answers where no request was seen. */
  readonly props: P;
  /** What the provider answered. */
  readonly outputs: AnyProps;
  /** The resources that each input was computed from. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

/** A resource of the stack as the engine describes it at the end. */
export interface GraphSource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly outputs: AnyProps;
  /** URNs by input. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

/** Resources that another one points to, or that point to it. */
export interface Link<P = AnyProps> {
  readonly nodes: readonly Node<P>[];
  /** False where values are not known yet and the graph only says which resources may be meant. */
  readonly exact: boolean;
}

/**
 * The resources of a stack and how they refer to each other.
 *
 * References are read from known values, and before those exist from what each input was computed from. An output of a component
 * is computed from several of its children, so the second way may name too many: `exact` tells the two apart.
 */
export class Graph {
  readonly #byUrn = new Map<string, Node>();
  readonly #byType = new Map<string, Node[]>();
  readonly #byIdentity = new Map<string, ReadonlyMap<string, readonly Node[]>>();
  readonly #byTarget = new Map<string, ReadonlyMap<string, readonly Pointing[]>>();

  public constructor(resources: readonly GraphSource[], inputs: ReadonlyMap<string, AnyProps>) {
    for (const resource of resources) {
      const { urn, type } = resource;
      const node = { ...resource, props: inputs.get(urn) ?? resource.outputs };
      this.#byUrn.set(urn, node);
      const alike = this.#byType.get(type);
      if (alike === undefined) this.#byType.set(type, [node]);
      else alike.push(node);
    }
  }

  /** All resources, in the order they were registered. */
  public get nodes(): readonly Node[] {
    return [...this.#byUrn.values()];
  }

  /** All resources of a type, whatever it is. */
  public ofType(type: string): readonly Node[] {
    return this.#byType.get(type) ?? [];
  }

  /** All resources of a type. */
  public all<T extends Token>(type: T): readonly Node<Props<T>>[] {
    return this.ofType(type).filter((node) => isOf(node, type));
  }

  /** The resources of `type` that the input `property` of `node` points to. */
  public targets<T extends Token>(node: Node, property: string, type: T): Link<Props<T>> {
    const { nodes, exact } = this.#targets(node, property, type);
    return { nodes: nodes.filter((target) => isOf(target, type)), exact };
  }

  /** The resources of `type` whose input `property` points to `target`. */
  public linked<T extends Token>(target: Node, type: T, property: string): Link<Props<T>> {
    const found = this.#pointing(type, property, target.type).get(target.urn) ?? [];
    return {
      nodes: found.map(({ node }) => node).filter((node) => isOf(node, type)),
      exact: found.every(({ exact }) => exact),
    };
  }

  /** Every resource that has an input computed from `target`, or holding its id or ARN. Names are no proof: two kinds may share one. */
  public referrers(target: Node): readonly Node[] {
    const known = ["id", "arn"].map((key) => read(target.outputs, key)).filter(isName);
    return this.nodes.filter((node) =>
      Object.keys(node.props).some((property) => {
        if (node.sources[property]?.includes(target.urn) === true) return true;
        const values = texts(node.props, property);
        return values !== UNKNOWN && values.some((value) => known.includes(value));
      }),
    );
  }

  /** Which resources of `type` point by `property` to resources of the type `to`, by the URN they point to. */
  #pointing(type: string, property: string, to: string): ReadonlyMap<string, readonly Pointing[]> {
    const key = [type, property, to].join(" ");
    const known = this.#byTarget.get(key);
    if (known !== undefined) return known;
    const found = new Map<string, Pointing[]>();
    for (const node of this.ofType(type)) {
      const { nodes, exact } = this.#targets(node, property, to);
      for (const { urn } of nodes) found.set(urn, [...(found.get(urn) ?? []), { node, exact }]);
    }
    this.#byTarget.set(key, found);
    return found;
  }

  #targets(node: Node, property: string, type: string): Link {
    const named = texts(node.props, property);
    const sources = node.sources[property] ?? [];
    const possible = sources
      .flatMap((urn) => this.#byUrn.get(urn) ?? [])
      .filter((source) => source.type === type);
    if (named === UNKNOWN) return { nodes: possible, exact: possible.length === 1 };
    const identified = this.#identified(type);
    const meant = new Set(named.flatMap((name) => identified.get(name) ?? []));
    if (meant.size > 0 || possible.length === 0) return { nodes: [...meant], exact: true };
    return { nodes: possible, exact: possible.length <= named.length };
  }

  /** The resources of a type by the texts that name them. */
  #identified(type: string): ReadonlyMap<string, readonly Node[]> {
    const known = this.#byIdentity.get(type);
    if (known !== undefined) return known;
    const named = this.ofType(type).flatMap((node) =>
      identities(node).map((identity) => ({ identity, node })),
    );
    const groups = Map.groupBy(named, ({ identity }) => identity);
    const found = new Map([...groups].map(([identity, group]) => [identity, group.map(({ node }) => node)]));
    this.#byIdentity.set(type, found);
    return found;
  }
}

/** A resource that points to another one. */
interface Pointing {
  readonly node: Node;
  readonly exact: boolean;
}

function isOf<T extends Token>(node: Node, type: T): node is Node<Props<T>> {
  return node.type === type;
}

/** The texts by which other resources name this one, as far as they are known. */
function identities(node: Node): readonly string[] {
  const given = [
    read(node.outputs, "id"),
    read(node.outputs, "arn"),
    read(node.props, "bucket"),
    read(node.props, "name"),
  ];
  return given.filter(isName);
}

function isName(identity: unknown): identity is string {
  return typeof identity === "string" && identity !== "";
}
