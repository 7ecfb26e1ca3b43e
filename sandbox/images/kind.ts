import type { Immediate } from "../answers.ts";
import type {
  AccountStore,
  AccountView,
  CheckFailure,
  Properties,
  Provider,
  Session,
  Settled,
  Stored,
  Subject,
} from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, same } from "../values.ts";

/** How a resource that builds or pushes an image behaves. */
export interface Kind {
  /** Fills in what the program leaves out, and finds what the provider finds before it builds. */
  check(inputs: Properties): { readonly inputs: Properties; readonly failures: readonly CheckFailure[] };
  /** What of the inputs is secret whatever the program says. */
  secretsIn(inputs: Properties): readonly unknown[];
  /** Paths of what differs. @param state how it is */
  changes(inputs: Properties, state: Properties): readonly string[];
  /** Paths of which a change needs another resource. */
  readonly replacedFor: readonly string[];
  /** What only a build tells. */
  readonly outputs: readonly string[];
  /** Builds it, and pushes it where that is asked for. */
  build(account: AccountStore, inputs: Properties): Properties;
  id(subject: Subject, state: Properties): string;
  /** Whether what was pushed is still there. */
  isThere(account: AccountStore, state: Properties): boolean;
  /** Takes away what the provider takes away at the end. */
  remove(account: AccountStore, state: Properties): void;
}

/** Answers a function of the package. */
export type Answer = (account: AccountView, args: Properties) => Properties;

/**
 * The far side of a package whose resources build images. Nothing is built: what a builder would read decides the digest, and what it
 * would push goes into the account. No operation takes any time, since how long a build takes lies in its Dockerfile.
 * @param others what is said of all else in the package.
 * @param functions by token. @default none
 */
export function imageProvider(
  kinds: Readonly<Record<string, Kind>>,
  others: string,
  functions: Readonly<Record<string, Answer>> = {},
): Immediate<Provider> {
  const kindOf = ({ token, name }: Subject): Kind => {
    const kind = kinds[token];
    if (kind !== undefined) return kind;
    throw new Refusal(
      "UnsupportedType",
      `the sandbox does not simulate ${token}, which "${name}" is: ${others}`,
    );
  };
  return {
    configure: () => undefined,
    check: (session, subject, _, news) => {
      const kind = kindOf(subject);
      for (const secret of kind.secretsIn(news))
        if (typeof secret === "string" && secret !== UNKNOWN) session.conceal?.(secret);
      return kind.check(news);
    },
    diff: (_, subject, __, state, news) => {
      const kind = kindOf(subject);
      const changes = kind.changes(news, state).map((path) => ({
        path,
        kind: "update" as const,
        replaces: kind.replacedFor.includes(path),
      }));
      return { changes, deleteBeforeReplace: false };
    },
    create: (session, subject, inputs) => settle(kindOf(subject), session, subject, inputs),
    read: ({ account }, subject, id) => {
      const found = located(account, subject, id);
      if (found === undefined || !kindOf(subject).isThere(account, found.state)) return undefined;
      return { id, inputs: found.inputs, state: found.state };
    },
    update: (session, subject, id, _, inputs) => settle(kindOf(subject), session, subject, inputs, id),
    delete: ({ account }, subject, id) => {
      const found = located(account, subject, id);
      if (found === undefined) return 0;
      kindOf(subject).remove(account, found.state);
      account.remove(found);
      return 0;
    },
    invoke: ({ account }, token, args) => {
      const answer = functions[token];
      if (answer !== undefined) return answer(account, args);
      throw new Refusal("UnsupportedInvoke", `the sandbox does not answer ${token}: ${others}`);
    },
  };
}

/** @param known the id that it has already. @default it is made */
function settle(kind: Kind, session: Session, subject: Subject, inputs: Properties, known?: string): Settled {
  if (session.preview) return { id: known ?? "", state: previewed(kind, inputs), seconds: 0 };
  const state = { ...inputs, ...kind.build(session.account, inputs) };
  const id = known ?? kind.id(subject, state);
  session.account.put(stored(session, subject, { id, inputs, state }));
  return { id, state, seconds: 0 };
}

function previewed({ outputs }: Kind, inputs: Properties): Properties {
  return { ...inputs, ...Object.fromEntries(outputs.map((name) => [name, UNKNOWN])) };
}

/** Two resources that build the same image have the same id. */
function stored(
  { account }: Session,
  { token, urn }: Subject,
  made: Pick<Stored, "id" | "inputs" | "state">,
): Stored {
  const created = new Date().toISOString();
  return {
    scope: "global",
    token,
    urn,
    within: urn,
    keys: [],
    serial: account.nextSerial(),
    created,
    ...made,
  };
}

function located(account: AccountStore, { token, urn }: Subject, id: string): Stored | undefined {
  return account.named(id).find((thing) => thing.token === token && thing.urn === urn);
}

/** Names of the properties that differ, of those that count. */
export function changedOf(
  inputs: Properties,
  state: Properties,
  names: readonly string[],
): readonly string[] {
  return names.filter((name) => !same(inputs[name], state[name]));
}
