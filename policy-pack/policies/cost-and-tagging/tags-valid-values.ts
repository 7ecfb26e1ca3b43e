import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { list } from "../../kernel/params.ts";
import { tagOf, tagsOf } from "../../reading/tags.ts";

/** An address of mail, or a team's short name. */
const somebody = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|[a-z0-9]+(?:-[a-z0-9]+)*)$/;

interface Allowed {
  readonly environments: readonly string[];
  readonly classifications: readonly string[];
}

function judge(tags: unknown, { environments, classifications }: Allowed): Findings {
  const [environment, classification, owner] = ["Environment", "DataClassification", "Owner"].map((tag) =>
    tagOf(tags, tag),
  );
  return [
    typeof environment === "string" &&
      !environments.includes(environment) &&
      `tag Environment is ${environment}: set ${environments.join(" or ")}.`,
    typeof classification === "string" &&
      !classifications.includes(classification) &&
      `tag DataClassification is ${classification}: set one of ${classifications.join(", ")}.`,
    typeof owner === "string" &&
      !somebody.test(owner) &&
      `tag Owner is ${owner}: set a team's short name or an address.`,
  ];
}

export const tagsValidValues = define({
  name: "tags-valid-values",
  description: "Tags have values that reports and rules can rely on.",
  severity: "low",
  remediation: "Correct the value under account.tags.",
  params: {
    environments: list([], "Values of Environment beside the stack's own name."),
    classifications: list(
      ["public", "internal", "confidential", "restricted"],
      "Values that DataClassification may have.",
    ),
  },
  checks: {
    "*": [
      (props, { type, stack, params: { environments, classifications } }) =>
        type.startsWith("aws:")
          ? judge(tagsOf(props), { environments: [stack, ...environments], classifications })
          : undefined,
    ],
  },
});
