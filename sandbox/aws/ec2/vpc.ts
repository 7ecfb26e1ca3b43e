import type { ec2 } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import type { AnyBehaviour, Context, Plain } from "../behaviour.ts";
import { blockOf, contains, overlap } from "../cidr.ts";
import { quotaOf } from "../quotas.ts";
import { zonesOf } from "../zones.ts";
import { toServiceRole } from "../iam/references.ts";
import { inVpc, keepsNeeded, loosely, subnetToken, toSubnet, toVpc, vpcToken } from "./references.ts";
import { blockIn, blocksOf, isVpcSize } from "./vpc-blocks.ts";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html */
const vpc = behaviour<ec2.VpcArgs, ec2.VpcState>(vpcToken, {
  id: ({ hex }) => `vpc-0${hex(16)}`,
  outputs: ({ id, accountId, region, hex, inputs }) => ({
    arn: `arn:aws:ec2:${region}:${accountId}:vpc/${id}`,
    defaultNetworkAclId: `acl-0${hex(16, "networkAcl")}`,
    defaultRouteTableId: `rtb-0${hex(16, "routeTable")}`,
    defaultSecurityGroupId: `sg-0${hex(16, "securityGroup")}`,
    dhcpOptionsId: `dopt-0${hex(16, "dhcpOptions")}`,
    enableDnsHostnames: false,
    enableNetworkAddressUsageMetrics: false,
    ipv6AssociationId:
      inputs.assignGeneratedIpv6CidrBlock === true ? `vpc-cidr-assoc-0${hex(16, "ipv6")}` : ABSENT,
    // The provider says so where there is none, and awsx hands it on to the subnets.
    ipv6CidrBlock: "",
    mainRouteTableId: `rtb-0${hex(16, "routeTable")}`,
    ownerId: accountId,
  }),
  keys: (state) => [
    state.arn,
    state.defaultNetworkAclId,
    state.defaultRouteTableId,
    state.defaultSecurityGroupId,
  ],
  refuses: ({ account, region }, before) => {
    if (
      before === undefined &&
      account.all(vpcToken, region).length >= quotaOf(account, region, "vpc/vpcs")
    ) {
      throw new Refusal("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
    }
  },
  keeps: keepsNeeded("vpc"),
  seconds: { create: 12, update: 11, delete: 1 },
});

function refuseBlock(cidr: string, vpcId: string, { account }: Context<unknown>): void {
  const block = blockOf(cidr);
  const home = blocksOf(account, vpcId);
  if (block === undefined || home.length === 0) return;
  if (!isVpcSize(block) || !home.some((outer) => contains(outer, block))) {
    throw new Refusal("InvalidSubnet.Range", `The CIDR '${cidr}' is invalid.`);
  }
  const others = inVpc(account, subnetToken, vpcId).flatMap((other) => blockIn(other) ?? []);
  if (others.some((other) => overlap(other, block))) {
    throw new Refusal("InvalidSubnet.Conflict", `The CIDR '${cidr}' conflicts with another subnet`);
  }
}

function refuseZone(zone: string | undefined, region: string): void {
  const names = zonesOf(region).map(({ name }) => name);
  if (zone === undefined || names.includes(zone)) return;
  throw new Refusal(
    "InvalidParameterValue",
    `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${names.join(", ")}.`,
  );
}

/** Only a subnet that has no addresses but those of IPv6 goes without: https://docs.aws.amazon.com/vpc/latest/userguide/create-subnets.html */
function refuseNoBlock({ cidrBlock, ipv4IpamPoolId, ipv6Native }: Plain<ec2.SubnetArgs>): void {
  if (cidrBlock !== undefined || ipv4IpamPoolId !== undefined || ipv6Native === true) return;
  throw new Refusal("MissingParameter", "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.");
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html */
const subnet = behaviour<ec2.SubnetArgs, ec2.SubnetState>(subnetToken, {
  references: { vpcId: toVpc },
  id: ({ hex }) => `subnet-0${hex(16)}`,
  outputs: ({ id, accountId, region, hex, inputs }) => {
    const zones = zonesOf(region);
    const given = zones.find(
      ({ name, id: zoneId }) => name === inputs.availabilityZone || zoneId === inputs.availabilityZoneId,
    );
    const zone = given ?? zones[Number.parseInt(hex(4), 16) % zones.length];
    return {
      arn: `arn:aws:ec2:${region}:${accountId}:subnet/${id}`,
      availabilityZone: zone?.name ?? "",
      availabilityZoneId: zone?.id ?? "",
      ipv6CidrBlockAssociationId:
        inputs.ipv6CidrBlock === undefined ? ABSENT : `subnet-cidr-assoc-0${hex(16, "ipv6")}`,
      ownerId: accountId,
      privateDnsHostnameTypeOnLaunch: "ip-name",
    };
  },
  refuses: (context, before) => {
    refuseZone(context.inputs.availabilityZone, context.region);
    if (before !== undefined) return;
    refuseNoBlock(context.inputs);
    refuseBlock(context.inputs.cidrBlock ?? "", context.inputs.vpcId, context);
  },
  keeps: keepsNeeded("subnet"),
  // Ten of the eleven go to waiting until public addresses are mapped at launch.
  seconds: { create: 11, update: 11, delete: 1 },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html */
const flowLog = behaviour<ec2.FlowLogArgs, ec2.FlowLogState>("aws:ec2/flowLog:FlowLog", {
  references: {
    vpcId: loosely(toVpc),
    subnetId: loosely(toSubnet),
    iamRoleArn: toServiceRole("InvalidParameter", "Unable to assume given IAM role"),
  },
  id: ({ hex }) => `fl-0${hex(16)}`,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:ec2:${region}:${accountId}:vpc-flow-log/${id}`,
    logFormat:
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
  }),
  refuses: ({ inputs, account, region }, before) => {
    if (
      (inputs.logDestinationType ?? "cloud-watch-logs") === "cloud-watch-logs" &&
      inputs.iamRoleArn === undefined
    ) {
      throw new Refusal(
        "InvalidParameter",
        "DeliverLogsPermissionArn must be specified for LogDestinationType cloud-watch-logs",
      );
    }
    const twin = account
      .all("aws:ec2/flowLog:FlowLog", region)
      .find(
        ({ state }) =>
          state.vpcId === inputs.vpcId &&
          state.logDestination === inputs.logDestination &&
          state.subnetId === inputs.subnetId &&
          state.eniId === inputs.eniId,
      );
    if (before === undefined && twin !== undefined) {
      throw new Refusal(
        "FlowLogAlreadyExists",
        "Error. There is an existing Flow Log with the same configuration and log destination.",
      );
    }
  },
});

/** Everything that makes up an empty VPC. */
export const vpcs: readonly AnyBehaviour[] = [vpc, subnet, flowLog];
