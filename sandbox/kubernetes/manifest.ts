import type { Checked, Difference, Found, Properties, Session, Settled, Stored, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, at, hasUnknown, hexOf, isRecord, same, text } from "../values.ts";
import { admit, admitChange } from "./admission.ts";
import type { Cluster } from "./cluster.ts";
import { clusterOf, namedIn } from "./cluster.ts";
import { removeDefinition } from "./custom-resources.ts";
import { difference, isAutonamed } from "./differences.ts";
import type { Kind } from "./kinds.ts";
import {
  definitionToken,
  findObject,
  idOf,
  inNamespaceKey,
  keysOf,
  lookUp,
  noMatch,
  systemNamespaces,
} from "./objects.ts";
import { hasStatus, outputsOf } from "./outputs.ts";
import { neverReady } from "./readiness.ts";
import { failuresIn } from "./rules/index.ts";
import { sealed, unsealed } from "./secrets.ts";
import { Unready } from "../unready.ts";

const autonamed = { "pulumi.com/autonamed": "true" };

/**
 * Fills in apiVersion, kind, a name of the logical name and eight digits, and the namespace; finds mistakes. No label is added: the
 * provider marks what it manages only without server-side apply, which is its default.
 */
export function check(
  session: Session,
  subject: Subject,
  olds: Properties | undefined,
  news: Properties,
): Checked {
  const cluster = clusterOf(session);
  const { type, kind } = lookUp(cluster, subject);
  const { metadata } = news;
  const inputs = { ...news, apiVersion: type.apiVersion, kind: type.kind };
  if (metadata === UNKNOWN) return { inputs, failures: [] };
  const named = withName(session, subject, isRecord(metadata) ? metadata : {}, olds);
  const checked = {
    ...inputs,
    metadata: kind.namespaced ? inNamespace(cluster.namespace, named) : named,
  };
  return { inputs: checked, failures: failuresIn(kind, checked) };
}

function inNamespace(namespace: string, metadata: Properties): Properties {
  return { ...metadata, namespace: metadata.namespace ?? namespace };
}

function withName(
  session: Session,
  { urn, name }: Subject,
  metadata: Properties,
  olds: Properties | undefined,
): Properties {
  if (metadata.generateName !== undefined) {
    throw new Refusal(
      "BadRequest",
      "the `.metadata.generateName` field is not supported in Server-Side Apply mode",
    );
  }
  if (metadata.name !== undefined && metadata.name !== "") return metadata;
  const kept = olds !== undefined && isAutonamed(olds) ? text(at(olds, "metadata.name")) : undefined;
  const annotations = isRecord(metadata.annotations) ? metadata.annotations : {};
  const made = kept ?? `${name}-${hexOf(`${urn}/${session.seed}`, 8)}`;
  return { ...metadata, name: made, annotations: { ...annotations, ...autonamed } };
}

/** What changed, and whether the object must be replaced for it. */
export function diff(
  session: Session,
  subject: Subject,
  oldInputs: Properties,
  news: Properties,
): Difference {
  const { kind } = lookUp(clusterOf(session), subject);
  return difference(oldInputs, news, [...kind.replaces, ...whenImmutable(session, kind, news)]);
}

/** ConfigMaps and Secrets are replaced for new data, so that pods take notice, unless a setting says otherwise. */
function whenImmutable({ settings }: Session, kind: Kind, news: Properties): readonly string[] {
  const setting = kind.group === "" ? mutableBy[kind.kind] : undefined;
  if (setting === undefined) return [];
  const mutable = String(settings[setting.name]) === "true" && news.immutable !== true;
  return mutable ? [] : setting.paths;
}

const mutableBy: Readonly<Record<string, { readonly name: string; readonly paths: readonly string[] }>> = {
  ConfigMap: { name: "enableConfigMapMutable", paths: ["data", "binaryData"] },
  Secret: { name: "enableSecretMutable", paths: ["data", "stringData", "type"] },
};

/** Makes an object. @throws Refusal when the API server does not take it, Unready when it never becomes ready. */
export function create(session: Session, subject: Subject, inputs: Properties): Settled {
  const cluster = clusterOf(session);
  const { type, kind, served } = lookUp(cluster, subject);
  const seconds = secondsOf(kind, inputs);
  if (session.preview) return { id: "", state: previewed(kind, inputs), seconds };
  if (!served) throw noMatch(type.kind, type.apiVersion);
  admit(cluster, kind, inputs);
  const serial = session.account.nextSerial();
  return settle(cluster, kind, subject, {
    inputs,
    id: idOf(inputs),
    serial,
    created: new Date().toISOString(),
  });
}

function previewed(kind: Kind, inputs: Properties): Properties {
  return hasStatus(kind) ? { ...inputs, status: UNKNOWN } : inputs;
}

function secondsOf({ seconds, secondsEach }: Kind, inputs: Properties): number {
  return seconds + secondsEach * Number(at(inputs, "spec.replicas") ?? 1);
}

interface Settling {
  readonly inputs: Properties;
  readonly id: string;
  readonly serial: number;
  readonly created: string;
  readonly before?: Stored;
}

function settle(cluster: Cluster, kind: Kind, { token, urn }: Subject, settling: Settling): Settled {
  const { inputs, id, serial, created, before } = settling;
  const grown = before !== undefined && same(before.inputs.spec, inputs.spec) ? 0 : 1;
  const generation = Number(at(before?.state, "metadata.generation") ?? 0) + grown;
  const resourceVersion = Number(at(before?.state, "metadata.resourceVersion") ?? serial * 100) + 1;
  const life = { serial, created: created.replace(/\.\d+Z$/, "Z"), generation, resourceVersion };
  const state = outputsOf(cluster, kind, inputs, life);
  const { scope } = cluster;
  const keys = keysOf(kind, id, inputs);
  cluster.account.put({
    scope,
    token,
    id,
    urn,
    inputs: sealed(inputs),
    state: sealed(state),
    keys,
    serial,
    created,
  });
  const settled = { id, state, seconds: secondsOf(kind, inputs) };
  const reason = neverReady(cluster, kind, inputs);
  if (reason !== undefined) throw new Unready(reason, settled);
  return settled;
}

/** What the cluster has; values of a Secret are given back only to who knows them. */
export function read(session: Session, subject: Subject, id: string, inputs: Properties | undefined): Found {
  const cluster = clusterOf(session);
  const { type, kind } = lookUp(cluster, subject);
  const found = findObject(cluster, kind, id);
  if (found !== undefined) {
    return { id, inputs: unsealed(found.inputs, inputs), state: unsealed(found.state, inputs) };
  }
  if (kind.kind !== "Namespace" || kind.group !== "" || !systemNamespaces.has(id)) return undefined;
  const own = { apiVersion: type.apiVersion, kind: type.kind, metadata: { name: id } };
  const life = { serial: 0, created: "2026-01-01T00:00:00Z", generation: 1, resourceVersion: 1 };
  return { id, inputs: own, state: outputsOf(cluster, kind, own, life) };
}

/** Changes an object in place. @throws Refusal when the API server does not take the change. */
export function update(session: Session, subject: Subject, id: string, inputs: Properties): Settled {
  const cluster = clusterOf(session);
  const { kind } = lookUp(cluster, subject);
  if (session.preview || hasUnknown(inputs)) {
    return { id, state: previewed(kind, inputs), seconds: secondsOf(kind, inputs) };
  }
  const before = findObject(cluster, kind, id);
  const name = text(at(inputs, "metadata.name")) ?? "";
  if (before === undefined) throw new Refusal("NotFound", `${kind.plural} "${name}" not found`);
  admitChange(cluster, kind, before, inputs);
  const serial = before.serial ?? 0;
  return settle(cluster, kind, subject, { inputs, id, serial, created: before.created ?? "", before });
}

/** Deletes an object; a namespace takes its objects along, a definition its custom resources. */
export function remove(session: Session, subject: Subject, id: string): number {
  const cluster = clusterOf(session);
  const { kind } = lookUp(cluster, subject);
  const found = findObject(cluster, kind, id);
  if (found === undefined) return 1;
  if (subject.token === definitionToken) {
    removeDefinition(cluster, found);
    return 2;
  }
  const isNamespace = kind.kind === "Namespace" && kind.group === "";
  if (isNamespace) for (const thing of namedIn(cluster, inNamespaceKey(id))) session.account.remove(thing);
  session.account.remove(found);
  return isNamespace ? 20 : kind.seconds;
}
