import type { ec2 } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { defaultVpcOf } from "./default-vpc.ts";
import { inVpc, subnetToken } from "./references.ts";

const seconds = { create: 2, update: 2, delete: 0 } as const;

function said(thing: Stored | undefined, property: string): string {
  return text(thing?.state[property]) ?? "";
}

function subnetIn({ account, region }: Context<unknown>, zone: string): Stored | undefined {
  return inVpc(account, subnetToken, defaultVpcOf(account, region)?.id).find(
    ({ state }) => state.availabilityZone === zone,
  );
}

/** The default VPC, taken into the program's hands; it stays when the program lets it go. https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html */
const defaultVpc = behaviour<ec2.DefaultVpcArgs, ec2.DefaultVpcState>("aws:ec2/defaultVpc:DefaultVpc", {
  inDefaultVpc: () => true,
  id: ({ account, region, hex }) => defaultVpcOf(account, region)?.id ?? `vpc-0${hex(16)}`,
  outputs: ({ account, region, accountId }) => {
    const vpc = defaultVpcOf(account, region);
    return {
      arn: said(vpc, "arn"),
      cidrBlock: said(vpc, "cidrBlock"),
      defaultNetworkAclId: said(vpc, "defaultNetworkAclId"),
      defaultRouteTableId: said(vpc, "defaultRouteTableId"),
      defaultSecurityGroupId: said(vpc, "defaultSecurityGroupId"),
      dhcpOptionsId: said(vpc, "dhcpOptionsId"),
      enableDnsHostnames: true,
      existingDefaultVpc: true,
      instanceTenancy: "default",
      ipv6AssociationId: ABSENT,
      mainRouteTableId: said(vpc, "mainRouteTableId"),
      ownerId: accountId,
    };
  },
  keys: () => [],
  seconds,
});

/** The same for the subnet of one zone. */
const defaultSubnet = behaviour<ec2.DefaultSubnetArgs, ec2.DefaultSubnetState>(
  "aws:ec2/defaultSubnet:DefaultSubnet",
  {
    inDefaultVpc: () => true,
    id: (context) => subnetIn(context, context.inputs.availabilityZone)?.id ?? `subnet-0${context.hex(16)}`,
    outputs: (context) => {
      const subnet = subnetIn(context, context.inputs.availabilityZone);
      return {
        arn: said(subnet, "arn"),
        availabilityZoneId: said(subnet, "availabilityZoneId"),
        cidrBlock: said(subnet, "cidrBlock"),
        enableLniAtDeviceIndex: 0,
        existingDefaultSubnet: true,
        ipv6CidrBlockAssociationId: ABSENT,
        ipv6Native: false,
        mapPublicIpOnLaunch: true,
        outpostArn: "",
        ownerId: context.accountId,
        privateDnsHostnameTypeOnLaunch: "ip-name",
        vpcId: said(subnet, "vpcId"),
      };
    },
    keys: () => [],
    refuses: (context) => {
      const { availabilityZone } = context.inputs;
      if (subnetIn(context, availabilityZone) !== undefined) return;
      throw new Refusal(
        "InvalidParameterValue",
        `Value (${availabilityZone}) for parameter availabilityZone is invalid.`,
      );
    },
    seconds,
  },
);

/** What AWS made when it opened the account. */
export const defaultNetwork: readonly AnyBehaviour[] = [defaultVpc, defaultSubnet];
