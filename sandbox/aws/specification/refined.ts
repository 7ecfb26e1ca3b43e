import type { Stored } from "../../model.ts";
import type { AnyBehaviour, Behaviour, Context, Existing, Plain } from "../behaviour.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { specifiedBehaviour } from "./behaviour.ts";

/** What a service is asked for at creation and at each change. */
export interface Request<Inputs> extends Context<Inputs> {
  /** How it was before this change; unset at creation. */
  readonly before: Stored | undefined;
}

/** The rules of one type, by the SDK's name for its inputs. */
export type RulesFor<Args> = readonly Rule<Request<Plain<Args>>>[];

/** Refuses a second thing of a type in one place that goes by the same id or name. */
export function taken<Inputs>(
  token: string,
  nameOf: (inputs: Inputs) => string | undefined,
  { code, says }: Pick<Rule<Request<Inputs>>, "code" | "says">,
): Rule<Request<Inputs>> {
  return {
    when: ({ inputs, account, region, before }) => {
      const name = nameOf(inputs);
      if (before !== undefined || name === undefined) return false;
      return [region, "global"].some((scope) => account.find(token, name, scope) !== undefined);
    },
    code,
    says,
  };
}

/** Refuses a second thing of a type in a region. */
export function onePerRegion<Inputs>(
  token: string,
  { code, says }: Pick<Rule<Request<Inputs>>, "code" | "says">,
): Rule<Request<Inputs>> {
  return {
    when: ({ account, region, before }) => before === undefined && account.all(token, region).length > 0,
    code,
    says,
  };
}

/** What an entry adds to the specification of a type. */
export interface Refinement<Args, State> extends Partial<Omit<Behaviour<Args, State>, "outputs">> {
  /** Those whose form no specification tells. */
  readonly outputs?: (context: Existing<Plain<Args>>) => Partial<Plain<State>>;
  /** What the service refuses at creation or change beyond missing references, in the order in which it looks; before `refuses`. */
  readonly rules?: RulesFor<Args>;
}

/**
 * An entry for a type whose id, outputs and references the specification tells well enough, so that it holds only what AWS refuses,
 * makes or waits for. Whatever it says comes before the specification, which is read when the type is first used: AWS's is large.
 */
export function refined<Args, State>(token: string, entry: Refinement<Args, State>): AnyBehaviour {
  const { outputs = () => ({}), rules = [], ...said } = entry;
  const refuses = (context: Context<Plain<Args>>, before: Stored | undefined): void => {
    refuseFirst(rules, { ...context, before });
    entry.refuses?.(context, before);
  };
  const own: Partial<AnyBehaviour> & Pick<AnyBehaviour, "outputs"> = { ...said, outputs };
  const refusing: Required<Pick<AnyBehaviour, "refuses">> = { refuses };
  const specified = (): AnyBehaviour => specificationFor(token);
  return {
    id: (context) => specified().id(context),
    keys: (state, context) => specified().keys?.(state, context) ?? [],
    ...own,
    token,
    outputs: (existing) => ({ ...specified().outputs(existing), ...own.outputs(existing) }),
    refuses: (context, before) => {
      refusing.refuses(context, before);
      specified().refuses?.(context, before);
    },
    get autoname() {
      return own.autoname ?? specified().autoname;
    },
    get scope() {
      return own.scope ?? specified().scope;
    },
    get references() {
      return { ...specified().references, ...own.references };
    },
    get seconds() {
      return own.seconds ?? specified().seconds;
    },
  };
}

function specificationFor(token: string): AnyBehaviour {
  const found = specifiedBehaviour(token);
  if (found === undefined) throw new Error(`the SDK has no type ${token}`);
  return found;
}
