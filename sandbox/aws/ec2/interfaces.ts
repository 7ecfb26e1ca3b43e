import { addressOf } from "../../model.ts";
import type { Context, Made } from "../behaviour.ts";
import { subnetToken } from "./references.ts";

export const interfaceToken = "aws:ec2/networkInterface:NetworkInterface";

/** What a service wants a network interface for. */
interface Purpose {
  readonly subnetId: string;
  readonly securityGroups: readonly string[];
  /** As EC2 names the kinds: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html */
  readonly interfaceType: string;
  readonly description?: string;
  /** Tells it from others of the same owner. */
  readonly salt: string;
}

/** A network interface that a service makes. While it is there, neither its subnet nor its security groups can be deleted. */
export function networkInterface(
  { account, region, hex }: Pick<Context<unknown>, "account" | "region" | "hex">,
  { salt, ...state }: Purpose,
): Made {
  // The first group of a VPC goes with the VPC alone.
  const groups = state.securityGroups.map((id) =>
    account.find("aws:ec2/securityGroup:SecurityGroup", id, region),
  );
  const held = [account.find(subnetToken, state.subnetId, region), ...groups];
  return {
    token: interfaceToken,
    id: interfaceIdOf(hex, salt),
    state: { ...state },
    holds: held.flatMap((thing) => (thing === undefined ? [] : [addressOf(thing)])),
  };
}

/** The id of the interface that `networkInterface` makes. */
export function interfaceIdOf(hex: Context<unknown>["hex"], salt: string): string {
  return `eni-0${hex(16, salt)}`;
}
