import { existsSync } from "node:fs";
import { isAbsolute, posix } from "node:path";
import type { AccountStore, Properties } from "../model.ts";
import { UNKNOWN, at, isRecord, same, text } from "../values.ts";
import { hashContext } from "./context.ts";
import { digestOf } from "./docker-build-image.ts";
import { changedOf } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { parseReference, repositoryOf } from "./reference.ts";
import { push } from "./registry.ts";

/** `docker.Image` 5: https://www.pulumi.com/registry/packages/docker/api-docs/image/ */
export const imageKind: Kind = {
  check: (news) => {
    const inputs = { ...news, buildOnPreview: news.buildOnPreview ?? false, build: buildOf(news) };
    refuseShortName(inputs);
    return { inputs, failures: [] };
  },
  secretsIn: ({ registry }) => [at(registry, "password")],
  changes: (inputs, state) => [
    ...changedOf(inputs, state, ["imageName", "skipPush", "buildOnPreview", "build"]),
    ...(same(at(inputs.registry, "server"), at(state.registry, "server")) ? [] : ["registry"]),
  ],
  replacedFor: [],
  outputs: ["baseImageName", "context", "dockerfile", "platform", "registryServer", "repoDigest"],
  build,
  id: (_, { imageName }) => text(imageName) ?? "",
  // The provider neither looks for what it has pushed nor takes it away.
  isThere: () => true,
  remove: () => undefined,
};

/** What is built, with a digest of the files: where they change, so does the input. */
function buildOf({ build: given = {} }: Properties): unknown {
  if (!isRecord(given)) return given;
  const { context = ".", platform = hostPlatform } = given;
  const folder = text(context);
  const { dockerfile = folder === undefined ? UNKNOWN : posix.join(folder, "Dockerfile") } = given;
  return { ...given, context, dockerfile, platform, ...digestOfFiles(folder, text(dockerfile)) };
}

function digestOfFiles(context: string | undefined, dockerfile: string | undefined): Properties {
  if (context === undefined || dockerfile === undefined) return {};
  refuseDockerfile(context, dockerfile);
  return { contextDigest: hashContext({ location: context, dockerfile }) };
}

/** That of the machine that builds, as the provider takes it where none is asked for. */
const hostPlatform = `linux/${process.arch === "x64" ? "amd64" : process.arch}`;

function refuseDockerfile(context: string, dockerfile: string): void {
  if (existsSync(dockerfile)) return;
  const reason = `stat ${dockerfile}: no such file or directory`;
  if (isAbsolute(dockerfile))
    throw new Error(
      `expected a relative Dockerfile path; got ${JSON.stringify(dockerfile)} instead: ${reason}`,
    );
  const meant = posix.join(context, dockerfile);
  const problem = `could not open dockerfile at relative path ${JSON.stringify(dockerfile)}`;
  if (existsSync(meant))
    throw new Error(`${problem}. Try setting \`dockerfile\` to ${JSON.stringify(meant)}`);
  throw new Error(`${problem}: ${reason}`);
}

/** Where to log in is read out of the name, unless the program says it. */
function refuseShortName({ imageName, skipPush, registry }: Properties): void {
  const name = text(imageName);
  if (name === undefined || skipPush === true || text(at(registry, "server")) !== undefined) return;
  if (name.startsWith(repositoryOf(parseReference(name)))) return;
  throw new Error(
    [
      `${JSON.stringify(name)}: repository name must be canonical.`,
      "This resource requires all image names to be fully qualified.",
      "For example, if you are attempting to push to Dockerhub, prefix your image name with `docker.io`:",
      "",
      "`docker.io/repository/image:tag`",
    ].join("\n"),
  );
}

/** @throws Refusal in the registry's words for a push that it does not take. */
function build(
  account: AccountStore,
  { imageName, skipPush, registry, build: asked }: Properties,
): Properties {
  const name = text(imageName) ?? "";
  const reference = parseReference(name);
  const { contextDigest, args, target, platform, context, dockerfile } = isRecord(asked) ? asked : {};
  const digest = digestOf([contextDigest, args, target, platform]);
  if (skipPush !== true) push(account, reference, digest);
  return {
    baseImageName: name,
    context,
    dockerfile: posix.relative(text(context) ?? ".", text(dockerfile) ?? "Dockerfile"),
    platform,
    registryServer: text(at(registry, "server")) ?? "",
    repoDigest: skipPush === true ? digest : `${repositoryOf(reference)}@${digest}`,
  };
}
