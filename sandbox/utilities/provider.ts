import type { Found, Properties, Provider, Session, Settled, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, text } from "../values.ts";
import { checkInputs } from "./check.ts";
import type { AnyUtility } from "./model.ts";
import { changesOf, keptOf, plannedOf } from "./planning.ts";

/** What a function of a package answers. */
export type UtilityFunction = (args: Properties) => Properties;

/** All that a package has. */
export interface UtilityPackage {
  readonly resources: readonly AnyUtility[];
  /** By token. */
  readonly functions: Readonly<Record<string, UtilityFunction>>;
}

/**
 * A utility provider, as HashiCorp calls those that make what they make by themselves: nothing of it is in the account, and to read it is
 * to look at the engine's state. It takes no time that counts.
 * @param load brings the package when a program first uses it: most programs never do.
 */
export function utilityProvider(load: () => Promise<UtilityPackage>): Provider {
  const utilityOf = async ({ token, name }: Subject): Promise<AnyUtility> => {
    const found = (await load()).resources.find((utility) => utility.token === token);
    if (found !== undefined) return found;
    throw new Refusal("UnsupportedType", `the sandbox does not simulate ${token}, which "${name}" is`);
  };
  return {
    configure: () => undefined,
    check: async (session, subject, _olds, news) => {
      const utility = await utilityOf(subject);
      return checkInputs(utility, subject, concealed(session, utility, news));
    },
    diff: async (_session, subject, _oldInputs, state, news) =>
      changesOf(await utilityOf(subject), state, news),
    create: async (session, subject, inputs) => create(session, await utilityOf(subject), inputs),
    read: async (session, subject, id, inputs, state = {}) => {
      const utility = await utilityOf(subject);
      return Object.keys(state).length === 0
        ? imported(session, utility, id)
        : reread(session, utility, { id, inputs, state });
    },
    update: async (session, subject, id, state, inputs) => {
      const utility = await utilityOf(subject);
      return { id, state: concealed(session, utility, updated(utility, state, inputs)), seconds: 0 };
    },
    delete: () => 0,
    invoke: async (_session, token, args) => {
      const answer = (await load()).functions[token];
      if (answer === undefined)
        throw new Refusal("UnsupportedInvoke", `the sandbox does not answer ${token}`);
      return answer(args);
    },
  };
}

/** The same, after the engine has been told which strings of it are secret. */
function concealed(
  { conceal }: Session,
  { inputs, outputs }: AnyUtility,
  properties: Properties,
): Properties {
  for (const [property, value] of Object.entries(properties)) {
    const isSecret = outputs[property] === "secret" || inputs[property]?.secret === true;
    const secret = isSecret ? text(value) : undefined;
    if (secret !== undefined) conceal?.(secret);
  }
  return properties;
}

async function create(session: Session, utility: AnyUtility, inputs: Properties): Promise<Settled> {
  const planned = plannedOf(utility, inputs);
  const kept = keptOf(utility, planned);
  if (session.preview) {
    const unknown = Object.keys(utility.outputs).map((output) => [output, UNKNOWN] as const);
    return { id: "", state: { ...kept, ...Object.fromEntries(unknown) }, seconds: 0 };
  }
  const { id, outputs } = await utility.makes(planned);
  return { id, state: concealed(session, utility, { ...kept, ...outputs }), seconds: 0 };
}

function updated(utility: AnyUtility, state: Properties, inputs: Properties): Properties {
  const planned = plannedOf(utility, inputs, state);
  const stays = Object.entries(state).filter(([property]) => utility.inputs[property] === undefined);
  return { ...Object.fromEntries(stays), ...utility.settles?.(planned), ...keptOf(utility, planned) };
}

interface Known {
  readonly id: string;
  readonly inputs: Properties | undefined;
  readonly state: Properties;
}

/** All there is to read is in the state; but its time may be over. */
function reread(session: Session, utility: AnyUtility, { id, inputs, state }: Known): Found {
  const { expires } = utility;
  const isOver = expires?.isOver(state, state, new Date()) === true;
  const now = isOver ? { ...state, [expires.output]: true } : state;
  concealed(session, utility, now);
  return { id, inputs: inputs ?? settable(utility, now), state: now };
}

/** @throws Refusal where an id does not say what it is, or is none of this type's. */
function imported(session: Session, utility: AnyUtility, given: string): Found {
  if (utility.imports === undefined) {
    throw new Refusal(
      "Resource Import Not Implemented",
      "This resource does not support import. Please contact the provider developer for additional information.",
    );
  }
  const { id, outputs } = utility.imports(given);
  const state = concealed(session, utility, outputs);
  return { id, inputs: settable(utility, state), state };
}

/** The part of a state that a program can give. */
function settable({ inputs }: AnyUtility, state: Properties): Properties {
  const given = Object.entries(state).filter(([property]) => {
    const input = inputs[property];
    return input !== undefined && input.deprecated !== true;
  });
  return Object.fromEntries(given);
}
