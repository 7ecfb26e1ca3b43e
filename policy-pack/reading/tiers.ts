/** The tier that a resource's tags name: the first of the tags that is there counts. */
export function tierOf(
  tags: Readonly<Record<string, string>> | undefined,
  tierTags: readonly string[],
): string | undefined {
  return tierTags.map((tag) => tags?.[tag]).find((value) => typeof value === "string");
}
