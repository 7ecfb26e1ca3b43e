import type { iam } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";

const providerToken = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
const linkedToken = "aws:iam/serviceLinkedRole:ServiceLinkedRole";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
const openIdConnectProvider = behaviour<iam.OpenIdConnectProviderArgs, iam.OpenIdConnectProviderState>(
  providerToken,
  {
    scope: "global",
    id: ({ accountId, inputs }) => `arn:aws:iam::${accountId}:oidc-provider/${hostOf(inputs.url)}`,
    // IAM fetches the thumbprint itself where none is given.
    outputs: ({ id, hex }) => ({ arn: id, thumbprintLists: [hex(40, "thumbprint")] }),
    keys: () => [],
    refuses: ({ inputs, account, accountId }, before) => {
      const arn = `arn:aws:iam::${accountId}:oidc-provider/${hostOf(inputs.url)}`;
      if (before === undefined && account.find(providerToken, arn) !== undefined) {
        throw new Refusal(
          "EntityAlreadyExists",
          `Provider with url https://${hostOf(inputs.url)} already exists.`,
        );
      }
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

function hostOf(url: string): string {
  return url.replace(/^https:\/\//, "").replace(/\/$/, "");
}

/** Where the role's name does not follow from the service's: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html */
const linkedNames: Readonly<Record<string, string>> = {
  "acm.amazonaws.com": "CertificateManager",
  "autoscaling.amazonaws.com": "AutoScaling",
  "backup.amazonaws.com": "Backup",
  "batch.amazonaws.com": "Batch",
  "cloudtrail.amazonaws.com": "CloudTrail",
  "config.amazonaws.com": "Config",
  "ecs.amazonaws.com": "ECS",
  "eks-fargate.amazonaws.com": "AmazonEKSForFargate",
  "eks-nodegroup.amazonaws.com": "AmazonEKSNodegroup",
  "eks.amazonaws.com": "AmazonEKS",
  "elasticache.amazonaws.com": "ElastiCache",
  "elasticloadbalancing.amazonaws.com": "ElasticLoadBalancing",
  "kafka.amazonaws.com": "Kafka",
  "memorydb.amazonaws.com": "MemoryDB",
  "mq.amazonaws.com": "AmazonMQ",
  "opensearchservice.amazonaws.com": "AmazonOpenSearchService",
  "ops.apigateway.amazonaws.com": "APIGateway",
  "rds.amazonaws.com": "RDS",
  "replication.ecr.amazonaws.com": "ECRReplication",
  "spot.amazonaws.com": "EC2Spot",
  "ssm.amazonaws.com": "AmazonSSM",
};

/** Those of the services above that may have several roles; the others have one without a suffix. */
const suffixed: ReadonlySet<string> = new Set(["autoscaling.amazonaws.com", "spot.amazonaws.com"]);

function linkedName(service: string, suffix: string | undefined): string {
  const known = linkedNames[service] ?? service.split(".")[0] ?? service;
  return `AWSServiceRoleFor${known}${suffix === undefined ? "" : `_${suffix}`}`;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html */
const serviceLinkedRole = behaviour<iam.ServiceLinkedRoleArgs, iam.ServiceLinkedRoleState>(linkedToken, {
  scope: "global",
  id: ({ accountId, inputs: { awsServiceName, customSuffix } }) =>
    `arn:aws:iam::${accountId}:role/aws-service-role/${awsServiceName}/${linkedName(awsServiceName, customSuffix)}`,
  outputs: ({ id, inputs, created, hex }) => ({
    arn: id,
    createDate: created,
    name: linkedName(inputs.awsServiceName, inputs.customSuffix),
    path: `/aws-service-role/${inputs.awsServiceName}/`,
    uniqueId: `AROA${hex(17).toUpperCase()}`,
  }),
  refuses: ({ inputs: { awsServiceName, customSuffix }, account }, before) => {
    if (customSuffix !== undefined && awsServiceName in linkedNames && !suffixed.has(awsServiceName)) {
      throw new Refusal("InvalidInput", `Custom suffix is not allowed for ${awsServiceName}`);
    }
    const name = linkedName(awsServiceName, customSuffix);
    if (before !== undefined || account.find(linkedToken, name) === undefined) return;
    throw new Refusal(
      "InvalidInput",
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
    );
  },
  seconds: { create: 2, update: 1, delete: 5 },
});

/** Identities from outside, and roles that services own. */
export const identityProviders: readonly AnyBehaviour[] = [openIdConnectProvider, serviceLinkedRole];
