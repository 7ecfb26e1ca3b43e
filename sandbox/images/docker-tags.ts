import type { AccountView, Properties, Stored } from "../model.ts";
import { at, text } from "../values.ts";
import { digestOf } from "./docker-build-image.ts";
import { changedOf } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { parseReference } from "./reference.ts";
import { isThere, push, remove } from "./registry.ts";

export const imageToken = "docker:index/image:Image";
export const tagToken = "docker:index/tag:Tag";

/** The id of an image by a name that the program gave it. One that it did not make is believed to be there, and goes by its name. */
export function idOfImage(account: AccountView, name: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(name)) return name;
  const tag = lastOf(account, tagToken, ({ state }) => state.targetImage === name);
  const built = lastOf(account, imageToken, ({ state }) => state.imageName === name);
  const [, digest] = /(sha256:[0-9a-f]{64})$/.exec(text(built?.state.repoDigest) ?? "") ?? [];
  return text(tag?.state.sourceImageId) ?? digest ?? digestOf(["image", name]);
}

function lastOf(
  account: AccountView,
  token: string,
  isMeant: (thing: Stored) => boolean,
): Stored | undefined {
  return account.all(token).findLast(isMeant);
}

/** `docker.Tag`: https://www.pulumi.com/registry/packages/docker/api-docs/tag/ */
export const tagKind: Kind = {
  check: (inputs) => ({ inputs, failures: [] }),
  secretsIn: () => [],
  changes: (inputs, state) => changedOf(inputs, state, ["sourceImage", "tagTriggers", "targetImage"]),
  replacedFor: ["sourceImage", "tagTriggers", "targetImage"],
  outputs: ["sourceImageId"],
  build: (account, { sourceImage }) => ({ sourceImageId: idOfImage(account, text(sourceImage) ?? "") }),
  id: (_, { sourceImageId, targetImage }) => `${String(sourceImageId)}.${String(targetImage)}`,
  isThere: () => true,
  remove: () => undefined,
};

/** `docker.RegistryImage`: https://www.pulumi.com/registry/packages/docker/api-docs/registryimage/ */
export const registryImageKind: Kind = {
  check: (inputs) => ({
    inputs,
    failures:
      inputs.build === undefined
        ? []
        : [{ property: "build", reason: "the sandbox does not simulate it: build with docker.Image" }],
  }),
  secretsIn: ({ authConfig }) => [at(authConfig, "password")],
  changes: (inputs, state) => [
    ...changedOf(inputs, state, ["insecureSkipVerify", "keepRemotely", "name", "triggers"]),
    ...["authConfig.address", "authConfig.username"].filter((path) => at(inputs, path) !== at(state, path)),
  ],
  replacedFor: ["name", "triggers"],
  outputs: ["sha256Digest"],
  build: (account, { name }) => {
    const known = text(name) ?? "";
    const sha256Digest = digestOf(["pushed", idOfImage(account, known)]);
    push(account, parseReference(known), sha256Digest);
    return { sha256Digest };
  },
  id: (_, { sha256Digest }) => String(sha256Digest),
  isThere: (account, state) => isThere(account, referenceOf(state), String(state.sha256Digest)),
  remove: (account, state) => {
    if (state.keepRemotely !== true) remove(account, referenceOf(state), String(state.sha256Digest));
  },
};

function referenceOf({ name }: Properties): ReturnType<typeof parseReference> {
  return parseReference(text(name) ?? "");
}
