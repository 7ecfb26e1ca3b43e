import type { AccountView, Properties } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { internetGatewayToken, subnetToken, vpcToken } from "./references.ts";

/** The first one of a VPC, unless another was made it: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-route-tables-main.html */
function mainTableOf(account: AccountView, vpcId: string): unknown {
  const chosen = account
    .all("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation")
    .find(({ state }) => state.vpcId === vpcId);
  return chosen?.state.routeTableId ?? account.find(vpcToken, vpcId)?.state.mainRouteTableId;
}

/** The route table that a subnet is associated with, or else the main one of its VPC. */
function tableOf(account: AccountView, subnetId: string): string {
  const association = account
    .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .find(({ state }) => state.subnetId === subnetId);
  const vpcId = text(account.find(subnetToken, subnetId)?.state.vpcId) ?? "";
  return text(association?.state.routeTableId ?? mainTableOf(account, vpcId)) ?? "";
}

/** Where a route table leads to beyond its own network. */
export function routesOf(account: AccountView, table: string): readonly Properties[] {
  const apart = account.all("aws:ec2/route:Route").filter(({ state }) => state.routeTableId === table);
  const inline = account.named(table).flatMap(({ state }) => list(state.routes));
  return [
    ...apart.map(({ state }) => state),
    ...inline.filter(isRecord),
    ...fromTheBeginning(account, table),
  ];
}

/** The first table of a default VPC leads to its gateway: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html */
function fromTheBeginning(account: AccountView, table: string): readonly Properties[] {
  const vpc = account
    .all(vpcToken)
    .find(({ state }) => state.default === true && state.mainRouteTableId === table);
  const gateway = account.all(internetGatewayToken).find(({ state }) => state.vpcId === vpc?.id);
  return vpc === undefined || gateway === undefined
    ? []
    : [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }];
}

/** True where packets go straight to an internet gateway. */
export function isPublic(account: AccountView, subnetId: string): boolean {
  return routesOf(account, tableOf(account, subnetId)).some(
    (route) => account.find(internetGatewayToken, text(route.gatewayId) ?? "") !== undefined,
  );
}
