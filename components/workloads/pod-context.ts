import type * as pulumi from "@pulumi/pulumi";

import type { Place } from "./describe-permissions.ts";
import type { TelemetryContext } from "./describe-telemetry.ts";
import type { Stores } from "./stores.ts";

/** What all pods have in common, found out once. */
export interface PodContext {
  readonly telemetry: TelemetryContext;
  readonly stores: Stores;
  /** Account and region, of which the names of AWS's resources are made. */
  readonly place: pulumi.Output<Place>;
}
