import type { Order } from "../operations.ts";
import type { Subject } from "../model.ts";

/** What can go wrong between the engine and the service, and what it is called in `--fault`. */
export const faultKinds = {
  throttling: "the service asks to slow down; the provider asks again, up to its `maxRetries`",
  "server-error": "the service fails on its own side; the provider asks again likewise",
  "access-denied": "the deploying role may not do it; nothing has changed",
  "insufficient-capacity": "the zone has no room for it; types that need no room of their own are spared",
  timeout: "the service does it, and the provider gives up waiting for it",
  "partial-creation": "the service makes it, and refuses the call after that, which would have completed it",
  "provider-dies": "the provider's process ends before the service is asked",
  "provider-dies-after": "the provider's process ends when the service has done it, before anybody is told",
  "account-locked": "another process is writing to the account's file, and does not stop",
} as const;

export type FaultKind = keyof typeof faultKinds;

/** Whether a fault is called so. */
export function isFaultKind(kind: string): kind is FaultKind {
  return Object.hasOwn(faultKinds, kind);
}

/** A fault that is ordered: it befalls operations in the order in which the engine asks for them, so it can be repeated. */
export interface Fault {
  readonly kind: FaultKind;
  /** Which types it befalls: `*` stands for any characters, as in `aws:s3/*`. @default every type */
  readonly type?: string;
  /**
   * Which of those operations: the n-th, counted from 1 over all packages, or `first`, the first with each resource: one when it is
   * made or changed and one when it is deleted, over all runs in one account. @default each of them, each time
   */
  readonly at?: number | "first";
  /** How often the service answers so before it does what it is asked. @default 1 for what is asked again, else no end */
  readonly times?: number;
}

/** Keeps, beyond a run, what has happened once and is not to happen again. */
export interface Memory {
  has(what: string): boolean;
  add(what: string): void;
}

/** A fault that befell an operation. */
export interface Injection {
  readonly fault: Fault;
  readonly kind: Order["kind"];
  readonly subject: Subject;
}

/** As it is given on the command line. */
export function spellingOf({ kind, type, at, times }: Fault): string {
  const which = at === undefined ? (times === undefined ? "" : "@*") : `@${at}`;
  return `${kind}${type === undefined ? "" : `:${type}`}${which}${times === undefined ? "" : `x${times}`}`;
}
