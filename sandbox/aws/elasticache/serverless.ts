import type { elasticache } from "@pulumi/aws";
import type { AnyBehaviour, Existing, Plain, Reference } from "../behaviour.ts";
import { defaultVpcOf } from "../ec2/default-vpc.ts";
import { inVpc, subnetToken, toSecurityGroup, toSubnet } from "../ec2/references.ts";
import { defaultGroupsOf, placementOf, strayGroup } from "../placement.ts";
import { refined, taken } from "../specification/refined.ts";
import type { RulesFor } from "../specification/refined.ts";
import { releaseOf } from "./engines.ts";
import { toCacheKey, toUserGroup } from "./references.ts";
import { domainOf } from "./topology.ts";

const cacheToken = "aws:elasticache/serverlessCache:ServerlessCache";

const subnets: Reference = {
  ...toSubnet,
  missing: { code: "InvalidParameterValue", message: "The subnet ID {value} does not exist" },
};

/** Codes: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html; it says what only Valkey and Redis OSS have. */
const rules: RulesFor<elasticache.ServerlessCacheArgs> = [
  taken(cacheToken, ({ name }) => name, {
    code: "ServerlessCacheAlreadyExistsFault",
    says: ({ inputs }) => `Serverless cache ${inputs.name ?? ""} already exists.`,
  }),
  {
    when: ({ account, inputs }) => placementOf(account, inputs.subnetIds).vpcs.length > 1,
    code: "InvalidParameterCombination",
    says: "All the subnets must belong to the same VPC.",
  },
  {
    when: ({ account, inputs }) =>
      inputs.subnetIds !== undefined &&
      strayGroup(account, inputs.securityGroupIds, placementOf(account, inputs.subnetIds).vpcs[0]) !==
        undefined,
    code: "InvalidParameterCombination",
    says: "The security groups must belong to the VPC of the subnets.",
  },
  {
    when: ({ inputs }) => inputs.engine === "memcached" && inputs.userGroupId !== undefined,
    code: "InvalidParameterCombination",
    says: "User groups are available for Valkey and Redis OSS only.",
  },
];

type Cache = Existing<Plain<elasticache.ServerlessCacheArgs>>;

/** Ports: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/set-up.html. What only reads is one further. */
function endpointsOf({ id, accountId, region, inputs }: Cache) {
  const { account, end } = domainOf(accountId, region);
  const [address, port] = [
    `${id}-${account}.serverless.${end}`,
    inputs.engine === "memcached" ? 11211 : 6379,
  ];
  return { endpoints: [{ address, port }], readerEndpoints: [{ address, port: port + 1 }] };
}

/** Those of the default VPC where none are given; how many of them the service takes is not documented: here two. */
function subnetsOf({ account, region, inputs }: Cache): readonly string[] {
  const own = inVpc(account, subnetToken, defaultVpcOf(account, region)?.id).map(({ id }) => id);
  return inputs.subnetIds ?? own.slice(0, 2);
}

/** The newest that is known here. */
function majorOf(engine: string): string {
  return releaseOf(engine, undefined)?.version.split(".")[0] ?? "1.6";
}

/** A cache without nodes of its own. */
const cache = refined<elasticache.ServerlessCacheArgs, elasticache.ServerlessCacheState>(cacheToken, {
  autoname: { property: "name", max: 40, lower: true },
  references: {
    "subnetIds[]": subnets,
    "securityGroupIds[]": toSecurityGroup,
    // Users that AWS keeps: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html
    userGroupId: { ...toUserGroup, foreign: /^default\./ },
    kmsKeyId: toCacheKey,
  },
  inDefaultVpc: ({ subnetIds }) => subnetIds === undefined,
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: (context) => {
    const { inputs, account } = context;
    const subnetIds = subnetsOf(context);
    return {
      ...endpointsOf(context),
      majorEngineVersion: inputs.majorEngineVersion ?? majorOf(inputs.engine),
      securityGroupIds: inputs.securityGroupIds ?? defaultGroupsOf(account, subnetIds),
      snapshotRetentionLimit: inputs.snapshotRetentionLimit ?? 0,
      status: "available",
      subnetIds: [...subnetIds],
    };
  },
  rules,
  seconds: { create: 240, update: 120, delete: 300 },
});

/** Caches that grow and shrink by themselves. */
export const serverlessCaches: readonly AnyBehaviour[] = [cache];
