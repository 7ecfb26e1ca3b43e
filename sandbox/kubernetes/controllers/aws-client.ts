import { awsProvider } from "../../aws/provider.ts";
import type { Properties, Session, Stored, Subject } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord } from "../../values.ts";
import type { Cluster } from "../cluster.ts";

/** Something that a controller wants to be in the account. */
export interface Wish {
  readonly token: string;
  /** Its `tags`, where the type has any, tell it from all others. */
  readonly inputs: Properties;
}

/** The account as a controller of the cluster uses it: under every rule of AWS, and for no program. */
function requestOf({ account, region }: Cluster, token: string, name: string): readonly [Session, Subject] {
  return [
    { account, settings: { region }, preview: false, seed: name },
    { urn: "", token, name },
  ];
}

/**
 * Makes a thing, or changes the one that has its tags already, or replaces it where AWS cannot change it.
 * @throws Refusal when AWS does not take it
 */
export function ensure(cluster: Cluster, { token, inputs }: Wish): Stored {
  const { tags } = inputs;
  const before = isRecord(tags) ? tagged(cluster, tags).find((thing) => thing.token === token) : undefined;
  const [session, subject] = requestOf(cluster, token, JSON.stringify(tags ?? {}));
  const checked = awsProvider.check(session, subject, before?.inputs, inputs);
  const [failure] = checked.failures;
  if (failure !== undefined) throw new Refusal("ValidationError", `${failure.property}: ${failure.reason}`);
  if (before === undefined)
    return found(cluster, token, awsProvider.create(session, subject, checked.inputs).id);
  const { changes } = awsProvider.diff(session, subject, before.inputs, before.state, checked.inputs);
  if (changes.length === 0) return before;
  if (changes.some(({ replaces }) => replaces)) {
    deleteFromAccount(cluster, before);
    return found(cluster, token, awsProvider.create(session, subject, checked.inputs).id);
  }
  awsProvider.update(session, subject, before.id, before.state, checked.inputs);
  return found(cluster, token, before.id);
}

function found({ account }: Cluster, token: string, id: string): Stored {
  const thing = account.find(token, id);
  if (thing !== undefined) return thing;
  throw new Refusal("InternalFailure", `${token} ${id} was not kept`);
}

/** Deletes a thing. @throws Refusal when AWS does not let it go */
export function deleteFromAccount(cluster: Cluster, { token, id }: Pick<Stored, "token" | "id">): void {
  awsProvider.delete(...requestOf(cluster, token, id), id);
}

/** Everything in the account with these tags, the latest first: deleted in that order, nothing holds another. */
export function tagged({ account }: Pick<Cluster, "account">, tags: Properties): readonly Stored[] {
  const wanted = Object.entries(tags);
  return [...account.everything()]
    .filter(({ state }) => {
      const { tags: own } = state;
      return isRecord(own) && wanted.every(([key, value]) => own[key] === value);
    })
    .sort((left, right) => (right.serial ?? 0) - (left.serial ?? 0));
}
