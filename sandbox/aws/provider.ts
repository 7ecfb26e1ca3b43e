import { isDeepStrictEqual } from "node:util";
import type { Immediate } from "../answers.ts";
import type {
  Difference,
  Found,
  Properties,
  PropertyDifference,
  Provider,
  Session,
  Settled,
  Stored,
  Subject,
} from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, hexOf, list, text } from "../values.ts";
import { refuseAccount } from "./allowed-accounts.ts";
import type { AnyBehaviour, Context, Existing } from "./behaviour.ts";
import { checkInputs, withoutDefaults } from "./check.ts";
import { secondsToCreate, secondsToDelete, secondsToUpdate } from "./durations.ts";
import { ensureDefaultVpc } from "./ec2/default-vpc.ts";
import { removeLingering } from "./ec2/lingering.ts";
import { diffOf } from "./facts.ts";
import { behaviours } from "./index.ts";
import { answerTo } from "./invokes.ts";
import { holdersFromOutside, leaveBehind, makeBeside, takeAway } from "./makings.ts";
import { resolve } from "./references.ts";
import { firstNameOf, underFirstNames } from "./second-names.ts";
import { specifiedBehaviour } from "./specification/behaviour.ts";
import { previewed, previewedUpdate, settable, stateOf } from "./states.ts";

/** The simulated AWS account as `@pulumi/aws` sees it. */
export const awsProvider: Immediate<Provider> = underFirstNames({
  configure,
  check: (session, subject, olds, news) =>
    checkInputs(behaviourOf(subject), session, subject, { olds, news }),
  diff,
  create,
  read,
  update,
  delete: remove,
  invoke,
});

/** How a type behaves: by its entry, or else by what the specifications tell; `undefined` for a type that the SDK does not have. */
export function behaviourOfType(token: string): AnyBehaviour | undefined {
  const name = firstNameOf(token);
  return behaviours.get(name) ?? specifiedBehaviour(name);
}

/** The same for a resource. @throws Refusal where there is none, naming type and resource. */
function behaviourOf({ token, name }: Subject): AnyBehaviour {
  const found = behaviourOfType(token);
  if (found !== undefined) return found;
  throw new Refusal("UnsupportedType", `the sandbox does not simulate ${token}, which "${name}" is`);
}

function configure({ account, settings }: Session): void {
  if (text(settings.region) === undefined)
    throw new Refusal("InvalidProviderConfig", "missing region configuration");
  refuseAccount(account, settings);
}

function diff(
  _: Session,
  subject: Subject,
  oldInputs: Properties,
  _oldState: Properties,
  news: Properties,
): Difference {
  const { replaces, autoname } = behaviourOf(subject);
  const changes = diffOf(subject.token, withoutDefaults(oldInputs), withoutDefaults(news)).map((change) => {
    const corrected = replaces?.[change.path.split(/[.[]/)[0] ?? ""];
    return corrected === undefined ? change : { ...change, replaces: corrected.value };
  });
  return { changes, deleteBeforeReplace: keepsItsName(autoname?.property, news, changes) };
}

/** A name that the program fixes cannot be given to the new one while the old one has it. */
function keepsItsName(
  property: string | undefined,
  news: Properties,
  changes: readonly PropertyDifference[],
): boolean {
  if (property === undefined || !changes.some((change) => change.replaces)) return false;
  const fixed = news[property] !== undefined && !list(news.__defaults).includes(property);
  return fixed && !changes.some(({ path }) => path === property);
}

function create(session: Session, subject: Subject, inputs: Properties): Settled {
  const behaviour = behaviourOf(subject);
  const seconds = secondsToCreate(behaviour, inputs);
  if (session.preview) return { id: "", state: previewed(subject.token, inputs), seconds };
  const stored = settle(behaviour, session, subject, { inputs, before: undefined });
  return { id: stored.id, state: stored.state, seconds };
}

interface Making {
  readonly inputs: Properties;
  readonly before: Stored | undefined;
}

/** Asks the service for the inputs. @throws Refusal when it does not take them; then nothing has changed. */
function settle(
  behaviour: AnyBehaviour,
  session: Session,
  subject: Subject,
  { inputs, before }: Making,
): Stored {
  const context = contextOf(session, subject, inputs, before);
  if (behaviour.inDefaultVpc?.(context.inputs) === true) ensureDefaultVpc(session.account, context.region);
  const holds = resolve(behaviour.references, inputs, context);
  behaviour.refuses?.(context, before);
  const { serial, created } = context;
  const { id, ...place } = before === undefined ? placeOf(behaviour, context, subject) : identityOf(before);
  const existing = { ...context, id, before };
  const state = stateOf(behaviour, existing);
  const made = behaviour.makes?.(existing);
  const { token, urn } = subject;
  const keys = keysOf(behaviour, state, existing);
  const stored: Stored = { ...place, token, id, urn, inputs, state, keys, holds, serial, created };
  session.account.put(stored);
  makeBeside(session.account, stored, made);
  return stored;
}

type Identity = Pick<Stored, "id" | "scope" | "within">;

function identityOf({ id, scope, within }: Stored): Identity {
  return { id, scope, ...(within === undefined ? {} : { within }) };
}

/**
 * Where a new thing goes. Ids such as that of a permission, a stage or a scaling policy are unique only within their function, API or
 * group: the second of an id in a region, which nothing has refused, stands beside the first.
 */
function placeOf(behaviour: AnyBehaviour, context: Context<Properties>, { token, urn }: Subject): Identity {
  const id = behaviour.id(context);
  const scope = behaviour.scope === "global" ? "global" : context.region;
  if (behaviour.within !== undefined) return { id, scope, within: behaviour.within(context) };
  const first = context.account.find(token, id, scope);
  const isAnother = first !== undefined && first.urn !== "" && first.urn !== urn;
  return { id, scope, ...(isAnother ? { within: urn } : {}) };
}

function keysOf(
  behaviour: AnyBehaviour,
  state: Properties,
  context: Existing<Properties>,
): readonly string[] {
  return (behaviour.keys?.(state, context) ?? [state.arn, state.name]).flatMap((key) => text(key) ?? []);
}

function contextOf(session: Session, { urn, name }: Subject, inputs: Properties, before: Stored | undefined) {
  const serial = before?.serial ?? session.account.nextSerial();
  return {
    inputs: withoutDefaults(inputs),
    name,
    accountId: session.account.accountId,
    region: regionOf(session, inputs),
    account: session.account,
    serial,
    created: before?.created ?? new Date().toISOString(),
    hex: (length: number, salt = "") =>
      hexOf(`${session.account.accountId}/${urn}/${serial}/${salt}`, length),
  };
}

function regionOf({ settings }: Session, inputs: Properties): string {
  return text(inputs.region) ?? text(settings.region) ?? "us-east-1";
}

/** What goes by an id, the oldest first: what the resource made before what others did. */
function located({ account }: Session, { token, urn }: Subject, id: string): readonly Stored[] {
  const candidates = account.named(id).filter((thing) => thing.token === token && thing.id === id);
  const own = candidates.filter((thing) => thing.urn === urn);
  return own.length > 0 ? own : candidates.slice(0, 1);
}

function read(session: Session, subject: Subject, id: string): Found {
  const found = located(session, subject, id).at(-1);
  if (found === undefined) return undefined;
  const { state } = found;
  return { id, inputs: found.urn === "" ? settable(subject.token, state) : found.inputs, state };
}

function update(
  session: Session,
  subject: Subject,
  id: string,
  oldState: Properties,
  inputs: Properties,
): Settled {
  const behaviour = behaviourOf(subject);
  const before = located(session, subject, id).at(-1);
  const seconds = secondsToUpdate(behaviour, before?.inputs ?? {}, inputs);
  if (session.preview) {
    const unsettled = (behaviour.settles ?? []).map((name): [string, string] => [name, UNKNOWN]);
    const known = { ...oldState, ...Object.fromEntries(unsettled) };
    return { id, state: previewedUpdate(subject.token, known, inputs), seconds };
  }
  if (before === undefined)
    throw new Refusal("ResourceNotFoundException", `${subject.token} ${id} does not exist`);
  // The engine updates what was reported as half made, though nothing differs: then the provider calls nothing.
  if (isDeepStrictEqual(before.inputs, inputs)) return { id, state: before.state, seconds: 0 };
  return { id, state: settle(behaviour, session, subject, { inputs, before }).state, seconds };
}

function remove(session: Session, subject: Subject, id: string): number {
  const behaviour = behaviourOf(subject);
  const seconds = secondsToDelete(behaviour);
  // What is replaced goes before what replaces it.
  const [thing] = located(session, subject, id);
  if (thing === undefined) return seconds;
  const holders = holdersFromOutside(session.account, thing);
  if (behaviour.keeps !== undefined) behaviour.keeps(thing, holders, session.account);
  else if (holders[0] !== undefined) throw held(behaviour.inUse ?? "DependencyViolation", thing, holders[0]);
  const lingering = removeLingering(session.account, thing);
  takeAway(session.account, thing);
  session.account.remove(thing);
  leaveBehind(session.account, thing, behaviour.leaves?.(thing));
  return seconds + lingering;
}

function held(code: string, thing: Stored, holder: Stored): Refusal {
  const type = thing.token.split(":").at(-1) ?? thing.token;
  const by = holder.token.split(":").at(-1) ?? holder.token;
  return new Refusal(code, `${type} ${thing.id} has a dependent object: ${by} ${holder.id}`);
}

function invoke({ account, settings }: Session, token: string, args: Properties): Properties {
  const answer = answerTo(token);
  if (answer === undefined) throw new Refusal("UnsupportedInvoke", `the sandbox does not answer ${token}`);
  const region = text(args.region) ?? text(settings.region) ?? "us-east-1";
  return answer({ accountId: account.accountId, region, account }, args);
}
