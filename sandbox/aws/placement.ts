import type { AccountView } from "../model.ts";
import { text } from "../values.ts";
import type { Reference } from "./behaviour.ts";
import { subnetToken, toSubnet, vpcOf, vpcToken } from "./ec2/references.ts";

/** A subnet of a group, in the words of the services that keep such groups: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html */
export const toGroupedSubnet: Reference = {
  ...toSubnet,
  missing: { code: "InvalidSubnet", message: "Some input subnets in :[{value}] are invalid." },
};

/** Where a list of subnets lies. */
export interface Placement {
  /** Each VPC once. */
  readonly vpcs: readonly string[];
  /** Names of zones, each once, in order. */
  readonly zones: readonly string[];
}

/** Where these subnets lie; ids that nothing has count for nothing. */
export function placementOf(account: AccountView, subnetIds: readonly string[] | undefined): Placement {
  const subnets = (subnetIds ?? []).flatMap((id) => account.find(subnetToken, id) ?? []);
  const each = (property: string): readonly string[] =>
    [...new Set(subnets.flatMap(({ state }) => text(state[property]) ?? []))].sort();
  return { vpcs: each("vpcId"), zones: each("availabilityZone") };
}

/** The group that a VPC comes with, which guards what lies in these subnets and names none. */
export function defaultGroupsOf(account: AccountView, subnetIds: readonly string[]): string[] {
  const { vpcs } = placementOf(account, subnetIds);
  return vpcs.flatMap((id) => text(account.find(vpcToken, id)?.state.defaultSecurityGroupId) ?? []);
}

/** The first of these security groups that does not lie in the VPC, and the VPC that it does lie in. */
export function strayGroup(
  account: AccountView,
  groupIds: readonly string[] | undefined,
  vpcId: string | undefined,
): { readonly groupId: string; readonly vpcId: string } | undefined {
  const located = (groupIds ?? []).map((groupId) => ({ groupId, vpcId: vpcOf(account, groupId) ?? "" }));
  return located.find((group) => group.vpcId !== vpcId);
}
