import type { ecr } from "@pulumi/aws";
import type { Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { list, text } from "../../values.ts";
import { imageBy, imagesOf, repositoryToken } from "../ecr-images.ts";
import { known, only, words } from "./asking.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

/** The repository of that name. @throws Refusal in the words of ECR where there is none. */
export function repositoryNamed(context: InvokeContext, name: string): Stored {
  const missing = new Refusal(
    "RepositoryNotFoundException",
    `The repository with name '${name}' does not exist in the registry with id '${context.accountId}'`,
  );
  return known(context, repositoryToken, name, missing);
}

/** The tags of the image that was pushed last. */
export function lastTags(context: InvokeContext, repository: Stored): string[] {
  return tagsOf(imagesOf(context.account, repository).at(-1));
}

function tagsOf(image: Stored | undefined): string[] {
  return list(image?.state.imageTags).map(words);
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
const getImage = invoke<ecr.GetImageResult>((context, args) => {
  const repository = repositoryNamed(context, words(args.repositoryName));
  const { state } = imageAskedFor(context, repository, text(args.imageDigest), text(args.imageTag));
  return {
    id: words(state.imageDigest),
    imageDigest: words(state.imageDigest),
    imagePushedAt: Math.floor(Number(state.imagePushedAt)),
    imageSizeInBytes: Number(state.imageSizeInBytes),
    imageTags: list(state.imageTags).map(words),
    imageUri: words(state.imageUri),
    region: context.region,
    registryId: words(state.registryId),
    repositoryName: repository.id,
    ...(typeof args.imageTag === "string" ? { imageTag: args.imageTag } : {}),
    ...(typeof args.mostRecent === "boolean" ? { mostRecent: args.mostRecent } : {}),
  };
});

function imageAskedFor(
  { account, accountId }: InvokeContext,
  repository: Stored,
  digest: string | undefined,
  tag: string | undefined,
): Stored {
  const asked = digest ?? tag;
  if (asked === undefined) return only(imagesOf(account, repository).slice(-1), "ECR Image");
  const found = imageBy(account, repository, asked);
  if (found !== undefined) return found;
  throw new Refusal(
    "ImageNotFoundException",
    `The image with imageId {imageDigest:'${digest ?? "null"}', imageTag:'${tag ?? "null"}'} does not exist within the repository with name '${repository.id}' in the registry with id '${accountId}'`,
  );
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html */
const getImages = invoke<ecr.GetImagesResult>((context, args) => {
  const repository = repositoryNamed(context, words(args.repositoryName));
  return {
    imageIds: imagesOf(context.account, repository).flatMap((image) => {
      const imageDigest = words(image.state.imageDigest);
      const tags = tagsOf(image);
      return (tags.length === 0 ? [""] : tags).map((imageTag) => ({ imageDigest, imageTag }));
    }),
    region: context.region,
    registryId: context.accountId,
    repositoryName: repository.id,
  };
});

/** Questions for what has been pushed. */
export const containerImageInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ecr/getImage:getImage": getImage,
  "aws:ecr/getImages:getImages": getImages,
};
