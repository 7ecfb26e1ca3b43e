import { imageBy, putImage, removeImage, repositoryToken } from "../aws/ecr-images.ts";
import { makeByTemplate } from "../aws/ecr-templates.ts";
import type { AccountStore, AccountView, Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import type { ImageReference } from "./reference.ts";

/** A registry of ECR, also by the name that it has for both versions of IP: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const ownAddress = /^(\d{12})\.dkr[.-]ecr\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/;

/** Where in this account an image's name leads; `undefined` for one of another registry, of which nothing is known. */
function placeOf(account: AccountView, { domain, path }: ImageReference): Place | undefined {
  const [, registryId, region] = ownAddress.exec(domain) ?? [];
  return registryId === account.accountId && region !== undefined ? { path, region } : undefined;
}

interface Place {
  readonly path: string;
  readonly region: string;
}

/**
 * Pushes an image under its tag. What goes to another registry is taken, and goes nowhere.
 * @throws Refusal in the registry's words where the account has no such repository.
 */
export function push(account: AccountStore, image: ImageReference, digest: string): void {
  const place = placeOf(account, image);
  if (place === undefined) return;
  const { path, region } = place;
  const repository = account.find(repositoryToken, path, region) ?? makeByTemplate(account, path, region);
  if (repository === undefined) {
    throw new Refusal(
      "name unknown",
      `The repository with name '${path}' does not exist in the registry with id '${account.accountId}'`,
    );
  }
  putImage(account, repository, image.tag ?? "latest", digest);
}

/** Deletes an image by its digest, as far as it is there. */
export function remove(account: AccountStore, image: ImageReference, digest: string): void {
  const repository = present(account, image);
  if (repository !== undefined) removeImage(account, repository, digest);
}

/** Whether an image is where its name says. Other registries are believed. */
export function isThere(account: AccountView, image: ImageReference, digest: string): boolean {
  if (placeOf(account, image) === undefined) return true;
  const repository = present(account, image);
  return repository !== undefined && imageBy(account, repository, digest) !== undefined;
}

/** The digest that an image's name stands for; `undefined` where no such image is in the account. */
export function digestAt(account: AccountView, image: ImageReference): unknown {
  const repository = present(account, image);
  return repository && imageBy(account, repository, image.digest ?? image.tag ?? "latest")?.state.imageDigest;
}

/** The repository, if it is one of this account's and has not gone. */
function present(account: AccountView, image: ImageReference): Stored | undefined {
  const place = placeOf(account, image);
  return place && account.find(repositoryToken, place.path, place.region);
}
