import type { Checked, Properties, Session, Subject } from "../model.ts";
import { UNKNOWN, hexOf, isRecord, list, text } from "../values.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { factsOf, failuresOf, isExcluded, withDefaults } from "./facts.ts";

/** What Check is given: the inputs of the last update, if any, and the program's. */
export interface Given {
  readonly olds: Properties | undefined;
  readonly news: Properties;
}

/**
 * Fills in what the provider fills in before the engine compares and the policies look: made-up names, defaults, `tagsAll`. What it
 * filled in is listed in `__defaults`, as the real provider does.
 */
export function checkInputs(
  behaviour: AnyBehaviour,
  session: Session,
  subject: Subject,
  { olds, news }: Given,
): Checked {
  const named = withAutoname(behaviour, session.seed, subject, { olds, news });
  const filled = withDefaults(subject.token, { ...defaultsBeside(behaviour, named), ...defined(named) });
  const inputs = withTags(subject.token, session.settings, filled);
  const defaulted = Object.keys(inputs).filter((key) => news[key] === undefined && key !== "tagsAll");
  return { inputs: { ...inputs, __defaults: defaulted.sort() }, failures: failuresOf(subject.token, inputs) };
}

/** Those of the entry's defaults that may stand beside what is given. */
function defaultsBeside({ token, defaults = {} }: AnyBehaviour, given: Properties): Properties {
  const fitting = Object.entries(defaults).filter(([name]) => !isExcluded(token, name, given));
  return Object.fromEntries(fitting.map(([name, departure]) => [name, departure?.value]));
}

function withAutoname(
  { autoname }: AnyBehaviour,
  seed: string,
  { name, urn }: Subject,
  { olds, news }: Given,
): Properties {
  if (autoname === undefined) return news;
  const { property } = autoname;
  if (news[property] !== undefined || news[`${property}Prefix`] !== undefined) return news;
  return {
    ...news,
    [property]: madeUp(olds, property) ?? makeUp(autoname, name, hexOf(`${urn}/${seed}`, 7), news),
  };
}

function makeUp(
  autoname: NonNullable<AnyBehaviour["autoname"]>,
  name: string,
  digits: string,
  inputs: Properties,
): string {
  const { max, lower = false, prefix = "" } = autoname;
  const ending = `-${digits}${autoname.suffix?.(inputs) ?? ""}`;
  const made = `${`${prefix}${name}`.slice(0, max - ending.length)}${ending}`;
  return lower ? made.toLowerCase() : made;
}

/** The name that an earlier Check made up. */
function madeUp(olds: Properties | undefined, property: string): string | undefined {
  return list(olds?.__defaults).includes(property) ? text(olds?.[property]) : undefined;
}

function withTags(token: string, settings: Properties, inputs: Properties): Properties {
  if (factsOf(token)?.has("tagsAll") !== true) return inputs;
  const { tags } = inputs;
  const shared = isRecord(settings.defaultTags) ? settings.defaultTags.tags : undefined;
  if (tags === UNKNOWN || shared === UNKNOWN) return { ...inputs, tagsAll: UNKNOWN };
  return { ...inputs, tagsAll: { ...(isRecord(shared) ? shared : {}), ...(isRecord(tags) ? tags : {}) } };
}

/** Inputs without the note of what Check filled in. */
export function withoutDefaults({ __defaults: _, ...inputs }: Properties): Properties {
  return inputs;
}

/** Without what is given as nothing. */
export function defined(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== null),
  );
}
