import type { KeyObject } from "node:crypto";
import { blocksOf } from "../../encodings/pem.ts";
import { Refusal } from "../../model.ts";
import type { Input } from "../model.ts";
import { alongWith, atLeast, each, notEmpty, oneOf } from "../rules.ts";
import { allowedUses } from "./extensions.ts";
import { readPrivateKey } from "./keys.ts";
import { refusing } from "./refusals.ts";

/** The provider overlooks the change of what is no PEM: an old version of it kept a digest in its place. */
const pem: Input = {
  replaces: (before) =>
    /^-----BEGIN [A-Za-z ]+-----\n[^]+\n-----END [A-Za-z ]+-----\n?$/.test(String(before)),
};

/** A text in PEM that is no secret. */
export const publicPem: Input = { ...pem, required: true };

/** A private key that is kept in the state. */
export const keptKey: Input = { ...pem, secret: true };

/** A private key that is used and forgotten: only its version tells of a change. */
export function forgottenKey(version: string): Input {
  return { secret: true, writeOnly: true, rules: [alongWith(version)] };
}

/** The key of who asks for a certificate, in one of two ways. */
export const ownKeys = ["privateKeyPem", "privateKeyPemWo"] as const;

/** The arguments for it. */
export const ownKey = {
  privateKeyPem: keptKey,
  privateKeyPemWo: forgottenKey("privateKeyPemWoVersion"),
  privateKeyPemWoVersion: {},
} satisfies Record<string, Input>;

/** Whom a certificate is for. */
export const names = {
  dnsNames: {},
  ipAddresses: { rules: [each(notEmpty)] },
  subject: {},
  uris: { rules: [each(notEmpty)] },
} satisfies Record<string, Input>;

/** What every certificate says. */
export const terms = {
  allowedUses: { required: true, rules: [each(oneOf(allowedUses))] },
  earlyRenewalHours: { default: 0, replaces: () => false, rules: [atLeast(0)] },
  isCaCertificate: { default: false },
  maxPathLength: { stays: true, rules: [atLeast(-1)] },
  setSubjectKeyId: { default: false },
  validityPeriodHours: { required: true, rules: [atLeast(0)] },
} satisfies Record<string, Input>;

/** The names of those that have a value in any case. */
export type DefaultedTerms = "earlyRenewalHours" | "isCaCertificate" | "setSubjectKeyId";

/** @throws Refusal for a text that holds no private key, in the words of the provider */
export function privateKeyOf(text = "", what: string): KeyObject {
  return refusing(`Failed to parse ${what} PEM`, () => readPrivateKey(text));
}

/** What the first block of a text says. @throws Refusal where that is something else, in the words of the provider */
export function onlyPem<Result>(
  text: string,
  label: string,
  what: string,
  read: (bytes: Buffer) => Result,
): Result {
  const title = `Failed to parse ${what} PEM`;
  const [block] = blocksOf(text);
  if (block === undefined)
    throw new Refusal(title, `failed to decode PEM of expected type "${label}" from bytes`);
  if (block.label !== label)
    throw new Refusal(title, `invalid PEM type - expected "${label}", got "${block.label}"`);
  return refusing(title, () => read(block.bytes), `failed to parse ${what.replace(/^CA /, "")}: `);
}
