/** A requirement of a regulation or standard, and the policies that test a part of it. */
export interface Requirement {
  readonly id: string;
  /** What it asks for, in short. */
  readonly title: string;
  readonly policies: readonly string[];
}

/** A requirement by the controls of AWS Security Hub that AWS relates to it. */
export interface RelatedRequirement {
  readonly id: string;
  /** What it asks for, in short. */
  readonly title: string;
  /** Ids of Security Hub controls. */
  readonly controls: readonly string[];
}

/**
 * PCI DSS v4.0.1 as AWS relates it to the controls that policies of this pack answer: "Related requirements" on the page of each control in
 * the AWS Security Hub User Guide, "Security Hub controls reference". Controls whose page we have not read are not here, so the list is
 * shorter than AWS's own; what a requirement asks for beside these controls is not tested.
 */
export const relatedByAws = {
  "PCI DSS 4.0.1": [
    { id: "1.3.1", title: "Inbound traffic is restricted to what is needed", controls: ["EC2.13", "EC2.21"] },
    {
      id: "1.4.4",
      title: "Stored data cannot be reached from untrusted networks",
      controls: ["RDS.2", "S3.1"],
    },
    { id: "2.2.2", title: "Default accounts of vendors are managed", controls: ["RDS.25"] },
    { id: "2.2.6", title: "Security parameters prevent misuse", controls: ["AutoScaling.3", "EC2.8"] },
    { id: "3.5.1", title: "Stored account numbers are unreadable", controls: ["S3.17"] },
    { id: "3.7.4", title: "Keys are changed at the end of their period", controls: ["KMS.4"] },
    {
      id: "4.2.1",
      title: "Strong cryptography on open networks",
      controls: ["CloudFront.3", "ElastiCache.5", "S3.5"],
    },
    { id: "6.3.3", title: "Components are patched", controls: ["ElastiCache.2", "RDS.13"] },
    {
      id: "6.4.2",
      title: "An automatic guard in front of public web applications",
      controls: ["CloudFront.6"],
    },
    { id: "8.3.9", title: "Passwords are changed", controls: ["SecretsManager.1"] },
    { id: "8.6.3", title: "Passwords of applications are changed", controls: ["SecretsManager.1"] },
    { id: "10.2.1", title: "Audit logs are on", controls: ["RDS.9", "S3.9"] },
    { id: "10.4.2", title: "Logs are reviewed", controls: ["RDS.36"] },
    { id: "10.5.1", title: "Audit logs are kept", controls: ["S3.15"] },
    { id: "11.5.1", title: "Intrusions are detected", controls: ["GuardDuty.1"] },
  ],
} as const satisfies Readonly<Record<string, readonly RelatedRequirement[]>>;

/** Encryption where data rests. */
const atRest = [
  ...["ebs-encrypted", "efs-encrypted", "k8s-storageclass-encrypted", "helm-storage-encrypted"],
  ...["s3-kms-encryption", "dynamodb-encrypted", "rds-encrypted", "elasticache-encrypted"],
  ...["eks-secrets-encrypted", "messaging-encrypted"],
];
/** Encryption on the way. */
const inTransit = [
  "s3-tls-only",
  "rds-force-ssl",
  "alb-tls-listeners",
  "cloudfront-viewer-tls",
  "k8s-ingress-tls-waf",
];
/** What keeps the internet out. */
const boundary = [
  ...["rds-not-public", "rds-private-subnets", "elasticache-private-subnets", "eks-endpoint-restricted"],
  ...["subnet-private-no-igw-route", "sg-public-ingress-only-on-lb", "sg-no-admin-ports-from-wide-cidrs"],
  ...["nacl-no-admin-ports-public", "no-public-ip-on-compute", "vpc-default-sg-locked"],
  ...["k8s-service-not-public", "helm-service-not-public", "s3-block-public-access"],
];
/** Who may do what. */
const rights = [
  ...[
    "iam-no-full-admin",
    "iam-no-service-wildcards",
    "iam-no-privilege-escalation",
    "iam-trust-no-wildcard",
  ],
  ...["iam-admin-managed-policies-denied", "eks-admin-allow-list", "k8s-rbac-no-cluster-admin"],
  ...["k8s-rbac-no-wildcards", "k8s-rbac-no-escalation"],
];
/** What is written down of what happened. */
const logs = [
  ...["cloudtrail-baseline", "vpc-flow-logs", "s3-access-logging", "edge-access-logs"],
  ...["eks-control-plane-logs", "rds-log-exports"],
];
/** Copies to come back from. */
const copies = ["backup-covers-stateful", "backup-vault-locked", "rds-backup-retention", "s3-versioning"];
/** More than one of what can fail. */
const spares = [
  "rds-multi-az",
  "elasticache-ha-and-snapshots",
  "k8s-replicas-and-spread",
  "k8s-pdb-required",
];

/**
 * Requirements that are broader than any check of a program: a policy tests a part, never the whole. AWS publishes no relation of its
 * controls to these texts, and no assessor has seen this one: which policy belongs to which title is our reading of the titles in the
 * AICPA Trust Services Criteria (2017, revised 2022), ISO/IEC 27001:2022 Annex A and Regulation (EU) 2016/679.
 */
export const requirements = {
  "SOC 2": [
    { id: "CC6.1", title: "Logical access is restricted", policies: [...rights, ...atRest] },
    {
      id: "CC6.3",
      title: "Access follows least privilege and is taken away",
      policies: [...rights, "iam-no-users"],
    },
    {
      id: "CC6.6",
      title: "Threats from outside are kept out",
      policies: [...boundary, "waf-core-rules", "alb-public-has-waf"],
    },
    { id: "CC6.7", title: "Information is protected on its way", policies: inTransit },
    {
      id: "CC7.1",
      title: "Changes that bring weaknesses are detected",
      policies: ["config-recorder-complete", "account-baseline-present"],
    },
    { id: "CC7.2", title: "Anomalies are monitored", policies: [...logs, "alarm-has-action"] },
    { id: "A1.2", title: "Backup and redundancy are in place", policies: [...copies, ...spares] },
  ],
  "ISO/IEC 27001:2022": [
    {
      id: "A.5.17",
      title: "Authentication information",
      policies: ["rds-managed-master-password", "secret-rotation", "no-plaintext-secrets"],
    },
    { id: "A.8.2", title: "Privileged access rights", policies: rights },
    {
      id: "A.8.8",
      title: "Technical vulnerabilities",
      policies: ["rds-engine-current", "eks-supported-version", "ecr-repository-hardened"],
    },
    {
      id: "A.8.9",
      title: "Configuration management",
      policies: ["config-recorder-complete", "helm-chart-locked", "k8s-image-pinned", "eks-addons-pinned"],
    },
    { id: "A.8.13", title: "Information backup", policies: copies },
    { id: "A.8.14", title: "Redundancy", policies: spares },
    { id: "A.8.15", title: "Logging", policies: logs },
    { id: "A.8.20", title: "Network security", policies: boundary },
    {
      id: "A.8.22",
      title: "Segregation of networks",
      policies: [
        "subnet-private-no-igw-route",
        "k8s-default-deny-network-policy",
        "rds-ingress-from-sg-only",
      ],
    },
    { id: "A.8.24", title: "Use of cryptography", policies: [...atRest, ...inTransit, "kms-lifecycle"] },
  ],
  GDPR: [
    {
      id: "Art. 5(1)(e)",
      title: "Data is not kept longer than needed",
      policies: ["loggroup-retention-and-kms", "s3-lifecycle"],
    },
    { id: "Art. 32(1)(a)", title: "Encryption of personal data", policies: [...atRest, ...inTransit] },
    {
      id: "Art. 32(1)(b)",
      title: "Confidentiality, integrity, availability and resilience",
      policies: [...boundary, ...rights, ...spares],
    },
    { id: "Art. 32(1)(c)", title: "Availability and access can be restored", policies: copies },
    {
      id: "Art. 44",
      title: "Transfers to third countries",
      policies: ["residency-allowed-regions", "residency-no-foreign-copies"],
    },
  ],
} as const satisfies Readonly<Record<string, readonly Requirement[]>>;

/** What no look at a program can tell, by framework, with the reason and who can. */
export const untestable: readonly (readonly [framework: string, controls: string, reason: string])[] = [
  [
    "CIS AWS Foundations Benchmark",
    "1.1-1.7, 1.10, 1.17-1.19, 1.22",
    "Contacts, the root user, multi-factor devices and past use are facts of the account, not of a program: Security Hub looks at them.",
  ],
  [
    "CIS AWS Foundations Benchmark",
    "2.1.2, 2.1.3",
    "Deleting with a second factor needs the root user; finding personal data in objects is Macie's work.",
  ],
  [
    "CIS AWS Foundations Benchmark",
    "4.1-4.15",
    "Alarms on the trail's events would need a component for them; none is deployed.",
  ],
  [
    "CIS Amazon EKS Benchmark",
    "3.1.1-3.2.9",
    "Files and kubelet settings of a node are the machine image's: the policies hold node groups to images that AWS hardens.",
  ],
  [
    "AWS Security Hub controls (FSBP)",
    "ACM.1, GuardDuty.5-13, Inspector.1-4, IAM.8, EC2.4, SSM.2-3",
    "Expiry, findings, unused credentials and patch states change after a deployment: Security Hub looks at them.",
  ],
  [
    "PCI DSS 4.0.1",
    "5, 9, 11, 12 and most of 6 and 8",
    "Malware, premises, penetration tests, people and processes.",
  ],
  ["SOC 2", "CC1-CC5, CC8, CC9", "Governance, risk and change processes."],
  ["ISO/IEC 27001:2022", "A.5-A.7 but A.5.17", "Organisation, people and premises."],
  ["GDPR", "all other articles", "Lawfulness, rights of data subjects and contracts."],
];
