import { Undecided } from "../kernel/findings.ts";
import type { Graph, Node } from "../kernel/graph.ts";
import { has, read } from "../kernel/read.ts";
import type { Props } from "../kernel/tokens.ts";

type Subnet = Node<Props<"aws:ec2/subnet:Subnet">>;
type Table = Node<Props<"aws:ec2/routeTable:RouteTable">>;

/** Where a subnet's traffic can leave to: an internet gateway lets the internet in as well, a NAT gateway only out. */
export type Exit = "an internet gateway" | "a NAT gateway";

/** What the routes of a subnet lead to. `exact` is false while the graph only tells which tables may be meant. */
export function exitsOf(
  subnet: Subnet,
  graph: Graph,
): { readonly exits: readonly Exit[]; readonly exact: boolean } {
  const associations = graph.linked(
    subnet,
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "subnetId",
  );
  const tables = associations.nodes.map((association) =>
    graph.targets(association, "routeTableId", "aws:ec2/routeTable:RouteTable"),
  );
  const exits = tables.flatMap(({ nodes }) => nodes.flatMap((table) => exitsOfTable(table, graph)));
  return { exits, exact: associations.exact && tables.every(({ exact }) => exact) };
}

/** The exits of a subnet, for a finding: throws while it is only possible that they are the subnet's. */
export function certainExits(subnet: Subnet, graph: Graph, forbidden: readonly Exit[]): readonly Exit[] {
  const { exits, exact } = exitsOf(subnet, graph);
  const found = forbidden.filter((exit) => exits.includes(exit));
  if (found.length > 0 && !exact) throw new Undecided("routeTableId");
  return found;
}

function exitsOfTable(table: Table, graph: Graph): readonly Exit[] {
  const routes = graph.linked(table, "aws:ec2/route:Route", "routeTableId").nodes;
  const own = routes.flatMap((route) => [
    ...exitsBy(route.props),
    ...(graph.targets(route, "gatewayId", "aws:ec2/internetGateway:InternetGateway").nodes.length > 0
      ? (["an internet gateway"] as const)
      : []),
  ]);
  return [...own, ...(table.props.routes ?? []).flatMap(exitsBy)];
}

/** The exits that a route's own values show. A gateway that is not known yet may also be a virtual private one. */
function exitsBy(route: object): readonly Exit[] {
  if (has(route, "natGatewayId")) return ["a NAT gateway"];
  const gateway = read(route, "gatewayId");
  return typeof gateway === "string" && gateway.startsWith("igw-") ? ["an internet gateway"] : [];
}
