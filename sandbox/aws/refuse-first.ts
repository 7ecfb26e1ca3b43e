import { Refusal } from "../model.ts";

/** One thing that a service refuses: when, and in which words. */
export interface Rule<Request> {
  readonly when: (request: Request) => boolean;
  /** The service's error code. */
  readonly code: string;
  readonly says: string | ((request: Request) => string);
}

/** @throws Refusal for the first rule that the request breaks. */
export function refuseFirst<Request>(rules: readonly Rule<Request>[], request: Request): void {
  const broken = rules.find(({ when }) => when(request));
  if (broken === undefined) return;
  const { code, says } = broken;
  throw new Refusal(code, typeof says === "string" ? says : says(request));
}
