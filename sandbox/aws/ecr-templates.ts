import type { AccountStore, AccountView, Stored } from "../model.ts";
import { list, text } from "../values.ts";
import { repositoryToken } from "./ecr-images.ts";

const templateToken = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

/** The template for a repository that is pushed to before it is there: the one for the longest part of its name, or else for any. */
function templateFor(account: AccountView, name: string, region: string): Stored | undefined {
  const applied = account
    .all(templateToken, region)
    .filter(({ state }) => list(state.appliedFors).includes("CREATE_ON_PUSH"));
  const fitting = applied.filter(({ state }) => name.startsWith(`${prefixOf(state)}/`));
  const [longest] = fitting.sort((left, right) => prefixOf(right.state).length - prefixOf(left.state).length);
  return longest ?? applied.find(({ state }) => prefixOf(state) === "ROOT");
}

function prefixOf({ prefix }: Stored["state"]): string {
  return text(prefix) ?? "";
}

/**
 * Makes a repository that a template of the account wants at its first push; `undefined` where none does. It is the account's own and
 * stays: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export function makeByTemplate(account: AccountStore, name: string, region: string): Stored | undefined {
  const template = templateFor(account, name, region);
  if (template === undefined) return undefined;
  const { accountId } = account;
  const { imageTagMutability, imageTagMutabilityExclusionFilters } = template.state;
  const arn = `arn:aws:ecr:${region}:${accountId}:repository/${name}`;
  const repository: Stored = {
    scope: region,
    token: repositoryToken,
    id: name,
    urn: "",
    inputs: {},
    state: {
      arn,
      imageTagMutability: imageTagMutability ?? "MUTABLE",
      imageTagMutabilityExclusionFilters,
      name,
      registryId: accountId,
      repositoryUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
    },
    keys: [arn, name],
    created: new Date().toISOString(),
  };
  account.put(repository);
  return repository;
}
