import { define } from "../../kernel/define.ts";
import { has } from "../../kernel/read.ts";

export const rdsMonitoring = define({
  name: "rds-monitoring",
  description: "What a database's machine and its statements are busy with can be looked up afterwards.",
  severity: "low",
  controls: { fsbp: ["RDS.6"], ckv: ["CKV_AWS_118", "CKV_AWS_353", "CKV_AWS_354"] },
  remediation:
    "Set the Database component's monitoringIntervalSeconds; it turns on Database Insights itself.",
  checks: {
    "aws:rds/instance:Instance": [
      ({ monitoringInterval: seconds = 0 }) =>
        seconds === 0 && "monitoringInterval is 0: set it to 60, or less where a minute is too long.",
      ({ performanceInsightsEnabled }) =>
        performanceInsightsEnabled !== true && "performanceInsightsEnabled is not true: set it.",
      (db) =>
        !has(db, "performanceInsightsKmsKeyId") &&
        "performanceInsightsKmsKeyId is not set: name a key of the account, since statements may hold data.",
    ],
  },
});
