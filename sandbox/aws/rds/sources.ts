import type { rds } from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import type { Stored } from "../../model.ts";
import { list, text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { defaultVpcOf } from "../ec2/default-vpc.ts";
import { inVpc, subnetToken } from "../ec2/references.ts";
import { releaseOf } from "./engines.ts";
import type { Release } from "./engines.ts";
import { instanceToken, subnetGroupToken } from "./references.ts";

/** An instance's inputs, all of them known. */
export type Inputs = { readonly [Key in keyof rds.InstanceArgs]: Unwrap<rds.InstanceArgs[Key]> };

type Place = Pick<Context<Inputs>, "inputs" | "account" | "region">;

/** What a replica copies; `undefined` for an instance of its own. */
export function sourceOf({ inputs, account, region }: Place): Stored | undefined {
  const source = inputs.replicateSourceDb;
  if (source === undefined) return undefined;
  return account.find(instanceToken, source, region) ?? account.find(instanceToken, source);
}

/** A replica has the engine of its source. */
export function engineOf(place: Place): string {
  return text(sourceOf(place)?.state.engine) ?? text(place.inputs.engine) ?? "";
}

/** A replica runs what its source runs, unless it is told to be ahead of it. */
export function releaseFor(place: Place): Release | undefined {
  const { engineVersion = text(sourceOf(place)?.state.engineVersionActual) } = place.inputs;
  return releaseOf(engineOf(place), engineVersion);
}

/** The group of subnets: a replica in its source's region has the same one. */
function subnetGroupOf(place: Place): Stored | undefined {
  const { inputs, account, region } = place;
  const name = inputs.dbSubnetGroupName ?? text(sourceOf(place)?.state.dbSubnetGroupName) ?? "";
  return account.find(subnetGroupToken, name, region);
}

/** The network of an instance: that of its group, or the default VPC with a subnet in each zone. */
export interface Network {
  readonly groupName: string;
  readonly subnetIds: readonly unknown[];
  readonly vpcId: string | undefined;
}

/** Where an instance lies: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html */
export function networkOf(place: Place): Network {
  const group = subnetGroupOf(place);
  if (group !== undefined) {
    return { groupName: group.id, subnetIds: list(group.state.subnetIds), vpcId: text(group.state.vpcId) };
  }
  const vpcId = defaultVpcOf(place.account, place.region)?.id;
  const subnets = vpcId === undefined ? [] : inVpc(place.account, subnetToken, vpcId);
  return { groupName: "default", subnetIds: subnets.map(({ id }) => id), vpcId };
}
