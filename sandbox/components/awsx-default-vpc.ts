import type { Properties } from "../model.ts";
import { onlyArguments } from "./arguments.ts";
import { ask, at } from "./plan.ts";
import type { Expansion } from "./plan.ts";

const componentType = "awsx:ec2:DefaultVpc";

/** The default VPC of the region, as its components look it up. */
export interface DefaultVpc {
  readonly vpcId: unknown;
  readonly publicSubnetIds: unknown;
  readonly privateSubnetIds: unknown;
}

/** A subnet is public where it gives addresses at launch, which those that AWS makes do. */
export function lookUpDefaultVpc(): DefaultVpc {
  const vpcId = at(ask("aws:ec2/getVpc:getVpc", { default: true }), "id");
  const subnets = (isPublic: boolean): unknown => {
    const filters = [
      { name: "vpc-id", values: [vpcId] },
      { name: "map-public-ip-on-launch", values: [String(isPublic)] },
    ];
    return at(ask("aws:ec2/getSubnets:getSubnets", { filters }), "ids");
  };
  return { vpcId, publicSubnetIds: subnets(true), privateSubnetIds: subnets(false) };
}

/** What `awsx.ec2.DefaultVpc` 3.9 makes, which is nothing: https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/defaultvpc/ */
export function expandDefaultVpc(_: string, args: Properties): Expansion {
  onlyArguments(componentType, args, new Set());
  return { children: [], outputs: { ...lookUpDefaultVpc() }, keepsOutputs: false };
}
