import type { Properties } from "../model.ts";
import { text } from "../values.ts";
import { imageKind } from "./docker-image.ts";
import { idOfImage, imageToken, registryImageKind, tagKind, tagToken } from "./docker-tags.ts";
import { imageProvider } from "./kind.ts";
import type { Answer, Kind } from "./kind.ts";

/** What of `@pulumi/docker` 5 is about images: https://www.pulumi.com/registry/packages/docker/ */
export const dockerKinds: Readonly<Record<string, Kind>> = {
  [imageToken]: imageKind,
  "docker:index/registryImage:RegistryImage": registryImageKind,
  [tagToken]: tagKind,
};

const functions: Readonly<Record<string, Answer>> = {
  "docker:index/getRemoteImage:getRemoteImage": (account, args): Properties => {
    const name = text(args.name) ?? "";
    return { id: idOfImage(account, name), name, repoDigest: "" };
  },
};

/** The package `docker`. What lives in a Docker daemon is refused. */
export const dockerProvider = imageProvider(
  dockerKinds,
  "it has no Docker daemon, and of this package knows Image, RegistryImage and Tag alone",
  functions,
);
