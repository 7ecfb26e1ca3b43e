import type { Definition } from "../../kernel/definition.ts";
import { ebsEncrypted } from "./ebs-encrypted.ts";
import { efsEncrypted } from "./efs-encrypted.ts";
import { k8sStorageclassEncrypted } from "./k8s-storageclass-encrypted.ts";
import { s3AccessLogging } from "./s3-access-logging.ts";
import { s3AclsDisabled } from "./s3-acls-disabled.ts";
import { s3BlockPublicAccess } from "./s3-block-public-access.ts";
import { s3KmsEncryption } from "./s3-kms-encryption.ts";
import { s3Lifecycle } from "./s3-lifecycle.ts";
import { s3NoPublicBucketPolicy } from "./s3-no-public-bucket-policy.ts";
import { s3ObjectLockOnAuditBuckets } from "./s3-object-lock-on-audit-buckets.ts";
import { s3PublicAccessBlockFlags } from "./s3-public-access-block-flags.ts";
import { s3SplitResourcesOnly } from "./s3-split-resources-only.ts";
import { s3TlsOnly } from "./s3-tls-only.ts";
import { s3Versioning } from "./s3-versioning.ts";

/** The policies on storage. */
export const storage: readonly Definition[] = [
  ebsEncrypted,
  efsEncrypted,
  k8sStorageclassEncrypted,
  s3AccessLogging,
  s3AclsDisabled,
  s3BlockPublicAccess,
  s3KmsEncryption,
  s3Lifecycle,
  s3NoPublicBucketPolicy,
  s3ObjectLockOnAuditBuckets,
  s3PublicAccessBlockFlags,
  s3SplitResourcesOnly,
  s3TlsOnly,
  s3Versioning,
];
