import { Refusal } from "../../model.ts";
import { isRecord } from "../../values.ts";
import type { Input } from "../model.ts";

function isEmpty(keepers: unknown): boolean {
  return keepers === undefined || (isRecord(keepers) && Object.keys(keepers).length === 0);
}

/** Any change of what is kept to makes a new one, but between none and an empty map. */
export const keepers: Input = { replaces: (before, after) => !(isEmpty(before) && isEmpty(after)) };

const retry =
  "Retry the Terraform operation. If the error still occurs or happens regularly, please contact the provider developer with hardware and operating system information.\n\n";

/** What the provider says when something goes wrong that it does not expect. */
export function unexpected(title: string, sentence: string, problem: string): Refusal {
  return new Refusal(title, `${sentence}\n\n${retry}Original Error: ${problem}`);
}
