import type { Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { strayGroup } from "../placement.ts";
import type { Release } from "./engines.ts";
import { instanceToken, parameterGroupToken } from "./references.ts";
import { unreachable } from "./public-access.ts";
import { engineOf, networkOf, releaseFor, sourceOf } from "./sources.ts";
import type { Inputs } from "./sources.ts";

/** What RDS is asked for, with all that it looks up to judge it. */
export interface Request {
  readonly inputs: Inputs;
  readonly before: Stored | undefined;
  /** Another instance that has the identifier. */
  readonly taken: boolean;
  /** True where user and data come from elsewhere. */
  readonly copied: boolean;
  readonly engine: string;
  readonly release: Release | undefined;
  /** Version before the change, major and minor. */
  readonly oldVersion: string | undefined;
  /** Family of the parameter group; unset for one of AWS's. */
  readonly family: string | undefined;
  /** What a replica copies. */
  readonly source: Stored | undefined;
  /** GiB now, and before the change. */
  readonly size: number;
  readonly oldSize: number;
  /** Unset where there is no group of subnets. */
  readonly vpcId: string | undefined;
  /** A security group of another VPC. */
  readonly stray: { readonly groupId: string; readonly vpcId: string } | undefined;
  /** Why nobody would reach it from the internet, although they should. */
  readonly hidden: string | undefined;
}

/** Looks up what a request is judged by. */
export function requestOf(context: Context<Inputs>, before: Stored | undefined): Request {
  const { inputs, account, region } = context;
  const source = sourceOf(context);
  const { replicateSourceDb, snapshotIdentifier } = inputs;
  const find = (token: string, name = ""): Stored | undefined => account.find(token, name, region);
  const other = find(instanceToken, inputs.identifier);
  const { vpcId } = networkOf(context);
  return {
    inputs,
    before,
    taken: other !== undefined && other.id !== before?.id,
    copied: (replicateSourceDb ?? snapshotIdentifier) !== undefined,
    engine: engineOf(context),
    release: releaseFor(context),
    oldVersion: text(before?.state.engineVersionActual),
    family: text(find(parameterGroupToken, inputs.parameterGroupName)?.state.family),
    source,
    size: inputs.allocatedStorage ?? numberIn(source, "allocatedStorage"),
    oldSize: numberIn(before, "allocatedStorage"),
    vpcId,
    stray: strayGroup(account, inputs.vpcSecurityGroupIds, vpcId),
    hidden: unreachable(account, vpcId, inputs.publiclyAccessible),
  };
}

function numberIn(thing: Stored | undefined, property: string): number {
  const value = thing?.state[property];
  return typeof value === "number" ? value : 0;
}
