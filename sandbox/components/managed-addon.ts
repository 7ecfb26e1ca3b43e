import type { Properties } from "../model.ts";
import { ask, at, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";

interface ManagedAddon {
  readonly name: string;
  readonly addonName: string;
  readonly cluster: Key;
  /** @default the most recent one for the cluster's Kubernetes version */
  readonly version: unknown;
  /** JSON. */
  readonly configuration: unknown;
  readonly tags: unknown;
  readonly options: Properties;
}

/** An add-on that the cluster component brings itself: it stays when the component goes, and takes over what is there. */
export function managedAddon({
  name,
  addonName,
  cluster,
  version,
  configuration,
  tags,
  options,
}: ManagedAddon): Child {
  const mostRecent = ask("aws:eks/getAddonVersion:getAddonVersion", {
    addonName,
    kubernetesVersion: ref(cluster, "version"),
    mostRecent: true,
  });
  return {
    type: "aws:eks/addon:Addon",
    name,
    inputs: {
      addonName,
      clusterName: ref(cluster, "name"),
      addonVersion: version ?? at(mostRecent, "version"),
      configurationValues: configuration,
      preserve: true,
      resolveConflictsOnCreate: options.resolveConflictsOnCreate ?? "OVERWRITE",
      resolveConflictsOnUpdate: options.resolveConflictsOnUpdate ?? "OVERWRITE",
      tags,
    },
  };
}
