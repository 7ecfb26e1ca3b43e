import type { Properties } from "../model.ts";
import { UNKNOWN, hasUnknown, isRecord } from "../values.ts";
import { onlyArguments, shape, shapeOfList, shapeOfRecord, shapeOfText } from "./arguments.ts";
import { shortHash } from "./awsx-role.ts";
import { unseal } from "./engine-values.ts";
import { loginTo } from "./awsx-registry-login.ts";
import { derive, isNode, keyOf, ref } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

const knownArguments = new Set([
  "args",
  // The builder is one by now, and the real component no longer reads which.
  "builderVersion",
  "cacheFrom",
  "context",
  "dockerfile",
  "imageName",
  "imageTag",
  "platform",
  "registryId",
  "repositoryUrl",
  "target",
]);

/** What decides how the image is called, so that it must be known before there is one. */
const naming = ["args", "context", "dockerfile", "imageName", "imageTag"] as const;

/** What `awsx.ecr.Image` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/ecr/image/ */
export function expandImage(_: string, args: Properties, stack: string): Expansion {
  onlyArguments("awsx:ecr:Image", args, knownArguments);
  // The real component waits for all of its arguments: a preview that does not know these shows nothing inside.
  if (naming.some((name) => hasUnknown(plain(args[name]))))
    return { children: [], outputs: { imageUri: UNKNOWN }, keepsOutputs: true };
  const imageName = shapeOfText(args.imageName) ?? shapeOfText(args.imageTag) ?? uniqueName(args, stack);
  const url = args.repositoryUrl;
  const canonicalName = derive([url], (known) => `${String(known)}:${imageName}`);
  const cacheFrom = shapeOfList(args.cacheFrom) ?? [];
  const image: Child = {
    type: "docker-build:index:Image",
    name: imageName,
    inputs: {
      tags: [canonicalName],
      buildArgs: args.args,
      cacheFrom: (cacheFrom.length === 0 ? [canonicalName] : cacheFrom).map((from) => ({
        registry: { ref: from },
      })),
      cacheTo: [{ inline: {} }],
      context: { location: args.context ?? "." },
      dockerfile: { location: args.dockerfile },
      platforms: args.platform === undefined ? [] : [args.platform],
      target: args.target,
      push: true,
      registries: [loginTo(args)],
    },
  };
  // Without the tag: Lambda takes an image by its digest alone.
  const imageUri = derive(
    [url, ref(keyOf(image), "digest")],
    (known, digest) => `${String(known)}@${String(digest)}`,
  );
  return { children: [image], outputs: { imageUri }, keepsOutputs: true };
}

/** The argument as it came, without the notes on where it came from. */
function plain(value: unknown): unknown {
  const known = unseal(shape(value)).value;
  return isRecord(known) && !isNode(known)
    ? Object.fromEntries(Object.entries(known).map(([key, item]) => [key, plain(item)]))
    : known;
}

/** Changes with where the image is built from and in which stack, but not with what is in it. */
function uniqueName(args: Properties, stack: string): string {
  const dockerfile = shapeOfText(args.dockerfile);
  const buildArgs = Object.entries(shapeOfRecord(args.args)).map(
    ([name, value]) => `;arg[${name}]=${String(plain(value))}`,
  );
  const signature = [
    shapeOfText(args.context) ?? ".",
    dockerfile === undefined ? "" : `;dockerfile=${dockerfile}`,
    ...buildArgs,
    stack,
  ];
  return `${shortHash(signature.join(""))}-container`;
}
