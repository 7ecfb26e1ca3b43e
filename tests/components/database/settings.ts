import type { DatabaseSettings } from "../../../components/database/settings.ts";

/** The smallest database that is accepted. */
export function databaseWith(change: Partial<DatabaseSettings> = {}): DatabaseSettings {
  return {
    identifier: "platform-test",
    allowMajorVersionUpgrade: false,
    databaseName: "app",
    masterUsername: "platform_owner",
    masterPassword: "managed",
    instanceClass: "db.t4g.micro",
    storageGb: 20,
    maxStorageGb: 50,
    multiAz: false,
    readReplicas: 0,
    backupRetentionDays: 7,
    backupWindow: "01:00-02:00",
    maintenanceWindow: "sun:02:30-sun:03:30",
    insights: "standard",
    monitoringIntervalSeconds: 60,
    logRetentionDays: 7,
    slowStatementMilliseconds: 1000,
    parameters: {},
    protect: false,
    ...change,
  };
}
