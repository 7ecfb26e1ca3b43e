import type { PolicyProviderResource, PolicyResourceOptions, Severity } from "@pulumi/policy";

import type { Controls } from "./controls.ts";
import type { Findings } from "./findings.ts";
import type { AnyProps, Graph, Node } from "./graph.ts";
import type { Params } from "./params.ts";
import type { Run } from "./run.ts";

/** What is said of a policy of any kind. */
export interface Metadata {
  /** Also the name of its file. */
  readonly name: string;
  /** The rule in one positive sentence; each finding is printed below it. */
  readonly description: string;
  readonly severity: Severity;
  /** The controls it answers. @default none, a rule of our own */
  readonly controls?: Controls;
  /** What to do about a finding, in this platform's components where they have the setting. */
  readonly remediation: string;
}

/** What a check may know beside the inputs. */
export interface About<V> {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly stack: string;
  readonly params: V;
  readonly options: PolicyResourceOptions;
  readonly provider?: PolicyProviderResource;
}

/** A check of one resource's inputs. */
export type ResourceCheck<P, V> = (props: P, about: About<V>) => Findings;

/** A check of one resource's place among the others. */
export type StackCheck<P, V> = (node: Node<P>, graph: Graph, params: V) => Findings;

/** Some of a resource's inputs, to any depth; of a list, the places that change. What is undefined stays as it is. */
export type Patch<P> = P extends readonly (infer E)[]
  ? readonly (Patch<E> | undefined)[]
  : P extends object
    ? { readonly [K in keyof P]?: Patch<P[K]> | undefined }
    : P;

/**
 * What to set so that a resource keeps the policy, undefined if nothing: only what AWS changes in place, never what makes it replace
 * the resource. Tags that are set reach `tagsAll` by themselves.
 */
export type Remedy<P, V> = (props: P, about: About<V>) => Patch<P> | undefined;

/** The settings given for a stack; those left out have their defaults. */
export type Given = Readonly<Record<string, boolean | number | string | readonly string[]>>;

/** A policy that judges resources one by one, before each is created or changed. */
export interface ResourceDefinition extends Metadata {
  readonly kind: "resource";
  readonly params: Params;
  /** Checks by type; those of `*` look at every resource. */
  readonly checks: ReadonlyMap<string, readonly ResourceCheck<AnyProps, Given>[]>;
  /** Remedies by type, used where the policy's level is `remediate`. */
  readonly remedies: ReadonlyMap<string, Remedy<AnyProps, Given>>;
}

/** A policy that judges relations, when every resource is registered. */
export interface StackDefinition extends Metadata {
  readonly kind: "stack";
  readonly params: Params;
  readonly checks: ReadonlyMap<string, readonly StackCheck<AnyProps, Given>[]>;
}

/** A policy that judges the run itself: what was exempted and what could not be decided. */
export interface RunDefinition extends Metadata {
  readonly kind: "run";
  readonly check: (run: Run) => Findings;
}

/** A policy before it has a level: plain data that tests can import without starting a server. */
export type Definition = ResourceDefinition | StackDefinition | RunDefinition;
