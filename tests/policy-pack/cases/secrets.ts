import { accessKey, account, iam, keyArn, password, UNKNOWN, withTls } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";

const root = { Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" };
const useKey = { Action: ["kms:Encrypt", "kms:Decrypt"], Resource: "*" };
const keptAway = "keep it in Secrets Manager and give its name.";
const publish = { Action: "sns:Publish", Resource: "*" };
const sendOwn = { Action: "sqs:SendMessage", Resource: "*", Principal: { AWS: account } };
const publicKey = "policy lets everyone use the key: name the principals or add kms:CallerAccount.";

/** What the policies on keys, secrets, messages and tags make of single resources. */
export const secrets: CaseBook = {
  "kms-no-public-key-policy": {
    "aws:kms/key:Key": [
      {
        when: "everyone may use it",
        patch: { policy: iam(root, { ...useKey, Principal: "*" }) },
        finds: publicKey,
      },
      {
        when: "callers of the own account may use it",
        patch: {
          policy: iam(root, {
            ...useKey,
            Principal: "*",
            Condition: { StringEquals: { "kms:CallerAccount": account } },
          }),
        },
      },
      {
        when: "everyone may use it through a service",
        patch: {
          policy: iam(root, {
            ...useKey,
            Principal: "*",
            Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
          }),
        },
        finds: publicKey,
      },
      {
        when: "nobody may change the policy again",
        patch: { policy: iam({ ...useKey, Principal: { Service: "sns.amazonaws.com" } }) },
        finds: "policy leaves nobody who may change it: let the account's root do kms:*.",
      },
      { when: "AWS's own policy is left in place", patch: { policy: undefined } },
      { when: "the policy is not known yet", patch: { policy: UNKNOWN }, defers: true },
    ],
    "aws:kms/keyPolicy:KeyPolicy": [
      {
        when: "any account may use it",
        patch: { policy: iam(root, { ...useKey, Principal: { AWS: "*" } }) },
        finds: publicKey,
      },
    ],
  },
  "kms-lifecycle": {
    "aws:kms/key:Key": [
      {
        when: "it does not rotate",
        patch: { enableKeyRotation: false },
        finds: "enableKeyRotation is not true: set it.",
      },
      {
        when: "it cannot rotate",
        patch: { enableKeyRotation: undefined, customerMasterKeySpec: "ECC_NIST_P256" },
      },
      {
        when: "it can be lost within a week",
        patch: { deletionWindowInDays: 7 },
        finds: "deletionWindowInDays is 7: wait 30 days, since what a deleted key encrypted is lost.",
      },
      { when: "it can be lost within a week in dev", patch: { deletionWindowInDays: 7 }, stack: "dev" },
      {
        when: "it may lock everybody out",
        patch: { bypassPolicyLockoutSafetyCheck: true },
        finds: "bypassPolicyLockoutSafetyCheck is true: leave it unset.",
      },
    ],
  },
  "no-plaintext-secrets": {
    "aws:ec2/instance:Instance": [
      {
        when: "user data holds an access key",
        patch: { userData: `export AWS_ACCESS_KEY_ID=${accessKey}` },
        finds: `userData holds an AWS access key: ${keptAway}`,
      },
      {
        when: "encoded user data holds a private key",
        patch: { userDataBase64: Buffer.from("-----BEGIN RSA PRIVATE KEY-----").toString("base64") },
        finds: `userDataBase64 holds a private key: ${keptAway}`,
      },
      { when: "user data is not known yet", patch: { userData: UNKNOWN }, defers: true },
    ],
    "aws:rds/instance:Instance": [
      {
        when: "a tag holds a password",
        patch: { tags: { Password: password } },
        finds: `tags.Password holds a credential, by its name: ${keptAway}`,
      },
      { when: "a tag names a secret", patch: { tags: { PasswordSecretName: "database" } } },
    ],
    "aws:sqs/queue:Queue": [{ when: "the name looks like a password's", patch: { name: "password-resets" } }],
  },
  "k8s-no-secret-literals": {
    "kubernetes:core/v1:ConfigMap": [
      {
        when: "a file holds a password in a URL",
        patch: { data: { "app.yaml": `url: postgres://app:${password}@db:5432/app` } },
        finds:
          "data.app.yaml holds a password in a URL: bring it in by an ExternalSecret, and refer to that.",
      },
      {
        when: "a key is a password's",
        patch: { data: { DB_PASSWORD: password } },
        finds:
          "data.DB_PASSWORD holds a credential, by its name: bring it in by an ExternalSecret, and refer to that.",
      },
      { when: "a file is not known yet", patch: { data: { "app.yaml": UNKNOWN } }, defers: true },
    ],
    "kubernetes:core/v1:ConfigMapPatch": [
      {
        when: "a key is an access key's",
        patch: { data: { "api-key": password } },
        finds:
          "data.api-key holds a credential, by its name: bring it in by an ExternalSecret, and refer to that.",
      },
    ],
  },
  "messaging-encrypted": {
    "aws:sqs/queue:Queue": [
      {
        when: "encryption is turned off",
        patch: { sqsManagedSseEnabled: false },
        finds:
          "sqsManagedSseEnabled is false and kmsMasterKeyId is not set: leave the first unset, or set the second.",
      },
      {
        when: "a key takes the place of SQS's own",
        patch: { sqsManagedSseEnabled: false, kmsMasterKeyId: keyArn },
      },
    ],
    "aws:sns/topic:Topic": [
      {
        when: "no key is named",
        patch: { kmsMasterKeyId: undefined },
        finds: "kmsMasterKeyId is not set: name a key of the account.",
      },
      { when: "the key is not known yet", patch: { kmsMasterKeyId: UNKNOWN } },
    ],
  },
  "messaging-policy-not-public": {
    "aws:sqs/queuePolicy:QueuePolicy": [
      {
        when: "everyone may send",
        patch: { policy: iam(withTls, { Action: "sqs:SendMessage", Resource: "*", Principal: "*" }) },
        finds: "policy allows everyone sqs:sendmessage: name the principals or add aws:SourceArn.",
      },
    ],
    "aws:sqs/queue:Queue": [
      {
        when: "messages may come in the clear",
        patch: { policy: iam(sendOwn) },
        finds: "policy refuses nobody without TLS: deny everyone whose aws:SecureTransport is false.",
      },
      {
        when: "messages may come in the clear in staging",
        patch: { policy: iam(sendOwn) },
        stack: "staging",
      },
      {
        when: "one sender is refused without TLS",
        patch: { policy: iam({ ...withTls, Principal: { AWS: account } }, sendOwn) },
        finds: "policy refuses nobody without TLS: deny everyone whose aws:SecureTransport is false.",
      },
      {
        when: "everyone may send",
        patch: { policy: iam(withTls, { Action: "sqs:SendMessage", Resource: "*", Principal: "*" }) },
        finds: "policy allows everyone sqs:sendmessage: name the principals or add aws:SourceArn.",
      },
    ],
    "aws:sns/topicPolicy:TopicPolicy": [
      {
        when: "everyone may publish",
        patch: { policy: iam(withTls, { ...publish, Principal: { AWS: "*" } }) },
        finds: "policy allows everyone sns:publish: name the principals or add aws:SourceArn.",
      },
      {
        when: "the own account may publish",
        patch: {
          policy: iam(withTls, {
            ...publish,
            Principal: { AWS: "*" },
            Condition: { StringEquals: { "aws:SourceAccount": account } },
          }),
        },
      },
    ],
    "aws:sns/topic:Topic": [
      {
        when: "everyone may publish",
        patch: { policy: iam(withTls, { ...publish, Principal: "*" }) },
        finds: "policy allows everyone sns:publish: name the principals or add aws:SourceArn.",
      },
    ],
    "aws:sns/topicSubscription:TopicSubscription": [
      {
        when: "messages go out in the clear",
        patch: { protocol: "http" },
        finds: "protocol is http: deliver to https.",
      },
    ],
  },
  "tags-required": {
    "aws:ec2/subnet:Subnet": [
      {
        when: "tags are missing",
        patch: { tags: { Owner: "platform-team", Project: "groundwork" } },
        finds:
          "tags Environment, CostCenter, DataClassification, ManagedBy are missing: set them in the provider's defaultTags.",
      },
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      {
        when: "what it starts has no tags",
        patch: { tagSpecifications: undefined },
        finds: ["instance", "volume"].map(
          (kind) =>
            `tagSpecifications for ${kind} lack Environment, Project, Owner, CostCenter, DataClassification, ManagedBy: default tags do not reach what a template starts.`,
        ),
      },
    ],
  },
};
