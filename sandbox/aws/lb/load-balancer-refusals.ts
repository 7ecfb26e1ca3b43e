import type { AccountView, Stored } from "../../model.ts";
import type { Context } from "../behaviour.ts";
import { placementOf, strayGroup } from "../placement.ts";
import { quotaOf } from "../quotas.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { loadBalancerToken } from "./references.ts";

/** What a load balancer is asked to be. */
export interface Inputs {
  readonly name?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly loadBalancerType?: string | undefined;
  readonly internal?: boolean | undefined;
  readonly subnets?: readonly string[] | undefined;
  readonly subnetMappings?: readonly { readonly subnetId: string }[] | undefined;
  readonly securityGroups?: readonly string[] | undefined;
  readonly accessLogs?: { readonly bucket: string; readonly enabled?: boolean | undefined } | undefined;
}

/** Where it stands, however the program says it. */
export function subnetsOf({ subnets, subnetMappings }: Inputs): readonly string[] {
  return subnets ?? (subnetMappings ?? []).map(({ subnetId }) => subnetId);
}

/** `application` unless the program says otherwise. */
export function typeOf({ loadBalancerType = "application" }: Inputs): string {
  return loadBalancerType;
}

/** A request, and what it would change. */
interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

/** The key by which the load balancer of a name is found; no ARN is given by it. */
export function nameKeyOf(name: unknown): string {
  return `${String(name)}/load-balancer`;
}

function isTaken({ inputs, account, region, before }: Request): boolean {
  const twin = account.find(loadBalancerToken, nameKeyOf(inputs.name), region);
  return twin !== undefined && twin.id !== before?.id;
}

/** Each type has a quota of its own. */
function isOneTooMany({ inputs, account, region, before }: Request): boolean {
  if (before !== undefined || typeOf(inputs) !== "application") return false;
  const others = account
    .all(loadBalancerToken, region)
    .filter(({ state }) => typeOf(state) === "application");
  return others.length >= quotaOf(account, region, "elasticloadbalancing/application-load-balancers");
}

/** Codes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const rules: readonly Rule<Request>[] = [
  {
    when: isOneTooMany,
    code: "TooManyLoadBalancers",
    says: "The limit on the number of load balancers has been reached",
  },
  {
    when: isTaken,
    code: "DuplicateLoadBalancerName",
    says: ({ inputs }) =>
      `A load balancer with the same name '${inputs.name ?? ""}' exists, but with different settings`,
  },
  {
    when: ({ inputs }) => inputs.name?.startsWith("internal-") === true,
    code: "ValidationError",
    says: ({ inputs }) =>
      `The load balancer name '${inputs.name ?? ""}' cannot begin with the reserved prefix 'internal-'`,
  },
  {
    when: ({ inputs, account }) => placementOf(account, subnetsOf(inputs)).vpcs.length > 1,
    code: "InvalidConfigurationRequest",
    says: "All subnets must belong to the same VPC",
  },
  {
    when: ({ inputs, account }) =>
      typeOf(inputs) === "application" && placementOf(account, subnetsOf(inputs)).zones.length < 2,
    code: "ValidationError",
    says: "At least two subnets in two different Availability Zones must be specified",
  },
  {
    when: ({ inputs, account }) =>
      placementOf(account, subnetsOf(inputs)).zones.length < subnetsOf(inputs).length,
    code: "InvalidConfigurationRequest",
    says: "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
  },
  {
    when: ({ inputs, account }) =>
      typeOf(inputs) !== "gateway" && inputs.internal !== true && !reachesInternet(inputs, account),
    code: "InvalidSubnet",
    says: ({ inputs, account }) =>
      `VPC ${placementOf(account, subnetsOf(inputs)).vpcs[0] ?? ""} has no internet gateway`,
  },
  {
    when: ({ inputs, account }) => strayOf(inputs, account) !== undefined,
    code: "InvalidConfigurationRequest",
    says: ({ inputs, account }) =>
      `One or more security groups are invalid: ${strayOf(inputs, account)?.groupId ?? ""} belongs to another VPC`,
  },
  {
    when: ({ inputs, account }) =>
      inputs.accessLogs?.enabled === true &&
      account.find("aws:s3/bucket:Bucket", inputs.accessLogs.bucket) === undefined,
    code: "InvalidConfigurationRequest",
    says: ({ inputs }) =>
      `Access Denied for bucket: ${inputs.accessLogs?.bucket ?? ""}. Please check S3bucket permission`,
  },
];

function reachesInternet(inputs: Inputs, account: AccountView): boolean {
  const [vpcId] = placementOf(account, subnetsOf(inputs)).vpcs;
  const gateways = account.all("aws:ec2/internetGateway:InternetGateway");
  const attachments = account.all("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment");
  return [...gateways, ...attachments].some(({ state }) => state.vpcId === vpcId);
}

function strayOf(inputs: Inputs, account: AccountView): ReturnType<typeof strayGroup> {
  const [vpcId] = placementOf(account, subnetsOf(inputs)).vpcs;
  return strayGroup(account, inputs.securityGroups, vpcId);
}

/** @throws Refusal for the first rule of the service that the request breaks. */
export function refuseLoadBalancer(request: Request): void {
  refuseFirst(rules, request);
}
