import type { rds } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { placementOf, toGroupedSubnet } from "../placement.ts";
import { families, staticParameters } from "./engines.ts";
import { parameterGroupToken, subnetGroupToken } from "./references.ts";

const quick = { create: 2, update: 2, delete: 1 } as const;

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html */
const subnetGroup = behaviour<rds.SubnetGroupArgs, rds.SubnetGroupState>(subnetGroupToken, {
  autoname: { property: "name", max: 255, lower: true },
  references: { "subnetIds[]": toGroupedSubnet },
  id: ({ inputs, hex }) => inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`,
  outputs: ({ id, account, accountId, region, inputs }) => ({
    arn: `arn:aws:rds:${region}:${accountId}:subgrp:${id}`,
    name: id,
    supportedNetworkTypes: ["IPV4"],
    vpcId: placementOf(account, inputs.subnetIds).vpcs[0] ?? "",
  }),
  refuses: ({ inputs, account, region }, before) => {
    const { vpcs, zones } = placementOf(account, inputs.subnetIds);
    if (before === undefined && account.find(subnetGroupToken, inputs.name ?? "", region) !== undefined) {
      throw new Refusal(
        "DBSubnetGroupAlreadyExists",
        `The DB subnet group '${inputs.name ?? ""}' already exists.`,
      );
    }
    if (vpcs.length > 1) {
      throw new Refusal("InvalidSubnet", `The subnets are in several VPCs: ${vpcs.join(", ")}.`);
    }
    if (zones.length < 2) {
      throw new Refusal(
        "DBSubnetGroupDoesNotCoverEnoughAZs",
        `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${zones.join(", ")}. Add subnets to cover at least 2 AZs.`,
      );
    }
  },
  keeps: ({ id }, [holder]) => {
    if (holder === undefined) return;
    throw new Refusal(
      "InvalidDBSubnetGroupStateFault",
      `Cannot delete the subnet group '${id}' because at least one database instance: ${text(holder.state.identifier) ?? holder.id} is still using it.`,
    );
  },
  seconds: quick,
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html */
const parameterGroup = behaviour<rds.ParameterGroupArgs, rds.ParameterGroupState>(parameterGroupToken, {
  autoname: { property: "name", max: 255, lower: true },
  id: ({ inputs, hex }) => inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:rds:${region}:${accountId}:pg:${id}`,
    name: id,
  }),
  refuses: ({ inputs, account, region }, before) => {
    const { name = "", family, parameters = [] } = inputs;
    if (before === undefined && account.find(parameterGroupToken, name, region) !== undefined) {
      throw new Refusal("DBParameterGroupAlreadyExists", `Parameter group ${name} already exists`);
    }
    if (!families.includes(family)) {
      throw new Refusal(
        "InvalidParameterValue",
        `ParameterGroupFamily ${family} is not a valid parameter group family`,
      );
    }
    if (parameters.some((one) => one.applyMethod === "immediate" && staticParameters.has(one.name))) {
      throw new Refusal(
        "InvalidParameterCombination",
        "cannot use immediate apply method for static parameter",
      );
    }
  },
  keeps: ({ id }, holders) => {
    if (holders.length === 0) return;
    throw new Refusal(
      "InvalidDBParameterGroupState",
      `One or more database instances are still members of this parameter group ${id}, so the group cannot be deleted`,
    );
  },
  seconds: quick,
});

/** What instances share: where they live, and how their engine is set. */
export const groups: readonly AnyBehaviour[] = [subnetGroup, parameterGroup];
