import type { Properties } from "../model.ts";
import { json, onlyArguments, shapeOfRecord, without } from "./arguments.ts";
import { loginTo } from "./awsx-registry-login.ts";
import { secret } from "./engine-values.ts";
import { ask, at, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

/** What the component reads itself; all else goes to the image as it is. */
const own = ["repositoryUrl", "sourceImage", "tag"];

const knownArguments = new Set([...own, "insecureSkipVerify", "keepRemotely", "triggers"]);

/** What `awsx.ecr.RegistryImage` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/ecr/registryimage/ */
export function expandRegistryImage(name: string, args: Properties): Expansion {
  onlyArguments("awsx:ecr:RegistryImage", args, knownArguments);
  const docker: Child = {
    type: "pulumi:providers:docker",
    name,
    inputs: { registryAuth: secret(json([loginTo({ repositoryUrl: args.repositoryUrl })])) },
  };
  const providers = { docker: keyOf(docker) };
  // Asked for, so that another image of the same name is pushed again.
  const source = at(ask("docker:index/getRemoteImage:getRemoteImage", { name: args.sourceImage }), "id");
  const tag: Child = {
    type: "docker:index/tag:Tag",
    name,
    providers,
    inputs: {
      sourceImage: source,
      targetImage: derive(
        [args.repositoryUrl, args.tag],
        (url, asked) => `${String(url)}:${typeof asked === "string" && asked !== "" ? asked : "latest"}`,
      ),
    },
  };
  const image: Child = {
    type: "docker:index/registryImage:RegistryImage",
    name,
    providers,
    inputs: {
      ...without(args, own),
      name: ref(keyOf(tag), "targetImage"),
      triggers: { ...shapeOfRecord(args.triggers), "@pulumi/awsx/internal/sourceImage": source },
    },
  };
  return {
    children: [docker, tag, image],
    outputs: { image: child(keyOf(image)) },
    keepsOutputs: false,
  };
}
