import { prefixOf } from "../aws/iam/actions-of-types.ts";
import { deployer } from "../aws/iam/authorization-requests.ts";
import { forServicesWithXml } from "../aws/protocols.ts";
import type { Properties, Subject } from "../model.ts";
import { text } from "../values.ts";
import type { Order } from "../operations.ts";

/** An error in a service's own words. */
export interface Wording {
  readonly code: string;
  readonly message: string;
}

const rateExceeded = "Rate exceeded";

/**
 * What a service that is asked too often answers; the others say `ThrottlingException`. Seen word for word in reports: EC2's, S3's and
 * `Throttling: Rate exceeded`; the rest has the documented code.
 * EC2: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html, S3: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
 * the services with a query API: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
const throttled: Readonly<Record<string, Wording>> = {
  ...forServicesWithXml({ code: "Throttling", message: rateExceeded }),
  ec2: { code: "RequestLimitExceeded", message: "Request limit exceeded." },
  s3: { code: "SlowDown", message: "Please reduce your request rate." },
  apigateway: { code: "TooManyRequestsException", message: "Too Many Requests" },
  lambda: { code: "TooManyRequestsException", message: rateExceeded },
};

/** What a service answers that has failed itself, beside the common `InternalFailure`: codes and meanings of the pages above, whose words they are. */
const broken: Readonly<Record<string, Wording>> = {
  ec2: { code: "InternalError", message: "An internal error has occurred" },
  s3: { code: "InternalError", message: "We encountered an internal error. Please try again." },
  iam: {
    code: "ServiceFailure",
    message: "The request processing has failed because of an unknown error, exception or failure.",
  },
  eks: { code: "ServerException", message: "Internal server error" },
  kms: {
    code: "KMSInternalException",
    message: "The request was rejected because an internal exception occurred.",
  },
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html and its like of each service. */
const internalFailure: Wording = {
  code: "InternalFailure",
  message: "The request processing has failed because of an unknown error, exception or failure.",
};

/** True for what goes to a cluster's API server rather than to a service of AWS. */
export function isKubernetes({ token }: Subject): boolean {
  return token.startsWith("kubernetes:");
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/ and https://github.com/kubernetes/apimachinery/blob/master/pkg/api/errors/errors.go */
export function tooOften(subject: Subject): Wording {
  if (!isKubernetes(subject))
    return throttled[prefixOf(subject.token)] ?? { code: "ThrottlingException", message: rateExceeded };
  return {
    code: "TooManyRequests",
    message: "the server has received too many requests and has asked us to try again later",
  };
}

/** The same pages. */
export function failedItself(subject: Subject): Wording {
  if (!isKubernetes(subject)) return broken[prefixOf(subject.token)] ?? internalFailure;
  return { code: "InternalError", message: "Internal error occurred: etcdserver: request timed out" };
}

/** The type as people say it. */
export function typeOf({ token }: Subject): string {
  return token.split(":").at(-1) ?? token;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authorization/: what RBAC answers. */
export function forbidden({ kind, subject, session }: Order): Wording {
  const user = deployer(session.account.accountId);
  const [, group = ""] = subject.token.split(":");
  return {
    code: "Forbidden",
    message: `${typeOf(subject)} "${subject.name}" is forbidden: User "${user}" cannot ${kind} resource in API group "${group.split("/")[0] ?? ""}"`,
  };
}

/** What a service says of a thing that is to be made of these inputs. */
type Telling = (inputs: Properties) => Wording;

function noDatabase({ instanceClass, storageType = "gp2" }: Properties): Wording {
  const type = text(instanceClass) ?? "instance";
  return {
    code: "InsufficientDBInstanceCapacity",
    message: `Cannot create a ${type} database instance because there are no availability zones with sufficient capacity for VPC and storage type : ${String(storageType)} for ${type}. Please try the request again at a later time.`,
  };
}

/**
 * Types that need room, and how their services refuse for want of it. As seen in reports of it, with the thing's own values:
 * EC2: https://github.com/hashicorp/terraform-provider-aws/issues/15183, RDS: https://github.com/Fraudmarc/fraudmarc-ce/issues/50.
 * As documented: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html. The code as documented, in words of ours: volumes and NAT
 * gateways, https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html.
 */
const roomless: Readonly<Record<string, Telling>> = {
  "aws:ec2/instance:Instance": ({ instanceType, availabilityZone }) => ({
    code: "InsufficientInstanceCapacity",
    message: `We currently do not have sufficient ${text(instanceType) ?? "instance"} capacity in the Availability Zone you requested (${text(availabilityZone) ?? "of the subnet"}). Our system will be working on provisioning additional capacity.`,
  }),
  "aws:ebs/volume:Volume": () => ({
    code: "InsufficientVolumeCapacity",
    message: "There is not enough capacity to fulfill your EBS volume provision request.",
  }),
  "aws:ec2/natGateway:NatGateway": () => ({
    code: "InsufficientFreeAddressesInSubnet",
    message: "The subnet has no free private address for the NAT gateway.",
  }),
  "aws:rds/instance:Instance": noDatabase,
  "aws:rds/clusterInstance:ClusterInstance": noDatabase,
  "aws:elasticache/replicationGroup:ReplicationGroup": () => ({
    code: "InsufficientCacheClusterCapacity",
    message: "The requested cache node type is not available in the specified Availability Zone.",
  }),
  "aws:eks/cluster:Cluster": ({ name }) => ({
    code: "UnsupportedAvailabilityZoneException",
    message: `Cannot create cluster '${text(name) ?? ""}' because the targeted availability zone does not currently have sufficient capacity to support the cluster.`,
  }),
};

/** What the service says that has no room; `undefined` for a type that needs none. */
export function withoutRoom({ subject, inputs }: Order): Wording | undefined {
  return roomless[subject.token]?.(inputs);
}

const nodeGroupToken = "aws:eks/nodeGroup:NodeGroup";

/** Kubernetes kinds that run pods, which then wait for a node: https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/await/awaiters.go */
const scheduled =
  /^kubernetes:(?:apps\/v1:(?:Deployment|StatefulSet|DaemonSet)|batch\/v1:Job|helm\.sh\/v3:Release)$/;

/** What is made without the room it needs, and is never ready: EKS makes the group and fails to fill it, a scheduler leaves pods pending. */
export function neverFilled({ token }: Subject, id: string): string | undefined {
  if (token === nodeGroupToken)
    return `waiting for EKS Node Group (${id}) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: AsgInstanceLaunchFailures: Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient capacity in the Availability Zones you requested.`;
  return scheduled.test(token)
    ? "0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory. preemption: not eligible due to preemptionPolicy=Never."
    : undefined;
}

/** How the provider says that what follows a creation has failed: tags at AWS, readiness in the cluster (pulumi-kubernetes, `provider/pkg/provider/provider.go`). */
export function leftHalf(subject: Subject): string {
  const { code, message } = failedItself(subject);
  return isKubernetes(subject)
    ? `the Kubernetes API server reported that "${subject.name}" failed to fully initialize or become live: ${message}`
    : `setting ${typeOf(subject)} (${subject.name}) tags: ${code}: ${message}`;
}

/** How the provider says that it has waited long enough; for Kubernetes in the words of its own errors, shortened. */
export function gaveUp({ kind, subject }: Order): string {
  if (isKubernetes(subject))
    return kind === "delete"
      ? `timed out waiting for object ${subject.name} to be deleted`
      : `${typeOf(subject)} "${subject.name}": timed out waiting to be Ready`;
  const states = {
    create: ["ACTIVE", "CREATING"],
    update: ["ACTIVE", "UPDATING"],
    delete: ["", "DELETING"],
  } as const;
  const [target, last] = states[kind];
  return `waiting for ${typeOf(subject)} (${subject.name}) ${kind}: timeout while waiting for state to become '${target}' (last state: '${last}', timeout: 30m0s)`;
}

/** How often the provider asks in all: https://www.pulumi.com/registry/packages/aws/api-docs/provider/ (`maxRetries`); client-go: ten times. */
export function attemptsOf({ subject, session }: Order): number {
  if (isKubernetes(subject)) return 10;
  const given = session.settings.maxRetries;
  return typeof given === "number" ? given : Number(text(given) ?? 25);
}
