import type { ec2 } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { hexOf, list, text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import {
  inVpc,
  loosely,
  subnetToken,
  toRouteTable,
  toSecurityGroup,
  toSubnet,
  toVpc,
  vpcToken,
} from "./references.ts";

const endpointToken = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** What an endpoint that says nothing lets through: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const openPolicy = JSON.stringify({
  Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }],
  Version: "2008-10-17",
});

interface Inputs {
  readonly vpcId: string;
  readonly vpcEndpointType?: string | undefined;
  readonly serviceName?: string | undefined;
  readonly privateDnsEnabled?: boolean | undefined;
  readonly routeTableIds?: readonly string[] | undefined;
}

function isGateway({ vpcEndpointType = "Gateway" }: Inputs): boolean {
  return vpcEndpointType === "Gateway";
}

/** The list of a service's addresses in a region, such as that of S3: the same for every account. */
export function prefixListOf(service: string): string {
  return `pl-${hexOf(service, 8)}`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html */
const endpoint = behaviour<ec2.VpcEndpointArgs, ec2.VpcEndpointState>(endpointToken, {
  references: {
    vpcId: toVpc,
    "subnetIds[]": toSubnet,
    "securityGroupIds[]": toSecurityGroup,
    "routeTableIds[]": loosely(toRouteTable),
  },
  id: ({ hex }) => `vpce-0${hex(16)}`,
  outputs: ({ id, accountId, region, inputs, account, hex }) => {
    const gateway = isGateway(inputs);
    const service = inputs.serviceName ?? "";
    const subnets = inputs.subnetIds ?? [];
    return {
      arn: `arn:aws:ec2:${region}:${accountId}:vpc-endpoint/${id}`,
      cidrBlocks: gateway ? ["198.51.100.0/24"] : [],
      dnsEntries: gateway ? [] : dnsEntriesOf(id, service, region, inputs.privateDnsEnabled === true),
      ipAddressType: "ipv4",
      networkInterfaceIds: subnets.map((subnet) => `eni-0${hex(16, subnet)}`),
      ownerId: accountId,
      policy: openPolicy,
      prefixListId: gateway ? prefixListOf(service) : ABSENT,
      privateDnsEnabled: false,
      requesterManaged: false,
      routeTableIds: [],
      securityGroupIds: gateway ? [] : [defaultGroup(account, inputs.vpcId)],
      serviceRegion: region,
      state: "available",
      subnetIds: [],
    };
  },
  keys: (state) => [state.arn],
  refuses: (context, before) => {
    refuseService(context.inputs.serviceName ?? "", context.inputs.serviceRegion ?? context.region);
    refuseType(context.inputs);
    refuseTwoInOneZone(context.account, context.inputs.subnetIds ?? []);
    refusePrivateDns(context, before?.id);
    refuseSecondRoute(context, before?.id);
  },
  seconds: { create: 90, update: 30, delete: 30 },
});

function dnsEntriesOf(
  id: string,
  service: string,
  region: string,
  isPrivate: boolean,
): { dnsName: string; hostedZoneId: string }[] {
  const name = service.split(".").slice(3).reverse().join(".");
  const own = `${id}-${hexOf(id, 8)}.${name}.${region}.vpce.amazonaws.com`;
  const entries = isPrivate ? [own, `${name}.${region}.amazonaws.com`] : [own];
  return entries.map((dnsName) => ({ dnsName, hostedZoneId: `Z${hexOf(dnsName, 13).toUpperCase()}` }));
}

function defaultGroup(account: AccountView, vpcId: string): string {
  return text(account.find(vpcToken, vpcId)?.state.defaultSecurityGroupId) ?? "";
}

/** AWS's own services are named `com.amazonaws.<region>.<service>`; others' begin `com.amazonaws.vpce`. Access points of S3 are in all regions at once. */
function refuseService(service: string, region: string): void {
  const [, , part = ""] = service.split(".");
  if (!service.startsWith("com.amazonaws.") || [region, "vpce", "s3-global"].includes(part)) return;
  throw new Refusal("InvalidServiceName", `The Vpc Endpoint Service '${service}' does not exist`);
}

/** AWS's own, except for those that a route leads to: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
const withoutRoute = /^com\.amazonaws\.(?!vpce\.)[^.]+\.(?!(?:s3|s3express|dynamodb)$)/;

function refuseType(inputs: Inputs): void {
  const { serviceName = "", routeTableIds = [] } = inputs;
  if (isGateway(inputs) && withoutRoute.test(serviceName)) {
    throw new Refusal(
      "InvalidParameter",
      "Endpoint type (Gateway) does not match available service types ([Interface]).",
    );
  }
  if (isGateway(inputs) || routeTableIds.length === 0) return;
  throw new Refusal("InvalidParameter", "Route table IDs are only supported for Gateway type VPC Endpoint.");
}

function refuseTwoInOneZone(account: AccountView, subnetIds: readonly string[]): void {
  const zones = subnetIds.map((id) => account.find(subnetToken, id)?.state.availabilityZone);
  const twin = subnetIds.find((_, index) => zones.indexOf(zones[index]) !== index);
  if (twin === undefined) return;
  throw new Refusal(
    "DuplicateSubnetsInSameZone",
    `Found another VPC endpoint subnet in the availability zone of ${twin}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`,
  );
}

function othersLike(
  account: AccountView,
  { vpcId, serviceName }: Inputs,
  own: string | undefined,
): readonly Stored[] {
  return inVpc(account, endpointToken, vpcId).filter(
    ({ id, state }) => id !== own && state.serviceName === serviceName,
  );
}

function refusePrivateDns({ inputs, account }: Context<Inputs>, own: string | undefined): void {
  if (inputs.privateDnsEnabled !== true) return;
  const vpc = account.find(vpcToken, inputs.vpcId)?.state ?? {};
  if (vpc.enableDnsSupport === false || vpc.enableDnsHostnames !== true) {
    throw new Refusal(
      "InvalidParameter",
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${inputs.vpcId}`,
    );
  }
  if (!othersLike(account, inputs, own).some(({ state }) => state.privateDnsEnabled === true)) return;
  const service = String(inputs.serviceName);
  throw new Refusal(
    "InvalidParameter",
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service} in the VPC ${inputs.vpcId}`,
  );
}

function refuseSecondRoute({ inputs, account }: Context<Inputs>, own: string | undefined): void {
  if (!isGateway(inputs)) return;
  const taken = othersLike(account, inputs, own).flatMap(({ state }) => list(state.routeTableIds));
  const twice = (inputs.routeTableIds ?? []).find((table) => taken.includes(table));
  if (twice === undefined) return;
  throw new Refusal(
    "RouteAlreadyExists",
    `route table ${twice} already has a route with destination-prefix-list-id ${prefixListOf(inputs.serviceName ?? "")}`,
  );
}

/** How a VPC reaches AWS's services without the internet. */
export const endpoints: readonly AnyBehaviour[] = [endpoint];
