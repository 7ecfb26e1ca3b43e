import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { ComponentError, notSimulated, onlyArguments, tagged } from "./arguments.ts";
import { shape, shapeOfList, shapeOfRecord, shapeOfText } from "./arguments.ts";
import { ask, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";
import { layOutSubnets, readSubnetSpecs } from "./subnet-layout.ts";
import type { PlannedSubnet } from "./subnet-layout.ts";
import { expandSubnet } from "./vpc-subnets.ts";
import type { NatStrategy, SubnetParts, VpcContext } from "./vpc-subnets.ts";

const componentType = "awsx:ec2:Vpc";

/** What goes to the VPC itself as it is. */
const vpcArguments = [
  "enableDnsHostnames",
  "enableDnsSupport",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
] as const;

const knownArguments = new Set([
  ...vpcArguments,
  "availabilityZoneNames",
  "cidrBlock",
  "natGateways",
  "numberOfAvailabilityZones",
  "subnetSpecs",
  "subnetStrategy",
  "tags",
  "vpcEndpointSpecs",
]);

/** What `awsx.ec2.Vpc` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/vpc/ */
export function expandVpc(name: string, args: Properties): Expansion {
  onlyArguments(componentType, args, knownArguments);
  const zones = planZones(args);
  const strategy = natStrategy(args);
  const cidrBlock = shapeOfText(args.cidrBlock) ?? "10.0.0.0/16";
  const layout = layOutSubnets({
    name,
    cidrBlock,
    zones: zones.length,
    strategy: shapeOfText(args.subnetStrategy) ?? "Legacy",
    specs: readSubnetSpecs(args.subnetSpecs),
  });
  refuseHomelessNat(strategy, layout.subnets);

  const tags = tagged({ Name: name }, args.tags);
  const vpcInputs = Object.fromEntries(vpcArguments.map((property) => [property, args[property]]));
  const vpc: Child = { type: "aws:ec2/vpc:Vpc", name, inputs: { ...vpcInputs, cidrBlock, tags } };
  const vpcKey = keyOf(vpc);
  const gateway: Child = {
    type: "aws:ec2/internetGateway:InternetGateway",
    name,
    parent: vpcKey,
    inputs: { vpcId: ref(vpcKey), tags },
  };
  const context: VpcContext = { name, args, tags, vpc: vpcKey, gateway: keyOf(gateway), zones, strategy };
  const parts = [...layout.subnets]
    .filter(({ type }) => type !== "Unused")
    .sort((left, right) => left.zone - right.zone || rank(left.type) - rank(right.type))
    .map((subnet) => expandSubnet(context, subnet));
  const endpoints = expandEndpoints(context);
  const subnetChildren = parts.flatMap(({ subnet, table, association, route, nat }) => [
    subnet,
    table,
    association,
    ...nat,
    ...(route === undefined ? [] : [route]),
  ]);
  return {
    children: [vpc, gateway, ...subnetChildren, ...endpoints],
    outputs: { ...describe(context, parts, endpoints), subnetLayout: layout.described },
    keepsOutputs: false,
    outputsWaitFor: [vpcKey, ...parts.map(({ subnet }) => keyOf(subnet))],
  };
}

/** An endpoint as the program specifies it: the component adds nothing but the VPC and the tags. */
function expandEndpoints({ args, tags, vpc }: VpcContext): readonly Child[] {
  return (shapeOfList(args.vpcEndpointSpecs) ?? []).map((item) => {
    const spec = isRecord(item) ? item : {};
    return {
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      name: shapeOfText(spec.serviceName) ?? "",
      parent: vpc,
      inputs: { ...spec, tags: tagged(tags, spec.tags), vpcId: ref(vpc) },
    };
  });
}

function describe(
  { vpc, gateway }: VpcContext,
  parts: readonly SubnetParts[],
  endpoints: readonly Child[],
): Properties {
  const resources = (children: readonly Child[]): unknown[] => children.map((made) => child(keyOf(made)));
  const subnets = (type?: string): Child[] =>
    parts
      .filter((part) => type === undefined || part.type.toLowerCase() === type)
      .map(({ subnet }) => subnet);
  const ids = (type: string): unknown[] => subnets(type).map((subnet) => ref(keyOf(subnet)));
  const nat = (type: string): unknown[] =>
    resources(parts.flatMap((part) => part.nat.filter((made) => made.type === type)));
  return {
    vpc: child(vpc),
    vpcId: ref(vpc),
    internetGateway: child(gateway),
    subnets: resources(subnets()),
    publicSubnets: resources(subnets("public")),
    privateSubnets: resources(subnets("private")),
    isolatedSubnets: resources(subnets("isolated")),
    publicSubnetIds: listOfIds(ids("public")),
    privateSubnetIds: listOfIds(ids("private")),
    isolatedSubnetIds: listOfIds(ids("isolated")),
    routeTables: resources(parts.map(({ table }) => table)),
    routeTableAssociations: resources(parts.map(({ association }) => association)),
    routes: resources(parts.flatMap(({ route }) => (route === undefined ? [] : [route]))),
    natGateways: nat("aws:ec2/natGateway:NatGateway"),
    eips: nat("aws:ec2/eip:Eip"),
    vpcEndpoints: resources(endpoints),
  };
}

/** Unknown as a whole as long as one id is. */
function listOfIds(ids: readonly unknown[]): unknown {
  return derive(ids, (...known) => known);
}

function planZones(args: Properties): readonly unknown[] {
  const [names, wanted] = [shapeOfList(args.availabilityZoneNames), shape(args.numberOfAvailabilityZones)];
  if (names === undefined) {
    const count = typeof wanted === "number" ? wanted : 3;
    const answer = ask("aws:index/getAvailabilityZones:getAvailabilityZones");
    return Array.from({ length: count }, (_, index) =>
      derive([answer], (known) => nameOfZone(known, index, count)),
    );
  }
  if (wanted !== undefined) {
    throw new ComponentError(
      "Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified",
    );
  }
  return names;
}

function nameOfZone(answer: unknown, index: number, count: number): unknown {
  const names = isRecord(answer) ? list(answer.names) : [];
  if (names.length >= count) return names[index];
  throw new ComponentError(
    `The configured region for this provider does not have at least ${count} Availability Zones. Either specify an ` +
      `explicit list of zones in availabilityZoneNames or choose a region with at least ${count} AZs.`,
  );
}

function natStrategy(args: Properties): NatStrategy {
  const nat = shapeOfRecord(args.natGateways);
  if (nat.elasticIpAllocationIds !== undefined)
    throw notSimulated(componentType, "'elasticIpAllocationIds' in natGateways");
  const strategy = shapeOfText(nat.strategy) ?? "OnePerAz";
  const known = (["none", "single", "oneperaz"] as const).find((one) => one === strategy.toLowerCase());
  if (known === undefined) throw new ComponentError(`Unknown NatGatewayStrategy '${strategy}'`);
  return known;
}

function refuseHomelessNat(strategy: NatStrategy, subnets: readonly PlannedSubnet[]): void {
  const types = new Set(subnets.map(({ type }) => type.toLowerCase()));
  if (strategy === "none" || (types.has("public") && (types.has("private") || types.has("isolated")))) return;
  throw new ComponentError(
    "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway " +
      "resource, along with private or isolated subnets to route through it.",
  );
}

function rank(type: string): number {
  return ["public", "private", "isolated"].indexOf(type.toLowerCase());
}
