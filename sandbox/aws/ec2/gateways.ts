import type { ec2 } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import type { AnyBehaviour, Plain } from "../behaviour.ts";
import { blockOf, cidrOf } from "../cidr.ts";
import { quotaOf } from "../quotas.ts";
import {
  gatewayAttachmentToken,
  inVpc,
  internetGatewayToken,
  loosely,
  natGatewayToken,
  subnetToken,
  toAddress,
  toSubnet,
  toVpc,
  vpcOf,
} from "./references.ts";

const addressToken = "aws:ec2/eip:Eip";
const carrierGatewayToken = "aws:ec2/carrierGateway:CarrierGateway";

/** An address of one of the blocks reserved for documentation (RFC 5737), so that it is nobody's. */
function publicAddress(digits: string): string {
  const number = Number.parseInt(digits, 16);
  const block = ["192.0.2", "198.51.100", "203.0.113"][number % 3] ?? "192.0.2";
  return `${block}.${(Math.floor(number / 3) % 254) + 1}`;
}

/** Some address of the subnet beyond the five that AWS keeps: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
function privateAddress(account: AccountView, subnetId: string | undefined, digits: string): string {
  const block = blockOf(text(account.find(subnetToken, subnetId ?? "")?.state.cidrBlock) ?? "");
  if (block === undefined) return "";
  const usable = 2 ** (32 - block.prefix) - 5;
  return cidrOf({ first: block.first + 4 + (Number.parseInt(digits, 16) % usable), prefix: 32 }).replace(
    "/32",
    "",
  );
}

function attached(account: AccountView, vpcId: string | undefined): boolean {
  return (
    vpcId !== undefined &&
    [internetGatewayToken, gatewayAttachmentToken].some((token) => inVpc(account, token, vpcId).length > 0)
  );
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
const internetGateway = behaviour<ec2.InternetGatewayArgs, ec2.InternetGatewayState>(internetGatewayToken, {
  references: { vpcId: toVpc },
  id: ({ hex }) => `igw-0${hex(16)}`,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:ec2:${region}:${accountId}:internet-gateway/${id}`,
    ownerId: accountId,
  }),
  refuses: ({ inputs, account, region }, before) => {
    const quota = quotaOf(account, region, "vpc/internet-gateways");
    if (before === undefined && account.all(internetGatewayToken, region).length >= quota) {
      throw new Refusal(
        "InternetGatewayLimitExceeded",
        "The maximum number of internet gateways has been reached.",
      );
    }
    if (inputs.vpcId !== before?.state.vpcId && attached(account, inputs.vpcId)) {
      throw new Refusal(
        "InvalidParameterValue",
        `Network ${inputs.vpcId ?? ""} already has an internet gateway attached`,
      );
    }
  },
  // Detaching fails while a NAT gateway has a public address mapped through it.
  keeps: ({ state }, _, account) => {
    const vpcId = text(state.vpcId);
    const mapped = account
      .all(natGatewayToken)
      .some((gateway) => vpcOf(account, text(gateway.state.subnetId)) === vpcId);
    if (vpcId === undefined || !mapped) return;
    throw new Refusal(
      "DependencyViolation",
      `Network ${vpcId} has some mapped public address(es). Please unmap those before detaching the gateway.`,
    );
  },
  seconds: { create: 1, update: 2, delete: 1 },
});

/** A public address is of use only where there is a way out, in a Wavelength Zone by the carrier: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html */
export function refuseUnreachable(account: AccountView, owner: string | undefined): void {
  const subnetId = account.named(owner ?? "").map(({ state }) => text(state.subnetId))[0];
  const vpcId = vpcOf(account, subnetId);
  if (vpcId === undefined || attached(account, vpcId)) return;
  if (inVpc(account, carrierGatewayToken, vpcId).length > 0) return;
  throw new Refusal("Gateway.NotAttached", `Network ${vpcId} is not attached to any internet gateway`);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html */
const eip = behaviour<ec2.EipArgs, ec2.EipState>(addressToken, {
  defaults: {
    domain: { value: "vpc", because: "AWS has had no other addresses since EC2-Classic was retired" },
  },
  id: ({ hex }) => `eipalloc-0${hex(16)}`,
  outputs: ({ id, accountId, region, hex }) => {
    const address = publicAddress(hex(8));
    const zone = region === "us-east-1" ? "compute-1" : `${region}.compute`;
    return {
      allocationId: id,
      arn: `arn:aws:ec2:${region}:${accountId}:elastic-ip/${id}`,
      associationId: ABSENT,
      carrierIp: ABSENT,
      customerOwnedIp: ABSENT,
      networkBorderGroup: region,
      privateDns: ABSENT,
      privateIp: ABSENT,
      ptrRecord: ABSENT,
      publicDns: `ec2-${address.replaceAll(".", "-")}.${zone}.amazonaws.com`,
      publicIp: address,
      publicIpv4Pool: "amazon",
    };
  },
  keys: (state) => [state.arn, state.publicIp],
  refuses: ({ inputs, account, region }, before) => {
    const quota = quotaOf(account, region, "ec2/elastic-ips");
    if (before === undefined && account.all(addressToken, region).length >= quota) {
      throw new Refusal("AddressLimitExceeded", "The maximum number of addresses has been reached.");
    }
    refuseUnreachable(account, inputs.instance ?? inputs.networkInterface);
  },
  inUse: "InvalidIPAddress.InUse",
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html */
const natGateway = behaviour<ec2.NatGatewayArgs, ec2.NatGatewayState>(natGatewayToken, {
  references: {
    subnetId: toSubnet,
    allocationId: toAddress,
    "secondaryAllocationIds[]": toAddress,
    vpcId: loosely(toVpc),
  },
  id: ({ hex }) => `nat-0${hex(16)}`,
  outputs: ({ inputs, account, hex }) => ({
    associationId: inputs.allocationId === undefined ? ABSENT : `eipassoc-0${hex(16, "association")}`,
    autoProvisionZones: ABSENT,
    autoScalingIps: ABSENT,
    networkInterfaceId: `eni-0${hex(16, "interface")}`,
    privateIp: privateAddress(account, inputs.subnetId, hex(8, "address")),
    publicIp: text(account.find(addressToken, inputs.allocationId ?? "")?.state.publicIp) ?? ABSENT,
    regionalNatGatewayAddresses: [],
    regionalNatGatewayAutoMode: ABSENT,
    routeTableId: ABSENT,
    secondaryPrivateIpAddressCount: 0,
    secondaryPrivateIpAddresses: [],
  }),
  keys: (_, { inputs, account }) => [inZone(account.find(subnetToken, inputs.subnetId ?? ""))],
  refuses: ({ inputs, account, region }, before) => {
    refuseOfOtherKind(inputs);
    const home = account.find(subnetToken, inputs.subnetId ?? "");
    if (before !== undefined || home === undefined) return;
    if (inputs.connectivityType !== "private") refuseUnattached(account, text(home.state.vpcId) ?? "");
    refuseTakenAddress(account, inputs.allocationId);
    refuseFullZone(account, region, home);
  },
  seconds: { create: 100, update: 5, delete: 55 },
});

type NatInputs = Plain<ec2.NatGatewayArgs>;

/** What goes with the other kind of gateway only, as the provider says in its plan. */
function refuseOfOtherKind(inputs: NatInputs): void {
  const kind = inputs.connectivityType ?? "public";
  const stray = (
    kind === "private"
      ? ([
          ["allocation_id", inputs.allocationId],
          ["secondary_allocation_ids", inputs.secondaryAllocationIds?.[0]],
        ] as const)
      : ([["secondary_private_ip_address_count", inputs.secondaryPrivateIpAddressCount]] as const)
  ).find(([, value]) => value !== undefined);
  if (stray === undefined) return;
  throw new Refusal(
    "InvalidParameterCombination",
    `${stray[0]} is not supported with connectivity_type = "${kind}"`,
  );
}

function refuseUnattached(account: AccountView, vpcId: string): void {
  if (attached(account, vpcId)) return;
  throw new Refusal("Gateway.NotAttached", `Network ${vpcId} has no Internet gateway attached`);
}

function refuseTakenAddress(account: AccountView, allocationId: string | undefined): void {
  const address = account.find(addressToken, allocationId ?? "");
  const holders = address === undefined ? [] : account.holders(address);
  if (allocationId === undefined || holders.every(({ token }) => token !== natGatewayToken)) return;
  throw new Refusal(
    "Resource.AlreadyAssociated",
    `Elastic IP address [${allocationId}] is already associated`,
  );
}

/** The key by which the NAT gateways of a subnet's zone are found. */
function inZone(subnet: Stored | undefined): string {
  return `${String(subnet?.state.availabilityZone)}/nat-gateways`;
}

function refuseFullZone(account: AccountView, region: string, home: Stored): void {
  const there = account.named(inZone(home));
  if (there.length < quotaOf(account, region, "vpc/nat-gateways-per-zone")) return;
  throw new Refusal(
    "NatGatewayLimitExceeded",
    `The maximum number of NAT gateways in ${String(home.state.availabilityZone)} has been reached.`,
  );
}

/** How a VPC reaches the internet. */
export const gateways: readonly AnyBehaviour[] = [internetGateway, eip, natGateway];
