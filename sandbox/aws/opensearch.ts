import type { opensearch } from "@pulumi/aws";
import { isWithheld } from "../secrets.ts";
import { at, text } from "../values.ts";
import type { AnyBehaviour, Plain } from "./behaviour.ts";
import { refined, taken } from "./specification/refined.ts";
import type { Request, RulesFor } from "./specification/refined.ts";

const domainToken = "aws:opensearch/domain:Domain";
const logPolicyToken = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const linkedRole = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
const code = "ValidationException";

type Asked = Request<Plain<opensearch.DomainArgs>>;

/** How many zones it spreads over: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html */
function zonesOf({ inputs }: Asked): number {
  if (at(inputs, "clusterConfig.zoneAwarenessEnabled") !== true) return 1;
  return Number(at(inputs, "clusterConfig.zoneAwarenessConfig.availabilityZoneCount") ?? 2);
}

function subnetsOf({ inputs }: Asked): readonly string[] {
  return inputs.vpcOptions?.subnetIds ?? [];
}

const nodesOf = ({ inputs }: Asked): number => Number(at(inputs, "clusterConfig.instanceCount") ?? 1);

/** Fine-grained access control needs all of it: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html */
const securing = [
  ["encryptAtRest.enabled", "You must enable encryption at rest to use advanced security options."],
  [
    "nodeToNodeEncryption.enabled",
    "You must enable node-to-node encryption to use advanced security options.",
  ],
  ["domainEndpointOptions.enforceHttps", "You must enable HTTPS to use advanced security options."],
] as const;

function unsecured({ inputs }: Asked): string | undefined {
  if (at(inputs, "advancedSecurityOptions.enabled") !== true) return undefined;
  return securing.find(([path]) => at(inputs, path) !== true)?.[1];
}

/** The log group that OpenSearch is to write and that no policy lets it: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html */
function closedLogOf({ inputs, account, region }: Asked): string | undefined {
  const policies = account.all(logPolicyToken, region).map(({ state }) => text(state.policyDocument));
  if (
    policies.some(
      (policy) =>
        policy === undefined || isWithheld(policy) || /es\.amazonaws\.com|opensearchservice/.test(policy),
    )
  ) {
    return undefined;
  }
  const written = (inputs.logPublishingOptions ?? []).find(({ enabled }) => enabled !== false);
  return written?.cloudwatchLogGroupArn.split(":")[6];
}

/** Types with disks of their own, and without: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html */
const withDisk = /^(?:i3|i4[gi]|i8g|im4gn|oi2|r[678]gd)\./;
const diskless = /^(?:t[23]|[mcr][4-8](?:g|i)?|or[12]|om2)\./;

/** What the provider asks for where no type is named. */
const usualType = "m4.large.search";
const typeOf = ({ inputs }: Asked): string => inputs.clusterConfig?.instanceType ?? usualType;

function isBefore13({ inputs: { engineVersion = "" } }: Asked): boolean {
  return /^(?:Elasticsearch_|OpenSearch_1\.[0-2]$)/.test(engineVersion);
}

/** What comes with what: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html */
const combinations: RulesFor<opensearch.DomainArgs> = [
  {
    when: (asked) => typeOf(asked).endsWith(".elasticsearch"),
    code: "InvalidTypeException",
    says: (asked) => `Invalid instance type: ${typeOf(asked)}`,
  },
  {
    when: (asked) => diskless.test(typeOf(asked)) && asked.inputs.ebsOptions?.ebsEnabled !== true,
    code,
    says: (asked) => `EBS storage must be selected for ${typeOf(asked)}`,
  },
  {
    when: (asked) => withDisk.test(typeOf(asked)) && asked.inputs.ebsOptions?.ebsEnabled === true,
    code,
    says: (asked) => `Instance type ${typeOf(asked)} does not support EBS storage`,
  },
  {
    when: ({ inputs: { ebsOptions } }) => ebsOptions?.ebsEnabled === true && !ebsOptions.volumeSize,
    code,
    says: "Volume size must be provided when EBS is enabled.",
  },
  {
    when: ({ inputs: { clusterConfig } }) =>
      clusterConfig?.warmEnabled === true && clusterConfig.dedicatedMasterEnabled !== true,
    code,
    says: "To use warm storage, your domain must have dedicated master nodes.",
  },
  {
    when: (asked) => asked.inputs.clusterConfig?.multiAzWithStandbyEnabled === true && isBefore13(asked),
    code,
    says: "Domains with standby are only supported for OpenSearch version 1.3 and later.",
  },
  {
    when: ({ inputs: { domainEndpointOptions: options } }) =>
      options?.customEndpointEnabled === true &&
      (options.customEndpoint === undefined || options.customEndpointCertificateArn === undefined),
    code,
    says: "Please provide both CustomEndpoint and CustomEndpointCertificateArn fields to create a custom endpoint.",
  },
  {
    when: ({ inputs: { advancedSecurityOptions: options } }) =>
      options?.enabled === true &&
      options.internalUserDatabaseEnabled !== true &&
      options.anonymousAuthEnabled !== true &&
      options.masterUserOptions?.masterUserArn === undefined,
    code,
    says: "If you don't enable the internal user database, you must provide a master user ARN.",
  },
  {
    when: (asked) => closedLogOf(asked) !== undefined,
    code,
    says: (asked) =>
      `The Resource Access Policy specified for the CloudWatch Logs log group ${closedLogOf(asked) ?? ""} does not grant sufficient permissions for Amazon OpenSearch Service to create a log stream. Please check the Resource Access Policy.`,
  },
];

/** Codes: https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html */
const rules: RulesFor<opensearch.DomainArgs> = [
  taken(domainToken, ({ domainName }) => domainName, {
    code: "ResourceAlreadyExistsException",
    says: ({ accountId, inputs }) => `Domain ${accountId}/${inputs.domainName ?? ""} already exists`,
  }),
  {
    when: (asked) =>
      subnetsOf(asked).length > 0 && subnetsOf(asked).length !== zonesOf(asked) && zonesOf(asked) === 1,
    code,
    says: "You must specify exactly one subnet.",
  },
  {
    when: (asked) => subnetsOf(asked).length > 0 && subnetsOf(asked).length !== zonesOf(asked),
    code,
    says: (asked) =>
      `You must specify exactly ${zonesOf(asked) === 3 ? "three" : "two"} subnets because you’ve set zone count to ${zonesOf(asked) === 3 ? "three" : "two"}.`,
  },
  {
    when: (asked) => zonesOf(asked) === 2 && nodesOf(asked) % 2 !== 0,
    code,
    says: "You must choose an even number of data nodes for a two Availability Zone deployment",
  },
  {
    when: (asked) => zonesOf(asked) === 3 && nodesOf(asked) < 3,
    code,
    says: "You must choose a minimum of three data nodes for a three Availability Zone deployment",
  },
  {
    // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/slr.html
    when: (asked) =>
      subnetsOf(asked).length > 0 &&
      asked.account
        .all(linkedRole)
        .every(
          ({ state }) => !/^(?:es|opensearchservice)\.amazonaws\.com$/.test(String(state.awsServiceName)),
        ),
    code,
    says: "Before you can proceed, you must enable a service-linked role to give Amazon OpenSearch Service permissions to access your VPC.",
  },
  {
    when: (asked) => unsecured(asked) !== undefined,
    code,
    says: (asked) => unsecured(asked) ?? "",
  },
  ...combinations,
];

/** A cluster for search. */
const domain = refined<opensearch.DomainArgs, opensearch.DomainState>(domainToken, {
  autoname: { property: "domainName", max: 28, lower: true },
  id: ({ inputs, name, accountId, region }) =>
    `arn:aws:es:${region}:${accountId}:domain/${inputs.domainName ?? name}`,
  outputs: ({ id, inputs, region, hex }) => {
    const name = id.split("/").at(-1) ?? "";
    const host =
      inputs.vpcOptions === undefined
        ? `search-${name}-${hex(26)}.${region}.es.amazonaws.com`
        : `vpc-${name}-${hex(26)}.${region}.es.amazonaws.com`;
    return {
      arn: id,
      dashboardEndpoint: `${host}/_dashboards`,
      domainId: `${id.split(":")[4] ?? ""}/${name}`,
      domainName: name,
      endpoint: host,
    };
  },
  keys: (state) => [state.arn, state.domainName],
  rules,
  seconds: { create: 1200, update: 1200, delete: 900 },
});

/** Clusters for search. */
export const searchDomains: readonly AnyBehaviour[] = [domain];
