import { specifiedInvoke } from "./invokes/by-specification.ts";
import { containerImageInvokes } from "./invokes/container-images.ts";
import { domainInvokes } from "./invokes/domains.ts";
import { identityInvokes } from "./invokes/identities.ts";
import { imageInvokes } from "./invokes/images.ts";
import { policyInvokes } from "./invokes/managed-policies.ts";
import type { Invoke } from "./invokes/model.ts";
import { nameInvokes } from "./invokes/names.ts";
import { networkInvokes } from "./invokes/networks.ts";
import { routeTableInvokes } from "./invokes/route-tables.ts";
import { offerInvokes } from "./invokes/offers.ts";
import { parameterInvokes } from "./invokes/parameters.ts";
import { serviceInvokes } from "./invokes/services.ts";
import { surroundings } from "./invokes/surroundings.ts";
import { tokenInvokes } from "./invokes/tokens.ts";
import { firstNameOf } from "./second-names.ts";

/** What a program may ask the account and is answered as AWS would, by token. */
export const invokes: Readonly<Record<string, Invoke>> = {
  ...surroundings,
  ...serviceInvokes,
  ...networkInvokes,
  ...routeTableInvokes,
  ...imageInvokes,
  ...parameterInvokes,
  ...domainInvokes,
  ...nameInvokes,
  ...containerImageInvokes,
  ...identityInvokes,
  ...offerInvokes,
  ...policyInvokes,
  ...tokenInvokes,
};

/** The answer to a question: by its entry, or else by what the SDK says of it; `undefined` where neither knows one. */
export function answerTo(token: string): Invoke | undefined {
  const name = firstNameOf(token);
  return invokes[name] ?? specifiedInvoke(name);
}
