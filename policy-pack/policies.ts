import type { Definition } from "./kernel/definition.ts";
import { elasticacheEncrypted } from "./policies/cache/elasticache-encrypted.ts";
import { eksAdminAllowList } from "./policies/cluster/eks-admin-allow-list.ts";
import { eksEndpointRestricted } from "./policies/cluster/eks-endpoint-restricted.ts";
import { eksSecretsEncrypted } from "./policies/cluster/eks-secrets-encrypted.ts";
import { tagsRequired } from "./policies/cost-and-tagging/tags-required.ts";
import { dynamodbEncrypted } from "./policies/database/dynamodb-encrypted.ts";
import { rdsEncrypted } from "./policies/database/rds-encrypted.ts";
import { rdsManagedMasterPassword } from "./policies/database/rds-managed-master-password.ts";
import { rdsNotPublic } from "./policies/database/rds-not-public.ts";
import { rdsPrivateSubnets } from "./policies/database/rds-private-subnets.ts";
import { iamAdminManagedPoliciesDenied } from "./policies/identity/iam-admin-managed-policies-denied.ts";
import { iamNoFullAdmin } from "./policies/identity/iam-no-full-admin.ts";
import { iamNoServiceWildcards } from "./policies/identity/iam-no-service-wildcards.ts";
import { iamOidcTrustScoped } from "./policies/identity/iam-oidc-trust-scoped.ts";
import { iamTrustNoWildcard } from "./policies/identity/iam-trust-no-wildcard.ts";
import { kmsLifecycle } from "./policies/keys-and-secrets/kms-lifecycle.ts";
import { kmsNoPublicKeyPolicy } from "./policies/keys-and-secrets/kms-no-public-key-policy.ts";
import { noPlaintextSecrets } from "./policies/keys-and-secrets/no-plaintext-secrets.ts";
import { loggroupRetentionAndKms } from "./policies/logging/loggroup-retention-and-kms.ts";
import { messagingEncrypted } from "./policies/messaging-and-registry/messaging-encrypted.ts";
import { messagingPolicyNotPublic } from "./policies/messaging-and-registry/messaging-policy-not-public.ts";
import { sgNoAdminPortsFromWideCidrs } from "./policies/network/sg-no-admin-ports-from-wide-cidrs.ts";
import { sgPublicIngressOnlyOnLb } from "./policies/network/sg-public-ingress-only-on-lb.ts";
import { subnetPrivateNoIgwRoute } from "./policies/network/subnet-private-no-igw-route.ts";
import { checksDeferred } from "./policies/residency-and-governance/checks-deferred.ts";
import { exemptionsUsed } from "./policies/residency-and-governance/exemptions-used.ts";
import { exemptionsValid } from "./policies/residency-and-governance/exemptions-valid.ts";
import { ebsEncrypted } from "./policies/storage/ebs-encrypted.ts";
import { efsEncrypted } from "./policies/storage/efs-encrypted.ts";
import { k8sStorageclassEncrypted } from "./policies/storage/k8s-storageclass-encrypted.ts";
import { s3BlockPublicAccess } from "./policies/storage/s3-block-public-access.ts";
import { s3KmsEncryption } from "./policies/storage/s3-kms-encryption.ts";
import { s3NoPublicBucketPolicy } from "./policies/storage/s3-no-public-bucket-policy.ts";
import { s3PublicAccessBlockFlags } from "./policies/storage/s3-public-access-block-flags.ts";
import { s3SplitResourcesOnly } from "./policies/storage/s3-split-resources-only.ts";
import { k8sNoSecretLiterals } from "./policies/workloads/k8s-no-secret-literals.ts";
import { k8sPssBaseline } from "./policies/workloads/k8s-pss-baseline.ts";
import { k8sRbacNoClusterAdmin } from "./policies/workloads/k8s-rbac-no-cluster-admin.ts";

/**
 * Every policy of the pack, by concern. They are plain objects: a test or a tool can import them, while only `index.ts` starts the
 * server that the engine talks to.
 */
export const policies: readonly Definition[] = [
  ebsEncrypted,
  efsEncrypted,
  k8sStorageclassEncrypted,
  s3BlockPublicAccess,
  s3KmsEncryption,
  s3NoPublicBucketPolicy,
  s3PublicAccessBlockFlags,
  s3SplitResourcesOnly,
  dynamodbEncrypted,
  rdsEncrypted,
  rdsManagedMasterPassword,
  rdsNotPublic,
  rdsPrivateSubnets,
  elasticacheEncrypted,
  sgNoAdminPortsFromWideCidrs,
  sgPublicIngressOnlyOnLb,
  subnetPrivateNoIgwRoute,
  eksAdminAllowList,
  eksEndpointRestricted,
  eksSecretsEncrypted,
  k8sNoSecretLiterals,
  k8sPssBaseline,
  k8sRbacNoClusterAdmin,
  iamAdminManagedPoliciesDenied,
  iamNoFullAdmin,
  iamNoServiceWildcards,
  iamOidcTrustScoped,
  iamTrustNoWildcard,
  kmsLifecycle,
  kmsNoPublicKeyPolicy,
  noPlaintextSecrets,
  loggroupRetentionAndKms,
  messagingEncrypted,
  messagingPolicyNotPublic,
  tagsRequired,
  checksDeferred,
  exemptionsUsed,
  exemptionsValid,
];
