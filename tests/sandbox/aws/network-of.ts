import type { Settled } from "../../../sandbox/model.ts";
import type { World } from "./world.ts";

/** A VPC with one private subnet in each of these zones of eu-west-1, and a security group. */
export interface Network {
  readonly vpc: Settled;
  readonly subnetIds: readonly string[];
  readonly group: Settled;
}

/** Makes it. `name` tells several of a world apart. */
export function networkOf(world: World, zones = "ab", name = "main"): Network {
  const vpc = world.vpc(name);
  const subnets = Array.from(zones, (zone, index) =>
    world.subnet(
      vpc,
      { availabilityZone: `eu-west-1${zone}`, cidrBlock: `10.0.${index}.0/24` },
      `${name}-${index}`,
    ),
  );
  return { vpc, subnetIds: subnets.map(({ id }) => id), group: world.securityGroup(vpc, name) };
}
