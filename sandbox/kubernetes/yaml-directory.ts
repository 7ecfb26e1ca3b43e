import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Found, Properties, Session, Settled, Subject } from "../model.ts";
import { text } from "../values.ts";
import type { Connection } from "./api.ts";
import * as manifest from "./manifest.ts";
import { idOf, typeOf } from "./names.ts";

/** Where a provider writes objects that it is told not to send to a cluster; `undefined` for any other provider. */
export function yamlDirectory({ settings }: Session): string | undefined {
  const directory = text(settings.renderYamlToDirectory) ?? "";
  return directory === "" ? undefined : directory;
}

/**
 * The far side of `renderYamlToDirectory`: objects are files, which somebody else applies:
 * https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/#renderyamltodirectory_nodejs
 */
export const rendered = { check: manifest.check, create, read, update, remove };

function create(_: Connection, session: Session, subject: Subject, inputs: Properties): Settled {
  const id = idOf(inputs);
  if (session.preview) return { id: "", state: inputs, seconds: 0 };
  const file = fileOf(session, subject, id);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, stringify(inputs), { mode: 0o600 });
  return { id, state: inputs, seconds: 0 };
}

function update(
  connection: Connection,
  session: Session,
  subject: Subject,
  { inputs }: { readonly id: string; readonly inputs: Properties },
): Settled {
  return { ...create(connection, session, subject, inputs), id: idOf(inputs) };
}

/** What was written is not looked at again. */
function read(_: Connection, _subject: Subject, id: string, inputs: Properties | undefined): Found {
  return inputs === undefined ? undefined : { id, inputs, state: inputs };
}

function remove(_: Connection, session: Session, subject: Subject, id: string): number {
  rmSync(fileOf(session, subject, id), { force: true });
  return 0;
}

/** Definitions lie apart, so that they can be applied first. */
function fileOf(session: Session, subject: Subject, id: string): string {
  const { apiVersion, kind } = typeOf(subject);
  const [namespace, name] = id.includes("/") ? id.split("/") : ["default", id];
  const folder = kind === "CustomResourceDefinition" ? "0-crd" : "1-manifest";
  const file = `${apiVersion.replaceAll(/[/:]/g, "_")}-${kind.toLowerCase()}-${namespace ?? ""}-${name ?? ""}.yaml`;
  return join(yamlDirectory(session) ?? "", folder, file);
}
