import type { Properties } from "../model.ts";
import { ComponentError, shape, shapeOfRecord, without } from "./arguments.ts";
import { isRecord, list } from "../values.ts";
import { child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

/** What `awsx.ecr.Repository` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/ecr/repository/ */
export function expandRepository(name: string, args: Properties): Expansion {
  const lowered = name.toLowerCase();
  const repository: Child = {
    type: "aws:ecr/repository:Repository",
    name: lowered,
    inputs: without(args, ["lifecyclePolicy"]),
  };
  const { skip, rules } = shapeOfRecord(args.lifecyclePolicy);
  const lifecycle: Child = {
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    name: lowered,
    inputs: {
      repository: ref(keyOf(repository), "name"),
      policy: derive([rules ?? oneUntagged], describeRules),
      region: args.region,
    },
  };
  const skipped = shape(skip) === true;
  return {
    children: skipped ? [repository] : [repository, lifecycle],
    outputs: {
      repository: child(keyOf(repository)),
      lifecyclePolicy: skipped ? undefined : child(keyOf(lifecycle)),
      url: ref(keyOf(repository), "repositoryUrl"),
    },
    keepsOutputs: true,
  };
}

const oneUntagged = [
  { description: "remove untagged images", tagStatus: "untagged", maximumNumberOfImages: 1 },
];

/** The rules as ECR wants them, that for any image last: https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
function describeRules(given: unknown): string {
  const rules = list(given).filter(isRecord);
  const forAny = rules.filter(({ tagStatus }) => tagStatus === "any");
  if (forAny.length > 1) throw new ComponentError('At most one [selection: "any"] rule can be provided.');
  const ordered = [...rules.filter(({ tagStatus }) => tagStatus !== "any"), ...forAny];
  return JSON.stringify({
    rules: ordered.map((rule, index) => ({
      rulePriority: index + 1,
      description: rule.description,
      selection: { ...tagsOf(rule), ...countOf(rule) },
      action: { type: "expire" },
    })),
  });
}

function tagsOf({ tagStatus, tagPrefixList }: Properties): Properties {
  if (tagStatus === "any" || tagStatus === "untagged") return { tagStatus };
  if (list(tagPrefixList).length === 0) throw new ComponentError("tagPrefixList cannot be empty.");
  return { tagStatus: "tagged", tagPrefixList };
}

function countOf({ maximumNumberOfImages, maximumAgeLimit }: Properties): Properties {
  if (maximumNumberOfImages !== undefined)
    return { countType: "imageCountMoreThan", countNumber: maximumNumberOfImages };
  if (maximumAgeLimit !== undefined)
    return { countType: "sinceImagePushed", countNumber: maximumAgeLimit, countUnit: "days" };
  throw new ComponentError(
    "Either [maximumNumberOfImages] or [maximumAgeLimit] must be provided with a rule.",
  );
}
