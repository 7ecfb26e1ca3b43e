import { globSync, readFileSync } from "node:fs";
import type { Awaitable } from "../../answers.ts";
import { upon } from "../../answers.ts";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import type { Connection } from "../api.ts";
import type { Run } from "./commands.ts";
import { decode } from "./decode.ts";
import { renderChart } from "./helm.ts";
import { buildOverlay } from "./kustomize.ts";
import { normalised } from "./objects.ts";
import { chartRequest } from "./requests.ts";

/** What the provider is asked with. */
export interface Asked {
  readonly connection: Connection;
  readonly run: Run;
}

/** A component that makes resources of the objects in manifests. */
export interface Component {
  readonly type: string;
  readonly name: string;
  readonly args: Properties;
}

type Source = (asked: Asked, component: Component) => Awaitable<readonly Properties[]>;

/** Where each component has its objects from, before they are given a namespace. */
const sources: Readonly<Record<string, Source>> = {
  "kubernetes:helm.sh/v4:Chart": ({ connection: { api, namespace }, run }, { name, args }) =>
    upon(api.capabilities(), (capabilities) =>
      decode(renderChart(run, chartRequest(name, args, { capabilities, namespace }))),
    ),
  // Without restrictions, as the provider does it: a base may lie outside of the folder.
  "kubernetes:kustomize/v2:Directory": ({ run }, { args }) => {
    const flags = ["--load-restrictor", "LoadRestrictionsNone", "--enable-helm"];
    return decode(buildOverlay(run, text(args.directory) ?? "", flags, "kustomize build error"));
  },
  "kubernetes:yaml/v2:ConfigFile": ({ run }, { args }) => decode(contentOf(run, text(args.file) ?? "")),
  "kubernetes:yaml/v2:ConfigGroup": ({ run }, { args }) => {
    const files = list(args.files).flatMap((file) => text(file) ?? []);
    const texts = [...files.flatMap(filesOf).map((file) => contentOf(run, file)), text(args.yaml) ?? ""];
    return [...texts.flatMap(decode), ...list(args.objs).filter(isRecord)];
  },
};

/** The objects that such a component makes resources of. @throws Refusal where they cannot be had */
export function objectsOf(asked: Asked, component: Component): Awaitable<readonly Properties[]> {
  const { api, namespace } = asked.connection;
  const found = sources[component.type]?.(asked, component) ?? [];
  return upon(found, (objects) => normalised(api, objects, text(component.args.namespace) ?? namespace));
}

/** A pattern is as many files as it matches: https://pkg.go.dev/path/filepath#Match */
function filesOf(path: string): readonly string[] {
  return /(?:^|[^\\])[*?[]/.test(path) ? globSync(path).sort() : [path];
}

/** @throws Refusal for a file that is not there, and for an address that does not answer */
function contentOf(run: Run, path: string): string {
  if (path === "") return "";
  if (/^https?:\/\//.test(path)) return fetched(run, path);
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Refusal("FileNotFound", `reading YAML file from disk: open ${path}: no such file or directory`);
  }
}

/** By a command, since what is answered at once can wait for no answer of the network. */
function fetched(run: Run, address: string): string {
  const ended = run("curl", [
    "--fail",
    "--silent",
    "--show-error",
    "--location",
    "--max-time",
    "60",
    address,
  ]);
  if (ended?.failure === undefined && ended !== undefined) return ended.output;
  const reason = ended?.failure ?? 'there is no command "curl" on the PATH';
  throw new Refusal("FetchFailed", `fetching YAML over network: ${address}: ${reason}`);
}
