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
import { unsealed } from "./secrets.ts";
import { Unready } from "../unready.ts";

const autonamed = { "pulumi.com/autonamed": "true" };

/** What Check is given of a resource. */
interface Asked {
  readonly olds: Properties | undefined;
  readonly news: Properties;
}

/**
 * Fills in apiVersion, kind, a name of the logical name and eight digits, and the namespace; finds mistakes. No label is added: the
 * provider marks what it manages only without server-side apply, which is its default.
 */
export function check(
  { api, namespace }: Connection,
  session: Session,
  subject: Subject,
  { olds, news }: Asked,
): Awaitable<Checked> {
  return upon(resourceOfType(api, subject), ({ apiVersion, kind, resource }): Awaitable<Checked> => {
    const { metadata } = news;
    const inputs = { ...news, apiVersion, kind };
    if (metadata === UNKNOWN) return { inputs, failures: [] };
    const named = withName(session, subject, isRecord(metadata) ? metadata : {}, olds);
    const checked = { ...inputs, metadata: resource.namespaced ? { namespace, ...defined(named) } : named };
    return upon(api.judge(checked), (failures) => ({ inputs: checked, failures }));
  });
}

/** Without a namespace that is there but has no value. */
function defined({ namespace, ...metadata }: Properties): Properties {
  return namespace === undefined || namespace === null ? metadata : { ...metadata, namespace };
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
  { preview }: Session,
  subject: Subject,
  inputs: Properties,
): Awaitable<Settled> {
  const { api } = connection;
  return upon(resourceOfType(api, subject), ({ resource }) =>
    preview
      ? { id: "", state: previewed(resource, inputs), seconds: 0 }
      : awaited(connection, subject, api.create(inputs, subject.urn)),
  );
}

function previewed({ hasStatus }: Resource, inputs: Properties): Properties {
  return hasStatus ? { ...inputs, status: UNKNOWN } : inputs;
}

/** Waits until what was made or changed is ready. */
function awaited({ api }: Connection, subject: Subject, live: Awaitable<Live>): Awaitable<Settled> {
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
  { preview }: Session,
  subject: Subject,
  { id, inputs }: { readonly id: string; readonly inputs: Properties },
): Awaitable<Settled> {
  const { api } = connection;
  return upon(resourceOfType(api, subject), ({ resource }) =>
    preview || hasUnknown(inputs)
      ? { id, state: previewed(resource, inputs), seconds: 0 }
      : awaited(connection, subject, api.apply(inputs, subject.urn)),
  );
}

/** Deletes an object, and waits until it is gone. @throws Refusal when something keeps it. */
export function remove({ api }: Connection, subject: Subject, id: string): Awaitable<number> {
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
