import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { trustService } from "../service-trust.ts";
import type { DatabaseSettings } from "./settings.ts";

/** The logs PostgreSQL writes (Amazon RDS user guide, "Publishing PostgreSQL logs to Amazon CloudWatch Logs"). */
export const logTypes = ["postgresql", "upgrade"] as const;

/** Names of the read replicas, known before anything is deployed. */
export function replicaNames({
  identifier,
  readReplicas,
}: Pick<DatabaseSettings, "identifier" | "readReplicas">): string[] {
  return Array.from({ length: readReplicas }, (_, index) => `${identifier}-replica-${index + 1}`);
}

/**
 * The log groups the instances will write to, made before them: RDS would make them itself, without an end to their retention and
 * without our key.
 */
export function prepareLogGroups(
  name: string,
  settings: Pick<DatabaseSettings, "identifier" | "readReplicas" | "logRetentionDays" | "protect">,
  keyArn: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup[] {
  return [settings.identifier, ...replicaNames(settings)].flatMap((instance, index) =>
    logTypes.map(
      (type) =>
        new aws.cloudwatch.LogGroup(
          `${name}-${index === 0 ? "" : `replica-${index}-`}${type}`,
          {
            name: `/aws/rds/instance/${instance}/${type}`,
            retentionInDays: settings.logRetentionDays,
            kmsKeyId: keyArn,
            deletionProtectionEnabled: settings.protect,
          },
          opts,
        ),
    ),
  );
}

/** The role by which RDS publishes the operating system's metrics; none where they are not taken. */
export function prepareMonitoringRole(
  name: string,
  intervalSeconds: number,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> | undefined {
  if (intervalSeconds === 0) return undefined;

  const role = new aws.iam.Role(
    name,
    { assumeRolePolicy: trustService("monitoring.rds.amazonaws.com", opts) },
    opts,
  );
  const partition = aws.getPartitionOutput({}, opts).partition;
  const rights = new aws.iam.RolePolicyAttachment(
    name,
    {
      role: role.name,
      policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    },
    opts,
  );
  // The instance must wait for the rights too, or RDS refuses the role.
  return pulumi.all([role.arn, rights.id]).apply(([arn]) => arn);
}
