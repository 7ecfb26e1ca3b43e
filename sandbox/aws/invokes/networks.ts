import type { ec2 } from "@pulumi/aws";
import type { AccountStore, Properties, Stored } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { blockOf } from "../cidr.ts";
import { ensureDefaultVpc } from "../ec2/default-vpc.ts";
import { subnetToken, vpcToken } from "../ec2/references.ts";
import type { Filters } from "./asking.ts";
import { only, passes, tagArguments, tagsOf, words } from "./asking.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

const groupToken = "aws:ec2/securityGroup:SecurityGroup";

/** Filters by type: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html, API_DescribeSubnets.html, API_DescribeSecurityGroups.html */
const vpcFilters: Filters = {
  cidr: ({ state }) => state.cidrBlock,
  "cidr-block-association.cidr-block": ({ state }) => state.cidrBlock,
  "is-default": ({ state }) => state.default === true,
  isDefault: ({ state }) => state.default === true,
  "owner-id": ({ state }) => state.ownerId,
  state: () => "available",
  "vpc-id": ({ id }) => id,
};
const subnetFilters: Filters = {
  "availability-zone": ({ state }) => state.availabilityZone,
  "availability-zone-id": ({ state }) => state.availabilityZoneId,
  "cidr-block": ({ state }) => state.cidrBlock,
  "default-for-az": ({ state }) => state.defaultForAz === true,
  "map-public-ip-on-launch": ({ state }) => state.mapPublicIpOnLaunch === true,
  "owner-id": ({ state }) => state.ownerId,
  state: () => "available",
  "subnet-id": ({ id }) => id,
  "vpc-id": ({ state }) => state.vpcId,
};
const groupFilters: Filters = {
  description: ({ state }) => state.description,
  "group-id": ({ id }) => id,
  "group-name": ({ state }) => state.name,
  "owner-id": ({ state }) => state.ownerId,
  "vpc-id": ({ state }) => state.vpcId,
};

/** Whether a question can mean what AWS made when it opened the account. */
function asksForDefault(args: Properties): boolean {
  const named = list(args.filters).filter(isRecord);
  const names = named.map(({ name }) => name);
  return args.default === true || args.defaultForAz === true || names.some((name) => isDefaultFilter(name));
}

function isDefaultFilter(name: unknown): boolean {
  return ["is-default", "isDefault", "default-for-az"].includes(words(name));
}

function candidates({ account, region }: InvokeContext, token: string, args: Properties): readonly Stored[] {
  if (asksForDefault(args)) ensureDefaultVpc(account, region);
  return account.all(token, region);
}

function vpcsLike(context: InvokeContext, args: Properties): readonly Stored[] {
  return candidates(context, vpcToken, args).filter(
    (vpc) =>
      (args.id === undefined || vpc.id === args.id) &&
      (args.cidrBlock === undefined || vpc.state.cidrBlock === args.cidrBlock) &&
      (args.default === undefined || (vpc.state.default === true) === args.default) &&
      passes(vpc, vpcFilters, args),
  );
}

const getVpc = invoke<ec2.GetVpcResult>((context, args) => {
  const vpc = only(vpcsLike(context, args), "EC2 VPC");
  const { id, state } = vpc;
  return {
    arn: words(state.arn),
    cidrBlock: words(state.cidrBlock),
    cidrBlockAssociations: [
      {
        associationId: id.replace("vpc-", "vpc-cidr-assoc-"),
        cidrBlock: words(state.cidrBlock),
        state: "associated",
      },
    ],
    default: state.default === true,
    dhcpOptionsId: words(state.dhcpOptionsId),
    enableDnsHostnames: state.enableDnsHostnames === true,
    enableDnsSupport: state.enableDnsSupport !== false,
    enableNetworkAddressUsageMetrics: state.enableNetworkAddressUsageMetrics === true,
    id,
    instanceTenancy: text(state.instanceTenancy) ?? "default",
    ipv6AssociationId: words(state.ipv6AssociationId),
    ipv6CidrBlock: words(state.ipv6CidrBlock),
    ipv6CidrBlockAssociations: [],
    mainRouteTableId: words(state.mainRouteTableId),
    ownerId: words(state.ownerId),
    region: context.region,
    state: "available",
    tags: tagsOf(vpc),
  };
});

const getVpcs = invoke<ec2.GetVpcsResult>((context, args) => ({
  id: context.region,
  ids: vpcsLike(context, args).map(({ id }) => id),
  region: context.region,
  tags: tagArguments(args),
}));

const subnetArguments = ["availabilityZone", "availabilityZoneId", "cidrBlock", "vpcId"] as const;

function subnetsLike(context: InvokeContext, args: Properties): readonly Stored[] {
  return candidates(context, subnetToken, args).filter(
    (subnet) =>
      (args.id === undefined || subnet.id === args.id) &&
      (args.defaultForAz === undefined || (subnet.state.defaultForAz === true) === args.defaultForAz) &&
      subnetArguments.every((name) => args[name] === undefined || subnet.state[name] === args[name]) &&
      passes(subnet, subnetFilters, args),
  );
}

/** AWS keeps five addresses of each subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
function addressesIn(cidr: string): number {
  const block = blockOf(cidr);
  return block === undefined ? 0 : 2 ** (32 - block.prefix) - 5;
}

const getSubnet = invoke<ec2.GetSubnetResult>((context, args) => {
  const subnet = only(subnetsLike(context, args), "EC2 Subnet");
  const { id, state } = subnet;
  return {
    arn: words(state.arn),
    assignIpv6AddressOnCreation: state.assignIpv6AddressOnCreation === true,
    availabilityZone: words(state.availabilityZone),
    availabilityZoneId: words(state.availabilityZoneId),
    availableIpAddressCount: addressesIn(words(state.cidrBlock)),
    cidrBlock: words(state.cidrBlock),
    customerOwnedIpv4Pool: "",
    defaultForAz: state.defaultForAz === true,
    enableDns64: state.enableDns64 === true,
    enableLniAtDeviceIndex: 0,
    enableResourceNameDnsARecordOnLaunch: state.enableResourceNameDnsARecordOnLaunch === true,
    enableResourceNameDnsAaaaRecordOnLaunch: state.enableResourceNameDnsAaaaRecordOnLaunch === true,
    id,
    ipv6CidrBlock: words(state.ipv6CidrBlock),
    ipv6CidrBlockAssociationId: words(state.ipv6CidrBlockAssociationId),
    ipv6Native: state.ipv6Native === true,
    mapCustomerOwnedIpOnLaunch: false,
    mapPublicIpOnLaunch: state.mapPublicIpOnLaunch === true,
    outpostArn: "",
    ownerId: words(state.ownerId),
    privateDnsHostnameTypeOnLaunch: text(state.privateDnsHostnameTypeOnLaunch) ?? "ip-name",
    region: context.region,
    state: "available",
    tags: tagsOf(subnet),
    vpcId: words(state.vpcId),
  };
});

const getSubnets = invoke<ec2.GetSubnetsResult>((context, args) => ({
  id: context.region,
  ids: subnetsLike(context, args).map(({ id }) => id),
  region: context.region,
  tags: tagArguments(args),
}));

/** The first group of each VPC is no resource of its own: it comes with the VPC. */
function groupsOf(account: AccountStore, region: string): readonly Stored[] {
  const first = account.all(vpcToken, region).map((vpc): Stored => ({
    ...vpc,
    id: words(vpc.state.defaultSecurityGroupId),
    state: {
      arn: words(vpc.state.arn).replace(
        /vpc\/.*$/,
        `security-group/${words(vpc.state.defaultSecurityGroupId)}`,
      ),
      description: "default VPC security group",
      name: "default",
      ownerId: vpc.state.ownerId,
      vpcId: vpc.id,
    },
  }));
  return [...account.all(groupToken, region), ...first];
}

const getSecurityGroup = invoke<ec2.GetSecurityGroupResult>((context, args) => {
  const group = only(
    groupsOf(context.account, context.region).filter(
      (one) =>
        (args.id === undefined || one.id === args.id) &&
        (args.name === undefined || one.state.name === args.name) &&
        (args.vpcId === undefined || one.state.vpcId === args.vpcId) &&
        passes(one, groupFilters, args),
    ),
    "EC2 Security Group",
  );
  return {
    arn: words(group.state.arn),
    description: words(group.state.description),
    id: group.id,
    name: words(group.state.name),
    region: context.region,
    tags: tagsOf(group),
    vpcId: words(group.state.vpcId),
  };
});

/** Questions about networks that are there. */
export const networkInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getSecurityGroup:getSecurityGroup": getSecurityGroup,
  "aws:ec2/getSubnet:getSubnet": getSubnet,
  "aws:ec2/getSubnets:getSubnets": getSubnets,
  "aws:ec2/getVpc:getVpc": getVpc,
  "aws:ec2/getVpcs:getVpcs": getVpcs,
};
