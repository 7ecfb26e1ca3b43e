import type { rds } from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import type { Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
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
export function subnetGroupOf(place: Place): Stored | undefined {
  const { inputs, account, region } = place;
  const name = inputs.dbSubnetGroupName ?? text(sourceOf(place)?.state.dbSubnetGroupName) ?? "";
  return account.find(subnetGroupToken, name, region);
}

/** `undefined` where it would lie in the default VPC, which the account does not have. */
export function vpcOfInstance(place: Place): string | undefined {
  return text(subnetGroupOf(place)?.state.vpcId);
}
