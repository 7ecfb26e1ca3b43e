import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import type { InvokeContext } from "./model.ts";

/** Whether a value fits what filters give, where `*` and `?` stand for any text and any character. */
export function fits(patterns: unknown, value: string): boolean {
  return list(patterns).some((pattern) => {
    const source = (text(pattern) ?? "")
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${source}$`).test(value);
  });
}

/** By the name of a filter, what a thing answers to it. */
export type Filters = Readonly<Record<string, (thing: Stored) => unknown>>;

/**
 * Whether a thing passes all filters of a question, and has the tags that it names.
 * @throws Refusal for a filter that EC2 does not know, or that the sandbox does not.
 */
export function passes(thing: Stored, filters: Filters, args: Properties): boolean {
  const tags = isRecord(thing.state.tagsAll) ? thing.state.tagsAll : {};
  const wanted = Object.entries(isRecord(args.tags) ? args.tags : {});
  return (
    wanted.every(([key, value]) => tags[key] === value) &&
    list(args.filters)
      .filter(isRecord)
      .every(({ name, values }) =>
        name === "tag-key"
          ? Object.keys(tags).some((key) => fits(values, key))
          : fits(values, answerOf(thing, text(name) ?? "", tags, filters)),
      )
  );
}

function answerOf(thing: Stored, name: string, tags: Properties, filters: Filters): string {
  if (name.startsWith("tag:")) return words(tags[name.slice(4)]);
  const answer = filters[name];
  if (answer === undefined) throw new Refusal("InvalidParameterValue", `The filter '${name}' is invalid`);
  const value = answer(thing);
  return typeof value === "boolean" ? String(value) : words(value);
}

/** The one thing that is meant. @throws Refusal in the provider's words when it is none, or several. */
export function only(things: readonly Stored[], what: string): Stored {
  const [first, ...others] = things;
  if (first === undefined) throw new Refusal("NotFound", `no matching ${what} found`);
  if (others.length === 0) return first;
  throw new Refusal(
    "TooManyResults",
    `multiple ${what}s matched; use additional constraints to reduce matches to a single ${what}`,
  );
}

/** A text, or nothing as an empty one, as the provider answers it. */
export function words(value: unknown): string {
  return text(value) ?? "";
}

/** All tags of a thing, the provider's default ones included. */
export function tagsOf({ state }: Stored): Record<string, string> {
  return tagArguments({ tags: state.tagsAll });
}

/** The tags that a question names. */
export function tagArguments({ tags }: Properties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(isRecord(tags) ? tags : {}).map(([key, value]) => [key, String(value)]),
  );
}

/** The thing of a type that a program knows by name. @throws Refusal the one given, when there is none. */
export function known(
  { account, region }: InvokeContext,
  token: string,
  key: string,
  missing: Refusal,
): Stored {
  const found = account.find(token, key, region) ?? account.find(token, key, "global");
  if (found === undefined) throw missing;
  return found;
}
