import { defineStack } from "../../kernel/define.ts";
import { count, Undecided } from "../../kernel/findings.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { flag, whole } from "../../kernel/params.ts";
import type { Props } from "../../kernel/tokens.ts";

type Vpc = Node<Props<"aws:ec2/vpc:Vpc">>;

interface Gateways {
  readonly subnets: readonly Node<Props<"aws:ec2/subnet:Subnet">>[];
  readonly zonal: readonly Node[];
  /** Those that stand in every zone by themselves (Amazon VPC User Guide, "Regional NAT gateways"). */
  readonly regional: readonly Node[];
  readonly exact: boolean;
}

/** The NAT gateways of a network: those in its subnets, and those of the network as a whole. */
function gatewaysOf(vpc: Vpc, graph: Graph): Gateways {
  const subnets = graph.linked(vpc, "aws:ec2/subnet:Subnet", "vpcId");
  const inSubnets = subnets.nodes.map((subnet) =>
    graph.linked(subnet, "aws:ec2/natGateway:NatGateway", "subnetId"),
  );
  const regional = graph.linked(vpc, "aws:ec2/natGateway:NatGateway", "vpcId");
  const zonal = new Map(inSubnets.flatMap(({ nodes }) => nodes.map((node) => [node.urn, node])));
  return {
    subnets: subnets.nodes,
    zonal: [...zonal.values()],
    regional: regional.nodes,
    exact: [subnets, ...inSubnets, regional].every(({ exact }) => exact),
  };
}

function zonesOf(subnets: Gateways["subnets"]): ReadonlySet<unknown> {
  return new Set(
    subnets
      .map(({ props }) => props.availabilityZone ?? props.availabilityZoneId)
      .filter((zone) => zone !== undefined),
  );
}

function tooMany(vpc: Vpc, graph: Graph, { max }: { readonly max: number }): Findings {
  const { zonal, regional } = gatewaysOf(vpc, graph);
  const found = zonal.length + regional.length;
  return (
    found > max &&
    `it has ${count(found, "NAT gateway")}, roughly $35 a month each: have ${max} at most in this stack.`
  );
}

function tooFew(vpc: Vpc, graph: Graph, { perZone }: { readonly perZone: boolean }): Findings {
  const { subnets, zonal, regional, exact } = gatewaysOf(vpc, graph);
  if (!perZone || regional.length > 0 || zonal.length === 0) return undefined;
  const zones = zonesOf(subnets).size;
  if (zonal.length >= zones) return undefined;
  if (!exact) throw new Undecided("subnetId");
  return `it has ${count(zonal.length, "NAT gateway")} for ${zones} zones, so the loss of one zone cuts others off: have one in each.`;
}

export const costNatGatewayCount = defineStack({
  name: "cost-nat-gateway-count",
  description: "A network has as many NAT gateways as its environment needs, and no more.",
  severity: "low",
  remediation: "Set network.nat: none, single or perZone.",
  params: {
    max: whole(6, "NAT gateways that a network may have."),
    perZone: flag(true, "Whether every zone must have one of its own."),
  },
  checks: { "aws:ec2/vpc:Vpc": [tooMany, tooFew] },
});
