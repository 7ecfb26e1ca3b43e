import type { Immediate } from "../answers.ts";
import type { Provider } from "../model.ts";
import { kubernetesProviderOn } from "./provider.ts";
import { connect } from "./server/connect.ts";

/** `@pulumi/kubernetes` on the clusters of the simulated account: the one place that says which clusters stand behind it. */
export const kubernetesProvider: Immediate<Provider> = kubernetesProviderOn(connect);
