import type { Awaitable } from "../answers.ts";
import { conclude } from "../answers.ts";
import { patiently } from "../aws/patience.ts";
import type { Waiting } from "../aws/patience.ts";
import type { Provider, Settled } from "../model.ts";
import { Refusal } from "../model.ts";
import type { Carrier, Order } from "../operations.ts";
import { Unready } from "../unready.ts";
import { releaseToken } from "./release.ts";

/** What is there, and may still become ready. */
class Delay extends Error {
  public readonly unready: Unready;
  public constructor(unready: Unready) {
    super(unready.message);
    this.unready = unready;
  }
}

/** The provider creates again for half a minute where a namespace or a definition is not there yet, as other resources may be its makers. */
const mayComeYet: ReadonlySet<string> = new Set(["NotFound", "NoKindMatch"]);

function isDelay({ kind, subject }: Order, error: unknown): boolean {
  if (error instanceof Delay) return true;
  return (
    kind === "create" &&
    subject.token !== releaseToken &&
    error instanceof Refusal &&
    mayComeYet.has(error.code)
  );
}

/**
 * Waits as the provider does until what was made or changed is ready, which other resources of the program may make it: a pod starts when
 * its ServiceAccount, its volumes and its Secrets are there. It has failed when nothing more happens. Helm waits by itself:
 * https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/await/await.go
 * @param patience what counts as nothing more, in milliseconds.
 * @param waiting who else waits for these operations, and they for whose. @default nobody
 */
export function untilReady(
  provider: Provider,
  patience?: number,
  waiting?: Waiting,
): (carry: Carrier) => Carrier {
  return (carry) => {
    const made = new WeakMap<Order, Settled>();
    const attempt: Carrier = (order, operate) =>
      carry(order, () => {
        const settled = made.get(order);
        return conclude<Settled, Settled>(
          settled === undefined ? operate : () => lookAgain(provider, order, settled),
          (answer) => answer,
          (error) => {
            if (!(error instanceof Unready) || order.subject.token === releaseToken) throw error;
            made.set(order, error.settled);
            throw new Delay(error);
          },
        );
      });
    const wait = patiently(attempt, patience, isDelay, waiting);
    return (order, operate) => {
      const outcome = wait(order, operate);
      if (!(outcome instanceof Promise)) return outcome;
      return outcome.catch((error: unknown) => {
        if (!(error instanceof Delay)) throw error;
        return carry(order, () => {
          throw error.unready;
        });
      });
    };
  };
}

/** Controllers act again on what is there: the same once more changes nothing else. Server-side apply would refuse what creation drops. */
function lookAgain(
  provider: Provider,
  { session, subject, inputs }: Order,
  { id, state }: Settled,
): Awaitable<Settled> {
  const merging = { ...session, settings: { ...session.settings, enableServerSideApply: false } };
  return provider.update(merging, subject, id, state, inputs);
}
