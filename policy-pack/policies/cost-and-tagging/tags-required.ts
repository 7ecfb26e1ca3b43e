import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { list } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import { missingTags, tagsOf } from "../../reading/tags.ts";

function judge(props: object, required: readonly string[]): Findings {
  const tags = tagsOf(props);
  const absent = tags === undefined ? [] : missingTags(tags, required);
  return (
    absent.length > 0 && `tags ${absent.join(", ")} are missing: set them in the provider's defaultTags.`
  );
}

/** Those of the missing tags whose value the stack itself knows. Nobody but its owner knows whose a resource is. */
function knownTags(urn: string, stack: string, missing: readonly string[]): Readonly<Record<string, string>> {
  const known = { Environment: stack, Project: urn.split("::")[1] ?? "", ManagedBy: "pulumi" };
  return Object.fromEntries(Object.entries(known).filter(([tag]) => missing.includes(tag)));
}

export const tagsRequired = define({
  name: "tags-required",
  description: "Everything that costs money says whose it is and what for.",
  severity: "medium",
  controls: { ckv: ["CKV_AWS_153"] },
  remediation:
    "Set the tags once under account.tags; a launch template needs them in tagSpecifications as well.",
  params: {
    tags: list(
      ["Environment", "Project", "Owner", "CostCenter", "DataClassification", "ManagedBy"],
      "Tags that every resource must have.",
    ),
  },
  checks: {
    "*": [(props, { type, params }) => (type.startsWith("aws:") ? judge(props, params.tags) : undefined)],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      ({ tagSpecifications }, { params }) =>
        ["instance", "volume"].map((kind) => {
          const given = items(tagSpecifications).find(({ resourceType }) => resourceType === kind)?.tags;
          const absent = missingTags(given, params.tags);
          return (
            absent.length > 0 &&
            `tagSpecifications for ${kind} lack ${absent.join(", ")}: default tags do not reach what a template starts.`
          );
        }),
    ],
  },
  remediations: {
    "*": (props, { type, urn, stack, params }) => {
      const tags = tagsOf(props);
      if (!type.startsWith("aws:") || tags === undefined || Array.isArray(tags)) return undefined;
      const added = knownTags(urn, stack, missingTags(tags, params.tags));
      return Object.keys(added).length > 0 ? { tags: added } : undefined;
    },
  },
});
