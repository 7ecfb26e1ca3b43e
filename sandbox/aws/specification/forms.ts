import type { Properties } from "../../model.ts";
import { isRecord, text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { uuidOf } from "../uuid.ts";
import type { Form, Forms } from "./forms-model.ts";
import { networkForms } from "./forms-of-networks.ts";
import { platformForms } from "./forms-of-platforms.ts";
import { storeForms } from "./forms-of-stores.ts";

/** What types that have no entry are called and answer, where no specification tells its form; by token. */
export const forms: Readonly<Record<string, Forms>> = { ...networkForms, ...platformForms, ...storeForms };

type Filling = (context: Context<Properties>, length: number, salt: string) => string;

const fillings: Readonly<Record<string, Filling>> = {
  account: ({ accountId }) => accountId,
  byte: ({ hex }, _, salt) => String(Number.parseInt(hex(2, salt), 16)),
  digits: ({ hex }, length, salt) =>
    BigInt(`0x${hex(length, salt)}`)
      .toString()
      .padStart(length, "0")
      .slice(-length),
  HEX: ({ hex }, length, salt) => hex(length, salt).toUpperCase(),
  hex: ({ hex }, length, salt) => hex(length, salt),
  region: ({ region }) => region,
  seconds: ({ created }) => String(Math.floor(Date.parse(created) / 1000)),
  uuid: ({ hex }, _, salt) => uuidOf(hex(32, salt)),
};

/** The id of a type whose form is told. */
export function formedId(token: string, context: Context<Properties>): string | undefined {
  const form = forms[token]?.id;
  return form === undefined ? undefined : filled(form, context, "");
}

/** The outputs of a type whose form is told. */
export function formedOutputs(
  token: string,
  context: Context<Properties> & { readonly id: string },
): Readonly<Record<string, unknown>> {
  const { id: _, ...outputs } = forms[token] ?? {};
  return Object.fromEntries(
    Object.entries(outputs).map(([property, form]) => [property, answer(form, context, context.id)]),
  );
}

function answer(form: Form | undefined, context: Context<Properties>, id: string): unknown {
  if (typeof form === "string") return filled(form, context, id);
  if (Array.isArray(form)) return form.map((part: Form) => answer(part, context, id));
  if (!isRecord(form)) return form;
  return Object.fromEntries(Object.entries(form).map(([name, part]) => [name, answer(part, context, id)]));
}

function filled(form: string, context: Context<Properties>, id: string): string {
  return form.replaceAll(/\{([^{}]+)\}/g, (_, choices: string) => {
    const values = choices.split("|").map((choice) => valueOf(choice, context, id));
    return values.find((value) => value !== undefined) ?? "";
  });
}

function valueOf(choice: string, context: Context<Properties>, id: string): string | undefined {
  const [name = "", length = "", salt = ""] = choice.split(":");
  if (name === "id") return id;
  const filling = fillings[name];
  if (filling !== undefined) return filling(context, Number(length), salt === "" ? `form${length}` : salt);
  const given = context.inputs[name];
  return typeof given === "number" ? String(given) : text(given);
}
