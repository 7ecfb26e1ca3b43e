import { crc32 } from "node:zlib";
import type { ec2 } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import type { AnyBehaviour, Reference } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import {
  internetGatewayToken,
  keepsNeeded,
  loosely,
  natGatewayToken,
  toRouteTable,
  toSubnet,
  toVpc,
  vpcOf,
  vpcToken,
} from "./references.ts";

const routeToken = "aws:ec2/route:Route";
const associationToken = "aws:ec2/routeTableAssociation:RouteTableAssociation";

/** AWS lets a target go before the route, which is then a black hole: so none of them holds. */
function target(token: string, code: string, what: string): Reference {
  return { to: token, missing: { code, message: `The ${what} ID '{value}' does not exist` }, holds: false };
}

const toGateway: Reference = {
  ...target(internetGatewayToken, "InvalidGatewayID.NotFound", "gateway"),
  foreign: /^(?:local$|vgw-)/,
};
const toNatGateway = target(natGatewayToken, "InvalidNatGatewayID.NotFound", "natGateway");
const toEndpoint = target("aws:ec2/vpcEndpoint:VpcEndpoint", "InvalidVpcEndpointId.NotFound", "vpcEndpoint");

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRouteTable.html */
const routeTable = behaviour<ec2.RouteTableArgs, ec2.RouteTableState>("aws:ec2/routeTable:RouteTable", {
  references: {
    vpcId: toVpc,
    "routes[].gatewayId": toGateway,
    "routes[].natGatewayId": toNatGateway,
    "routes[].vpcEndpointId": toEndpoint,
  },
  id: ({ hex }) => `rtb-0${hex(16)}`,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:ec2:${region}:${accountId}:route-table/${id}`,
    ownerId: accountId,
    propagatingVgws: [],
    routes: [],
  }),
  refuses: ({ inputs, account }) => {
    for (const route of inputs.routes ?? []) refuseElsewhere(account, inputs.vpcId, route);
  },
  keeps: keepsNeeded("routeTable"),
  seconds: { create: 1, update: 1, delete: 1 },
});

/** The first route table of a VPC, taken into the program's hands: its routes are replaced by those given. */
const defaultRouteTable = behaviour<ec2.DefaultRouteTableArgs, ec2.DefaultRouteTableState>(
  "aws:ec2/defaultRouteTable:DefaultRouteTable",
  {
    references: {
      defaultRouteTableId: loosely(toRouteTable),
      "routes[].gatewayId": toGateway,
      "routes[].natGatewayId": toNatGateway,
    },
    id: ({ inputs }) => inputs.defaultRouteTableId,
    outputs: ({ id, accountId, region, account }) => ({
      arn: `arn:aws:ec2:${region}:${accountId}:route-table/${id}`,
      ownerId: accountId,
      routes: [],
      vpcId: vpcOf(account, id) ?? "",
    }),
    // It is only let go: what the VPC came with stays until the VPC goes.
    keeps: () => undefined,
    seconds: { create: 1, update: 1, delete: 0 },
  },
);

function destinationOf(route: unknown): string {
  if (!isRecord(route)) return "";
  const names = [
    "destinationCidrBlock",
    "destinationIpv6CidrBlock",
    "destinationPrefixListId",
    "cidrBlock",
    "ipv6CidrBlock",
  ];
  return names.map((name) => text(route[name]) ?? "").find((value) => value !== "") ?? "";
}

function hasRoute(account: AccountView, table: string, destination: string): boolean {
  const inline = account.named(table).flatMap(({ state }) => list(state.routes));
  const own = account.all(routeToken).filter(({ state }) => state.routeTableId === table);
  return [...inline, ...own.map(({ state }) => state)].some((route) => destinationOf(route) === destination);
}

/**
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html. The id is the provider's: the table's id and a checksum of
 * the destination.
 */
const route = behaviour<ec2.RouteArgs, ec2.RouteState>(routeToken, {
  references: {
    routeTableId: loosely(toRouteTable),
    gatewayId: toGateway,
    natGatewayId: toNatGateway,
    vpcEndpointId: toEndpoint,
  },
  id: ({ inputs }) => `r-${inputs.routeTableId}${crc32(destinationOf(inputs))}`,
  outputs: () => ({ instanceId: ABSENT, instanceOwnerId: ABSENT, origin: "CreateRoute", state: "active" }),
  keys: () => [],
  refuses: ({ inputs, account }, before) => {
    const destination = destinationOf(inputs);
    if (inputs.destinationCidrBlock?.includes(":") === true) {
      throw new Refusal(
        "InvalidParameterValue",
        `Value (${destination}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
      );
    }
    if (before === undefined && hasRoute(account, inputs.routeTableId, destination)) {
      throw new Refusal("RouteAlreadyExists", `The route identified by ${destination} already exists.`);
    }
    refuseForeign(account, inputs.routeTableId, inputs.gatewayId);
    refuseElsewhere(account, vpcOf(account, inputs.routeTableId), inputs);
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What is of the VPC itself can be led to a machine in it, not out of it: https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html */
function refuseElsewhere(account: AccountView, vpcId: string | undefined, route: unknown): void {
  if (!isRecord(route)) return;
  const outside = [route.vpcPeeringConnectionId, route.transitGatewayId, route.egressOnlyGatewayId];
  const own = account.find(vpcToken, vpcId ?? "")?.state.cidrBlock;
  if (destinationOf(route) !== own || outside.every((target) => (text(target) ?? "") === "")) return;
  throw new Refusal(
    "InvalidParameterValue",
    "Route target is not supported. This route only supports interface and instance targets.",
  );
}

/** An internet gateway routes for its own network only. */
function refuseForeign(account: AccountView, table: string, gateway: string | undefined): void {
  const [here, there] = [vpcOf(account, table), vpcOf(account, gateway)];
  if (there === undefined || here === there) return;
  throw new Refusal(
    "InvalidParameterValue",
    `route table ${table} and network gateway ${gateway ?? ""} belong to different networks`,
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html */
const association = behaviour<ec2.RouteTableAssociationArgs, ec2.RouteTableAssociationState>(
  associationToken,
  {
    references: { routeTableId: toRouteTable, subnetId: loosely(toSubnet), gatewayId: toGateway },
    id: ({ hex }) => `rtbassoc-0${hex(16)}`,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account, region }, before) => {
      const { routeTableId, subnetId } = inputs;
      if (subnetId === undefined) return;
      if (vpcOf(account, routeTableId) !== vpcOf(account, subnetId)) {
        throw new Refusal(
          "InvalidParameterValue",
          `route table ${routeTableId} and subnet ${subnetId} belong to different networks`,
        );
      }
      const taken = account
        .all(associationToken, region)
        .some(({ id, state }) => state.subnetId === subnetId && id !== before?.id);
      if (taken) {
        throw new Refusal(
          "Resource.AlreadyAssociated",
          `the specified association for route table ${routeTableId} conflicts with an existing association`,
        );
      }
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Where packets go. */
export const routes: readonly AnyBehaviour[] = [routeTable, defaultRouteTable, route, association];
