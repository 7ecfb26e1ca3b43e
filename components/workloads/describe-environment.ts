import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { describeAddresses } from "./describe-permissions.ts";
import { pooledDatabase } from "./describe-sidecars.ts";
import { describeTelemetry } from "./describe-telemetry.ts";
import type { PodContext } from "./pod-context.ts";
import type { Sidecars } from "./rows/sidecars.ts";
import type { PodSettings } from "./workload-settings.ts";

type Variable = types.input.core.v1.EnvVar;

/**
 * The variables of a service's own container, most general first: telemetry, the stores it uses, what its permissions name, its
 * own plain ones, and those that stand in the service's Secret, which carries its name. What a row says itself wins.
 */
export function describeEnvironment(
  settings: PodSettings,
  { telemetry, stores, place }: PodContext,
  sidecars: Sidecars = {},
): Variable[] {
  const { name, environment, secrets, permissions } = settings;
  const own = new Set<unknown>([...Object.keys(environment), ...Object.keys(secrets)]);
  const addresses = describeAddresses(permissions).map(({ variable, addressIn }) => ({
    name: variable,
    value: place.apply(addressIn),
  }));
  const platform: readonly Variable[] = [
    ...describeTelemetry(name, settings.namespace, telemetry, sidecars.collector !== undefined),
    ...settings.uses.flatMap((store) => plain(stores[store].variables(settings))),
    ...(sidecars.pgbouncer === undefined ? [] : plain(pooledDatabase)),
    ...addresses,
  ];
  return [
    ...lastOf(platform.filter((variable) => !own.has(variable.name))),
    ...plain(environment),
    ...Object.keys(secrets).map((variable) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name, key: variable } },
    })),
  ];
}

function plain(variables: Readonly<Record<string, pulumi.Input<string>>>): Variable[] {
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

/** Each variable once, the later value in the earlier place: a pool stands in for the database behind it. */
function lastOf(variables: readonly Variable[]): Variable[] {
  return [...new Map(variables.map((variable) => [variable.name, variable])).values()];
}
