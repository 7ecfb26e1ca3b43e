import type { AccountStore, AccountView, Stored } from "../../model.ts";
import { hexOf } from "../../values.ts";
import { zonesOf } from "../zones.ts";
import { internetGatewayToken, subnetToken, vpcToken } from "./references.ts";

/** The default VPC of a region; `undefined` until somebody has asked for it. */
export function defaultVpcOf(account: AccountView, region: string): Stored | undefined {
  return account.all(vpcToken, region).find(({ state }) => state.default === true);
}

/**
 * Puts the VPC that every account has in a region into the account, with a public subnet in each zone, unless it is there. Only
 * programs that ask for it see it. https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 */
export function ensureDefaultVpc(account: AccountStore, region: string): Stored {
  const known = defaultVpcOf(account, region);
  if (known !== undefined) return known;
  const id = (prefix: string, of: string): string =>
    `${prefix}-0${hexOf(`${account.accountId}/${region}/default/${of}`, 16)}`;
  const own = (kind: string, thing: string): string =>
    `arn:aws:ec2:${region}:${account.accountId}:${kind}/${thing}`;
  const put = (token: string, state: Readonly<Record<string, unknown>> & { readonly id: string }): Stored => {
    const { id: address, ...rest } = state;
    const thing: Stored = {
      ...{ scope: region, token, id: address, urn: "", inputs: {}, created: "2026-01-01T00:00:00.000Z" },
      state: rest,
      keys: [rest.arn, rest.defaultSecurityGroupId, rest.mainRouteTableId, rest.defaultNetworkAclId].flatMap(
        (key) => (typeof key === "string" ? [key] : []),
      ),
    };
    account.put(thing);
    return thing;
  };
  const vpc = put(vpcToken, {
    id: id("vpc", "vpc"),
    arn: own("vpc", id("vpc", "vpc")),
    cidrBlock: "172.31.0.0/16",
    default: true,
    defaultNetworkAclId: id("acl", "acl"),
    defaultRouteTableId: id("rtb", "routes"),
    defaultSecurityGroupId: id("sg", "group"),
    dhcpOptionsId: id("dopt", "options"),
    enableDnsHostnames: true,
    enableDnsSupport: true,
    instanceTenancy: "default",
    mainRouteTableId: id("rtb", "routes"),
    ownerId: account.accountId,
  });
  put(internetGatewayToken, {
    id: id("igw", "gateway"),
    arn: own("internet-gateway", id("igw", "gateway")),
    ownerId: account.accountId,
    vpcId: vpc.id,
  });
  zonesOf(region).forEach((zone, index) => {
    put(subnetToken, {
      id: id("subnet", zone.name),
      arn: own("subnet", id("subnet", zone.name)),
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      cidrBlock: `172.31.${String(index * 16)}.0/20`,
      defaultForAz: true,
      mapPublicIpOnLaunch: true,
      ownerId: account.accountId,
      vpcId: vpc.id,
    });
  });
  return vpc;
}

/** Whether a thing is of what AWS gave the account with a region: the default VPC, its subnets, its gateway. */
export function isOfDefaultVpc(account: AccountView, { scope, urn, id, state }: Stored): boolean {
  const vpc = defaultVpcOf(account, scope);
  return urn === "" && vpc !== undefined && (id === vpc.id || state.vpcId === vpc.id);
}
