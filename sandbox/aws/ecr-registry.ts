import type { ecr } from "@pulumi/aws";
import { text } from "../values.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { refuseDocument } from "./iam/policy-documents.ts";
import { secretToken } from "./secretsmanager.ts";
import { refined, taken } from "./specification/refined.ts";
import type { RulesFor } from "./specification/refined.ts";

const cacheToken = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";
const code = "InvalidParameterException";

/** A registry has one of each setting, which goes by the account's number; to delete it is to put it back. */
const setting = {
  id: ({ accountId }: Context<unknown>): string => accountId,
  keys: (): readonly unknown[] => [],
  seconds: { create: 2, update: 2, delete: 2 },
} as const;

/** Registries that are read through the cache, as of summer 2026: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html */
const open: readonly RegExp[] = [
  /^public\.ecr\.aws$/,
  /^quay\.io$/,
  /^registry\.k8s\.io$/,
  /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com$/,
];
/** Those of them that ask who is there. */
const closed: readonly RegExp[] = [
  /^registry-1\.docker\.io$/,
  /^ghcr\.io$/,
  /^registry\.gitlab\.com$/,
  /^cgr\.dev$/,
  /^[A-Za-z0-9]+\.azurecr\.io$/,
];

function isOneOf(registries: readonly RegExp[], url: string): boolean {
  return registries.some((registry) => registry.test(url));
}

/** Where the service looks for credentials: https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html */
const secretArn = /^arn:aws:secretsmanager:[^:]+:\d{12}:secret:ecr-pullthroughcache\//;

const cacheRules: RulesFor<ecr.PullThroughCacheRuleArgs> = [
  taken(cacheToken, ({ ecrRepositoryPrefix }) => ecrRepositoryPrefix, {
    code: "PullThroughCacheRuleAlreadyExistsException",
    says: "A pull through cache rule with these settings already exists for the private registry.",
  }),
  {
    when: ({ inputs }) => !isOneOf([...open, ...closed], inputs.upstreamRegistryUrl),
    code: "UnsupportedUpstreamRegistryException",
    says: ({ inputs }) =>
      `The upstream registry URL ${inputs.upstreamRegistryUrl} is invalid. Specify a valid upstream registry URL and try again`,
  },
  {
    when: ({ inputs }) => isOneOf(closed, inputs.upstreamRegistryUrl) && inputs.credentialArn === undefined,
    code: "UnsupportedUpstreamRegistryException",
    says: "The specified upstream registry requires authentication. Specify a valid Secrets Manager ARN",
  },
  {
    when: ({ inputs: { credentialArn } }) => credentialArn !== undefined && !secretArn.test(credentialArn),
    code,
    says: "Invalid parameter at 'credentialArn' failed to satisfy constraint: 'must be a secret whose name begins with ecr-pullthroughcache/'",
  },
  {
    when: ({ account, accountId, inputs: { credentialArn = "" } }) =>
      credentialArn.split(":")[4] === accountId && account.find(secretToken, credentialArn) === undefined,
    code: "SecretNotFoundException",
    says: "The ARN of the secret specified in the pull through cache rule was not found. Update the secret ARN with a valid secret ARN and try again.",
  },
];

const cacheRule = refined<ecr.PullThroughCacheRuleArgs, ecr.PullThroughCacheRuleState>(cacheToken, {
  id: ({ inputs }) => inputs.ecrRepositoryPrefix,
  rules: cacheRules,
  seconds: { create: 2, update: 2, delete: 2 },
});

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RegistryScanningRule.html */
const scanning = refined<ecr.RegistryScanningConfigurationArgs, ecr.RegistryScanningConfigurationState>(
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
  {
    ...setting,
    rules: [
      {
        when: ({ inputs }) =>
          inputs.scanType === "BASIC" &&
          (inputs.rules ?? []).some(({ scanFrequency }) => scanFrequency === "CONTINUOUS_SCAN"),
        code,
        says: "Basic scanning supports the scan frequency SCAN_ON_PUSH only, not CONTINUOUS_SCAN.",
      },
    ],
  },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutReplicationConfiguration.html */
const replication = refined<ecr.ReplicationConfigurationArgs, ecr.ReplicationConfigurationState>(
  "aws:ecr/replicationConfiguration:ReplicationConfiguration",
  setting,
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutRegistryPolicy.html */
const policy = refined<ecr.RegistryPolicyArgs, ecr.RegistryPolicyState>(
  "aws:ecr/registryPolicy:RegistryPolicy",
  {
    ...setting,
    refuses: ({ inputs }) => {
      refuseDocument(text(inputs.policy) ?? JSON.stringify(inputs.policy), "resource", { code });
    },
  },
);

/** What holds for all repositories of a registry. */
export const registries: readonly AnyBehaviour[] = [cacheRule, scanning, replication, policy];
