import type { AccountView, Stored } from "./model.ts";
import { addressOf } from "./model.ts";
import { isRecord } from "./values.ts";

/** The service that a thing belongs to: the module of `@pulumi/aws`, or `kubernetes`. */
export function serviceOf({ token }: Stored): string {
  const [provider = "", module = ""] = token.split(":");
  return provider === "aws" ? (module.split("/")[0] ?? module) : provider;
}

/** The logical name in the program; nothing for what the account made itself. */
export function logicalName({ urn }: Stored): string {
  return urn.split("::").slice(3).join("::");
}

/** As the engine prints it, with the whole type: `aws:rds/instance:Instance database`. */
function typeAndName(thing: Stored): string {
  return `${thing.token} ${logicalName(thing)}`;
}

/** How many there are of a type. */
export interface Count {
  readonly service: string;
  readonly token: string;
  readonly count: number;
}

/** Everything in the account, type by type, in the order of the services' names. */
export function countsOf(account: AccountView): readonly Count[] {
  const byToken = Map.groupBy(account.everything(), ({ token }) => token);
  const counts = [...byToken.values()].flatMap((things) => {
    const [first] = things;
    return first === undefined
      ? []
      : [{ service: serviceOf(first), token: first.token, count: things.length }];
  });
  return counts.sort(
    (left, right) => left.service.localeCompare(right.service) || left.token.localeCompare(right.token),
  );
}

/** What there is of a service, type by type. @throws Error for a service of which there is nothing, naming those of which there is. */
export function thingsOf(account: AccountView, service: string): readonly Stored[] {
  const things = [...account.everything()].filter((thing) => serviceOf(thing) === service);
  if (things.length > 0)
    return things.sort(
      (left, right) => left.token.localeCompare(right.token) || left.id.localeCompare(right.id),
    );
  const services = [...new Set(countsOf(account).map((count) => count.service))];
  throw new Error(`the account has nothing of ${service}: it has ${services.join(", ") || "nothing at all"}`);
}

/**
 * The one thing that goes by an id, ARN, name, logical name (also after its type and a space), URN or address.
 * @throws Error when there is none, or several, which are then listed by address.
 */
export function findOne(account: AccountView, key: string): Stored {
  const known = account.named(key);
  const found =
    known.length > 0
      ? known
      : [...account.everything()].filter((thing) =>
          [thing.urn, addressOf(thing), logicalName(thing), typeAndName(thing)].includes(key),
        );
  const [only] = found;
  if (only === undefined) throw new Error(`nothing in the account goes by ${key}`);
  if (found.length === 1) return only;
  const addresses = found.map((thing) => `  ${addressOf(thing)}`);
  throw new Error([`${found.length} things go by ${key}; give the address of one:`, ...addresses].join("\n"));
}

/** How a thing is bound to another. */
export interface Relation {
  readonly relation: "cannot be deleted before it" | "mentions it" | "it needs";
  readonly thing: Stored;
}

function mentions(value: unknown, names: ReadonlySet<string>): boolean {
  if (typeof value === "string") return names.has(value);
  if (Array.isArray(value)) return value.some((item) => mentions(item, names));
  return isRecord(value) && Object.values(value).some((item) => mentions(item, names));
}

/** What refers to a thing, and what it holds itself. */
export function relationsOf(account: AccountView, thing: Stored): readonly Relation[] {
  const holders = account.holders(thing);
  const held = new Set(thing.holds);
  const names = new Set([thing.id, ...thing.keys.filter((key) => key.startsWith("arn:"))]);
  const others = [...account.everything()].filter((other) => other !== thing && !holders.includes(other));
  return [
    ...holders.map((holder) => ({ relation: "cannot be deleted before it", thing: holder }) as const),
    ...others
      .filter((other) => mentions(other.inputs, names))
      .map((other) => ({ relation: "mentions it", thing: other }) as const),
    ...others
      .filter((other) => held.has(addressOf(other)))
      .map((other) => ({ relation: "it needs", thing: other }) as const),
  ];
}
