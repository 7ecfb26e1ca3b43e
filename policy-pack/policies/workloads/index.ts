import type { Definition } from "../../kernel/definition.ts";
import { helmChartLocked } from "./helm-chart-locked.ts";
import { helmNoInlineSecret } from "./helm-no-inline-secret.ts";
import { helmResourcesSet } from "./helm-resources-set.ts";
import { helmSecurityContext } from "./helm-security-context.ts";
import { helmServiceNotPublic } from "./helm-service-not-public.ts";
import { helmStorageEncrypted } from "./helm-storage-encrypted.ts";
import { helmValuesReadable } from "./helm-values-readable.ts";
import { k8sDefaultDenyNetworkPolicy } from "./k8s-default-deny-network-policy.ts";
import { k8sHpaRequired } from "./k8s-hpa-required.ts";
import { k8sImageApprovedRegistry } from "./k8s-image-approved-registry.ts";
import { k8sImagePinned } from "./k8s-image-pinned.ts";
import { k8sIngressTlsWaf } from "./k8s-ingress-tls-waf.ts";
import { k8sNamespacePodSecurityLabels } from "./k8s-namespace-pod-security-labels.ts";
import { k8sNamespaceQuota } from "./k8s-namespace-quota.ts";
import { k8sNoDefaultNamespace } from "./k8s-no-default-namespace.ts";
import { k8sNoSecretLiterals } from "./k8s-no-secret-literals.ts";
import { k8sPdbRequired } from "./k8s-pdb-required.ts";
import { k8sProbesSet } from "./k8s-probes-set.ts";
import { k8sPssBaseline } from "./k8s-pss-baseline.ts";
import { k8sPssRestricted } from "./k8s-pss-restricted.ts";
import { k8sRbacNoClusterAdmin } from "./k8s-rbac-no-cluster-admin.ts";
import { k8sRbacNoEscalation } from "./k8s-rbac-no-escalation.ts";
import { k8sRbacNoWildcards } from "./k8s-rbac-no-wildcards.ts";
import { k8sReadOnlyRootFs } from "./k8s-read-only-root-fs.ts";
import { k8sReplicasAndSpread } from "./k8s-replicas-and-spread.ts";
import { k8sResourcesSet } from "./k8s-resources-set.ts";
import { k8sServiceAccountHygiene } from "./k8s-service-account-hygiene.ts";
import { k8sServiceNotPublic } from "./k8s-service-not-public.ts";

/** The policies on workloads. */
export const workloads: readonly Definition[] = [
  helmChartLocked,
  helmNoInlineSecret,
  helmResourcesSet,
  helmSecurityContext,
  helmServiceNotPublic,
  helmStorageEncrypted,
  helmValuesReadable,
  k8sDefaultDenyNetworkPolicy,
  k8sHpaRequired,
  k8sImageApprovedRegistry,
  k8sImagePinned,
  k8sIngressTlsWaf,
  k8sNamespacePodSecurityLabels,
  k8sNamespaceQuota,
  k8sNoDefaultNamespace,
  k8sNoSecretLiterals,
  k8sPdbRequired,
  k8sProbesSet,
  k8sPssBaseline,
  k8sPssRestricted,
  k8sRbacNoClusterAdmin,
  k8sRbacNoEscalation,
  k8sRbacNoWildcards,
  k8sReadOnlyRootFs,
  k8sReplicasAndSpread,
  k8sResourcesSet,
  k8sServiceAccountHygiene,
  k8sServiceNotPublic,
];
