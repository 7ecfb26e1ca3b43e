import { define } from "../../kernel/define.ts";
import { whole } from "../../kernel/params.ts";

export const elasticacheHaAndSnapshots = define({
  name: "elasticache-ha-and-snapshots",
  description: "A cache outlives a node and a zone, mends itself, and has snapshots to come back from.",
  severity: "medium",
  controls: {
    fsbp: ["ElastiCache.1", "ElastiCache.2", "ElastiCache.3"],
    ckv: ["CKV_AWS_134", "CKV_AWS_322", "CKV2_AWS_50"],
  },
  remediation: "Set the Cache component's replicasPerShard and snapshotRetentionDays.",
  params: { minSnapshotDays: whole(7, "Days that daily snapshots must be kept.") },
  checks: {
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      ({ automaticFailoverEnabled }) =>
        automaticFailoverEnabled !== true && "automaticFailoverEnabled is not true: set it.",
      ({ multiAzEnabled }) =>
        multiAzEnabled !== true &&
        "multiAzEnabled is not true: set it, or the copies may share a zone with what they copy.",
      ({ numCacheClusters, replicasPerNodeGroup }) => {
        const nodes = numCacheClusters ?? 1 + (replicasPerNodeGroup ?? 0);
        return nodes < 2 && "a shard has one node: add a replica, or its keys are gone with the node.";
      },
      ({ snapshotRetentionLimit: days = 0 }, { params }) =>
        days < params.minSnapshotDays &&
        `snapshotRetentionLimit is ${days}: keep snapshots ${params.minSnapshotDays} days or more in this stack.`,
      ({ autoMinorVersionUpgrade }) =>
        autoMinorVersionUpgrade === false &&
        "autoMinorVersionUpgrade is false: leave it unset, or security fixes wait for somebody.",
    ],
  },
});
