import type { Account, Operation } from "./account.ts";
import type { Awaitable } from "./answers.ts";
import { conclude, upon } from "./answers.ts";
import type { Properties, Provider, Session, Settled, Subject } from "./model.ts";
import { Unready } from "./unready.ts";

/** One operation that the engine asks for, before it is carried out. */
export interface Order {
  readonly kind: Operation["kind"];
  readonly session: Session;
  readonly subject: Subject;
  /** The id of what is changed or deleted. @default unset: it is made */
  readonly id?: string;
  /** What it is made of or changed to. @default nothing: it is deleted */
  readonly inputs: Properties;
}

/**
 * Carries an operation from the engine to the service and its answer back: where either may be lost on the way. What a cluster's
 * controllers do in the account is none of these: they have roles of their own, so the deploying role's document is not asked, and ask
 * again until they succeed, so a fault of theirs would end by itself.
 */
export type Carrier = (order: Order, operate: () => Awaitable<Settled>) => Awaitable<Settled>;

/** Carries it as it is. */
export function undisturbed(carry: Carrier): Carrier {
  return carry;
}

/** The provider, all of whose operations go through `carry`. A preview has none. */
export function carrying(provider: Provider, carry: Carrier): Provider {
  return {
    ...provider,
    create: (session, subject, inputs) => {
      const operate = (): Awaitable<Settled> => provider.create(session, subject, inputs);
      return session.preview ? operate() : carry({ kind: "create", session, subject, inputs }, operate);
    },
    update: (session, subject, id, oldState, inputs) => {
      const operate = (): Awaitable<Settled> => provider.update(session, subject, id, oldState, inputs);
      return session.preview ? operate() : carry({ kind: "update", session, subject, id, inputs }, operate);
    },
    delete: (session, subject, id) => {
      const order: Order = { kind: "delete", session, subject, id, inputs: {} };
      const operate = (): Awaitable<Settled> =>
        upon(provider.delete(session, subject, id), (seconds) => ({ id, state: {}, seconds }));
      return upon(carry(order, operate), ({ seconds }) => seconds);
    },
  };
}

/**
 * Commits each operation with the note of it; a kill leaves both or neither. What never became ready is there, and noted. Who answers
 * later keeps what is done elsewhere, which no transaction of ours can hold: it is noted as soon as the answer is there, and meanwhile
 * the account is free for others.
 */
export function committing(account: Account): Carrier {
  return ({ kind, subject: { urn, token } }, operate) => {
    const noted = (settled: Settled): Settled => {
      account.record({ urn, token, kind, seconds: settled.seconds });
      return settled;
    };
    return account.atomically(() =>
      conclude(operate, noted, (error) => {
        if (error instanceof Unready) noted(error.settled);
        throw error;
      }),
    );
  };
}
