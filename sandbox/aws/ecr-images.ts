import type { AccountStore, AccountView, Stored } from "../model.ts";
import { Refusal, addressOf } from "../model.ts";
import { at, isRecord, list, text } from "../values.ts";
import type { Made } from "./behaviour.ts";

/** A repository of images. */
export const repositoryToken = "aws:ecr/repository:Repository";

/** An image in a repository. No program makes one through AWS: they are pushed. */
export const imageToken = "aws:ecr/image:Image";

/** What a repository holds, the first pushed first. */
export function imagesOf(account: AccountView, repository: Stored): readonly Stored[] {
  return account
    .holders(repository)
    .filter(({ token }) => token === imageToken)
    .sort((left, right) => Number(left.state.imagePushedAt) - Number(right.state.imagePushedAt));
}

/** The image of a repository that goes by a tag or a digest. */
export function imageBy(account: AccountView, repository: Stored, tagOrDigest: string): Stored | undefined {
  return imagesOf(account, repository).find(
    ({ state }) => state.imageDigest === tagOrDigest || list(state.imageTags).includes(tagOrDigest),
  );
}

/** The images as what the repository keeps when it is changed. */
export function keptImages(account: AccountView, repository: Stored): readonly Made[] {
  return imagesOf(account, repository).map(({ token, id, state, keys }) => ({ token, id, state, keys }));
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html */
export function refuseFull(account: AccountView, repository: Stored): void {
  const { id, state } = repository;
  if (state.forceDelete === true || imagesOf(account, repository).length === 0) return;
  throw new Refusal(
    "RepositoryNotEmptyException",
    `The repository with name '${id}' in registry with id '${account.accountId}' cannot be deleted because it still contains images`,
  );
}

/**
 * Puts an image into a repository. A tag moves to it from the image that had it.
 * @throws Refusal, in the registry's words, where the repository does not let this tag move.
 */
export function putImage(account: AccountStore, repository: Stored, tag: string, digest: string): void {
  const before = imageBy(account, repository, tag);
  if (before !== undefined && before.state.imageDigest !== digest) {
    refuseFixed(repository, tag);
    const others = list(before.state.imageTags).filter((other) => other !== tag);
    account.put(imageOf(repository, digestOf(before), others, Number(before.state.imagePushedAt)));
  }
  const same = imageBy(account, repository, digest);
  const tags = new Set([...list(same?.state.imageTags), tag]);
  const pushedAt = Number(same?.state.imagePushedAt ?? now());
  account.put(imageOf(repository, digest, [...tags], pushedAt));
}

/** Takes an image with all its tags out of a repository, if it is there. */
export function removeImage(account: AccountStore, repository: Stored, digest: string): void {
  const image = imageBy(account, repository, digest);
  if (image !== undefined) account.remove(image);
}

function digestOf({ state }: Stored): string {
  return text(state.imageDigest) ?? "";
}

/** Seconds since 1970, as exactly as they tell one push from the next. */
function now(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}

/** Nothing is built, so nothing is known of its size. */
function imageOf(repository: Stored, digest: string, tags: readonly unknown[], pushedAt: number): Stored {
  const { id: repositoryName, scope, state } = repository;
  const url = text(state.repositoryUrl) ?? "";
  const address = addressOf(repository);
  return {
    scope,
    token: imageToken,
    id: `${repositoryName}@${digest}`,
    urn: "",
    inputs: {},
    state: {
      repositoryName,
      registryId: state.registryId,
      imageDigest: digest,
      imageTags: tags,
      imagePushedAt: pushedAt,
      imageSizeInBytes: 0,
      imageUri: `${url}@${digest}`,
    },
    keys: [`${url}@${digest}`, ...tags.map((tag) => `${url}:${String(tag)}`)],
    holds: [address],
    madeFor: address,
  };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html. Words: https://github.com/moby/buildkit/issues/3776 */
function refuseFixed({ id, state }: Stored, tag: string): void {
  const mutability = text(state.imageTagMutability) ?? "MUTABLE";
  const isNamed = list(state.imageTagMutabilityExclusionFilters)
    .filter(isRecord)
    .some((one) => fitsWildcard(text(at(one, "filter")) ?? "", tag));
  const isExcluded = mutability.endsWith("_WITH_EXCLUSION") && isNamed;
  if (mutability.startsWith("IMMUTABLE") === isExcluded) return;
  throw new Refusal(
    "tag invalid",
    `The image tag '${tag}' already exists in the '${id}' repository and cannot be overwritten because the repository is immutable.`,
  );
}

function fitsWildcard(pattern: string, tag: string): boolean {
  const literal = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`).test(tag);
}
