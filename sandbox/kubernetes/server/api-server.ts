import type { Immediate } from "../../answers.ts";
import type { CheckFailure, Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, isRecord, same, text } from "../../values.ts";
import type { Address, ClusterApi, Live } from "../api.ts";
import { chartOf } from "../chart-lookup.ts";
import type { Cluster } from "../cluster.ts";
import type { Kind } from "../kinds.ts";
import { idOf, tokenOf } from "../names.ts";
import { sealed } from "../secrets.ts";
import { admit, admitChange, invalidObject } from "./admission.ts";
import { bindClaims } from "../controllers/claims.ts";
import { deleteThing } from "./deletion.ts";
import { findRelease, install, liveRelease, uninstall, upgrade } from "./installation.ts";
import { withLimitDefaults } from "./limit-ranges.ts";
import { findObject, keysOf, lookUp, noMatch, systemNamespaces } from "./objects.ts";
import { obstacleOf, warningsAbout } from "./obstacles.ts";
import { hasStatus, outputsOf } from "./outputs.ts";
import type { Life } from "./outputs.ts";
import { failuresIn } from "../rules/index.ts";
import { schemaFailures } from "../schemas/index.ts";

/**
 * The API server, controllers and Helm of a cluster in the simulated account. That every answer is there at once is what commits an
 * object, what controllers make for it, and the note of the operation in one piece.
 */
export function simulatedServer(cluster: Cluster): Immediate<ClusterApi> {
  return {
    discover: (apiVersion, kind) => {
      const found = lookUp(cluster, apiVersion, kind);
      return found && { ...found.kind, hasStatus: hasStatus(found.kind), served: found.served };
    },
    judge: (object) => judge(cluster, object),
    get: (address) => get(cluster, address),
    create: (object, manager) => create(cluster, object, manager),
    apply: (object, manager) => apply(cluster, object, manager),
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
      install: (release, manager) => install(cluster, release, manager),
      upgrade: (id, release, manager) => upgrade(cluster, id, release, manager),
      uninstall: (id) => uninstall(cluster, id),
    },
  };
}

/** The kind of an object. @throws Refusal for one that Kubernetes does not have */
function kindOf(
  cluster: Cluster,
  { apiVersion, kind }: Properties,
): { readonly kind: Kind; readonly served: boolean } {
  const [version, name] = [text(apiVersion) ?? "", text(kind) ?? ""];
  const found = lookUp(cluster, version, name);
  if (found === undefined) throw noMatch(name, version);
  return found;
}

/** Rules say it in the API server's own words, so they go before what its schemas say of the same place. */
function judge(cluster: Cluster, object: Properties): readonly CheckFailure[] {
  const { kind } = kindOf(cluster, object);
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
  if (thing !== undefined) return { applied: thing.inputs, object: thing.state, seconds: 0 };
  const { apiVersion, name } = address;
  if (kind.kind !== "Namespace" || kind.group !== "" || !systemNamespaces.has(name)) return undefined;
  const applied = { apiVersion, kind: kind.kind, metadata: { name } };
  const life = { serial: 0, created: "2026-01-01T00:00:00Z", generation: 1, resourceVersion: 1 };
  return { applied, object: outputsOf(cluster, kind, applied, life), seconds: 0 };
}

function create(cluster: Cluster, object: Properties, manager: string): Live {
  const { kind, served } = kindOf(cluster, object);
  if (!served) throw noMatch(kind.kind, text(object.apiVersion) ?? "");
  refuseInvalid(cluster, kind, object);
  admit(cluster, kind, object);
  const serial = cluster.account.nextSerial();
  return settle(cluster, kind, object, { manager, serial, created: new Date().toISOString() });
}

function apply(cluster: Cluster, object: Properties, manager: string): Live {
  const { kind } = kindOf(cluster, object);
  const before = findObject(cluster, kind, idOf(object));
  if (before === undefined) {
    throw new Refusal("NotFound", `${kind.plural} "${text(at(object, "metadata.name")) ?? ""}" not found`);
  }
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

interface Settling {
  readonly manager: string;
  readonly serial: number;
  readonly created: string;
  readonly before?: Stored;
}

/** Keeps the object, and lets the controllers act on it. */
function settle(cluster: Cluster, kind: Kind, applied: Properties, settling: Settling): Live {
  const { manager: urn, serial, created, before } = settling;
  const id = idOf(applied);
  const token = tokenOf({ apiVersion: text(applied.apiVersion) ?? "", kind: kind.kind });
  const obstacle = obstacleOf({ cluster, kind, inputs: applied, owner: `${token} ${id}` });
  const object = outputsOf(
    cluster,
    kind,
    mutated(cluster, kind, applied),
    lifeOf(applied, settling),
    obstacle,
  );
  if (before !== undefined && before.token !== token) cluster.account.remove(before);
  cluster.account.put({
    scope: cluster.scope,
    token,
    id,
    urn,
    inputs: sealed(applied),
    state: sealed(object),
    keys: keysOf(kind, id, applied),
    serial,
    created,
  });
  if (obstacle === undefined) bindClaims(cluster, kind.kind, applied);
  return { applied, object, seconds: secondsOf(kind, applied) };
}

function lifeOf(applied: Properties, { serial, created, before }: Settling): Life {
  const grown = before !== undefined && same(before.inputs.spec, applied.spec) ? 0 : 1;
  const { generation = 0, resourceVersion = serial * 100 } = metadataOf(before);
  return {
    serial,
    created: created.replace(/\.\d+Z$/, "Z"),
    generation: Number(generation) + grown,
    resourceVersion: Number(resourceVersion) + 1,
  };
}

function metadataOf(thing: Stored | undefined): Properties {
  const metadata = thing?.state.metadata;
  return isRecord(metadata) ? metadata : {};
}

/** What admission plugins write into an object. */
function mutated(cluster: Cluster, kind: Kind, applied: Properties): Properties {
  if (kind.group !== "" || kind.kind !== "Pod") return applied;
  const namespace = text(at(applied, "metadata.namespace")) ?? "default";
  return { ...applied, spec: withLimitDefaults(cluster, namespace, applied.spec) };
}

function secondsOf({ seconds, secondsEach }: Kind, inputs: Properties): number {
  return seconds + secondsEach * Number(at(inputs, "spec.replicas") ?? 1);
}

/** A namespace takes what is in it along, a definition its custom resources. */
function remove(cluster: Cluster, address: Address): number {
  const { kind, thing } = find(cluster, address);
  if (thing === undefined) return 1;
  deleteThing(cluster, thing);
  if (kind.group === "" && kind.kind === "Namespace") return 20;
  return kind.kind === "CustomResourceDefinition" ? 2 : kind.seconds;
}
