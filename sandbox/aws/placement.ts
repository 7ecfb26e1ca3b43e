import type { AccountView } from "../model.ts";
import { text } from "../values.ts";
import { subnetToken, vpcOf } from "./ec2/references.ts";

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

/** The first of these security groups that does not lie in the VPC, and the VPC that it does lie in. */
export function strayGroup(
  account: AccountView,
  groupIds: readonly string[] | undefined,
  vpcId: string | undefined,
): { readonly groupId: string; readonly vpcId: string } | undefined {
  const located = (groupIds ?? []).map((groupId) => ({ groupId, vpcId: vpcOf(account, groupId) ?? "" }));
  return located.find((group) => group.vpcId !== vpcId);
}
