import type { Properties } from "../model.ts";
import { json, onlyArguments, shape } from "./arguments.ts";
import { isReference } from "./engine-values.ts";
import { at, child, keyOf } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

const componentType = "eks:index:Addon";

/** What goes to the add-on as it is. */
const addonArguments = [
  "addonName",
  "addonVersion",
  "preserve",
  "resolveConflictsOnCreate",
  "resolveConflictsOnUpdate",
  "serviceAccountRoleArn",
  "tags",
] as const;

const knownArguments = new Set([...addonArguments, "cluster", "configurationValues"]);

/** What `eks.Addon` 4.3 makes: https://www.pulumi.com/registry/packages/eks/api-docs/addon/ */
export function expandAddon(name: string, args: Properties): Expansion {
  onlyArguments(componentType, args, knownArguments);
  const { cluster, configurationValues } = args;
  const addon: Child = {
    type: "aws:eks/addon:Addon",
    name,
    inputs: {
      ...Object.fromEntries(addonArguments.map((property) => [property, args[property]])),
      clusterName: at(cluster, "core.cluster.name"),
      configurationValues: configurationValues === undefined ? undefined : json(configurationValues),
    },
  };
  const parent = shape(cluster);
  return {
    children: [addon],
    outputs: { addon: child(keyOf(addon)) },
    keepsOutputs: false,
    outputsWaitFor: [keyOf(addon)],
    ...(isReference(parent) ? { parent } : {}),
  };
}
