import type { AccountStore, Stored } from "../../model.ts";
import { list } from "../../values.ts";
import { interfaceToken } from "./interfaces.ts";

/**
 * Seconds for which Lambda may keep the network interfaces of a function that no longer needs them, twenty minutes by its own account:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html. EC2 deletes neither their subnets nor their security groups
 * as long as they are there, and the provider waits for it:
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_interface.go
 */
const longest = 1200;

/** The key by which the interfaces that linger in a subnet or behind a security group are found. */
function keyOf(id: unknown): string {
  return `${String(id)}/lingering`;
}

/** Whether it is a network interface that its service does not let go with what it was for. */
export function lingers({ token, state }: Stored): boolean {
  return token === interfaceToken && state.interfaceType === "lambda";
}

/** The interface once nothing needs it: it holds nothing that the provider would not wait for. */
export function lingering(thing: Stored): Stored {
  const { subnetId, securityGroups } = thing.state;
  return { ...thing, holds: [], keys: [subnetId, ...list(securityGroups)].map(keyOf) };
}

/** What the provider does before it deletes something: it waits until no interface lingers there. @returns the seconds that takes. */
export function removeLingering(account: AccountStore, { id }: Stored): number {
  const there = account.named(keyOf(id));
  for (const thing of there) account.remove(thing);
  return there.length === 0 ? 0 : longest;
}
