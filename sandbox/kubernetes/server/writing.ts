import type { CheckFailure, Properties, Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { Live } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import type { Kind } from "../kinds.ts";
import { isBuiltInGroup } from "../kinds.ts";
import { failuresIn } from "../rules/index.ts";
import { schemaFailures } from "../schemas/index.ts";
import { admit, admitChange, invalidObject } from "./admission.ts";
import { legible } from "./legible.ts";
import { lookUp, noMatch } from "./objects.ts";
import { pruned } from "./pruning.ts";
import { settle } from "./settling.ts";

/** The kind of an object. @throws Refusal for one that Kubernetes does not have */
export function kindOf(
  cluster: Cluster,
  { apiVersion, kind }: Properties,
): { readonly kind: Kind; readonly served: boolean } {
  const [version, name] = [text(apiVersion) ?? "", text(kind) ?? ""];
  const found = lookUp(cluster, version, name);
  if (found === undefined) throw noMatch(name, version);
  return found;
}

/** What is wrong with an object by itself. Rules say it in the API server's own words, so they go before what its schemas say of the same place. */
export function judge(cluster: Cluster, given: Properties): readonly CheckFailure[] {
  const object = legible(pruned(cluster, given));
  const { kind, served } = kindOf(cluster, object);
  // What is served no longer is refused as such: its own rules are not known.
  if (!served && isBuiltInGroup(kind.group)) return [];
  const byRule = failuresIn(kind, object);
  const judged = new Set(byRule.map(({ property }) => place(property)));
  return [
    ...byRule,
    ...schemaFailures(cluster, object).filter(({ property }) => !judged.has(place(property))),
  ];
}

/** `requests[cpu]` and `requests.cpu` are one place. */
function place(property: string): string {
  return property.replaceAll("[", ".").replaceAll("]", "");
}

/** Makes a new object. @throws Refusal when the API server does not take it */
export function create(cluster: Cluster, given: Properties, manager: string): Live {
  const object = pruned(cluster, given);
  const { kind, served } = kindOf(cluster, object);
  if (!served) throw noMatch(kind.kind, text(object.apiVersion) ?? "");
  refuseInvalid(cluster, kind, object);
  admit(cluster, kind, object);
  const serial = cluster.account.nextSerial();
  return settle(cluster, kind, object, { manager, serial, created: new Date().toISOString() });
}

/** Changes an object that is there. @throws Refusal when the API server does not take the change */
export function change(
  cluster: Cluster,
  kind: Kind,
  before: Stored,
  given: Properties,
  manager: string,
): Live {
  const object = pruned(cluster, given);
  refuseInvalid(cluster, kind, object);
  admitChange(cluster, kind, before, object);
  return settle(cluster, kind, object, {
    manager,
    serial: before.serial ?? 0,
    created: before.created ?? "",
    before,
  });
}

function refuseInvalid(cluster: Cluster, kind: Kind, object: Properties): void {
  const mistakes = judge(cluster, object).map(({ property, reason }) => `${property}: ${reason}`);
  const [first] = mistakes;
  if (first === undefined) return;
  throw invalidObject(kind, object, mistakes.length === 1 ? first : `[${mistakes.join(", ")}]`);
}
