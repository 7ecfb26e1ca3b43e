import type { elasticache } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { placementOf, toGroupedSubnet } from "../placement.ts";
import { families } from "./engines.ts";
import { parameterGroupToken, subnetGroupToken } from "./references.ts";

function isTaken(
  { account, region }: Pick<Context<unknown>, "account" | "region">,
  token: string,
  name: string | undefined,
): boolean {
  return name !== undefined && account.find(token, name, region) !== undefined;
}

const quick = { create: 2, update: 2, delete: 1 } as const;

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html */
const subnetGroup = behaviour<elasticache.SubnetGroupArgs, elasticache.SubnetGroupState>(subnetGroupToken, {
  autoname: { property: "name", max: 255, lower: true },
  references: { "subnetIds[]": toGroupedSubnet },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, account, accountId, region, inputs }) => ({
    arn: `arn:aws:elasticache:${region}:${accountId}:subnetgroup:${id}`,
    vpcId: placementOf(account, inputs.subnetIds).vpcs[0] ?? "",
  }),
  refuses: (context, before) => {
    const { inputs, account } = context;
    const { vpcs } = placementOf(account, inputs.subnetIds);
    if (before === undefined && isTaken(context, subnetGroupToken, inputs.name)) {
      throw new Refusal(
        "CacheSubnetGroupAlreadyExists",
        `Cache subnet group ${inputs.name ?? ""} already exists.`,
      );
    }
    if (vpcs.length > 1) {
      throw new Refusal("InvalidSubnet", `The subnets are in several VPCs: ${vpcs.join(", ")}.`);
    }
  },
  keeps: ({ id }, holders) => {
    if (holders.length === 0) return;
    throw new Refusal(
      "CacheSubnetGroupInUse",
      `Cache subnet group ${id} is currently in use by a cache cluster.`,
    );
  },
  seconds: quick,
});

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html */
const parameterGroup = behaviour<elasticache.ParameterGroupArgs, elasticache.ParameterGroupState>(
  parameterGroupToken,
  {
    autoname: { property: "name", max: 255, lower: true },
    id: ({ inputs, name }) => inputs.name ?? name,
    outputs: ({ id, accountId, region }) => ({
      arn: `arn:aws:elasticache:${region}:${accountId}:parametergroup:${id}`,
    }),
    refuses: (context, before) => {
      const { name, family, parameters = [] } = context.inputs;
      if (before === undefined && isTaken(context, parameterGroupToken, name)) {
        throw new Refusal(
          "CacheParameterGroupAlreadyExists",
          `A cache parameter group with name ${name ?? ""} already exists.`,
        );
      }
      if (!families.has(family)) {
        throw new Refusal("InvalidParameterValue", `CacheParameterGroupFamily ${family} is not valid.`);
      }
      if (parameters.some((one) => one.name === "cluster-enabled" && !/^(?:yes|no)$/.test(one.value))) {
        throw new Refusal("InvalidParameterValue", "invalid parameter value, allowed values are:yes,no");
      }
    },
    keeps: ({ id }, holders) => {
      if (holders.length === 0) return;
      throw new Refusal(
        "InvalidCacheParameterGroupState",
        `One or more cache clusters are still members of this parameter group ${id}, so the group cannot be deleted.`,
      );
    },
    seconds: quick,
  },
);

/** What caches share: where they live, and how their engine is set. */
export const groups: readonly AnyBehaviour[] = [subnetGroup, parameterGroup];
