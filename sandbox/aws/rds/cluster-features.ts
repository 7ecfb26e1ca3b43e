import type { rds } from "@pulumi/aws";
import type { RulesFor } from "../specification/refined.ts";
import { clusterReleaseOf } from "./cluster-engines.ts";
import { complainOfLogs, strangeLogs } from "./log-types.ts";
import { badPassword } from "./passwords.ts";
import { doWindowsOverlap } from "./windows.ts";

const value = "InvalidParameterValue";

/** Names, times and logs of a cluster: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
export const clusterFeatureRules: RulesFor<rds.ClusterArgs> = [
  {
    when: ({ inputs }) => /^(?:[^A-Za-z]|.*\W)/.test(inputs.databaseName ?? ""),
    code: value,
    says: "DatabaseName must begin with a letter and contain only alphanumeric characters.",
  },
  {
    when: ({ inputs }) => badPassword(inputs.masterPassword ?? inputs.masterPasswordWo) !== undefined,
    code: value,
    says: ({ inputs }) => badPassword(inputs.masterPassword ?? inputs.masterPasswordWo) ?? "",
  },
  {
    when: ({ inputs }) => strangeLogs(inputs.engine, inputs.enabledCloudwatchLogsExports).length > 0,
    code: "InvalidParameterCombination",
    says: ({ inputs: { engine, engineVersion, enabledCloudwatchLogsExports } }) =>
      complainOfLogs(
        strangeLogs(engine, enabledCloudwatchLogsExports),
        engine,
        clusterReleaseOf(engine, engineVersion)?.version ?? "",
      ),
  },
  {
    when: ({ inputs }) => doWindowsOverlap(inputs.preferredBackupWindow, inputs.preferredMaintenanceWindow),
    code: value,
    says: "The backup window and maintenance window must not overlap.",
  },
];
