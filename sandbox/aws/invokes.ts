import { domainInvokes } from "./invokes/domains.ts";
import { imageInvokes } from "./invokes/images.ts";
import type { Invoke } from "./invokes/model.ts";
import { nameInvokes } from "./invokes/names.ts";
import { networkInvokes } from "./invokes/networks.ts";
import { parameterInvokes } from "./invokes/parameters.ts";
import { serviceInvokes } from "./invokes/services.ts";
import { surroundings } from "./invokes/surroundings.ts";

/** What a program may ask the account, by token. */
export const invokes: Readonly<Record<string, Invoke>> = {
  ...surroundings,
  ...serviceInvokes,
  ...networkInvokes,
  ...imageInvokes,
  ...parameterInvokes,
  ...domainInvokes,
  ...nameInvokes,
};
