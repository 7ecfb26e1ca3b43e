import type { ecr } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import { at, list } from "../values.ts";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { keptImages, refuseFull, repositoryToken } from "./ecr-images.ts";
import { refuseDocument, unknownPrincipals } from "./iam/policy-documents.ts";
import { documentText } from "./iam/statements.ts";
import { toKey } from "./kms.ts";

const toRepository: Reference = {
  to: repositoryToken,
  missing: {
    code: "RepositoryNotFoundException",
    message: "The repository with name '{value}' does not exist in the registry",
  },
  holds: false,
};

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const repositoryName = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const repository = behaviour<ecr.RepositoryArgs, ecr.RepositoryState>(repositoryToken, {
  autoname: { property: "name", max: 256, lower: true },
  references: {
    "encryptionConfigurations[].kmsKey": toKey("KmsException", "The KMS key '{value}' does not exist"),
  },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:ecr:${region}:${accountId}:repository/${id}`,
    name: id,
    registryId: accountId,
    repositoryUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/${id}`,
  }),
  refuses: ({ inputs, account, accountId, region }, before) => {
    const name = inputs.name ?? "";
    if (name.length < 2 || !repositoryName.test(name)) {
      throw new Refusal(
        "InvalidParameterException",
        "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''",
      );
    }
    if (before !== undefined || account.find(repositoryToken, name, region) === undefined) return;
    throw new Refusal(
      "RepositoryAlreadyExistsException",
      `The repository with name '${name}' already exists in the registry with id '${accountId}'`,
    );
  },
  keeps: (thing, _, account) => {
    refuseFull(account, thing);
  },
  makes: ({ account, before }) => (before === undefined ? [] : keptImages(account, before)),
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
const repositoryPolicy = behaviour<ecr.RepositoryPolicyArgs, ecr.RepositoryPolicyState>(
  "aws:ecr/repositoryPolicy:RepositoryPolicy",
  {
    references: { repository: toRepository },
    id: ({ inputs }) => inputs.repository,
    outputs: ({ accountId }) => ({ registryId: accountId }),
    keys: () => [],
    refuses: ({ inputs, account }) => {
      const code = "InvalidParameterException";
      // Whatever it says of resources, a policy of a repository is about that repository.
      const document = refuseDocument(documentText(inputs.policy), "resource", { code });
      if (unknownPrincipals(document, account).length === 0) return;
      throw new Refusal(
        code,
        "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'",
      );
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** What a rule says of tagged images: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
function complaintAbout(rules: readonly unknown[]): string | undefined {
  if (rules.length === 0) return "rules must not be empty";
  const priorities = rules.map((rule) => at(rule, "rulePriority"));
  if (new Set(priorities).size < priorities.length) return "Rule priorities must be unique";
  const naked = rules.some(
    (rule) =>
      at(rule, "selection.tagStatus") === "tagged" &&
      list(at(rule, "selection.tagPrefixList")).length + list(at(rule, "selection.tagPatternList")).length ===
        0,
  );
  if (naked) return "tagPrefixList or tagPatternList is required when tagStatus is tagged";
  // A storage class is of the other kind of action alone, and null is none.
  const halved = rules.some(
    (rule) => at(rule, "action.type") === "expire" && at(rule, "action.targetStorageClass") !== undefined,
  );
  if (halved) return "instance failed to match exactly one schema (matched 0 out of 2)";
  const last = Math.max(...priorities.map(Number));
  const all = rules.find((rule) => at(rule, "selection.tagStatus") === "any");
  return all === undefined || at(all, "rulePriority") === last
    ? undefined
    : "A rule with tagStatus any must have the highest value for rulePriority and be evaluated last";
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html */
const lifecyclePolicy = behaviour<ecr.LifecyclePolicyArgs, ecr.LifecyclePolicyState>(
  "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  {
    references: { repository: toRepository },
    id: ({ inputs }) => inputs.repository,
    outputs: ({ accountId }) => ({ registryId: accountId }),
    keys: (): readonly unknown[] => [],
    refuses: ({ inputs }) => {
      const parsed: unknown = JSON.parse(documentText(inputs.policy));
      const complaint = complaintAbout(list(at(parsed, "rules")));
      if (complaint === undefined) return;
      throw new Refusal(
        "InvalidParameterException",
        `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${complaint}'`,
      );
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Images and who may pull them. */
export const repositories: readonly AnyBehaviour[] = [repository, repositoryPolicy, lifecyclePolicy];
