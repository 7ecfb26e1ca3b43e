import type { Definition } from "../../kernel/definition.ts";
import { accountBaselinePresent } from "./account-baseline-present.ts";
import { alarmHasAction } from "./alarm-has-action.ts";
import { cloudtrailBaseline } from "./cloudtrail-baseline.ts";
import { configRecorderComplete } from "./config-recorder-complete.ts";
import { loggroupRetentionAndKms } from "./loggroup-retention-and-kms.ts";

/** The policies on logging. */
export const logging: readonly Definition[] = [
  accountBaselinePresent,
  alarmHasAction,
  cloudtrailBaseline,
  configRecorderComplete,
  loggroupRetentionAndKms,
];
