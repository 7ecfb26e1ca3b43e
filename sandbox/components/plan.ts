import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import type { Reference } from "./engine-values.ts";

/** Names a child within its expansion: names repeat across types, hence the type. */
export type Key = `${string}::${string}`;

/** The key of a child. */
export function keyOf({ type, name }: { readonly type: string; readonly name: string }): Key {
  return `${type}::${name}`;
}

/** A resource that a component makes. Its inputs are plain values in which nodes (see below) may stand anywhere. */
export interface Child {
  readonly type: string;
  readonly name: string;
  /** @default the component itself */
  readonly parent?: Key;
  readonly inputs: Properties;
  /** What it waits for beyond what its inputs show: children, and resources that nodes lead to. */
  readonly dependsOn?: readonly (Key | Node)[];
  /** Values that must be found before it is made: where making one fails, so does the component. */
  readonly conditions?: readonly unknown[];
  readonly ignoreChanges?: readonly string[];
  /** True where it shall outlive the program. @default false */
  readonly retainOnDelete?: boolean;
  /** Providers by package, beside the inherited ones: of a component those for its children, else the resource's own. */
  readonly providers?: Readonly<Record<string, Key>>;
  /** Present when it is a component itself: the outputs that it registers. */
  readonly outputs?: Properties;
}

/** What a component makes of its arguments, as data. */
export interface Expansion {
  readonly children: readonly Child[];
  readonly outputs: Properties;
  /** True where the component's state keeps the outputs. */
  readonly keepsOutputs: boolean;
  /** What every output depends on beside what its value shows. @default nothing */
  readonly outputsWaitFor?: readonly Key[];
  /** The resource that the component becomes a child of, whatever the program says. */
  readonly parent?: Reference;
}

/** Where a node says which one it is: a symbol, so that no plain value is mistaken for a node. */
export const kind = Symbol("node");

/** A child of the expansion as a whole: a resource reference. */
export interface ChildNode {
  readonly [kind]: "child";
  readonly key: Key;
}

/** What is found at a path of a value. The path leads through resource references into the properties of what they name. */
export interface PathNode {
  readonly [kind]: "path";
  readonly of: unknown;
  readonly path: string;
}

/** A value for each element of a list, in which nodes may stand again; what is no list stays as it is. */
export interface EachNode {
  readonly [kind]: "each";
  readonly of: unknown;
  readonly make: (element: unknown) => unknown;
}

/** A value made from others once all of them are known. */
export interface DerivedNode {
  readonly [kind]: "derived";
  readonly from: readonly unknown[];
  readonly make: (...known: readonly unknown[]) => unknown;
}

/** The answer of a provider function. */
export interface AnswerNode {
  readonly [kind]: "answer";
  readonly token: string;
  readonly args: Properties;
}

/** An argument that came with what it depends on. */
export interface GivenNode {
  readonly [kind]: "given";
  readonly value: unknown;
  /** URNs. */
  readonly dependencies: readonly string[];
}

/** A value that evaluation replaces. */
export type Node = ChildNode | PathNode | EachNode | DerivedNode | AnswerNode | GivenNode;

/** True for a value that evaluation replaces. */
export function isNode(value: unknown): value is Node {
  return isRecord(value) && kind in value;
}

/** Makes a node: a child as a whole. */
export function child(key: Key): ChildNode {
  return { [kind]: "child", key };
}

/** Makes a node: a property, by path. */
export function at(of: unknown, path: string): PathNode {
  return { [kind]: "path", of, path };
}

/** Makes a node: what `make` returns for each element of a list. */
export function each(of: unknown, make: (element: unknown) => unknown): EachNode {
  return { [kind]: "each", of, make };
}

/** Makes a node: a property of each element of a list, by path. */
export function eachAt(of: unknown, path: string): EachNode {
  return each(of, (element) => at(element, path));
}

/** Makes a node: a property of a child, by path. */
export function ref(key: Key, path = "id"): PathNode {
  return at(child(key), path);
}

/** Makes a node: what `make` returns for the values of `from`, in which nothing is unknown and no secret is wrapped any more. */
export function derive(
  from: readonly unknown[],
  make: (...known: readonly unknown[]) => unknown,
): DerivedNode {
  return { [kind]: "derived", from, make };
}

/** Makes a node: the whole value, unknown as long as anything in it is. */
export function whole(value: unknown): DerivedNode {
  return derive([value], (known) => known);
}

/** Makes a node: the answer of a provider function. */
export function ask(token: string, args: Properties = {}): AnswerNode {
  return { [kind]: "answer", token, args };
}

/** Makes a node: a value with its dependencies. */
export function given(value: unknown, dependencies: readonly string[]): GivenNode {
  return { [kind]: "given", value, dependencies };
}
