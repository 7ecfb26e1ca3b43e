import { UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";

const noGroup = "name a group of users, or whoever reaches the cache may use it.";
const forced = (key: string): string =>
  `${key} is true: leave it unset, or deleting takes the content along.`;
const list = "take the access control list out, or leave it private.";

/** What the policies on caches, secrets, access to buckets and deletion make of single resources. */
export const safekeeping: CaseBook = {
  "elasticache-auth": {
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      {
        when: "nobody has to sign in",
        patch: { userGroupIds: undefined },
        finds: `userGroupIds is not set: ${noGroup}`,
      },
      {
        when: "the list is empty",
        patch: { userGroupIds: [] },
        finds: `userGroupIds is not set: ${noGroup}`,
      },
      { when: "a token is asked for", patch: { userGroupIds: undefined, authToken: UNKNOWN } },
      { when: "the groups are not known yet", patch: { userGroupIds: UNKNOWN }, defers: true },
    ],
    "aws:elasticache/serverlessCache:ServerlessCache": [
      {
        when: "nobody has to sign in",
        patch: { userGroupId: undefined },
        finds: `userGroupId is not set: ${noGroup}`,
      },
      { when: "the group is not known yet", patch: { userGroupId: UNKNOWN } },
    ],
    "aws:elasticache/user:User": [
      {
        when: "no password is wanted",
        patch: { authenticationMode: { type: "no-password-required" } },
        finds: "the user needs no password: use authenticationMode.type iam.",
      },
      {
        when: "no password is wanted, in the older words",
        patch: { authenticationMode: undefined, noPasswordRequired: true },
        finds: "the user needs no password: use authenticationMode.type iam.",
      },
      {
        when: "the user is switched off",
        patch: { accessString: "off ~* -@all", authenticationMode: { type: "no-password-required" } },
      },
      { when: "the mode is not known yet", patch: { authenticationMode: UNKNOWN }, defers: true },
    ],
  },
  "elasticache-ha-and-snapshots": {
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      {
        when: "nothing takes over",
        patch: { automaticFailoverEnabled: undefined },
        finds: "automaticFailoverEnabled is not true: set it.",
      },
      {
        when: "all nodes may be in one zone",
        patch: { multiAzEnabled: false },
        finds: "multiAzEnabled is not true: set it, or the copies may share a zone with what they copy.",
      },
      {
        when: "there is one node",
        patch: { numCacheClusters: 1 },
        finds: "a shard has one node: add a replica, or its keys are gone with the node.",
      },
      {
        when: "nothing is said about nodes",
        patch: { numCacheClusters: undefined },
        finds: "a shard has one node: add a replica, or its keys are gone with the node.",
      },
      { when: "each shard has a replica", patch: { numCacheClusters: undefined, replicasPerNodeGroup: 1 } },
      {
        when: "prod keeps a snapshot for a day",
        patch: { snapshotRetentionLimit: 1 },
        finds: "snapshotRetentionLimit is 1: keep snapshots 7 days or more in this stack.",
      },
      { when: "dev keeps a snapshot for a day", patch: { snapshotRetentionLimit: 1 }, stack: "dev" },
      {
        when: "no snapshot is taken",
        patch: { snapshotRetentionLimit: undefined },
        finds: "snapshotRetentionLimit is 0: keep snapshots 7 days or more in this stack.",
      },
      {
        when: "it does not mend itself",
        patch: { autoMinorVersionUpgrade: false },
        finds: "autoMinorVersionUpgrade is false: leave it unset, or security fixes wait for somebody.",
      },
      { when: "failover is not known yet", patch: { automaticFailoverEnabled: UNKNOWN }, defers: true },
    ],
  },
  "secret-cmk-and-recovery": {
    "aws:secretsmanager/secret:Secret": [
      {
        when: "no key is named",
        patch: { kmsKeyId: undefined },
        finds: "kmsKeyId is not set: name a key of the account.",
      },
      { when: "the key is not known yet", patch: { kmsKeyId: UNKNOWN } },
      {
        when: "it is gone at once",
        patch: { recoveryWindowInDays: 0 },
        finds: "recoveryWindowInDays is 0: keep a deleted secret 7 days or more in this stack.",
      },
      { when: "it is gone at once in dev", patch: { recoveryWindowInDays: 0 }, stack: "dev" },
      { when: "nothing is said about recovery", patch: { recoveryWindowInDays: undefined } },
      { when: "the days are not known yet", patch: { recoveryWindowInDays: UNKNOWN }, defers: true },
    ],
    "aws:secretsmanager/secretPolicy:SecretPolicy": [
      {
        when: "a public policy is not refused",
        patch: { blockPublicPolicy: undefined },
        finds:
          "blockPublicPolicy is not true: set it, and Secrets Manager refuses a policy that lets in everyone.",
      },
    ],
  },
  "s3-acls-disabled": {
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
      {
        when: "writers own what they write",
        patch: { rule: { objectOwnership: "ObjectWriter" } },
        finds:
          "objectOwnership is ObjectWriter: use BucketOwnerEnforced, which turns access control lists off.",
      },
      {
        when: "nothing is said",
        patch: { rule: undefined },
        finds: "objectOwnership is not set: use BucketOwnerEnforced, which turns access control lists off.",
      },
      { when: "the rule is not known yet", patch: { rule: UNKNOWN }, defers: true },
    ],
    "aws:s3/bucketAcl:BucketAcl": [
      {
        when: "the log service may write",
        patch: { acl: "log-delivery-write" },
        finds: `acl is log-delivery-write: ${list}`,
      },
      { when: "nothing is said", patch: { acl: undefined }, finds: `acl is not set: ${list}` },
      {
        when: "a list is written out",
        patch: { acl: undefined, accessControlPolicy: { owner: { id: "1" } } },
        finds: "accessControlPolicy is set: grant by a bucket policy, which can be narrowed.",
      },
      { when: "it is not known yet", patch: { acl: UNKNOWN }, defers: true },
    ],
    "aws:s3/bucketAclV2:BucketAclV2": [
      { when: "everyone may read", patch: { acl: "public-read" }, finds: `acl is public-read: ${list}` },
    ],
    "aws:s3/bucket:Bucket": [
      {
        when: "everyone may read",
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the policy is about what is deprecated
        patch: { acl: "public-read" },
        finds: "acl is public-read: take it out and grant by a bucket policy.",
      },
      {
        when: "it is private",
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the policy is about what is deprecated
        patch: { acl: "private" },
      },
      {
        when: "somebody is granted something",
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the policy is about what is deprecated
        patch: { grants: [{ type: "Group", permissions: ["READ"] }] },
        finds: "grants is set: grant by a bucket policy, which can be narrowed.",
      },
    ],
  },
  "stateful-protected": {
    "aws:backup/vault:Vault": [
      { when: "deleting empties it", patch: { forceDestroy: true }, finds: forced("forceDestroy") },
    ],
    "aws:dynamodb/table:Table": [
      {
        when: "nothing is said",
        patch: { deletionProtectionEnabled: undefined },
        finds: "deletionProtectionEnabled is not true: set it.",
      },
    ],
    "aws:ecr/repository:Repository": [
      { when: "deleting empties it", patch: { forceDelete: true }, finds: forced("forceDelete") },
    ],
    "aws:eks/cluster:Cluster": [
      {
        when: "nothing is said",
        patch: { deletionProtection: undefined },
        finds: "deletionProtection is not true: set it.",
      },
    ],
    "aws:route53/zone:Zone": [
      { when: "deleting empties it", patch: { forceDestroy: true }, finds: forced("forceDestroy") },
    ],
    "aws:s3/bucket:Bucket": [
      { when: "deleting empties it", patch: { forceDestroy: true }, finds: forced("forceDestroy") },
      {
        when: "deleting empties it in staging",
        patch: { forceDestroy: true },
        finds: forced("forceDestroy"),
        stack: "staging",
      },
      { when: "it is not known yet", patch: { forceDestroy: UNKNOWN }, defers: true },
    ],
    "aws:lb/loadBalancer:LoadBalancer": [
      {
        when: "it may be deleted",
        patch: { enableDeletionProtection: false },
        finds: "enableDeletionProtection is not true: set it.",
      },
    ],
    "aws:alb/loadBalancer:LoadBalancer": [
      {
        when: "nothing is said",
        patch: { enableDeletionProtection: undefined },
        finds: "enableDeletionProtection is not true: set it.",
      },
    ],
    "aws:cloudwatch/logGroup:LogGroup": [
      {
        when: "it may be deleted",
        patch: { deletionProtectionEnabled: false },
        finds: "deletionProtectionEnabled is not true: set it.",
      },
      { when: "it may be deleted in staging", patch: { deletionProtectionEnabled: false }, stack: "staging" },
    ],
  },
};
