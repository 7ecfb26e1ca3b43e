import type { UtilityPackage } from "../provider.ts";
import { functions } from "./functions.ts";
import { privateKey } from "./private-key.ts";
import { certRequest } from "./requests.ts";
import { signedCertificates } from "./signed-certificates.ts";

/** `@pulumi/tls`: https://www.pulumi.com/registry/packages/tls/ */
export const tls: UtilityPackage = { resources: [privateKey, certRequest, ...signedCertificates], functions };
