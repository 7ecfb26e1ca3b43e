import { buildKind } from "./docker-build-image.ts";
import { indexKind } from "./docker-build-index.ts";
import { imageProvider } from "./kind.ts";
import type { Kind } from "./kind.ts";

/** What `@pulumi/docker-build` 0.0 has: https://www.pulumi.com/registry/packages/docker-build/ */
export const dockerBuildKinds: Readonly<Record<string, Kind>> = {
  "docker-build:index:Image": buildKind,
  "docker-build:index:Index": indexKind,
};

/** The package `docker-build`. */
export const dockerBuildProvider = imageProvider(dockerBuildKinds, "it knows images and indexes");
