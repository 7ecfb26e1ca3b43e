import { iam, keyArn, UNKNOWN } from "../fixtures/values.ts";
import type { Case, CaseBook } from "./case.ts";

interface Alarm {
  readonly alarmActions?: string[];
  readonly actionsEnabled?: boolean;
}

const alarms: readonly Case<Alarm>[] = [
  {
    when: "nobody is told",
    patch: { alarmActions: undefined },
    finds: "alarmActions is empty, so nobody is told: name a topic.",
  },
  {
    when: "the list is empty",
    patch: { alarmActions: [] },
    finds: "alarmActions is empty, so nobody is told: name a topic.",
  },
  {
    when: "it is asleep",
    patch: { actionsEnabled: false },
    finds: "actionsEnabled is false, so nobody is told: leave it unset.",
  },
  { when: "it is awake by default", patch: { actionsEnabled: undefined } },
  { when: "the topic is not known yet", patch: { alarmActions: UNKNOWN } },
];
const unseen = "no selector is for AWS::S3::Object, so reads and writes of objects are not seen: add one.";

/** What the policies on logs and on the registry make of single resources. */
export const account: CaseBook = {
  "cloudtrail-baseline": {
    "aws:cloudtrail/trail:Trail": [
      {
        when: "nothing is said",
        patch: {
          ...{ isMultiRegionTrail: undefined, enableLogFileValidation: undefined, kmsKeyId: undefined },
          ...{ includeGlobalServiceEvents: undefined, enableLogging: undefined },
          ...{ cloudWatchLogsGroupArn: undefined, eventSelectors: undefined },
        },
        finds: [
          "isMultiRegionTrail is not true: set it, or what happens in other regions is not seen.",
          "enableLogFileValidation is not true: set it, or nobody can tell whether a log was changed.",
          "kmsKeyId is not set: name a key of the account.",
          "cloudWatchLogsGroupArn is not set: name a log group, or no alarm can be raised.",
          unseen,
        ],
      },
      {
        when: "changes of IAM are left out",
        patch: { includeGlobalServiceEvents: false },
        finds: "includeGlobalServiceEvents is false: leave it unset, or changes in IAM are not seen.",
      },
      {
        when: "it is turned off",
        patch: { enableLogging: false },
        finds: "enableLogging is false: leave it unset.",
      },
      { when: "staging does without events of objects", patch: { eventSelectors: [] }, stack: "staging" },
      {
        when: "the newer selectors name objects",
        patch: {
          eventSelectors: undefined,
          advancedEventSelectors: [
            { fieldSelectors: [{ field: "resources.type", equals: ["AWS::S3::Object"] }] },
          ],
        },
      },
      { when: "the key is not known yet", patch: { kmsKeyId: UNKNOWN } },
      { when: "the selectors are not known yet", patch: { eventSelectors: UNKNOWN }, defers: true },
    ],
  },
  "alarm-has-action": {
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarms,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": alarms,
  },
  "ecr-repository-hardened": {
    "aws:ecr/repository:Repository": [
      {
        when: "nothing is said",
        patch: {
          ...{ imageTagMutability: undefined, imageScanningConfiguration: undefined },
          ...{ encryptionConfigurations: undefined, forceDelete: undefined },
        },
        finds: [
          "imageTagMutability is not set, and AWS's default is MUTABLE: set IMMUTABLE.",
          "imageScanningConfiguration.scanOnPush is not true: set it, since AWS's default is false.",
          "encryptionConfigurations.encryptionType is not set, and AWS's default is AES256: set KMS.",
        ],
      },
      {
        when: "some tags may be moved",
        patch: {
          imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
          imageTagMutabilityExclusionFilters: [{ filter: "latest*", filterType: "WILDCARD" }],
        },
        finds:
          "imageTagMutabilityExclusionFilters lets tags latest* be moved: list them in mutableTags, or take the filter out.",
      },
      {
        when: "AWS keeps the key",
        patch: { encryptionConfigurations: [{ encryptionType: "KMS" }] },
        finds: "encryptionConfigurations.kmsKey is not set: name a key of the account.",
      },
      {
        when: "dev leaves the key to AWS",
        patch: { encryptionConfigurations: undefined },
        stack: "dev",
      },
      {
        when: "images go with the repository",
        patch: { forceDelete: true },
        finds: "forceDelete is true, so images go with the repository: leave it unset.",
      },
      {
        when: "the key is encrypted twice",
        patch: { encryptionConfigurations: [{ encryptionType: "KMS_DSSE", kmsKey: keyArn }] },
      },
      { when: "its tags are not known yet", patch: { imageTagMutability: UNKNOWN }, defers: true },
    ],
    "aws:ecr/repositoryPolicy:RepositoryPolicy": [
      {
        when: "everyone may pull",
        patch: { policy: iam({ Principal: "*", Action: "ecr:BatchGetImage" }) },
        finds: "policy allows everyone ecr:batchgetimage: name the accounts or the organization.",
      },
    ],
  },
};
