import type { Operation } from "../../account.ts";

/** Actions by what is done; what is left out follows from the type's name. */
export type Actions = Partial<Readonly<Record<Operation["kind"], readonly string[]>>>;

/** The same actions, whatever is done. */
export function always(...actions: readonly string[]): Actions {
  return { create: actions, update: actions, delete: actions };
}

/** Put in place and taken away by calls of their own. */
export function paired(put: string, remove: string): Actions {
  return { create: [put], update: [put], delete: [remove] };
}
