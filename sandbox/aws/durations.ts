import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../model.ts";
import type { AnyBehaviour } from "./behaviour.ts";

/** Seconds of a call that is answered at once. */
const usual = 2;

/** Properties that no service waits for: tags, which have calls of their own, and what the provider alone reads. */
const soonChanged = new Set([
  "__defaults",
  "allowMajorVersionUpgrade",
  "applyImmediately",
  "finalSnapshotIdentifier",
  "forceDelete",
  "forceDestroy",
  "skipFinalSnapshot",
  "tags",
  "tagsAll",
]);

/** Usual seconds of a creation. */
export function secondsToCreate(behaviour: AnyBehaviour, inputs: Properties): number {
  return behaviour.secondsToCreate?.(inputs) ?? behaviour.seconds?.create ?? usual;
}

/** Usual seconds of an update: those of what takes longest among all that differs. */
export function secondsToUpdate(behaviour: AnyBehaviour, before: Properties, inputs: Properties): number {
  const { seconds, secondsToChange = {} } = behaviour;
  const changed = Object.keys({ ...before, ...inputs }).filter(
    (property) => !soonChanged.has(property) && !isDeepStrictEqual(before[property], inputs[property]),
  );
  return Math.max(usual, ...changed.map((property) => secondsToChange[property] ?? seconds?.update ?? usual));
}

/** Usual seconds of a deletion. */
export function secondsToDelete({ seconds }: AnyBehaviour): number {
  return seconds?.delete ?? usual;
}
