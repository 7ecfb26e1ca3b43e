import type { Properties } from "../model.ts";
import { ComponentError } from "./arguments.ts";
import { ask, at, derive } from "./plan.ts";

/** How the push logs in: the registry is the account whose number the address begins with, unless the program names it. */
export function loginTo({ registryId, repositoryUrl }: Properties): Properties {
  const fromUrl = derive([repositoryUrl], (url) => {
    const address = String(url).startsWith("https://") ? String(url) : `https://${String(url)}`;
    if (URL.canParse(address)) return new URL(address).hostname.split(".")[0];
    throw new ComponentError("The input properties for the image are invalid.", [
      { path: "repositoryUrl", reason: "Repository URL is not a valid URL." },
    ]);
  });
  const token = ask("aws:ecr/getAuthorizationToken:getAuthorizationToken", {
    registryId: registryId ?? fromUrl,
  });
  return {
    address: at(token, "proxyEndpoint"),
    username: at(token, "userName"),
    password: at(token, "password"),
  };
}
