import { attempt, property } from "../kernel/read.ts";

/**
 * The tags of a resource, those of its provider among them: the provider fills in `tagsAll` for whatever can have tags, so no list of
 * types is needed. Undefined for what cannot have any.
 */
export function tagsOf(props: object): unknown {
  const key = ["tagsAll", "tags"].find((candidate) => Object.hasOwn(props, candidate));
  return key && property(props, key);
}

/** The value of a tag. Tags are a map, or a list of keys and values where each may be passed on to what a resource starts. */
export function tagOf(tags: unknown, tag: string): unknown {
  if (!Array.isArray(tags)) return property(tags, tag);
  const entries = Array.from(tags, (_, index): unknown => property(tags, index));
  return property(
    entries.find((entry) => property(entry, "key") === tag),
    "value",
  );
}

/** Those of some tags that are not given. A value that is not known yet is given. */
export function missingTags(tags: unknown, required: readonly string[]): readonly string[] {
  return required.filter((tag) => {
    const value = attempt(() => tagOf(tags, tag));
    return value === undefined || value === null || value === "";
  });
}
