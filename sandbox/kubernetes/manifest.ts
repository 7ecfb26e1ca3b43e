import type { Awaitable } from "../answers.ts";
import { upon } from "../answers.ts";
import type { Checked, Difference, Found, Properties, Session, Settled, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, at, hasUnknown, hexOf, isRecord, text } from "../values.ts";
import type { Connection, Live, Resource } from "./api.ts";
import { isAwaited, neverReady } from "./awaiting.ts";
import { difference, isAutonamed } from "./differences.ts";
import { builtInKind } from "./kinds.ts";
import { addressOfId, idOf, resourceOfType, typeOf } from "./names.ts";
import { withDashes } from "./schema-keys.ts";
import { unsealed } from "./secrets.ts";
import { Unready } from "../unready.ts";

const autonamed = { "pulumi.com/autonamed": "true" };

/** What Check is given of a resource. */
interface Asked {
  readonly olds: Properties | undefined;
  readonly news: Properties;
}

/**
 * Fills in apiVersion, kind, a name of the logical name and eight digits, and the namespace; finds mistakes. Without server-side apply the
 * provider marks new objects as its own by a label, and lets the API server make up names.
 */
export function check(
  { api, namespace }: Connection,
  session: Session,
  subject: Subject,
  { olds, news }: Asked,
): Awaitable<Checked> {
  return upon(resourceOfType(api, subject), ({ apiVersion, kind, resource }): Awaitable<Checked> => {
    const { metadata } = news;
    const inputs = { ...(kind === "CustomResourceDefinition" ? withDashes(news) : news), apiVersion, kind };
    if (metadata === UNKNOWN) return { inputs, failures: [] };
    const named = labelled(session, withName(session, subject, writable(metadata), olds), olds);
    // What lies in no namespace is sent to none, and the API server drops the one that it is given.
    const { namespace: _, ...nowhere } = named;
    const placed = resource.namespaced ? namespaced(named, namespace) : nowhere;
    const checked = { ...inputs, metadata: placed };
    return upon(api.judge(checked), (failures) => ({ inputs: checked, failures }));
  });
}

/** Metadata without what the API server alone writes: programs often have it from manifests that were read from a cluster. */
export function writable(metadata: unknown): Properties {
  const given = isRecord(metadata) ? Object.entries(metadata) : [];
  return Object.fromEntries(given.filter(([field]) => !readOnly.has(field)));
}

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
const readOnly: ReadonlySet<string> = new Set([
  ...["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation"],
  ...["managedFields", "resourceVersion", "uid"],
]);

/** Metadata of what lies in a namespace: the one given, unless it has another. */
export function namespaced(metadata: Properties, usual: string): Properties {
  const { namespace, ...others } = metadata;
  return { namespace: namespace ?? usual, ...others };
}

/** https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/ */
function appliesOnServer({ settings }: Session): boolean {
  return String(settings.enableServerSideApply) !== "false";
}

const managedBy = "app.kubernetes.io/managed-by";

/** What is new is labelled without server-side apply; what was labelled keeps it. */
function labelled(session: Session, metadata: Properties, olds: Properties | undefined): Properties {
  const before = at(olds, "metadata.labels");
  const isLabelled = isRecord(before) && before[managedBy] === "pulumi";
  if (metadata.labels === UNKNOWN || (olds === undefined ? appliesOnServer(session) : !isLabelled))
    return metadata;
  const labels = isRecord(metadata.labels) ? metadata.labels : {};
  return { ...metadata, labels: { ...labels, [managedBy]: "pulumi" } };
}

/** An object with the name that the API server makes up from `generateName`, where it has none. */
function withGenerated({ account }: Session, { urn }: Subject, inputs: Properties): Properties {
  const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
  const start = text(metadata.generateName);
  if (start === undefined || metadata.name !== undefined) return inputs;
  const name = `${start}${hexOf(`${urn}/${account.nextSerial()}`, 5)}`;
  return { ...inputs, metadata: { ...metadata, name } };
}

/** @throws Refusal where the API server makes up no names */
function generated(session: Session, metadata: Properties): Properties {
  if (!appliesOnServer(session)) return metadata;
  throw new Refusal(
    "BadRequest",
    "the `.metadata.generateName` field is not supported in Server-Side Apply mode",
  );
}

function withName(
  session: Session,
  { urn, name }: Subject,
  metadata: Properties,
  olds: Properties | undefined,
): Properties {
  if (metadata.generateName !== undefined) return generated(session, metadata);
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
  const { apiVersion, kind } = typeOf(subject);
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  const replaces = builtInKind(group, kind)?.replaces ?? [];
  return difference(oldInputs, news, [...replaces, ...whenImmutable(session, { group, kind }, news)]);
}

/** ConfigMaps and Secrets are replaced for new data, so that pods take notice, unless a setting says otherwise. */
function whenImmutable(
  { settings }: Session,
  { group, kind }: Pick<Resource, "group" | "kind">,
  news: Properties,
): readonly string[] {
  const setting = group === "" ? mutableBy[kind] : undefined;
  if (setting === undefined) return [];
  const mutable = String(settings[setting.name]) === "true" && news.immutable !== true;
  return mutable ? [] : setting.paths;
}

const mutableBy: Readonly<Record<string, { readonly name: string; readonly paths: readonly string[] }>> = {
  ConfigMap: { name: "enableConfigMapMutable", paths: ["data", "binaryData"] },
  Secret: { name: "enableSecretMutable", paths: ["data", "stringData", "type"] },
};

/** Makes an object. @throws Refusal when the API server does not take it, Unready when it never becomes ready. */
export function create(
  connection: Connection,
  session: Session,
  subject: Subject,
  inputs: Properties,
): Awaitable<Settled> {
  const { api } = connection;
  return upon(resourceOfType(api, subject), ({ resource }) =>
    session.preview
      ? { id: "", state: previewed(resource, inputs), seconds: 0 }
      : awaited(connection, subject, api.create(withGenerated(session, subject, inputs), subject.urn)),
  );
}

/** What is known of an object before it is made or changed. */
export function previewed({ hasStatus }: Pick<Resource, "hasStatus">, inputs: Properties): Properties {
  return hasStatus ? { ...inputs, status: UNKNOWN } : inputs;
}

/** Waits until what was made or changed is ready. */
export function awaited({ api }: Connection, subject: Subject, live: Awaitable<Live>): Awaitable<Settled> {
  return upon(live, ({ object, seconds }) => {
    const id = idOf(object);
    return upon(api.warnings(addressOfId(typeOf(subject), id)), (warnings) => {
      const settled = { id, state: object, seconds };
      const reason = neverReady(object, warnings);
      if (reason !== undefined) throw new Unready(reason, settled);
      return settled;
    });
  });
}

/** What the cluster has; values of a Secret that it keeps to itself are given back only to who knows them. */
export function read(
  { api }: Connection,
  subject: Subject,
  id: string,
  inputs: Properties | undefined,
): Awaitable<Found> {
  return upon(
    api.get(addressOfId(typeOf(subject), id)),
    (found) =>
      found && { id, inputs: unsealed(found.applied, inputs), state: unsealed(found.object, inputs) },
  );
}

/** Changes an object in place. @throws Refusal when the API server does not take the change. */
export function update(
  connection: Connection,
  session: Session,
  subject: Subject,
  { id, inputs }: { readonly id: string; readonly inputs: Properties },
): Awaitable<Settled> {
  const { api } = connection;
  return upon(resourceOfType(api, subject), ({ resource, kind }) => {
    if (session.preview || hasUnknown(inputs)) return { id, state: previewed(resource, inputs), seconds: 0 };
    // Definitions are put in place of those that are there.
    const onServer = appliesOnServer(session) && kind !== "CustomResourceDefinition";
    return awaited(connection, subject, api.apply(withNameOf(id, inputs), subject.urn, onServer));
  });
}

/** An object with the name that it has. */
function withNameOf(id: string, inputs: Properties): Properties {
  const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
  return metadata.name === undefined
    ? { ...inputs, metadata: { ...metadata, name: id.split("/").at(-1) } }
    : inputs;
}

/** Deletes an object, and waits until it is gone. @throws Refusal when something keeps it. */
export function remove({ api }: Connection, _: Session, subject: Subject, id: string): Awaitable<number> {
  const address = addressOfId(typeOf(subject), id);
  return upon(api.delete(address), (seconds) =>
    upon(api.get(address), (found) => {
      const left = found?.object;
      if (at(left, "metadata.deletionTimestamp") === undefined || !isAwaited(left)) return seconds;
      throw new Refusal(
        "DeletionTimedOut",
        `the Kubernetes API server reported that "${id}" failed to fully delete in time: finalizers might be preventing deletion: ${whatKeeps(left)}`,
      );
    }),
  );
}

/** The finalizers of the object; for a namespace its own word on what is left in it. */
function whatKeeps(object: unknown): string {
  const remaining = at(object, "status.conditions[0].message");
  return text(remaining) ?? JSON.stringify(at(object, "metadata.finalizers"));
}
