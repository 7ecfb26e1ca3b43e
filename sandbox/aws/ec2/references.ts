import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { Reference } from "../behaviour.ts";

/** Tokens of what the types of a VPC refer to. */
export const vpcToken = "aws:ec2/vpc:Vpc";
export const subnetToken = "aws:ec2/subnet:Subnet";
export const natGatewayToken = "aws:ec2/natGateway:NatGateway";
export const internetGatewayToken = "aws:ec2/internetGateway:InternetGateway";
export const gatewayAttachmentToken = "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment";

/** Whatever has a security group's id: a VPC has its default group's, an EKS cluster that of the group which EKS makes. */
const securityGroupTokens: readonly string[] = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  vpcToken,
  "aws:eks/cluster:Cluster",
];

/** Likewise for route tables and network ACLs, of which a VPC has a first one of its own. */
const routeTableTokens: readonly string[] = [
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/defaultRouteTable:DefaultRouteTable",
  vpcToken,
];
const networkAclTokens: readonly string[] = [
  "aws:ec2/networkAcl:NetworkAcl",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  vpcToken,
];

function missing(code: string, what: string): Reference["missing"] {
  return { code, message: `The ${what} '{value}' does not exist` };
}

/** Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const toVpc: Reference = { to: vpcToken, missing: missing("InvalidVpcID.NotFound", "vpc ID") };
export const toSubnet: Reference = {
  to: subnetToken,
  missing: missing("InvalidSubnetID.NotFound", "subnet ID"),
};
export const toSecurityGroup: Reference = {
  to: securityGroupTokens,
  missing: missing("InvalidGroup.NotFound", "security group"),
};
export const toRouteTable: Reference = {
  to: routeTableTokens,
  missing: missing("InvalidRouteTableID.NotFound", "routeTable ID"),
};
export const toNetworkAcl: Reference = {
  to: networkAclTokens,
  missing: missing("InvalidNetworkAclID.NotFound", "networkAcl ID"),
};
export const toAddress: Reference = {
  to: "aws:ec2/eip:Eip",
  missing: missing("InvalidAllocationID.NotFound", "elastic-ip ID"),
};

/** The same reference, where the other thing may be deleted first. */
export function loosely(reference: Reference): Reference {
  return { ...reference, holds: false };
}

type Keeps = (thing: Stored, holders: readonly Stored[]) => void;

/** What EC2 says when something is deleted that others need, and which of them: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function keepsHeld(complaint: (id: string) => string): Keeps {
  return ({ id }, [holder]) => {
    if (holder === undefined) return;
    const by = holder.token.split(":").at(-1) ?? holder.token;
    throw new Refusal("DependencyViolation", `${complaint(id)}: ${by} ${holder.id}`);
  };
}

/** The same in the words of most of its types, which it names as `routeTable`. */
export function keepsNeeded(what: string): Keeps {
  return keepsHeld((id) => `The ${what} '${id}' has dependencies and cannot be deleted`);
}

/** The VPC that something with this id lies in, or is; `undefined` when nothing has the id. */
export function vpcOf(account: AccountView, id: string | undefined): string | undefined {
  const found = account.named(id ?? "");
  const vpc = found.find((thing) => thing.token === vpcToken);
  return vpc?.id ?? found.map((thing) => text(thing.state.vpcId)).find((value) => value !== undefined);
}

/** The things of a type in one VPC. */
export function inVpc(account: AccountView, token: string, vpcId: string | undefined): readonly Stored[] {
  return account.all(token).filter((thing) => thing.state.vpcId === vpcId);
}
