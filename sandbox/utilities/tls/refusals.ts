import { Refusal } from "../../model.ts";

/**
 * What `work` answers.
 * @param context what comes before the problem itself. @default nothing
 * @throws Refusal for each problem in it, under a title as the provider's messages have one
 */
export function refusing<Result>(title: string, work: () => Result, context = ""): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(title, context + (error instanceof Error ? error.message : String(error)));
  }
}
