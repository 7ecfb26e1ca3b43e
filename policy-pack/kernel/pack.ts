import type { EnforcementLevel, PolicyProviderResource, PolicyResourceOptions } from "@pulumi/policy";
import { RunError } from "@pulumi/pulumi/errors.js";

import type { About, Definition, Given, ResourceCheck, ResourceDefinition } from "./definition.ts";
import { Exemptions } from "./exemptions.ts";
import type { Exemption } from "./exemptions.ts";
import { sentences } from "./findings.ts";
import { Graph } from "./graph.ts";
import type { AnyProps, GraphSource } from "./graph.ts";
import { levelOf, looseningProblems, paramsOf } from "./levels.ts";
import type { Levels } from "./levels.ts";
import { judge, mend, newRun } from "./run.ts";
import type { Run } from "./run.ts";
import { parseUrn } from "./urn.ts";
import { patched, reveal } from "./wire.ts";
import type { Wire } from "./wire.ts";

/** What a run of the pack depends on, beside its policies. */
export interface Setup {
  readonly stack: string;
  readonly levels: Levels;
  readonly exemptions: readonly Exemption[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Levels of stricter stacks, whose settings a configuration may ask for. @default none */
  readonly stricter?: readonly Levels[];
}

/** A resource as the policies on resources see it. */
export interface Judged {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: AnyProps;
  readonly options: PolicyResourceOptions;
  readonly provider?: PolicyProviderResource;
}

/** A policy with the level and the settings it has in this run. */
export interface Ruling {
  readonly definition: Definition;
  readonly level: EnforcementLevel;
  readonly given: Given;
}

/** A finding, by the policy it belongs to. */
export interface Verdict {
  readonly ruling: Ruling;
  readonly message: string;
  /** Of the resource it is about, where the engine does not know that already. */
  readonly urn?: string;
}

/** Inputs that a remedy changed, as the engine writes them. */
export interface Remedied {
  readonly ruling: Ruling;
  readonly wire: Wire;
}

type Checks = readonly ResourceCheck<AnyProps, Given>[];

/**
 * The policies of one run, with their levels. A resource is looked at once, by the policies that its type concerns; the graph of the
 * stack is built once, for all policies on relations.
 */
export class Pack {
  readonly #setup: Setup;
  readonly #run: Run;
  #rulings: readonly Ruling[];
  #onType = new Map<string, readonly (readonly [Ruling, Checks])[]>();

  public constructor(definitions: readonly Definition[], setup: Setup) {
    const exemptions = new Exemptions(setup.exemptions, setup.stack, setup.today);
    this.#setup = setup;
    this.#run = newRun({ stack: setup.stack, definitions, exemptions });
    this.#rulings = this.#rule(setup.levels);
  }

  /** Every policy, those on the run itself last. */
  public get rulings(): readonly Ruling[] {
    return this.#rulings;
  }

  /**
   * Takes levels and settings from outside (`--policy-pack-config`), which may only be stricter than the stack's own.
   *
   * @throws RunError that names everything that is looser
   */
  public configure(levels: Levels): void {
    const { stack, stricter = [], levels: own } = this.#setup;
    const problems = looseningProblems(levels, [own, ...stricter], this.#run.definitions);
    if (problems.length > 0) {
      throw new RunError(
        `a configuration may only tighten the policies of ${stack === "" ? "this stack" : stack}:\n${problems.join("\n")}`,
      );
    }
    this.#rulings = this.#rule({ ...own, ...levels });
    this.#onType = new Map();
  }

  /** What checks can read of inputs or outputs. The run remembers the secrets in them. */
  public reveal(wire: Wire): AnyProps {
    return reveal(wire, this.#run.secrets);
  }

  /** Judges one resource. */
  public judge(resource: Judged): readonly Verdict[] {
    const { type, urn, props } = resource;
    this.#run.inputs.set(urn, props);
    const known = aboutOf(resource);
    return this.#checksOn(type).flatMap(([ruling, checks]) => {
      const about = { ...known, params: ruling.given };
      const crash = this.#run.crashes.get(`${ruling.definition.name} ${urn}`);
      const found = checks.flatMap((check) =>
        judge(this.#run, ruling.definition, urn, () => check(props, about)),
      );
      return [...(crash === undefined ? [] : [crash]), ...found].map((message) => ({ ruling, message }));
    });
  }

  /** Whether a policy may mend resources of a type. */
  public mends(type: string): boolean {
    return this.#rulings.some(
      ({ definition, level }) =>
        level === "remediate" &&
        definition.kind === "resource" &&
        (definition.remedies.has(type) || definition.remedies.has("*")),
    );
  }

  /** Applies the remedies of the policies whose level is `remediate`, each to what the one before it left. */
  public remedy(resource: Omit<Judged, "props">, wire: Wire): readonly Remedied[] {
    const remedied: Remedied[] = [];
    for (const ruling of this.#rulings) {
      const { definition, level } = ruling;
      if (level !== "remediate" || definition.kind !== "resource") continue;
      const before = remedied.at(-1)?.wire ?? wire;
      const change = this.#mended({ ...ruling, definition }, resource, before);
      if (change === undefined || change.paths.length === 0) continue;
      this.#run.mendings.push({ policy: definition.name, urn: resource.urn, paths: change.paths });
      remedied.push({ ruling, wire: change.wire });
    }
    return remedied;
  }

  /** Judges how the resources relate, and then the run itself. The engine may ask twice: what is deferred counts once. */
  public judgeStack(resources: readonly GraphSource[]): readonly Verdict[] {
    const { deferrals, inputs } = this.#run;
    const alone = deferrals.length;
    const graph = new Graph(resources, inputs);
    const verdicts = this.#rulings
      .filter(({ level }) => level !== "disabled")
      .flatMap((ruling) => this.#related(ruling, graph));
    deferrals.splice(alone);
    return verdicts;
  }

  #related(ruling: Ruling, graph: Graph): readonly Verdict[] {
    const { definition, given } = ruling;
    if (definition.kind === "resource") return [];
    if (definition.kind === "run")
      return sentences(definition.check(this.#run)).map((message) => ({ ruling, message }));
    return [...definition.checks].flatMap(([type, checks]) =>
      graph
        .ofType(type)
        .flatMap((node) =>
          checks
            .flatMap((check) => judge(this.#run, definition, node.urn, () => check(node, graph, given)))
            .map((message) => ({ ruling, message, urn: node.urn })),
        ),
    );
  }

  #mended(
    ruling: Ruling & { readonly definition: ResourceDefinition },
    resource: Omit<Judged, "props">,
    wire: Wire,
  ) {
    const { definition } = ruling;
    const remedies = ["*", resource.type].flatMap((type) => definition.remedies.get(type) ?? []);
    return mend(this.#run, definition, resource.urn, () => {
      const done: { wire: Wire; paths: readonly string[] } = { wire, paths: [] };
      for (const remedy of remedies) {
        const patch = remedy(this.reveal(done.wire), { ...aboutOf(resource), params: ruling.given });
        if (patch === undefined) continue;
        const next = patched(done.wire, patch);
        done.wire = next.wire;
        done.paths = [...done.paths, ...next.paths];
      }
      return done;
    });
  }

  #checksOn(type: string): readonly (readonly [Ruling, Checks])[] {
    const known = this.#onType.get(type) ?? checksOn(this.#rulings, type);
    this.#onType.set(type, known);
    return known;
  }

  #rule(levels: Levels): readonly Ruling[] {
    const rulings = this.#run.definitions.map((definition) => ({
      definition,
      level: levelOf(levels, definition.name),
      given: paramsOf(levels, definition.name),
    }));
    return rulings.toSorted(
      (a, b) => Number(a.definition.kind === "run") - Number(b.definition.kind === "run"),
    );
  }
}

/** The checks that a type concerns, by policy: its own, and those that look at every resource. */
function checksOn(rulings: readonly Ruling[], type: string): readonly (readonly [Ruling, Checks])[] {
  return rulings.flatMap((ruling) => {
    const { definition, level } = ruling;
    if (definition.kind !== "resource" || level === "disabled") return [];
    const checks = [type, "*"].flatMap((key) => definition.checks.get(key) ?? []);
    return checks.length === 0 ? [] : [[ruling, checks] as const];
  });
}

function aboutOf({
  type,
  name,
  urn,
  options,
  provider,
}: Omit<Judged, "props">): Omit<About<Given>, "params"> {
  const { stack } = parseUrn(urn);
  return { type, name, urn, stack, options, ...(provider && { provider }) };
}
