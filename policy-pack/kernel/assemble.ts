import type {
  Policies,
  Policy,
  PolicyConfigSchema,
  ResourceValidation,
  ResourceValidationPolicy,
  StackValidation,
} from "@pulumi/policy";

import { controlTags, primaryControl } from "./controls.ts";
import type { Definition, Given, ResourceDefinition, RunDefinition, StackDefinition } from "./definition.ts";
import { Exemptions } from "./exemptions.ts";
import type { Exemption } from "./exemptions.ts";
import { sentences } from "./findings.ts";
import { Graph } from "./graph.ts";
import { levelOf, paramsOf } from "./levels.ts";
import type { Levels } from "./levels.ts";
import type { Params } from "./params.ts";
import { judge } from "./run.ts";
import type { Run } from "./run.ts";
import { parseUrn } from "./urn.ts";

/** What a run of the pack depends on, beside its policies. */
export interface Setup {
  readonly stack: string;
  readonly levels: Levels;
  readonly exemptions: readonly Exemption[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** Gives policies their levels and settings for a stack, and one run to share. Those on the run itself come last. */
export function assemble(definitions: readonly Definition[], setup: Setup): Policies {
  const exemptions = new Exemptions(setup.exemptions, setup.stack, setup.today);
  const run: Run = { stack: setup.stack, definitions, exemptions, inputs: new Map(), deferrals: [] };
  const policies = definitions.map((definition) => {
    const given = paramsOf(setup.levels, definition.name);
    const described = {
      ...describe(definition, given),
      enforcementLevel: levelOf(setup.levels, definition.name),
    };
    return definition.kind === "resource"
      ? { ...described, validateResource: resourceValidation(definition, run, given) }
      : { ...described, validateStack: stackValidation(definition, run, given) };
  });
  const last = new Set(definitions.filter(({ kind }) => kind === "run").map(({ name }) => name));
  return [recorder(run), ...policies.toSorted((a, b) => Number(last.has(a.name)) - Number(last.has(b.name)))];
}

function describe(definition: Definition, given: Given): Policy {
  const { name, description, severity, controls, remediation } = definition;
  const framework = controls && primaryControl(controls, description);
  const configSchema = definition.kind === "run" ? undefined : schemaOf(definition.params, given);
  return {
    name,
    description,
    severity,
    remediationSteps: remediation,
    tags: controlTags(controls ?? {}),
    ...(framework && { framework }),
    ...(configSchema && { configSchema }),
  };
}

/** The settings as the CLI shows and checks them, with the stack's own values as defaults. */
function schemaOf(params: Params, given: Given): PolicyConfigSchema | undefined {
  const properties = Object.entries(params).map(([key, { schema }]) => {
    const value = given[key];
    return [key, value === undefined ? schema : { ...schema, default: value }] as const;
  });
  return properties.length === 0 ? undefined : { properties: Object.fromEntries(properties) };
}

/** Policies over the stack get the provider's answers from the engine; this one keeps the requests for them. */
function recorder(run: Run): ResourceValidationPolicy {
  return {
    name: "requests-recorded",
    description: "What each resource asks for is remembered for the policies over the whole stack.",
    enforcementLevel: "advisory",
    validateResource: ({ urn, props }) => {
      run.inputs.set(urn, props);
    },
  };
}

function resourceValidation(definition: ResourceDefinition, run: Run, given: Given): ResourceValidation {
  const { checks } = definition;
  const everywhere = checks.get("*") ?? [];
  const validate: ResourceValidation = (args, report) => {
    const own = checks.get(args.type) ?? [];
    if (own.length + everywhere.length === 0) return;
    const { type, name, urn, props, opts: options, provider } = args;
    const params = { ...given, ...args.getConfig<Given>() };
    const about = {
      type,
      name,
      urn,
      stack: parseUrn(urn).stack,
      options,
      params,
      ...(provider && { provider }),
    };
    for (const check of [...own, ...everywhere]) {
      for (const finding of judge(run, definition, urn, () => check(props, about))) report(finding);
    }
  };
  return tagged(validate, checks);
}

function stackValidation(
  definition: StackDefinition | RunDefinition,
  run: Run,
  given: Given,
): StackValidation {
  if (definition.kind === "run") {
    return (_, report) => {
      for (const finding of sentences(definition.check(run))) report(finding);
    };
  }
  const { checks } = definition;
  const validate: StackValidation = (args, report) => {
    const graph = new Graph(args.resources, run.inputs);
    const params = { ...given, ...args.getConfig<Given>() };
    for (const node of graph.nodes) {
      for (const check of checks.get(node.type) ?? []) {
        for (const finding of judge(run, definition, node.urn, () => check(node, graph, params)))
          report(finding, node.urn);
      }
    }
  };
  return tagged(validate, checks);
}

/** The SDK skips a function tagged with another type before it unpacks the resource, which is most of a policy's cost. */
function tagged<F extends object>(validate: F, checks: ReadonlyMap<string, unknown>): F {
  const [type, ...others] = checks.keys();
  return type === undefined || type === "*" || others.length > 0
    ? validate
    : Object.assign(validate, { __pulumiType: type });
}
