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
import type { AnyBehaviour } from "./behaviour.ts";
import { checkInputs, withoutDefaults } from "./check.ts";
import { diffOf } from "./facts.ts";
import { behaviours } from "./index.ts";
import { invokes } from "./invokes.ts";
import { holdersFromOutside, leaveBehind, makeBeside, takeAway } from "./makings.ts";
import { resolve } from "./references.ts";
import { previewed, previewedUpdate, settable, stateOf } from "./states.ts";

const usualSeconds = 2;

/** The simulated AWS account as `@pulumi/aws` sees it. */
export const awsProvider: Provider = {
  configure,
  check: (session, subject, olds, news) =>
    checkInputs(behaviourOf(subject), session, subject, { olds, news }),
  diff,
  create,
  read,
  update,
  delete: remove,
  invoke,
};

/** The resource type's behaviour. @throws Refusal for a type that has none, naming it. */
function behaviourOf({ token, name }: Subject): AnyBehaviour {
  const found = behaviours.get(token);
  if (found !== undefined) return found;
  throw new Refusal("UnsupportedType", `the sandbox does not simulate ${token}, which "${name}" is`);
}

function configure({ account, settings }: Session): void {
  if (text(settings.region) === undefined)
    throw new Refusal("InvalidProviderConfig", "missing region configuration");
  const allowed = list(settings.allowedAccountIds);
  if (allowed.length > 0 && !allowed.includes(account.accountId)) {
    throw new Refusal("InvalidProviderConfig", `AWS account ID not allowed: ${account.accountId}`);
  }
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
    return corrected === undefined ? change : { ...change, replaces: corrected };
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
  const seconds = behaviour.secondsToCreate?.(inputs) ?? behaviour.seconds?.create ?? usualSeconds;
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
  const holds = resolve(behaviour.references, inputs, context);
  behaviour.refuses?.(context, before);
  const { region, serial, created } = context;
  const { id, scope } = before ?? {
    id: behaviour.id(context),
    scope: behaviour.scope === "global" ? "global" : region,
  };
  const existing = { ...context, id, before };
  const state = stateOf(behaviour, existing);
  const made = behaviour.makes?.(existing);
  const { token, urn } = subject;
  const stored: Stored = {
    scope,
    token,
    id,
    urn,
    inputs,
    state,
    keys: keysOf(behaviour, state),
    holds,
    serial,
    created,
  };
  session.account.put(stored);
  makeBeside(session.account, stored, made);
  return stored;
}

function keysOf(behaviour: AnyBehaviour, state: Properties): readonly string[] {
  return (behaviour.keys?.(state) ?? [state.arn, state.name]).flatMap((key) => text(key) ?? []);
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

function locate({ account }: Session, token: string, id: string, urn: string): Stored | undefined {
  const candidates = account.named(id).filter((thing) => thing.token === token && thing.id === id);
  return candidates.find((thing) => thing.urn === urn) ?? candidates[0];
}

function read(session: Session, { token, urn }: Subject, id: string): Found {
  const found = locate(session, token, id, urn);
  if (found === undefined) return undefined;
  const { state } = found;
  return { id, inputs: found.urn === "" ? settable(token, state) : found.inputs, state };
}

function update(
  session: Session,
  subject: Subject,
  id: string,
  oldState: Properties,
  inputs: Properties,
): Settled {
  const behaviour = behaviourOf(subject);
  const seconds = behaviour.seconds?.update ?? usualSeconds;
  if (session.preview) {
    const unsettled = (behaviour.settles ?? []).map((name): [string, string] => [name, UNKNOWN]);
    const before = { ...oldState, ...Object.fromEntries(unsettled) };
    return { id, state: previewedUpdate(subject.token, before, inputs), seconds };
  }
  const before = locate(session, subject.token, id, subject.urn);
  if (before === undefined)
    throw new Refusal("ResourceNotFoundException", `${subject.token} ${id} does not exist`);
  return { id, state: settle(behaviour, session, subject, { inputs, before }).state, seconds };
}

function remove(session: Session, subject: Subject, id: string): number {
  const behaviour = behaviourOf(subject);
  const seconds = behaviour.seconds?.delete ?? usualSeconds;
  const thing = locate(session, subject.token, id, subject.urn);
  if (thing === undefined) return seconds;
  const holders = holdersFromOutside(session.account, thing);
  if (behaviour.keeps !== undefined) behaviour.keeps(thing, holders, session.account);
  else if (holders[0] !== undefined) throw held(behaviour.inUse ?? "DependencyViolation", thing, holders[0]);
  takeAway(session.account, thing);
  session.account.remove(thing);
  leaveBehind(session.account, thing, behaviour.leaves?.(thing));
  return seconds;
}

function held(code: string, thing: Stored, holder: Stored): Refusal {
  const type = thing.token.split(":").at(-1) ?? thing.token;
  const by = holder.token.split(":").at(-1) ?? holder.token;
  return new Refusal(code, `${type} ${thing.id} has a dependent object: ${by} ${holder.id}`);
}

function invoke({ account, settings }: Session, token: string, args: Properties): Properties {
  const answer = invokes[token];
  if (answer === undefined) throw new Refusal("UnsupportedInvoke", `the sandbox does not answer ${token}`);
  const region = text(args.region) ?? text(settings.region) ?? "us-east-1";
  return answer({ accountId: account.accountId, region, account }, args);
}
