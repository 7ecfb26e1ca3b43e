/** Who may use a key, and where it lives. */
export interface KeyPolicyInput {
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  /** AWS services that use the key in their own name, without `.amazonaws.com`: `sns`, `cloudwatch`, `delivery.logs`. */
  readonly services: readonly string[];
  /** ARNs of roles that use the key in their own name, such as a service-linked role. */
  readonly roles: readonly string[];
  /**
   * Whether CloudFront decrypts with it for the account's distributions.
   * @default false
   */
  readonly distributions?: boolean;
}

/** One statement of a key policy. */
export interface KeyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource: "*";
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A key policy, ready to be written as JSON. */
export interface KeyPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly KeyStatement[];
}

const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * The policy of a key that its own account administers and that only the named services and roles use in their own name.
 * Whoever else needs it gets the right from an IAM policy, which the first statement makes effective
 * (AWS KMS developer guide, "Default key policy").
 */
export function describeKeyPolicy(input: KeyPolicyInput): KeyPolicy {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: `arn:${input.partition}:iam::${input.accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      ...input.services.map((service) => describeService(service, input)),
      ...(input.roles.length > 0 ? describeRoles(input.roles) : []),
      ...(input.distributions === true ? [describeDistributions(input)] : []),
    ],
  };
}

function describeService(service: string, { accountId, partition, region }: KeyPolicyInput): KeyStatement {
  const isLogs = service === "logs";
  return {
    Sid: `${sidOf(service)}Uses`,
    Effect: "Allow",
    Principal: { Service: isLogs ? `logs.${region}.amazonaws.com` : `${service}.amazonaws.com` },
    Action: use,
    Resource: "*",
    // CloudWatch Logs names the log group in the encryption context and sends no source account
    // (Amazon CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS").
    Condition: isLogs
      ? {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:*`,
          },
        }
      : { StringEquals: { "aws:SourceAccount": accountId } },
  };
}

/**
 * CloudFront names its distribution as the source of a request (CloudFront developer guide, "SSE-KMS"). Any distribution of the
 * account, because the real one can only be made after the bucket that this key encrypts. Which of them reads the bucket is
 * said by the bucket's policy.
 */
function describeDistributions({ accountId, partition }: KeyPolicyInput): KeyStatement {
  return {
    Sid: "CloudFrontDecrypts",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { ArnLike: { "aws:SourceArn": `arn:${partition}:cloudfront::${accountId}:distribution/*` } },
  };
}

function describeRoles(roles: readonly string[]): readonly KeyStatement[] {
  return [
    { Sid: "RolesUse", Effect: "Allow", Principal: { AWS: roles }, Action: use, Resource: "*" },
    {
      Sid: "RolesGrantToServices",
      Effect: "Allow",
      Principal: { AWS: roles },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** `delivery.logs` becomes `DeliveryLogs`: statement ids are letters and digits only. */
function sidOf(service: string): string {
  return service
    .split(/[^a-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
