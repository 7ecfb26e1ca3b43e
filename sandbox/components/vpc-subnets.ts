import type { Properties } from "../model.ts";
import { tagged } from "./arguments.ts";
import { derive, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";
import type { PlannedSubnet } from "./subnet-layout.ts";

/** Where private subnets send what leaves the VPC. */
export type NatStrategy = "none" | "single" | "oneperaz";

/** The children of one subnet, and of its route to the internet if it has one. */
export interface SubnetParts {
  readonly type: string;
  readonly subnet: Child;
  readonly table: Child;
  readonly association: Child;
  readonly route: Child | undefined;
  readonly nat: readonly Child[];
}

/** What the subnets of one VPC have in common. */
export interface VpcContext {
  readonly name: string;
  readonly args: Properties;
  /** The tags that everything gets. */
  readonly tags: unknown;
  readonly vpc: Key;
  readonly gateway: Key;
  /** Zone names. */
  readonly zones: readonly unknown[];
  readonly strategy: NatStrategy;
}

/** One subnet with its own route table, and its NAT gateway if it hosts one. */
export function expandSubnet(
  { name, args, tags, vpc, gateway, zones, strategy }: VpcContext,
  planned: PlannedSubnet,
): SubnetParts {
  const { type, zone } = planned;
  const own = { Name: planned.name, SubnetType: type };
  const isPublic = type.toLowerCase() === "public";
  const subnet: Child = {
    type: "aws:ec2/subnet:Subnet",
    name: planned.name,
    parent: vpc,
    inputs: {
      vpcId: ref(vpc),
      availabilityZone: zones[zone],
      cidrBlock: planned.cidrBlock,
      mapPublicIpOnLaunch: isPublic,
      assignIpv6AddressOnCreation: false,
      // Left out in the end, but not known to be before the VPC is.
      ipv6CidrBlock: derive([ref(vpc, "ipv6CidrBlock")], () => undefined),
      tags: tagged(tags, planned.tags, own),
    },
  };
  const subnetKey = keyOf(subnet);
  const table: Child = {
    type: "aws:ec2/routeTable:RouteTable",
    name: planned.name,
    parent: subnetKey,
    inputs: { vpcId: ref(vpc), tags: tagged(tags, own) },
    dependsOn: [subnetKey],
  };
  const tableKey = keyOf(table);
  const association: Child = {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    name: planned.name,
    parent: tableKey,
    inputs: { routeTableId: ref(tableKey), subnetId: ref(subnetKey) },
  };
  const target = routeTarget(type, { name, gateway, strategy, zone });
  const route: Child | undefined = target && {
    type: "aws:ec2/route:Route",
    name: planned.name,
    parent: tableKey,
    inputs: { routeTableId: ref(tableKey), destinationCidrBlock: "0.0.0.0/0", ...target },
  };
  const hosts = isPublic && (strategy === "oneperaz" || (strategy === "single" && zone === 0));
  const nat = hosts ? expandNat(`${name}-${zone + 1}`, subnetKey, args) : [];
  return { type, subnet, table, association, route, nat };
}

function expandNat(name: string, subnet: Key, args: Properties): readonly Child[] {
  const tags = tagged(args.tags, { Name: name });
  const address: Child = {
    type: "aws:ec2/eip:Eip",
    name,
    parent: subnet,
    inputs: { tags },
    dependsOn: [subnet],
  };
  const gateway: Child = {
    type: "aws:ec2/natGateway:NatGateway",
    name,
    parent: subnet,
    inputs: { subnetId: ref(subnet), allocationId: ref(keyOf(address), "allocationId"), tags },
  };
  return [address, gateway];
}

function routeTarget(
  type: string,
  { name, gateway, strategy, zone }: { name: string; gateway: Key; strategy: NatStrategy; zone: number },
): Properties | undefined {
  if (type.toLowerCase() === "public") return { gatewayId: ref(gateway) };
  if (type.toLowerCase() !== "private" || strategy === "none") return undefined;
  const place = strategy === "single" ? 1 : zone + 1;
  return { natGatewayId: ref(`aws:ec2/natGateway:NatGateway::${name}-${place}`) };
}
