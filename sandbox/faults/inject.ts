import type { Account } from "../account.ts";
import type { Awaitable } from "../answers.ts";
import { upon } from "../answers.ts";
import { accessDenied } from "../aws/iam/authorization.ts";
import type { Settled } from "../model.ts";
import { Refusal } from "../model.ts";
import type { Carrier, Order } from "../operations.ts";
import { Unanswered } from "../unanswered.ts";
import { Unready } from "../unready.ts";
import type { Fault, FaultKind } from "./model.ts";
import type { Schedule } from "./schedule.ts";
import type { Wording } from "./wording.ts";
import {
  attemptsOf,
  failedItself,
  forbidden,
  gaveUp,
  isKubernetes,
  leftHalf,
  neverFilled,
  tooOften,
  withoutRoom,
} from "./wording.ts";

/** The far side of one package, as far as a fault reaches into it. */
export interface FarSide {
  readonly account: Account;
  /** Ends the provider's process after `milliseconds` in which nothing else has ended it: it answers nothing any more. */
  readonly die: (milliseconds: number) => void;
}

/** An operation that a fault befalls. */
interface Befallen {
  readonly fault: Fault;
  readonly order: Order;
  readonly far: FarSide;
  readonly carry: Carrier;
  /** Asks the service. */
  readonly operate: () => Awaitable<Settled>;
}

/** How a fault changes an operation; `undefined` where it cannot befall it. */
type Effect = (befallen: Befallen) => (() => Awaitable<Settled>) | undefined;

const effects: Readonly<Record<FaultKind, Effect>> = {
  throttling: (befallen) => () => askAgain(befallen, tooOften(befallen.order.subject)),
  "server-error": (befallen) => () => askAgain(befallen, failedItself(befallen.order.subject)),
  "access-denied":
    ({ order }) =>
    () => {
      throw isKubernetes(order.subject) ? refusal(forbidden(order)) : accessDenied(order);
    },
  "insufficient-capacity": findsNoRoom,
  timeout: (befallen) => () => unfinished(befallen, gaveUp(befallen.order)),
  "partial-creation": (befallen) => {
    const { kind, subject } = befallen.order;
    return kind === "create" ? () => unfinished(befallen, leftHalf(subject)) : undefined;
  },
  "provider-dies": (befallen) => () => end(befallen),
  "provider-dies-after": (befallen) => () =>
    upon(befallen.carry(befallen.order, befallen.operate), () => end(befallen)),
  "account-locked":
    ({ far, carry, order, operate }) =>
    () =>
      far.account.lockedMeanwhile(() => carry(order, operate)),
};

function refusal({ code, message }: Wording): Refusal {
  return new Refusal(code, message);
}

/** How long a provider that takes each resource's first operation with it waits for the next: the engine asks for many at a time. */
const lastMilliseconds = 500;

function end({ far, fault }: Befallen): never {
  far.die(fault.at === "first" ? lastMilliseconds : 0);
  throw new Unanswered();
}

/** Seconds between two attempts: doubled each time, up to twenty: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
function secondsUntil(attempt: number): number {
  return Math.min(2 ** attempt, 20);
}

/** What the provider gets when it asks again: in the end what it wanted, later; or the last refusal, when it has asked often enough. */
function askAgain(
  { fault, order, carry, operate }: Befallen,
  { code, message }: Wording,
): Awaitable<Settled> {
  const [refusals, attempts] = [fault.times ?? 1, attemptsOf(order)];
  if (refusals >= attempts) {
    throw refusal({ code, message: `${message} (exceeded maximum number of attempts, ${attempts})` });
  }
  const waited = Array.from({ length: refusals }, (_, attempt) => secondsUntil(attempt));
  return carry(order, () =>
    upon(operate(), (settled) => ({
      ...settled,
      seconds: waited.reduce((sum, seconds) => sum + seconds, settled.seconds),
    })),
  );
}

/** The service has done it, and the provider does not know it for sure: it keeps what it made in the state, and reports a failure. */
function unfinished({ order, carry, operate }: Befallen, reason: string): Awaitable<Settled> {
  if (order.kind === "delete") {
    return upon(carry(order, operate), () => {
      throw new Refusal("Timeout", reason);
    });
  }
  return carry(order, () =>
    upon(operate(), (settled) => {
      throw new Unready(reason, settled);
    }),
  );
}

function findsNoRoom(befallen: Befallen): (() => Awaitable<Settled>) | undefined {
  const { kind, subject } = befallen.order;
  const wording = withoutRoom(befallen.order);
  const pending = neverFilled(subject, subject.name);
  if (kind !== "create") return undefined;
  if (wording !== undefined) {
    return () => {
      throw refusal(wording);
    };
  }
  return pending === undefined ? undefined : () => unfinished(befallen, pending);
}

/** Operations on their way to the account, which meet the faults that are ordered. */
export function withFaults(carry: Carrier, schedule: Schedule, far: FarSide): Carrier {
  return (order, operate) => {
    const fault = schedule.meet(order);
    if (fault === undefined) return carry(order, operate);
    const befall = effects[fault.kind]({ fault, order, far, carry, operate });
    if (befall === undefined) return carry(order, operate);
    schedule.note(fault, order);
    return befall();
  };
}
