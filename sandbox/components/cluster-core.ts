import { blockOf, contains } from "../aws/cidr.ts";
import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { shape } from "./arguments.ts";
import { parseBlock } from "./blocks.ts";
import { isReference } from "./engine-values.ts";
import { ask, at, derive, each } from "./plan.ts";
import type { Key, Node } from "./plan.ts";

/** What a node group must know of its cluster. */
export interface ClusterCore {
  /** The cluster of EKS. */
  readonly cluster: unknown;
  readonly vpcId: unknown;
  /** The security group through which nodes reach the control plane. */
  readonly clusterGroupId: unknown;
  readonly tags: unknown;
  readonly nodeSecurityGroupTags: unknown;
  /** Where nodes are that say nothing else. */
  readonly workerSubnetIds: unknown;
  /** What the cluster says of its nodes, and its groups' for them. */
  readonly nodeGroupOptions: unknown;
  /** What must be there before a node can join. */
  readonly joinsAfter: readonly (Key | Node)[];
}

/** The outputs of a cluster's component that node groups build on, given the component or those outputs themselves. */
export function outputsOf(cluster: unknown): unknown {
  return isReference(shape(cluster)) ? at(cluster, "core") : cluster;
}

/** The same as a node group of its own finds it. */
export function coreOf(given: unknown): ClusterCore {
  const core = outputsOf(given);
  const cluster = at(core, "cluster");
  const inner = innerSubnets(at(core, "subnetIds"));
  return {
    cluster,
    vpcId: at(core, "vpcId"),
    clusterGroupId: derive(
      [at(core, "clusterSecurityGroup.id"), at(cluster, "vpcConfig.clusterSecurityGroupId")],
      (own, ofEks) => own ?? ofEks,
    ),
    tags: at(core, "tags"),
    nodeSecurityGroupTags: at(core, "nodeSecurityGroupTags"),
    workerSubnetIds: derive(
      [at(core, "privateSubnetIds"), at(core, "publicSubnetIds"), inner],
      (hidden, open, found) => hidden ?? open ?? found,
    ),
    nodeGroupOptions: at(core, "nodeGroupOptions"),
    joinsAfter: [at(core, "vpcCni"), at(core, "eksNodeAccess")],
  };
}

/** The private ones of these subnets, or all where there are none: those that no route leads out of to an internet gateway. */
export function innerSubnets(subnetIds: unknown): unknown {
  const vpcId = at(ask("aws:ec2/getSubnet:getSubnet", { id: at(subnetIds, "[0]") }), "vpcId");
  const main = firstTable("association.main", "true", vpcId);
  const own = each(subnetIds, (id) => firstTable("association.subnet-id", id, vpcId));
  const tables = derive([own, main], (found, usual) => list(found).map((table) => table ?? usual));
  const routes = each(tables, (routeTableId) =>
    at(ask("aws:ec2/getRouteTable:getRouteTable", { routeTableId }), "routes"),
  );
  return derive([subnetIds, routes], (all, ways) => {
    const inner = list(all).filter((_, index) => !list(list(ways)[index]).some(leadsOut));
    return inner.length === 0 ? all : inner;
  });
}

function firstTable(name: string, value: unknown, vpcId: unknown): unknown {
  const filters = [{ name, values: [value] }];
  return at(ask("aws:ec2/getRouteTables:getRouteTables", { vpcId, filters }), "ids[0]");
}

/** A gateway to a private block is one to another network: https://www.rfc-editor.org/rfc/rfc1918 */
function leadsOut(route: unknown): boolean {
  const { gatewayId, cidrBlock }: Properties = isRecord(route) ? route : {};
  const block = blockOf(String(cidrBlock));
  const isInner = block !== undefined && privateBlocks.some((outer) => contains(outer, block));
  return gatewayId !== undefined && gatewayId !== "" && !isInner;
}

const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseBlock);
