import type { Immediate } from "../../answers.ts";
import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, isRecord, text } from "../../values.ts";
import type { Address, ClusterApi, Live, PatchOptions } from "../api.ts";
import { chartOf } from "../chart-lookup.ts";
import type { Cluster } from "../cluster.ts";
import type { Kind } from "../kinds.ts";
import type { Run } from "../manifests/commands.ts";
import { idOf } from "../names.ts";
import { deleteThing } from "./deletion.ts";
import { findRelease, install, liveRelease, uninstall, upgrade } from "./installation.ts";
import { capabilitiesOf, findObject, lookUp, noMatch } from "./objects.ts";
import { warningsAbout } from "./obstacles.ts";
import { hasStatus, outputsOf } from "./outputs.ts";
import {
  askedFor,
  forgetPatch,
  isPatchedBy,
  patched,
  rememberMaker,
  rememberPatch,
  unpatched,
  withPatches,
} from "./patches.ts";
import { refuseUndeclared } from "./pruning.ts";
import { settle } from "./settling.ts";
import { standing } from "./standing.ts";
import { change, create, judge, kindOf } from "./writing.ts";

/**
 * The API server, controllers and Helm of a cluster in the simulated account. That every answer is there at once is what commits an
 * object, what controllers make for it, and the note of the operation in one piece.
 * @param run runs Helm, which renders the charts that are there to be rendered.
 */
export function simulatedServer(cluster: Cluster, run: Run): Immediate<ClusterApi> {
  return {
    discover: (apiVersion, kind) => {
      const found = lookUp(cluster, apiVersion, kind);
      return found && { ...found.kind, hasStatus: hasStatus(found.kind), served: found.served };
    },
    capabilities: () => capabilitiesOf(cluster),
    judge: (object) => judge(cluster, object),
    get: (address) => get(cluster, address),
    create: (object, manager) => create(cluster, object, manager),
    apply: (object, manager, onServer) => {
      if (onServer) refuseUndeclared(cluster, object);
      return apply(cluster, object, manager);
    },
    patch: (object, options) => {
      refuseUndeclared(cluster, object);
      return patch(cluster, object, options);
    },
    relinquish: (address, owner) => {
      relinquish(cluster, address, owner);
    },
    delete: (address) => remove(cluster, address),
    warnings: (address) => {
      const { kind, thing } = find(cluster, address);
      return thing === undefined ? [] : warningsAbout(cluster, kind, thing);
    },
    helm: {
      locate: chartOf,
      get: (id) => {
        const found = findRelease(cluster, id);
        return found === undefined ? undefined : liveRelease(found);
      },
      install: (release, manager) => install({ cluster, run }, release, manager),
      upgrade: (id, release, manager) => upgrade({ cluster, run }, id, release, manager),
      uninstall: (id) => uninstall(cluster, id),
    },
  };
}

function find(
  cluster: Cluster,
  { apiVersion, kind, namespace, name }: Address,
): { readonly kind: Kind; readonly thing: Stored | undefined } {
  const { kind: found } = kindOf(cluster, { apiVersion, kind });
  const id = namespace === undefined ? name : `${namespace}/${name}`;
  return { kind: found, thing: findObject(cluster, found, id) };
}

function get(cluster: Cluster, address: Address): Live | undefined {
  const { kind, thing } = find(cluster, address);
  if (thing !== undefined) return { applied: askedFor(cluster, thing), object: thing.state, seconds: 0 };
  const applied = standing(cluster, kind, address.apiVersion, idOf({ metadata: address }));
  if (applied === undefined) return undefined;
  const life = { serial: 0, created: "2026-01-01T00:00:00Z", generation: 1, resourceVersion: 1 };
  return { applied, object: outputsOf(cluster, kind, applied, life), seconds: 0 };
}

function apply(cluster: Cluster, object: Properties, manager: string): Live {
  const { kind } = kindOf(cluster, object);
  const before = findObject(cluster, kind, idOf(object)) ?? raised(cluster, kind, object);
  if (before === undefined) {
    throw new Refusal("NotFound", `${kind.plural} "${text(at(object, "metadata.name")) ?? ""}" not found`);
  }
  const whole = withPatches(cluster, before, object);
  const live = change(cluster, kind, before, whole, manager);
  rememberMaker(cluster, before, object);
  return { ...live, applied: object };
}

/** What nobody has made as yet is made, and left there when the patch is given up. */
function patch(cluster: Cluster, object: Properties, options: PatchOptions): Live {
  const { kind, served } = kindOf(cluster, object);
  if (!served) throw noMatch(kind.kind, text(object.apiVersion) ?? "");
  const before = findObject(cluster, kind, idOf(object)) ?? raised(cluster, kind, object);
  if (before === undefined) {
    const live = create(cluster, object, "");
    const made = findObject(cluster, kind, idOf(object));
    if (made !== undefined) rememberPatch(cluster, made, bareOf(object), { ...options, object });
    return live;
  }
  const live = change(cluster, kind, before, patched(cluster, before, { ...options, object }), before.urn);
  rememberPatch(cluster, before, askedFor(cluster, before), { ...options, object });
  return live;
}

/** What stands in every cluster becomes an object like any other when it is first changed, by who imported it, or patched. */
function raised(cluster: Cluster, kind: Kind, object: Properties): Stored | undefined {
  const found = standing(cluster, kind, text(object.apiVersion) ?? "", idOf(object));
  if (found === undefined) return undefined;
  const serial = cluster.account.nextSerial();
  settle(cluster, kind, found, { manager: "", serial, created: new Date().toISOString() });
  return findObject(cluster, kind, idOf(object));
}

function bareOf({ apiVersion, kind, metadata }: Properties): Properties {
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

function relinquish(cluster: Cluster, address: Address, owner: string): void {
  const { kind, thing } = find(cluster, address);
  if (thing === undefined || !isPatchedBy(cluster, thing, owner)) return;
  const left = unpatched(cluster, thing, owner);
  const required = judge(cluster, left).find(({ reason }) => reason.startsWith("Required value"));
  if (required !== undefined) {
    throw new Refusal(
      "Invalid",
      `this Patch resource is currently managing a required field, so it can't be deleted directly. Either set the \`retainOnDelete\` resource option, or transfer ownership of the field before deleting: ${required.property}`,
    );
  }
  change(cluster, kind, thing, left, thing.urn);
  forgetPatch(cluster, thing, owner);
}

/** A namespace takes what is in it along, a definition its custom resources. */
function remove(cluster: Cluster, address: Address): number {
  const { kind, thing } = find(cluster, address);
  if (thing === undefined) return 1;
  deleteThing(cluster, thing);
  if (kind.group === "" && kind.kind === "Namespace") return 20;
  return kind.kind === "CustomResourceDefinition" ? 2 : kind.seconds;
}
