import type { Rule } from "../refuse-first.ts";
import { canBeWatched, canEncrypt, complainOfClass, runsOn } from "./classes.ts";
import { complainOfLogs, strangeLogs } from "./log-types.ts";
import type { Request } from "./request.ts";
import { doWindowsOverlap } from "./windows.ts";

const combination = "InvalidParameterCombination";

/** What a class cannot do, and when and where the engine tells of itself. */
export const features: readonly Rule<Request>[] = [
  {
    when: ({ inputs, engine, release }) => !runsOn(inputs.instanceClass, engine, release?.version ?? ""),
    code: combination,
    says: ({ inputs, engine, release }) =>
      complainOfClass(inputs.instanceClass, engine, release?.version ?? "", release?.license ?? ""),
  },
  {
    when: ({ inputs }) => inputs.storageEncrypted === true && !canEncrypt(inputs.instanceClass),
    code: combination,
    says: ({ inputs }) => `DB Instance class ${inputs.instanceClass} does not support encryption at rest`,
  },
  {
    when: ({ inputs, engine }) =>
      inputs.performanceInsightsEnabled === true && !canBeWatched(inputs.instanceClass, engine),
    code: combination,
    says: "Performance Insights not supported for this configuration.",
  },
  {
    when: ({ inputs, engine }) => strangeLogs(engine, inputs.enabledCloudwatchLogsExports).length > 0,
    code: combination,
    says: ({ inputs, engine, release }) =>
      complainOfLogs(
        strangeLogs(engine, inputs.enabledCloudwatchLogsExports),
        engine,
        release?.version ?? "",
      ),
  },
  {
    when: ({ inputs }) => doWindowsOverlap(inputs.backupWindow, inputs.maintenanceWindow),
    code: "InvalidParameterValue",
    says: "The backup window and maintenance window must not overlap.",
  },
];
