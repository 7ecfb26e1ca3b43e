import { password, UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";

const noKey = "kmsKeyId is not set: name a key of the account.";
const noSecretKey = "masterUserSecretKmsKeyId is not set: name a key of the account.";
const ownPassword =
  "manageMasterUserPassword is not true: let RDS keep the password in Secrets Manager, or list the database in writeOnly and use passwordWo.";
const isPublic = "publiclyAccessible is true: leave it unset.";

/** What the policies on databases and caches make of single resources. */
export const stores: CaseBook = {
  "rds-encrypted": {
    "aws:rds/instance:Instance": [
      {
        when: "storage is in the clear",
        patch: { storageEncrypted: false },
        finds: "storageEncrypted is not true: set it.",
      },
      {
        when: "nothing is said",
        patch: { storageEncrypted: undefined },
        finds: "storageEncrypted is not true: set it.",
      },
      { when: "no key is named", patch: { kmsKeyId: undefined }, finds: noKey },
      { when: "no key is named in dev", patch: { kmsKeyId: undefined }, stack: "dev" },
      { when: "the key is not known yet", patch: { kmsKeyId: UNKNOWN } },
      {
        when: "it is a replica, which has its source's encryption",
        patch: { replicateSourceDb: "main", storageEncrypted: undefined, kmsKeyId: undefined },
      },
      { when: "encryption is not known yet", patch: { storageEncrypted: UNKNOWN }, defers: true },
    ],
    "aws:rds/cluster:Cluster": [
      {
        when: "storage is in the clear",
        patch: { storageEncrypted: false },
        finds: "storageEncrypted is not true: set it.",
      },
      { when: "no key is named", patch: { kmsKeyId: undefined }, finds: noKey },
    ],
  },
  "rds-not-public": {
    "aws:rds/instance:Instance": [
      { when: "the endpoint is public", patch: { publiclyAccessible: true }, finds: isPublic },
      {
        when: "the endpoint is public in dev",
        patch: { publiclyAccessible: true },
        finds: isPublic,
        stack: "dev",
      },
      { when: "nothing is said", patch: { publiclyAccessible: undefined } },
      { when: "it is not known yet", patch: { publiclyAccessible: UNKNOWN }, defers: true },
    ],
    "aws:rds/clusterInstance:ClusterInstance": [
      { when: "the endpoint is public", patch: { publiclyAccessible: true }, finds: isPublic },
    ],
  },
  "rds-managed-master-password": {
    "aws:rds/instance:Instance": [
      {
        when: "the program brings a password",
        patch: { manageMasterUserPassword: undefined, password },
        finds: [ownPassword, "password is set: remove it, or the password stands in the state."],
      },
      {
        when: "a password is not known yet",
        patch: { password: UNKNOWN },
        finds: "password is set: remove it, or the password stands in the state.",
      },
      {
        when: "a password is only written, and the database is not listed",
        patch: { manageMasterUserPassword: undefined, passwordWo: UNKNOWN, passwordWoVersion: 1 },
        finds: ownPassword,
      },
      {
        when: "who keeps the password is not known yet, and the program brings one",
        patch: { manageMasterUserPassword: UNKNOWN, password },
        finds: "password is set: remove it, or the password stands in the state.",
        defers: true,
      },
      {
        when: "no key is named for the secret",
        patch: { masterUserSecretKmsKeyId: undefined },
        finds: noSecretKey,
      },
      { when: "no key is named in dev", patch: { masterUserSecretKmsKeyId: undefined }, stack: "dev" },
      {
        when: "the administrator has the usual name",
        patch: { username: "postgres" },
        finds: "the administrator is called postgres: choose a name nobody guesses.",
      },
      {
        when: "it is a replica, which has its source's administrator",
        patch: {
          replicateSourceDb: "main",
          manageMasterUserPassword: undefined,
          masterUserSecretKmsKeyId: undefined,
        },
      },
    ],
    "aws:rds/cluster:Cluster": [
      {
        when: "the program brings a password",
        patch: { masterPassword: password },
        finds: "masterPassword is set: remove it, or the password stands in the state.",
      },
      {
        when: "the administrator has a name that everybody tries first",
        patch: { masterUsername: "postgres" },
        finds: "the administrator is called postgres: choose a name nobody guesses.",
      },
    ],
  },
  "dynamodb-encrypted": {
    "aws:dynamodb/table:Table": [
      {
        when: "nothing is said",
        patch: { serverSideEncryption: undefined },
        finds: [
          "serverSideEncryption.enabled is not true: set it.",
          "serverSideEncryption.kmsKeyArn is not set: name a key of the account.",
        ],
      },
      {
        when: "no key is named",
        patch: { serverSideEncryption: { enabled: true } },
        finds: "serverSideEncryption.kmsKeyArn is not set: name a key of the account.",
      },
    ],
  },
  "elasticache-encrypted": {
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      {
        when: "data at rest is in the clear",
        patch: { atRestEncryptionEnabled: undefined },
        finds: "atRestEncryptionEnabled is not true: set it.",
      },
      {
        when: "traffic is in the clear",
        patch: { transitEncryptionEnabled: false },
        finds: "transitEncryptionEnabled is not true: set it.",
      },
      {
        when: "traffic may be in the clear",
        patch: { transitEncryptionMode: "preferred" },
        finds: "transitEncryptionMode is preferred: use required.",
      },
      { when: "no key is named", patch: { kmsKeyId: undefined }, finds: noKey },
      { when: "no key is named in dev", patch: { kmsKeyId: undefined }, stack: "dev" },
    ],
    "aws:elasticache/cluster:Cluster": [
      {
        when: "it is a single node of Redis",
        patch: { engine: "redis" },
        finds:
          "a single redis node cannot be encrypted: use a ReplicationGroup, which may have one node too.",
      },
      { when: "it is a member of a group", patch: { engine: "redis", replicationGroupId: "sessions" } },
    ],
  },
};
