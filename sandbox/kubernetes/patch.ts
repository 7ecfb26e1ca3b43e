import type { Awaitable } from "../answers.ts";
import { conclude, upon } from "../answers.ts";
import type { Checked, Difference, Found, Properties, Session, Settled, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, at, hasUnknown, hexOf, isRecord, text } from "../values.ts";
import type { Connection, PatchOptions } from "./api.ts";
import { difference } from "./differences.ts";
import { awaited, namespaced, previewed, writable } from "./manifest.ts";
import { addressOfId, idOf, resourceOfType, typeOf } from "./names.ts";

const suffix = "Patch";

/** True for a resource that patches an object of another maker: https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/ */
export function isPatch({ token }: Subject, { kind }: Properties): boolean {
  const type = token.split(":").at(-1) ?? "";
  return type.endsWith(suffix) && (kind === undefined || kind === type.slice(0, -suffix.length));
}

/** The type of what is patched. */
function target(subject: Subject): Subject {
  return { ...subject, token: subject.token.slice(0, -suffix.length) };
}

/** Fills in apiVersion, kind and namespace; which object it is must be said. */
export function check(
  { api, namespace }: Connection,
  { settings }: Session,
  subject: Subject,
  { news }: { readonly news: Properties },
): Awaitable<Checked> {
  if (String(settings.enableServerSideApply) === "false") {
    throw new Refusal(
      "BadRequest",
      "patch resources require Server-Side Apply mode, which is enabled using the `enableServerSideApply` Provider config",
    );
  }
  return upon(resourceOfType(api, target(subject)), ({ apiVersion, kind, resource }) => {
    const metadata = writable(news.metadata);
    if (news.metadata !== UNKNOWN && (metadata.name === undefined || metadata.name === ""))
      throw new Refusal("BadRequest", "patch resources require the `.metadata.name` field to be set");
    const inputs = { ...news, apiVersion, kind };
    if (news.metadata === UNKNOWN) return { inputs, failures: [] };
    const placed = resource.namespaced ? namespaced(metadata, namespace) : metadata;
    return { inputs: { ...inputs, metadata: placed }, failures: [] };
  });
}

/** A patch is replaced only when it is to another object. */
export function diff(oldInputs: Properties, news: Properties): Difference {
  return difference(oldInputs, news, []);
}

/** Patches an object. @throws Refusal for a conflict, Unready when the object then never becomes ready */
export function create(
  connection: Connection,
  session: Session,
  subject: Subject,
  inputs: Properties,
): Awaitable<Settled> {
  if (session.preview) return { id: "", state: previewed({ hasStatus: true }, inputs), seconds: 0 };
  return applied(connection, session, subject, inputs);
}

/** Patches it again: what the patch says no longer is given up. */
export function update(
  connection: Connection,
  session: Session,
  subject: Subject,
  { id, inputs }: { readonly id: string; readonly inputs: Properties },
): Awaitable<Settled> {
  if (session.preview || hasUnknown(inputs))
    return { id, state: previewed({ hasStatus: true }, inputs), seconds: 0 };
  return applied(connection, session, subject, inputs);
}

function applied(
  connection: Connection,
  session: Session,
  subject: Subject,
  inputs: Properties,
): Awaitable<Settled> {
  const options = optionsOf(session, subject, inputs);
  return awaited(
    connection,
    target(subject),
    conclude(
      () => connection.api.patch(inputs, options),
      (live) => live,
      (error) => {
        throw explained(error, options.manager);
      },
    ),
  );
}

/** https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/#pulumi-kubernetes-annotations */
function optionsOf({ settings }: Session, { urn }: Subject, inputs: Properties): PatchOptions {
  const annotations = at(inputs, "metadata.annotations");
  const given = isRecord(annotations) ? annotations : {};
  return {
    owner: urn,
    manager: text(given["pulumi.com/patchFieldManager"]) ?? `pulumi-kubernetes-${hexOf(urn, 8)}`,
    force: given["pulumi.com/patchForce"] === "true" || String(settings.enablePatchForce) === "true",
  };
}

function explained(error: unknown, manager: string): unknown {
  if (!(error instanceof Refusal) || error.code !== "Conflict") return error;
  const page =
    "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";
  const conflict = error.message.replace("Conflict: ", "");
  return new Refusal(
    error.code,
    `server-side apply field conflict detected, see ${page} for troubleshooting help\nThe resource managed by field manager "${manager}" had an apply conflict: ${conflict}`,
  );
}

/** The object as it is, of which the patch is what it was. */
export function read(
  { api }: Connection,
  subject: Subject,
  id: string,
  inputs: Properties | undefined,
): Awaitable<Found> {
  return upon(
    api.get(addressOfId(typeOf(target(subject)), id)),
    (found) => found && { id: idOf(found.object), inputs: inputs ?? found.applied, state: found.object },
  );
}

/** Gives up what was patched. @throws Refusal where the object cannot be without it */
export function remove({ api }: Connection, _: Session, subject: Subject, id: string): Awaitable<number> {
  const address = addressOfId(typeOf(target(subject)), id);
  return upon(api.relinquish(address, subject.urn), () => 1);
}
