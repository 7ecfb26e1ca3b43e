import type { Provider } from "../model.ts";
import { utilityProvider } from "./provider.ts";

/** `@pulumi/random`. */
export const randomProvider: Provider = utilityProvider(
  async () => (await import("./random/index.ts")).random,
);

/** `@pulumi/tls`. */
export const tlsProvider: Provider = utilityProvider(async () => (await import("./tls/index.ts")).tls);
