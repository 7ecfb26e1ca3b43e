import type { Difference, Properties, PropertyDifference } from "../model.ts";
import { isRecord, same } from "../values.ts";
import type { AnyUtility } from "./model.ts";

/**
 * The arguments as they are taken: as given, else as they were where they stay, else by default.
 * @param state as it was before an update. @default there was none
 * @throws Refusal where they contradict one another.
 */
export function plannedOf(utility: AnyUtility, inputs: Properties, state: Properties = {}): Properties {
  const known = { ...inputs, ...utility.plans?.(inputs) };
  const taken = Object.entries(utility.inputs).map(([property, input]) => {
    const otherwise = input.stays === true ? state[property] : input.default;
    return [property, known[property] ?? otherwise] as const;
  });
  return Object.fromEntries(taken.filter(([, value]) => value !== undefined));
}

/** What the state keeps of the arguments. */
export function keptOf({ inputs }: AnyUtility, planned: Properties): Properties {
  const kept = Object.entries(planned).filter(([property]) => inputs[property]?.writeOnly !== true);
  return Object.fromEntries(kept);
}

/** How the arguments differ from the state, as the real provider compares them: what was taken by default counts as given. */
export function changesOf(
  utility: AnyUtility,
  state: Properties,
  news: Properties,
  now = new Date(),
): Difference {
  const planned = plannedOf(utility, news, state);
  const kept = keptOf(utility, planned);
  const changes = Object.entries(utility.inputs).flatMap(([property, { replaces }]) => {
    const [before, after] = [state[property], kept[property]];
    const found = differences(property, before, after);
    return found.map((one) => ({ ...one, replaces: replaces?.(before, after) ?? true }));
  });
  const { expires } = utility;
  const isOver = expires?.isOver(state, planned, now) === true;
  const end = isOver ? [{ path: expires.output, kind: "update" as const, replaces: true }] : [];
  return { changes: [...changes, ...end], deleteBeforeReplace: false };
}

type Change = Omit<PropertyDifference, "replaces">;

function differences(path: string, before: unknown, after: unknown): readonly Change[] {
  if (same(before, after)) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(below(path, key), before[key], after[key]));
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return [{ path, kind: "update" }];
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) =>
    differences(`${path}[${index}]`, before[index], after[index]),
  ).flat();
}

function below(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
