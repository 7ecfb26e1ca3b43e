import { expand, informed } from "../../../sandbox/components/components.ts";
import { isReference } from "../../../sandbox/components/engine-values.ts";
import { Evaluation, mapValues, plainOf } from "../../../sandbox/components/evaluation.ts";
import type { Evaluated, Host, Made, Prepared } from "../../../sandbox/components/evaluation.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, isRecord } from "../../../sandbox/values.ts";

/** The short name of a URN: type without its module, and name. */
export function short(urn: string): string {
  const [types = "", name = ""] = urn.split("::").slice(2);
  return `${types.split(":").at(-1) ?? types} ${name}`;
}

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::test::${type}::${name}`;
}

/** The ARN that everything in the laboratory gets. */
export function arnOf(key: string): string {
  return `arn:aws:any:eu-west-1:<${key}>`;
}

/** Outputs that a test may ask for beside the inputs; each reads `<Type name>.output`. */
const outputNames = [
  ...["allocationId", "endpoint", "executionArn", "invokeUrl", "keyName", "name", "securityGroupRuleId"],
  ...["latestVersion", "output", "version"],
];

/** Stands in for the engine: makes whatever it is asked for, and remembers what that was. */
export class Laboratory implements Host {
  public readonly preview: boolean;
  public readonly prepared: Prepared[] = [];
  /** Outputs that inner components registered, by short name. */
  public readonly registered: Record<string, Properties> = {};
  /** Provider functions asked for, with their arguments. */
  public readonly questions: string[] = [];
  private readonly answers: Properties;
  private readonly others: readonly Made[];

  public constructor(options: { preview?: boolean; answers?: Properties; others?: readonly Made[] } = {}) {
    this.preview = options.preview ?? false;
    this.answers = options.answers ?? {};
    this.others = options.others ?? [];
  }

  public make(prepared: Prepared): Promise<Made> {
    this.prepared.push(prepared);
    const { type, name, outputs } = prepared.child;
    const urn = urnOf(type, name);
    if (outputs !== undefined) return Promise.resolve({ urn, state: {} });
    if (this.preview) return Promise.resolve({ urn, id: UNKNOWN, state: plainOf(prepared.inputs) });
    const label = `<${short(urn)}>`;
    const state = {
      ...Object.fromEntries(outputNames.map((output) => [output, `${label}.${output}`])),
      arn: arnOf(short(urn)),
      certificateAuthority: { data: `${label}.ca` },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
      identities: [{ oidcs: [{ issuer: `https://${label}.issuer` }] }],
      ...plainOf(prepared.inputs),
      ...(type === "aws:eks/cluster:Cluster" ? { vpcConfig: { clusterSecurityGroupId: "sg-of-eks" } } : {}),
    };
    return Promise.resolve({ urn, id: `${label}.id`, state });
  }

  public finish({ urn }: Made, outputs: Properties): Promise<void> {
    this.registered[short(urn)] = mapValues(outputs, readable);
    return Promise.resolve();
  }

  public find(urn: string): Promise<Made> {
    const made = this.others.find((other) => other.urn === urn);
    return made === undefined ? Promise.reject(new Error(`no ${urn}`)) : Promise.resolve(made);
  }

  public invoke(token: string, args: Properties): Promise<Properties> {
    this.questions.push(`${token} ${JSON.stringify(args)}`);
    const known = this.answers[token];
    const answer = depends(known) ? known(args) : known;
    return isRecord(answer) ? Promise.resolve(answer) : Promise.reject(new Error(`no answer to ${token}`));
  }

  /** One line a child, sorted: type, name, and after `<` its parent. */
  public tree(): readonly string[] {
    return this.prepared
      .map(
        ({ child: { type, name }, parent }) =>
          `${type} ${name} < ${parent === undefined ? "the component" : short(parent)}`,
      )
      .sort();
  }

  /** A child by its short name, such as `Subnet net-public-1`. */
  public child(key: string): Prepared {
    const found = this.prepared.find(({ child: { type, name } }) => short(urnOf(type, name)) === key);
    if (found === undefined) throw new Error(`no ${key}`);
    return found;
  }

  public inputs(key: string): Properties {
    return mapValues(plainOf(this.child(key).inputs), readable);
  }

  /** Short names of what a child waits for. */
  public waitsFor(key: string): readonly string[] {
    const { inputs, dependsOn } = this.child(key);
    return shortNames([...dependsOn, ...Object.values(inputs).flatMap((input) => [...input.dependencies])]);
  }
}

/** True for an answer that depends on the question. */
function depends(answer: unknown): answer is (args: Properties) => unknown {
  return typeof answer === "function";
}

/** The outputs of one expansion, made in a laboratory. */
export interface Finished {
  readonly laboratory: Laboratory;
  readonly outputs: Properties;
  readonly evaluated: Readonly<Record<string, Evaluated>>;
  /** The component itself, for those that refer to it. */
  readonly made: Made;
}

/** Makes a component. */
export async function make(
  type: string,
  name: string,
  args: Properties,
  laboratory: Laboratory = new Laboratory(),
): Promise<Finished> {
  const known = await informed(type, name, args, (token, asked) => laboratory.invoke(token, asked));
  const evaluated = await new Evaluation(expand(type, name, known), laboratory).run();
  const state = plainOf(evaluated);
  return {
    laboratory,
    evaluated,
    outputs: mapValues(state, readable),
    made: { urn: urnOf(type, name), state },
  };
}

/** Short names, each once, sorted. */
export function shortNames(urns: Iterable<string>): readonly string[] {
  return [...new Set([...urns].map(short))].sort();
}

/** Resources as `<Type name>`, the unknown as `?`. */
export function readable(value: unknown): unknown {
  if (value === UNKNOWN) return "?";
  if (isReference(value)) return `<${short(value.urn)}>`;
  if (Array.isArray(value)) return value.map(readable);
  return isRecord(value) ? mapValues(value, readable) : value;
}

/** The message that a call fails with. */
export async function refusal(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("it was not refused");
}
