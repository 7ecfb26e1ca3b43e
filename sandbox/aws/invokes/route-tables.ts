import type { ec2 } from "@pulumi/aws";
import type { AccountStore, Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { routesOf } from "../ec2/reach.ts";
import { vpcToken } from "../ec2/references.ts";
import type { Filters } from "./asking.ts";
import { fits, passes, tagArguments, tagsOf, words } from "./asking.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

const tableToken = "aws:ec2/routeTable:RouteTable";

/** Those that programs make, and the one that each VPC comes with. */
function tablesOf({ account, region }: InvokeContext): readonly Stored[] {
  const first = account.all(vpcToken, region).map((vpc): Stored => {
    const id = words(vpc.state.mainRouteTableId);
    const taken = account.find("aws:ec2/defaultRouteTable:DefaultRouteTable", id, region);
    const arn = words(vpc.state.arn).replace(/vpc\/.*$/, `route-table/${id}`);
    const { tags, tagsAll } = taken?.state ?? {};
    return { ...vpc, id, state: { arn, ownerId: vpc.state.ownerId, vpcId: vpc.id, tags, tagsAll } };
  });
  return [...account.all(tableToken, region), ...first];
}

interface Association {
  readonly gatewayId: string;
  readonly main: boolean;
  readonly routeTableAssociationId: string;
  readonly routeTableId: string;
  readonly subnetId: string;
}

function associationsOf(account: AccountStore, { id, state }: Stored): readonly Association[] {
  const own = account
    .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .filter((association) => association.state.routeTableId === id)
    .map((association) => ({
      gatewayId: words(association.state.gatewayId),
      main: false,
      routeTableAssociationId: association.id,
      routeTableId: id,
      subnetId: words(association.state.subnetId),
    }));
  const vpc = account.find(vpcToken, words(state.vpcId));
  const main = account
    .all("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation")
    .find((association) => association.state.vpcId === vpc?.id)?.state.routeTableId;
  if ((main ?? vpc?.state.mainRouteTableId) !== id) return own;
  const routeTableAssociationId = id.replace("rtb-", "rtbassoc-");
  return [...own, { gatewayId: "", main: true, routeTableAssociationId, routeTableId: id, subnetId: "" }];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html */
const filters: Filters = {
  "owner-id": ({ state }) => state.ownerId,
  "route-table-id": ({ id }) => id,
  "vpc-id": ({ state }) => state.vpcId,
};

/** The same of what a table has several of: a table passes with one that fits. */
const filtersOfParts: Readonly<Record<string, (account: AccountStore, table: Stored) => readonly string[]>> =
  {
    "association.gateway-id": ofAssociations(({ gatewayId }) => gatewayId),
    "association.main": ofAssociations(({ main }) => String(main)),
    "association.route-table-association-id": ofAssociations((one) => one.routeTableAssociationId),
    "association.route-table-id": ofAssociations(({ routeTableId }) => routeTableId),
    "association.subnet-id": ofAssociations(({ subnetId }) => subnetId),
    "route.destination-cidr-block": (account, { id }) => routesOf(account, id).map(destinationOf),
    "route.gateway-id": (account, { id }) => routesOf(account, id).map(({ gatewayId }) => words(gatewayId)),
    "route.nat-gateway-id": (account, { id }) =>
      routesOf(account, id).map(({ natGatewayId }) => words(natGatewayId)),
  };

function ofAssociations(value: (association: Association) => string): Parts {
  return (account, table) => associationsOf(account, table).map(value);
}

function destinationOf({ cidrBlock, destinationCidrBlock }: Properties): string {
  return text(cidrBlock) ?? words(destinationCidrBlock);
}

type Parts = (account: AccountStore, table: Stored) => readonly string[];

/** Arguments that a table must fit, each with what it has of it: first what is told without its associations. */
const fitting: Readonly<Record<string, Parts>> = {
  routeTableId: (_, { id }) => [id],
  vpcId: (_, { state }) => [words(state.vpcId)],
  gatewayId: ofAssociations(({ gatewayId }) => gatewayId),
  subnetId: ofAssociations(({ subnetId }) => subnetId),
};

function tablesLike(context: InvokeContext, args: Properties): readonly Stored[] {
  const { account } = context;
  const asked = list(args.filters).filter(isRecord);
  const ofParts = asked.filter(({ name }) => words(name) in filtersOfParts);
  const others = { ...args, filters: asked.filter((filter) => !ofParts.includes(filter)) };
  const wanted = Object.entries(fitting).filter(([argument]) => args[argument] !== undefined);
  return tablesOf(context).filter(
    (table) =>
      wanted.every(([argument, parts]) => parts(account, table).includes(words(args[argument]))) &&
      ofParts.every(({ name, values }) =>
        filtersOfParts[words(name)]?.(account, table).some((value) => fits(values, value)),
      ) &&
      passes(table, filters, others),
  );
}

/** What a route may lead to, each empty where it does not. */
const targets = [
  ...["carrierGatewayId", "coreNetworkArn", "destinationPrefixListId", "egressOnlyGatewayId", "gatewayId"],
  ...["instanceId", "ipv6CidrBlock", "localGatewayId", "natGatewayId", "networkInterfaceId", "odbNetworkArn"],
  ...["transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId"],
] as const;

/** The route inside the VPC itself is not told. */
function tellRoute(route: Properties): Properties {
  const told = Object.fromEntries(targets.map((target) => [target, words(route[target])]));
  return { ...told, cidrBlock: destinationOf(route) };
}

/** Refusals are the provider's own: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_route_table_data_source.go */
const getRouteTable: Invoke = (context, args) => {
  const [table, ...others] = tablesLike(context, args);
  if (table === undefined) {
    throw new Refusal(
      "NotFound",
      "query returned no results. Please change your search criteria and try again",
    );
  }
  if (others.length > 0) {
    throw new Refusal(
      "TooManyResults",
      "multiple Route Tables matched; use additional constraints to reduce matches to a single Route Table",
    );
  }
  const { account, region } = context;
  return {
    arn: words(table.state.arn),
    associations: associationsOf(account, table),
    gatewayId: words(args.gatewayId),
    id: table.id,
    ownerId: words(table.state.ownerId),
    region,
    routeTableId: table.id,
    routes: routesOf(account, table.id).map(tellRoute),
    subnetId: words(args.subnetId),
    tags: tagsOf(table),
    vpcId: words(table.state.vpcId),
  };
};

const getRouteTables = invoke<ec2.GetRouteTablesResult>((context, args) => ({
  id: context.region,
  ids: tablesLike(context, args).map(({ id }) => id),
  region: context.region,
  tags: tagArguments(args),
}));

/** Questions about where packets go. */
export const routeTableInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getRouteTable:getRouteTable": getRouteTable,
  "aws:ec2/getRouteTables:getRouteTables": getRouteTables,
};
