import type { Properties } from "../../../sandbox/model.ts";
import { Laboratory, make } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

/** What AWS answers to the components' questions. */
export const answers = {
  "aws:index/getPartition:getPartition": { partition: "aws" },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
  "aws:index/getRegion:getRegion": { region: "eu-west-1" },
  "aws:eks/getAddonVersion:getAddonVersion": { version: "v9.9.9-eksbuild.9" },
  "aws:ec2/getAmi:getAmi": {
    rootDeviceName: "/dev/xvda",
    blockDeviceMappings: [{ deviceName: "/dev/xvda" }, { deviceName: "/dev/xvdb" }],
  },
  "aws:ssm/getParameter:getParameter": { value: "ami-recommended" },
  "aws:ec2/getSubnets:getSubnets": { ids: ["subnet-of-question"] },
  "aws:ec2/getSubnet:getSubnet": { vpcId: "vpc-1" },
  "aws:ec2/getRouteTables:getRouteTables": { ids: ["rtb-1"] },
  "aws:ec2/getRouteTable:getRouteTable": { routes: [] },
  "aws:ec2/getVpc:getVpc": { id: "vpc-default" },
};

const smallest = {
  vpcId: "vpc-1",
  version: "1.35",
  publicSubnetIds: ["subnet-0a", "subnet-0b"],
  privateSubnetIds: ["subnet-1a", "subnet-1b"],
  authenticationMode: "API",
  skipDefaultNodeGroup: true,
};

/** The smallest cluster that is not refused, made with one thing changed. */
export function cluster(
  change: Properties = {},
  options: ConstructorParameters<typeof Laboratory>[0] = {},
): Promise<Finished> {
  return make(
    "eks:index:Cluster",
    "main",
    { ...smallest, ...change },
    new Laboratory({ answers, ...options }),
  );
}
