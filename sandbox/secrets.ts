import { createHash } from "node:crypto";
import type { AccountStore, Properties, Stored } from "./model.ts";
import { isRecord } from "./values.ts";
import type { Secrets } from "./wire.ts";

const mark = "secret:sha256:";

function digest(secret: string): string {
  return mark + createHash("sha256").update(secret).digest("hex");
}

/** True for what the account keeps in place of a secret: what it says cannot be judged. */
export function isWithheld(value: unknown): boolean {
  return typeof value === "string" && value.startsWith(mark);
}

function replaceStrings(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceStrings(item, replace));
  return isRecord(value) ? replaceIn(value, replace) : value;
}

function replaceIn(properties: Properties, replace: (text: string) => string): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, item]) => [key, replaceStrings(item, replace)]),
  );
}

/** The properties with every secret replaced by its digest: what the account keeps. */
export function redact(properties: Properties, secrets: Secrets): Properties {
  return secrets.size === 0
    ? properties
    : replaceIn(properties, (text) => (secrets.has(text) ? digest(text) : text));
}

/** The opposite, for a caller that knows the secrets already, as the engine does when it refreshes. */
export function reveal(properties: Properties, secrets: Secrets): Properties {
  const known = new Map([...secrets].map((secret) => [digest(secret), secret]));
  return replaceIn(properties, (text) => known.get(text) ?? text);
}

/** A text for people, without the secrets that it quotes. */
export function withhold(message: string, secrets: Secrets): string {
  const longestFirst = [...secrets].sort((left, right) => right.length - left.length);
  return longestFirst.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
}

/** The same account, which keeps digests where it is given one of the secrets. */
export function redacting(account: AccountStore, secrets: Secrets): AccountStore {
  if (secrets.size === 0) return account;
  return {
    accountId: account.accountId,
    find: (token, key, scope) => account.find(token, key, scope),
    all: (token, scope) => account.all(token, scope),
    named: (key) => account.named(key),
    holders: (thing) => account.holders(thing),
    everything: () => account.everything(),
    nextSerial: () => account.nextSerial(),
    remove: (thing) => {
      account.remove(thing);
    },
    put: (thing: Stored) => {
      account.put({ ...thing, inputs: redact(thing.inputs, secrets), state: redact(thing.state, secrets) });
    },
  };
}
