import type { Properties } from "../model.ts";
import { UNKNOWN, list } from "../values.ts";

/** Something wrong with an argument. */
export interface Complaint {
  /** The element of a list that is at fault. @default the argument itself */
  readonly index?: number;
  readonly text: string;
}

/**
 * What a provider finds wrong with an argument that is known, before anything is made. The words are those of HashiCorp's validators:
 * https://github.com/hashicorp/terraform-plugin-framework-validators
 */
export type Rule = (value: unknown, name: string, inputs: Properties) => readonly Complaint[];

/** What a provider says first of arguments that do not go together. */
export const combination = "Invalid Attribute Combination";

/** `min_upper` for `minUpper`: as the provider itself calls its arguments. */
export function providerName(property: string): string {
  return property.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

function unless(fine: boolean, text: string): readonly Complaint[] {
  return fine ? [] : [{ text }];
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A number from `least` on. */
export function atLeast(least: number): Rule {
  return (value, name) =>
    unless(
      Number(value) >= least,
      `Invalid Attribute Value. Attribute ${name} value must be at least ${least}, got: ${String(value)}`,
    );
}

/** A number from the sum of other arguments on, as far as these are known. */
export function atLeastSumOf(...others: readonly string[]): Rule {
  const names = others.map(providerName).join(" + ");
  return (value, name, inputs) => {
    const parts = others.map((other) => inputs[other]);
    const sum = parts.reduce<number>((total, part) => total + (isGiven(part) ? Number(part) : 0), 0);
    return unless(
      parts.includes(UNKNOWN) || Number(value) >= sum,
      `Invalid Attribute Value. Attribute ${name} value must be at least sum of ${names}, got: ${String(value)}`,
    );
  };
}

/** One of a list of words. */
export function oneOf(words: readonly string[]): Rule {
  const listed = words.map((word) => JSON.stringify(word)).join(" ");
  return (value, name) =>
    unless(
      words.some((word) => word === value),
      `Invalid Attribute Value Match. Attribute ${name} value must be one of: [${listed}], got: ${JSON.stringify(value)}`,
    );
}

/** Not an empty text. */
export const notEmpty: Rule = (value, name) =>
  unless(
    value !== "",
    `Invalid Attribute Value Length. Attribute ${name} string length must be at least 1, got: 0`,
  );

/** The same for each element of a list. */
export function each(rule: Rule): Rule {
  return (values, name, inputs) =>
    list(values).flatMap((value, index) => {
      const found = value === UNKNOWN ? [] : rule(value, `${name}[${index}]`, inputs);
      return found.map(({ text }) => ({ index, text }));
    });
}

/** Not false where all others are given and false too. */
export function notAllFalse(...others: readonly string[]): Rule {
  return (value, name, inputs) =>
    unless(
      value !== false || others.some((other) => inputs[other] !== false),
      `${combination}. At least one attribute out of [${[...others, name].join(",")}] must be specified as true`,
    );
}

/** Never given without another. */
export function alongWith(other: string): Rule {
  return (_, name, inputs) =>
    unless(
      isGiven(inputs[other]),
      `${combination}. Attribute "${providerName(other)}" must be specified when "${name}" is specified`,
    );
}

/** One, and only one, of several arguments. @returns what is wrong after {@link combination}. */
export function exactlyOneOf(properties: readonly string[], inputs: Properties): string | undefined {
  const values = properties.map((property) => inputs[property]).filter(isGiven);
  if (values.length === 1 || values.includes(UNKNOWN)) return undefined;
  const count = values.length === 0 ? "No attribute" : `${values.length} attributes`;
  const names = properties.map(providerName).join(",");
  return `${count} specified when one (and only one) of [${names}] is required`;
}
