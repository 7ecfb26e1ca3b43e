import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { AccountStore, CheckFailure, Properties } from "../model.ts";
import { sorted } from "../components/arguments.ts";
import { isFile } from "../components/folders.ts";
import { UNKNOWN, at, isRecord, list, same, text } from "../values.ts";
import { hashContext, isFolder, isRemote } from "./context.ts";
import { complaintAbout } from "./dockerfile.ts";
import { changedOf } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { parseReference, withDigest } from "./reference.ts";
import { isThere, push, remove } from "./registry.ts";

/** Inputs of which a change builds again; logins and secrets are compared apart, files by their digest. */
const compared = [
  ...["addHosts", "buildArgs", "buildOnPreview", "builder", "cacheFrom", "cacheTo", "context", "dockerfile"],
  ...[
    "exports",
    "labels",
    "load",
    "network",
    "noCache",
    "platforms",
    "pull",
    "push",
    "ssh",
    "tags",
    "target",
  ],
];

/** Inputs that decide what is in the image, beside the files. */
const content = ["addHosts", "buildArgs", "labels", "network", "platforms", "target"];

/** `docker-build.Image`: https://www.pulumi.com/registry/packages/docker-build/api-docs/image/ */
export const buildKind: Kind = {
  check: (news) => {
    const inputs = withDefaults(news);
    return { inputs, failures: failuresOf(inputs) };
  },
  secretsIn: ({ registries, secrets }) => [
    ...list(registries).map((registry) => at(registry, "password")),
    ...(isRecord(secrets) ? Object.values(secrets) : []),
  ],
  changes: (inputs, state) => [
    ...changedOf(inputs, state, compared),
    ...(same(loginsOf(inputs), loginsOf(state)) ? [] : ["registries"]),
    ...(same(secretsThatCount(inputs, inputs), secretsThatCount(state, inputs)) ? [] : ["secrets"]),
    ...(isStale(inputs, state) ? ["contextHash"] : []),
  ],
  replacedFor: [],
  outputs: ["contextHash", "digest", "ref"],
  build,
  id: ({ name }, { digest }) => (digest === "" ? name : (text(digest) ?? name)),
  isThere: (account, state) => {
    const names = pushedAs(state);
    const digest = text(state.digest) ?? "";
    return names.length === 0 || names.some((name) => isThere(account, parseReference(name), digest));
  },
  remove: (account, state) => {
    for (const name of pushedAs(state)) remove(account, parseReference(name), text(state.digest) ?? "");
  },
};

/** A context is the program's folder unless it is given, and the Dockerfile that in the context. */
function withDefaults(news: Properties): Properties {
  const context = news.context ?? { location: "." };
  const own = isRecord(context) ? dockerfileIn(context, news.dockerfile) : undefined;
  const dockerfile = own === undefined ? {} : { dockerfile: own };
  return { buildOnPreview: true, network: "default", ...news, context, ...dockerfile };
}

/** `undefined` where the program says which, or nobody can. */
function dockerfileIn({ location = "." }: Properties, given: unknown = {}): Properties | undefined {
  const folder = text(location);
  const isOpen = isRecord(given) && given.location === undefined && given.inline === undefined;
  return folder === undefined || isRemote(folder) || !isOpen
    ? undefined
    : { ...given, location: join(folder, "Dockerfile") };
}

function failuresOf(inputs: Properties): readonly CheckFailure[] {
  const failures = [...contextFailures(inputs), ...dockerfileFailures(inputs)];
  const isNamed = inputs.tags === UNKNOWN || list(inputs.tags).length > 0;
  if (inputs.push === true && !isNamed) {
    failures.push({
      property: `exports[${list(inputs.exports).length}]`,
      reason: "at least one tag or export name is needed when pushing to a registry",
    });
  }
  for (const [index, tag] of list(inputs.tags).entries()) {
    const reason = complaintAboutName(tag);
    if (reason !== undefined) failures.push({ property: `tags[${index}]`, reason });
  }
  return failures;
}

function complaintAboutName(tag: unknown): string | undefined {
  try {
    if (text(tag) !== undefined) parseReference(String(tag));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function contextFailures({ context }: Properties): readonly CheckFailure[] {
  const location = text(at(context, "location"));
  if (location === undefined || location === "-" || isRemote(location) || isFolder(location)) return [];
  const reason = `${JSON.stringify(location)}: not a valid directory or URL`;
  return [{ property: "context.location", reason }];
}

function dockerfileFailures({ dockerfile }: Properties): readonly CheckFailure[] {
  const [location, inline] = [text(at(dockerfile, "location")), text(at(dockerfile, "inline"))];
  if (location !== undefined && inline !== undefined)
    return [{ property: "dockerfile", reason: 'only specify "file" or "inline", not both' }];
  const property = `dockerfile.${location === undefined ? "inline" : "location"}`;
  const reason = location === undefined ? inline && complaintAbout(inline) : complaintAboutFile(location);
  return reason === undefined || reason === "" ? [] : [{ property, reason }];
}

function complaintAboutFile(location: string): string | undefined {
  if (isRemote(location)) return undefined;
  const path = resolve(location);
  return isFile(path)
    ? complaintAbout(readFileSync(path, "utf8"))
    : `open ${path}: no such file or directory`;
}

/** Who logs in where. Passwords come and go. */
function loginsOf({ registries }: Properties): readonly unknown[] {
  return list(registries).map((registry) => [at(registry, "address"), at(registry, "username")]);
}

/** @param asked the inputs that tell which ones are ignored. */
function secretsThatCount({ secrets }: Properties, asked: Properties): unknown {
  const ignored = new Set(list(asked.ignoreSecretsInDiffCalculation));
  return isRecord(secrets)
    ? Object.fromEntries(Object.entries(secrets).filter(([name]) => !ignored.has(name)))
    : {};
}

/** With `pull` what an image is built on may be another one each time. */
function isStale(inputs: Properties, state: Properties): boolean {
  if (text(at(inputs.context, "location")) === undefined) return false;
  return (inputs.pull === true && isExported(inputs)) || hashOf(inputs) !== state.contextHash;
}

function hashOf({ context, dockerfile }: Properties): string {
  const named = at(context, "named");
  const places = Object.entries(isRecord(named) ? named : {}).map(
    ([name, one]) => [name, text(at(one, "location")) ?? ""] as const,
  );
  return hashContext({
    location: text(at(context, "location")) ?? ".",
    dockerfile: text(at(dockerfile, "location")),
    named: Object.fromEntries(places),
  });
}

function tagsOf({ tags }: Properties): readonly string[] {
  return list(tags).flatMap((tag) => text(tag) ?? []);
}

function exportsOf({ exports }: Properties): readonly Properties[] {
  return list(exports)
    .filter(isRecord)
    .filter(({ disabled }) => disabled !== true);
}

/** The names under which the image goes to registries. */
function pushedAs(inputs: Properties): readonly string[] {
  const tags = tagsOf(inputs);
  return [
    ...(inputs.push === true ? tags : []),
    ...exportsOf(inputs)
      .filter(isPush)
      .flatMap((one) => namesIn(one) ?? tags),
  ];
}

function isPush({ raw, registry, image }: Properties): boolean {
  return (
    /(?:^|,)(?:type=registry|push=true)(?:,|$)/.test(text(raw) ?? "") ||
    (registry !== undefined && at(registry, "push") !== false) ||
    at(image, "push") === true
  );
}

/** Names that an export has of its own; `undefined` where it goes by the image's tags. */
function namesIn({ raw, registry, image }: Properties): readonly string[] | undefined {
  const [, name] = /(?:^|,)name=([^,]+)/.exec(text(raw) ?? "") ?? [];
  const names = list(at(registry ?? image, "names")).flatMap((one) => text(one) ?? []);
  if (names.length > 0) return names;
  return name === undefined ? undefined : [name];
}

/** Whether it goes anywhere: what stays in the builder's cache has no digest. */
function isExported(inputs: Properties): boolean {
  const isKept = exportsOf(inputs).some(({ cacheonly }) => cacheonly === undefined);
  return inputs.push === true || inputs.load === true || isKept;
}

/** @throws Refusal in the registry's words for a push that it does not take. */
function build(account: AccountStore, inputs: Properties): Properties {
  const contextHash = hashOf(inputs);
  const tags = tagsOf(inputs);
  if (!isExported(inputs)) return { contextHash, digest: "", ref: tags[0] ?? "" };
  const digest = digestOf([
    contextHash,
    at(inputs.dockerfile, "inline"),
    ...content.map((name) => inputs[name]),
  ]);
  for (const name of pushedAs(inputs)) push(account, parseReference(name), digest);
  const [ref] = tags.flatMap((tag) => withDigest(tag, digest) ?? []);
  return { contextHash, digest, ref: ref ?? tags[0] ?? "" };
}

/** What an image with this in it goes by: the same content, the same digest. */
export function digestOf(parts: readonly unknown[]): string {
  return `sha256:${createHash("sha256")
    .update(JSON.stringify(sorted(parts)))
    .digest("hex")}`;
}
