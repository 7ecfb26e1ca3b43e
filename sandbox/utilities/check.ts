import type { Checked, Properties, Subject } from "../model.ts";
import { UNKNOWN } from "../values.ts";
import type { AnyUtility, Input } from "./model.ts";
import { combination, exactlyOneOf, providerName } from "./rules.ts";

/** Without what is given as nothing. */
function given(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** What the provider finds wrong with arguments before anything is made. It fills in nothing: what it takes by itself shows in the state. */
export function checkInputs(
  { inputs, together = [] }: AnyUtility,
  { name }: Subject,
  news: Properties,
): Checked {
  const known = given(news);
  const reasons = [
    ...Object.entries(inputs).flatMap(([property, input]) => complaintsAbout(input, property, known)),
    ...together.flatMap((properties) => {
      const sentence = exactlyOneOf(properties, known);
      return sentence === undefined
        ? []
        : [{ path: properties[0] ?? "", text: `${combination}. ${sentence}` }];
    }),
  ];
  // The real provider names the argument in its sentence, and the engine's field for it stays empty.
  const failures = reasons.map(({ path, text }) => ({
    property: "",
    reason: path === undefined ? text : `${text}. Examine values at '${name}.${path}'.`,
  }));
  return { inputs: known, failures };
}

interface Reason {
  /** Unset where the sentence says already which argument it is. */
  readonly path?: string;
  readonly text: string;
}

function complaintsAbout(
  { required = false, rules = [] }: Input,
  property: string,
  inputs: Properties,
): readonly Reason[] {
  const value = inputs[property];
  if (value === undefined) return required ? [{ text: `Missing required property '${property}'` }] : [];
  if (value === UNKNOWN) return [];
  return rules
    .flatMap((rule) => rule(value, providerName(property), inputs))
    .map(({ index, text }) => ({ path: index === undefined ? property : `${property}[${index}]`, text }));
}
