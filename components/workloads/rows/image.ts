import { z } from "zod";

/** A registry with a path, or `ecr:` and a repository of this account; then a tag, a digest, or both. */
const imageName =
  /^(ecr:[a-z0-9]|[\w.-]+(:\d+)?\/)[\w./-]*(:\w[\w.-]*(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;

/** An image that says which one it is, for ever. */
export const imageReference = z
  .string()
  .regex(imageName, "an image names its registry and a tag or a digest, best both")
  .refine(
    (image) => !/:latest(@|$)/.test(image),
    "an image must not be tagged latest: nobody could tell what runs",
  );

/** Another place to take an image of the platform from. */
export const platformImage = imageReference
  .optional()
  .describe("a copy of the platform's image, such as one in the account's own registry (ecr:)");
