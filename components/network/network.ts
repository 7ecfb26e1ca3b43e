import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

import type { NetworkPlacement } from "../contracts.ts";
import { describeDatabaseAcl } from "./database-acl.ts";
import { openEndpoints } from "./endpoints.ts";
import { recordFlows } from "./flow-logs.ts";
import { arrangeSubnets, planSubnets, tiers } from "./plan.ts";
import type { SubnetPlan, Tier } from "./plan.ts";
import type { NetworkSettings } from "./settings.ts";

export interface NetworkArgs extends NetworkSettings {
  /** Name of the cluster whose load balancers may use the subnets; other clusters' controllers then leave them alone. */
  readonly clusterName?: string;
}

const natStrategies = { none: "None", single: "Single", perZone: "OnePerAz" } as const;

/**
 * A VPC over two or three zones in which only load balancers and NAT gateways have public addresses, stores have no route to
 * the internet, S3 and DynamoDB are reached without NAT, and the default security group lets nothing through.
 */
export class Network extends pulumi.ComponentResource implements NetworkPlacement {
  public readonly vpcId: pulumi.Output<string>;
  public readonly vpcCidr: string;
  public readonly zones: readonly string[];
  public readonly publicSubnetIds: pulumi.Output<string[]>;
  public readonly privateSubnetIds: pulumi.Output<string[]>;
  public readonly databaseSubnetIds: pulumi.Output<string[]>;
  public readonly natGatewayIds: pulumi.Output<string[]>;
  /** How many there are, known before anything is deployed. */
  public readonly natGatewayCount: number;

  public constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:index:Network", name, args, opts);
    const child = { parent: this };
    const subnets =
      args.subnets === "planned"
        ? planSubnets(args.cidr, args.zones)
        : arrangeSubnets(args.subnets, args.zones);
    const hasDatabaseTier = subnets.some(({ tier }) => tier === "database");

    const vpc = new awsx.ec2.Vpc(
      name,
      {
        cidrBlock: args.cidr,
        availabilityZoneNames: [...args.zones],
        enableDnsSupport: true,
        enableDnsHostnames: true,
        subnetStrategy: "Auto",
        subnetSpecs: describeSubnets(subnets, args.clusterName),
        natGateways: { strategy: natStrategies[args.nat] },
      },
      { ...child, transforms: [withoutPublicAddresses] },
    );
    this.vpcId = vpc.vpcId;
    this.vpcCidr = args.cidr;
    this.zones = args.zones;
    this.publicSubnetIds = vpc.publicSubnetIds;
    this.privateSubnetIds = vpc.privateSubnetIds;
    this.databaseSubnetIds = hasDatabaseTier ? vpc.isolatedSubnetIds : vpc.privateSubnetIds;
    this.natGatewayIds = vpc.natGateways.apply((gateways) => pulumi.all(gateways.map(({ id }) => id)));
    this.natGatewayCount = countGateways(args);

    new aws.ec2.DefaultSecurityGroup(
      `${name}-default`,
      { vpcId: this.vpcId, ingress: [], egress: [] },
      child,
    );
    if (args.networkAcls === "database") closeDatabaseTier(`${name}-database`, this, subnets, child);
    const routeTableIds = vpc.routeTables.apply((tables) => pulumi.all(tables.map(({ id }) => id)));
    openEndpoints(`${name}-endpoint`, this, routeTableIds, args.interfaceEndpoints, child);
    recordFlows(`${name}-flow-logs`, this.vpcId, args.flowLogs, child);

    this.registerOutputs({
      vpcId: this.vpcId,
      vpcCidr: this.vpcCidr,
      zones: this.zones,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      databaseSubnetIds: this.databaseSubnetIds,
      natGatewayIds: this.natGatewayIds,
      natGatewayCount: this.natGatewayCount,
    });
  }
}

function countGateways({ nat, zones }: NetworkSettings): number {
  return { none: 0, single: 1, perZone: zones.length }[nat];
}

function closeDatabaseTier(
  name: string,
  { vpcId, databaseSubnetIds }: NetworkPlacement,
  subnets: readonly SubnetPlan[],
  opts: pulumi.CustomResourceOptions,
): void {
  new aws.ec2.NetworkAcl(
    name,
    { vpcId, subnetIds: databaseSubnetIds, ...describeDatabaseAcl(subnets), tags: { Name: name } },
    opts,
  );
}

const subnetTypes = { public: "Public", private: "Private", database: "Isolated" } as const;

/** The tags by which the AWS Load Balancer Controller finds its subnets (its guide, "Subnet discovery"). */
const discovery: Readonly<Record<Tier, Readonly<Record<string, string>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
  database: {},
};

function describeSubnets(
  subnets: readonly SubnetPlan[],
  clusterName: string | undefined,
): awsx.types.input.ec2.SubnetSpecArgs[] {
  const present = tiers.filter((tier) => subnets.some((subnet) => subnet.tier === tier));
  return present.map((tier) => ({
    name: tier,
    type: subnetTypes[tier],
    cidrBlocks: subnets.filter((subnet) => subnet.tier === tier).map(({ cidr }) => cidr),
    tags: {
      Tier: tier,
      ...discovery[tier],
      ...(clusterName === undefined || tier === "database"
        ? {}
        : { [`kubernetes.io/cluster/${clusterName}`]: "shared" }),
    },
  }));
}

/**
 * Load balancers and NAT gateways bring their own addresses, so nothing needs one from the subnet. The component underneath
 * has no setting for it.
 */
function withoutPublicAddresses({
  type,
  props,
  opts,
}: pulumi.ResourceTransformArgs): pulumi.ResourceTransformResult | undefined {
  return type === "aws:ec2/subnet:Subnet"
    ? { props: { ...props, mapPublicIpOnLaunch: false }, opts }
    : undefined;
}
