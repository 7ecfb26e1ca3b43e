import { forgetCluster } from "../kubernetes/cluster.ts";
import type { AccountStore, AccountView, Stored } from "../model.ts";
import { addressOf } from "../model.ts";
import { text } from "../values.ts";
import type { Made } from "./behaviour.ts";
import { lingering, lingers } from "./ec2/lingering.ts";
import { clusterToken } from "./eks/references.ts";

/** Who holds `owner`, without what was made for it. */
export function holdersFromOutside(account: AccountView, owner: Stored): readonly Stored[] {
  return account.holders(owner).filter(({ madeFor }) => madeFor !== addressOf(owner));
}

function madeBefore(account: AccountView, owner: Stored): readonly Stored[] {
  return account.holders(owner).filter(({ madeFor }) => madeFor === addressOf(owner));
}

/** Puts what the service makes for `owner` into the account, and takes away what it made before and no longer does. */
export function makeBeside(account: AccountStore, owner: Stored, made: readonly Made[] = []): void {
  const kept = made.map((one) => addressOf({ ...one, scope: owner.scope }));
  for (const one of made) {
    const thing = thingOf(one, owner);
    if (one.stays !== true) account.put(bound(thing, owner));
    else if (account.find(thing.token, thing.id, thing.scope) === undefined) account.put(thing);
  }
  for (const thing of madeBefore(account, owner))
    if (!kept.includes(addressOf(thing))) release(account, thing, owner);
}

function bound(thing: Stored, owner: Stored): Stored {
  const address = addressOf(owner);
  return { ...thing, madeFor: address, holds: [...(thing.holds ?? []), address] };
}

/** Takes away what was made for `owner`, and the Kubernetes objects inside it where it is a cluster. */
export function takeAway(account: AccountStore, owner: Stored): void {
  for (const thing of madeBefore(account, owner)) release(account, thing, owner);
  if (owner.token === clusterToken) forgetCluster(account, text(owner.state.arn) ?? "");
}

/** Puts what is left of `owner` into the account. */
export function leaveBehind(account: AccountStore, owner: Stored, left: readonly Made[] = []): void {
  for (const one of left) account.put(thingOf(one, owner));
}

/** A service cannot delete what others use either: then it stays, on its own. */
function release(account: AccountStore, thing: Stored, owner: Stored): void {
  const { madeFor: _, holds = [], ...rest } = thing;
  if (account.holders(thing).length > 0)
    account.put({ ...rest, holds: holds.filter((address) => address !== addressOf(owner)) });
  else if (lingers(thing)) account.put(lingering(rest));
  else account.remove(thing);
}

function thingOf({ token, id, state, keys = [], holds = [] }: Made, { scope }: Stored): Stored {
  return { scope, token, id, urn: "", inputs: {}, state, keys, holds, created: new Date().toISOString() };
}
