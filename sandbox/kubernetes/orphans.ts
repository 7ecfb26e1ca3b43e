import { isOfDefaultVpc } from "../aws/ec2/default-vpc.ts";
import type { AccountView, Properties, Stored } from "../model.ts";
import { addressOf } from "../model.ts";
import { at, isRecord, text } from "../values.ts";
import { stackIdOf } from "./controllers/ingress-stacks.ts";

/**
 * What the account holds that no program made, and whose maker is gone: the log group that a cluster leaves, a final snapshot, what
 * controllers made in a cluster that was deleted, or for objects that were, before they could clean up.
 */
export function orphansOf(account: AccountView): readonly Stored[] {
  const all = [...account.everything()];
  const addresses = new Set(all.map(addressOf));
  const asked = new Set(all.flatMap(wishesOf));
  return all.filter((thing) => {
    if (thing.urn !== "" || thing.token.startsWith("kubernetes:")) return false;
    if (isOfDefaultVpc(account, thing)) return false;
    if (thing.madeFor !== undefined) return !addresses.has(thing.madeFor);
    return ![thing.id, ...marksOf(thing.state.tags)].some((mark) => asked.has(mark));
  });
}

/** By what the things of a controller are known to be for an object: cluster, kind and stack, or claim. */
function wishesOf({ scope, token, inputs }: Stored): readonly string[] {
  const cluster = scope.split("/").at(-1) ?? "";
  const kind = token.split(":").at(-1);
  const id = `${text(at(inputs, "metadata.namespace")) ?? ""}/${text(at(inputs, "metadata.name")) ?? ""}`;
  if (kind === "Ingress") return [`${cluster} ingress ${stackIdOf(inputs)}`];
  if (kind === "Service") return [`${cluster} service ${id}`];
  return kind === "PersistentVolume" ? [String(at(inputs, "spec.csi.volumeHandle"))] : [];
}

/** The same, as the tags of such a thing tell it. */
function marksOf(tags: unknown): readonly string[] {
  const given: Properties = isRecord(tags) ? tags : {};
  const cluster = text(given["elbv2.k8s.aws/cluster"]) ?? "";
  return ["ingress", "service"].flatMap((kind) => {
    const stack = text(given[`${kind}.k8s.aws/stack`]);
    return stack === undefined ? [] : [`${cluster} ${kind} ${stack}`];
  });
}
