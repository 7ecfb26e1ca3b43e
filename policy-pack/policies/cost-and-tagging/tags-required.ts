import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { list } from "../../kernel/params.ts";
import { has, property } from "../../kernel/read.ts";

/** Tags are a map, and a list of keys and values where each may be passed on to what a resource starts. */
function isGiven(tags: unknown, tag: string): boolean {
  if (typeof tags !== "object" || tags === null) return false;
  if (!Array.isArray(tags)) return has(tags, tag);
  return Array.from(tags, (_, index): unknown => property(tags, index)).some(
    (entry) => property(entry, "key") === tag,
  );
}

function missing(tags: unknown, required: readonly string[]): string | undefined {
  const absent = required.filter((tag) => !isGiven(tags, tag));
  return absent.length > 0 ? absent.join(", ") : undefined;
}

/** The provider fills in tagsAll, its own default tags included, for whatever can have tags: no list of types is needed. */
function judge(props: object, required: readonly string[]): Findings {
  const key = ["tagsAll", "tags"].find((candidate) => Object.hasOwn(props, candidate));
  const absent = key && missing(property(props, key), required);
  return absent && `tags ${absent} are missing: set them in the provider's defaultTags.`;
}

export const tagsRequired = define({
  name: "tags-required",
  description: "Everything that costs money says whose it is and what for.",
  severity: "medium",
  controls: { ckv: ["CKV_AWS_153"] },
  remediation:
    "Set the tags once under account.tags; a launch template needs them in tagSpecifications as well.",
  params: {
    tags: list(["Environment", "Project", "Owner", "CostCenter"], "Tags that every resource must have."),
  },
  checks: {
    "*": [(props, { type, params }) => (type.startsWith("aws:") ? judge(props, params.tags) : undefined)],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      ({ tagSpecifications }, { params }) =>
        ["instance", "volume"].map((kind) => {
          const given = tagSpecifications?.find(({ resourceType }) => resourceType === kind)?.tags;
          const absent = missing(given, params.tags);
          return (
            absent &&
            `tagSpecifications for ${kind} lack ${absent}: default tags do not reach what a template starts.`
          );
        }),
    ],
  },
});
