import { define } from "../../kernel/define.ts";
import { flag } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";

export const elasticacheEncrypted = define({
  name: "elasticache-encrypted",
  description: "Caches are encrypted at rest and in transit.",
  severity: "high",
  controls: { fsbp: ["ElastiCache.4", "ElastiCache.5"], ckv: ["CKV_AWS_29", "CKV_AWS_30", "CKV_AWS_191"] },
  remediation: "Use the Cache component; both kinds of encryption are chosen when the cache is made.",
  params: {
    requireCmk: flag(
      true,
      "Whether the key must be named, so that it is not the one AWS keeps for ElastiCache.",
    ),
  },
  checks: {
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      (cache) => cache.atRestEncryptionEnabled !== true && "atRestEncryptionEnabled is not true: set it.",
      (cache) => cache.transitEncryptionEnabled !== true && "transitEncryptionEnabled is not true: set it.",
      (cache) =>
        cache.transitEncryptionMode === "preferred" && "transitEncryptionMode is preferred: use required.",
      (cache, { params }) =>
        params.requireCmk && !has(cache, "kmsKeyId") && "kmsKeyId is not set: name a key of the account.",
    ],
    "aws:elasticache/cluster:Cluster": [
      ({ engine, replicationGroupId }) =>
        (engine === "redis" || engine === "valkey") &&
        replicationGroupId === undefined &&
        `a single ${engine} node cannot be encrypted: use a ReplicationGroup, which may have one node too.`,
    ],
  },
});
