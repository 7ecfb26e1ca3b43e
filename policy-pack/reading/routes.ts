import { Undecided } from "../kernel/findings.ts";
import type { Findings } from "../kernel/findings.ts";
import type { Graph, Link, Node } from "../kernel/graph.ts";
import { has, items, read } from "../kernel/read.ts";
import type { Props } from "../kernel/tokens.ts";

type Subnet = Node<Props<"aws:ec2/subnet:Subnet">>;
type Table = Node<Pick<Props<"aws:ec2/routeTable:RouteTable">, "routes">>;

/** Where a subnet's traffic can leave to: an internet gateway lets the internet in as well, a NAT gateway only out. */
export type Exit = "an internet gateway" | "a NAT gateway";

/** What the routes of a subnet lead to. `exact` is false while the graph only tells which tables may be meant. */
export function exitsOf(
  subnet: Subnet,
  graph: Graph,
): { readonly exits: readonly Exit[]; readonly exact: boolean } {
  const tables = tablesOf(subnet, graph);
  const exits = tables.flatMap(({ nodes }) => nodes.flatMap((table) => exitsOfTable(table, graph)));
  return { exits, exact: tables.every(({ exact }) => exact) };
}

/** The tables a subnet is associated with, else the main table of its network, as far as the stack has one. */
function tablesOf(subnet: Subnet, graph: Graph): readonly Link<Table["props"]>[] {
  const associations = graph.linked(
    subnet,
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "subnetId",
  );
  const found = associations.nodes.map((association) => {
    const link = graph.targets(association, "routeTableId", "aws:ec2/routeTable:RouteTable");
    return { ...link, exact: link.exact && associations.exact };
  });
  if (found.length > 0) return found;
  return graph
    .targets(subnet, "vpcId", "aws:ec2/vpc:Vpc")
    .nodes.flatMap((vpc) => [
      graph.linked(vpc, "aws:ec2/defaultRouteTable:DefaultRouteTable", "defaultRouteTableId"),
      ...graph
        .linked(vpc, "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "vpcId")
        .nodes.map((main) => graph.targets(main, "routeTableId", "aws:ec2/routeTable:RouteTable")),
    ]);
}

/** The exits of a subnet, for a finding: throws while it is only possible that they are the subnet's. */
export function certainExits(subnet: Subnet, graph: Graph, forbidden: readonly Exit[]): readonly Exit[] {
  const { exits, exact } = exitsOf(subnet, graph);
  const found = forbidden.filter((exit) => exits.includes(exit));
  if (found.length > 0 && !exact) throw new Undecided("routeTableId");
  return found;
}

/** What is wrong with the subnets that `property` of a resource names, if data must not get out of them. */
export function waysOut(node: Node, graph: Graph, property: string): Findings {
  const { nodes, exact } = graph.targets(node, property, "aws:ec2/subnet:Subnet");
  const findings = nodes.flatMap((subnet) =>
    certainExits(subnet, graph, ["an internet gateway", "a NAT gateway"]).map(
      (exit) => `subnet ${subnet.name} has a route to ${exit}: use the network's database subnets.`,
    ),
  );
  if (findings.length > 0 && !exact) throw new Undecided(property);
  return findings;
}

function exitsOfTable(table: Table, graph: Graph): readonly Exit[] {
  const gateway = "aws:ec2/internetGateway:InternetGateway";
  const routes = graph.linked(table, "aws:ec2/route:Route", "routeTableId").nodes;
  const gateways = [
    ...routes.flatMap((route) => graph.targets(route, "gatewayId", gateway).nodes),
    ...graph.targets(table, "routes", gateway).nodes,
  ];
  const exits = [...routes.map(({ props }) => props), ...items(table.props.routes)].flatMap(exitsBy);
  return gateways.length > 0 ? [...exits, "an internet gateway"] : exits;
}

/** The exits that a route's own values show. A gateway that is not known yet may also be a virtual private one. */
function exitsBy(route: object): readonly Exit[] {
  if (has(route, "natGatewayId")) return ["a NAT gateway"];
  const gateway = read(route, "gatewayId");
  return typeof gateway === "string" && gateway.startsWith("igw-") ? ["an internet gateway"] : [];
}
