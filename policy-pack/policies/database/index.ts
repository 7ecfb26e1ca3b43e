import type { Definition } from "../../kernel/definition.ts";
import { dynamodbEncrypted } from "./dynamodb-encrypted.ts";
import { rdsBackupRetention } from "./rds-backup-retention.ts";
import { rdsDeletionSafeguards } from "./rds-deletion-safeguards.ts";
import { rdsEncrypted } from "./rds-encrypted.ts";
import { rdsEngineCurrent } from "./rds-engine-current.ts";
import { rdsForceSsl } from "./rds-force-ssl.ts";
import { rdsIamAuth } from "./rds-iam-auth.ts";
import { rdsIngressFromSgOnly } from "./rds-ingress-from-sg-only.ts";
import { rdsLogExports } from "./rds-log-exports.ts";
import { rdsManagedMasterPassword } from "./rds-managed-master-password.ts";
import { rdsMonitoring } from "./rds-monitoring.ts";
import { rdsMultiAz } from "./rds-multi-az.ts";
import { rdsNotPublic } from "./rds-not-public.ts";
import { rdsPrivateSubnets } from "./rds-private-subnets.ts";

/** The policies on databases. */
export const database: readonly Definition[] = [
  dynamodbEncrypted,
  rdsBackupRetention,
  rdsDeletionSafeguards,
  rdsEncrypted,
  rdsEngineCurrent,
  rdsForceSsl,
  rdsIamAuth,
  rdsIngressFromSgOnly,
  rdsLogExports,
  rdsManagedMasterPassword,
  rdsMonitoring,
  rdsMultiAz,
  rdsNotPublic,
  rdsPrivateSubnets,
];
