import type { AccountStore, CheckFailure, Properties } from "../model.ts";
import { at, list, text } from "../values.ts";
import { digestOf } from "./docker-build-image.ts";
import { changedOf } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { parseReference, withDigest } from "./reference.ts";
import { digestAt, isThere, push, remove } from "./registry.ts";

/** `docker-build.Index`: https://www.pulumi.com/registry/packages/docker-build/api-docs/index/ */
export const indexKind: Kind = {
  check: (news) => ({ inputs: { push: true, ...news }, failures: failuresOf(news) }),
  secretsIn: ({ registry }) => [at(registry, "password")],
  changes: (inputs, state) => [
    ...changedOf(inputs, state, ["tag", "sources"]),
    ...["registry.address", "registry.username"].filter((path) => at(inputs, path) !== at(state, path)),
  ],
  replacedFor: ["tag", "registry.address"],
  outputs: ["ref"],
  build: (account, inputs) => ({ ref: join(account, inputs) }),
  id: ({ name }) => name,
  isThere: (account, state) => {
    const image = parseReference(text(state.ref) ?? "");
    return state.push === false || isThere(account, image, image.digest ?? "");
  },
  remove: (account, state) => {
    const image = parseReference(text(state.ref) ?? "");
    if (state.push !== false) remove(account, image, image.digest ?? "");
  },
};

function failuresOf({ tag, sources }: Properties): readonly CheckFailure[] {
  const named = [
    ["target", tag] as const,
    ...list(sources).map((source, index) => [`refs[${index}]`, source] as const),
  ];
  return named.flatMap(([property, name]) => {
    try {
      if (text(name) !== undefined) parseReference(String(name));
      return [];
    } catch (error) {
      return [{ property, reason: error instanceof Error ? error.message : String(error) }];
    }
  });
}

/** @throws Error for a source that the account should have and has not, Refusal for a push that the registry does not take. */
function join(account: AccountStore, { tag, sources, push: pushed }: Properties): string {
  const target = text(tag) ?? "";
  const digests = list(sources).map((source) => sourceDigest(account, text(source) ?? ""));
  if (pushed === false) return target;
  const digest = digestOf(["index", ...digests]);
  push(account, parseReference(target), digest);
  return withDigest(target, digest) ?? target;
}

/** What another registry has is believed by its name. */
function sourceDigest(account: AccountStore, source: string): unknown {
  const image = parseReference(source);
  if (!isThere(account, image, image.digest ?? String(digestAt(account, image))))
    throw new Error(`creating: ${source}: not found`);
  return digestAt(account, image) ?? image.digest ?? source;
}
