import type { Definition } from "../../kernel/definition.ts";
import { checksDeferred } from "./checks-deferred.ts";
import { exemptionsUsed } from "./exemptions-used.ts";
import { exemptionsValid } from "./exemptions-valid.ts";
import { providerAccountPinned } from "./provider-account-pinned.ts";
import { remediationsMade } from "./remediations-made.ts";
import { residencyAllowedRegions } from "./residency-allowed-regions.ts";
import { residencyNoForeignCopies } from "./residency-no-foreign-copies.ts";
import { statefulOnlyThroughComponents } from "./stateful-only-through-components.ts";

/** The policies on residency and governance. */
export const residencyAndGovernance: readonly Definition[] = [
  checksDeferred,
  exemptionsUsed,
  exemptionsValid,
  providerAccountPinned,
  remediationsMade,
  residencyAllowedRegions,
  residencyNoForeignCopies,
  statefulOnlyThroughComponents,
];
