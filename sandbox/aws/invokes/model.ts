import type { AccountStore, Properties } from "../../model.ts";

/** Whom and where a question is asked. */
export interface InvokeContext {
  readonly accountId: string;
  readonly region: string;
  /** Asking for the default VPC of a region makes it, as AWS did when it opened the account. */
  readonly account: AccountStore;
}

/** An answer with its types erased, as the provider gives it. */
export type Invoke = (context: InvokeContext, args: Properties) => Properties;

type Answer<Result> = { readonly [Key in keyof Result]: Result[Key] };

/**
 * Types an answer by the SDK's result, so that a property that is added there breaks the build here. Questions are read as they
 * come: the SDK has checked their names, and nothing else.
 */
export function invoke<Result>(answer: (context: InvokeContext, args: Properties) => Answer<Result>): Invoke {
  return answer;
}
