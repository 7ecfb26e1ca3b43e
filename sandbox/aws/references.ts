import type { AccountView, Stored } from "../model.ts";
import { Refusal, addressOf } from "../model.ts";
import { isRecord, text } from "../values.ts";
import type { Reference } from "./behaviour.ts";

/** The values at a path such as `ingress[].securityGroups[]`, where `[]` stands for each element of a list. */
export function pick(value: unknown, path: string): readonly unknown[] {
  return path
    .split(".")
    .flatMap((step) => (step.endsWith("[]") ? [step.slice(0, -2), "[]"] : [step]))
    .reduce<readonly unknown[]>((values, step) => values.flatMap((item) => descend(item, step)), [value]);
}

function descend(value: unknown, step: string): readonly unknown[] {
  if (step === "[]") return Array.isArray(value) ? value : [];
  return isRecord(value) && value[step] !== undefined ? [value[step]] : [];
}

/** Where the references of one resource are looked up. */
export interface Place {
  readonly account: AccountView;
  readonly region: string;
}

/**
 * Finds everything that the inputs refer to.
 * @returns the addresses of what must stay while the resource exists.
 * @throws Refusal for the first reference to something that is not there.
 */
export function resolve(
  references: Readonly<Record<string, Reference>> | undefined,
  inputs: unknown,
  place: Place,
): readonly string[] {
  const held = Object.entries(references ?? {}).flatMap(([path, reference]) => {
    const found = namesAt(inputs, path, reference, place).map((name) =>
      addressOf(lookUp(reference, name, place)),
    );
    return reference.holds === false ? [] : found;
  });
  return [...new Set(held)];
}

function namesAt(inputs: unknown, path: string, reference: Reference, place: Place): readonly string[] {
  const { foreign, anyAccount } = reference;
  const names = pick(inputs, path).flatMap((value) => text(value) ?? []);
  const known = names.filter((name) => name !== "" && foreign?.test(name) !== true);
  return anyAccount === true ? known.filter((name) => isOfThisAccount(name, place.account)) : known;
}

/** `arn:aws:kms:eu-west-1:123456789012:key/…` carries the number of the account; ids and names do not. */
function isOfThisAccount(name: string, { accountId }: AccountView): boolean {
  return !name.startsWith("arn:") || name.split(":")[4] === accountId;
}

function lookUp(reference: Reference, name: string, { account, region }: Place): Stored {
  const tokens = typeof reference.to === "string" ? [reference.to] : reference.to;
  const scopes = reference.anyRegion === true ? [undefined] : [region, "global"];
  const found = tokens
    .flatMap((token) => scopes.map((scope) => account.find(token, name, scope)))
    .find((thing) => thing !== undefined);
  if (found !== undefined) return found;
  const { code, message } = reference.missing;
  throw new Refusal(code, message.replaceAll("{value}", name));
}
