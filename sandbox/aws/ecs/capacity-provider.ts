import type { ecs } from "@pulumi/aws";
import type { Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at } from "../../values.ts";
import type { AnyBehaviour, Plain } from "../behaviour.ts";
import { refined } from "../specification/refined.ts";
import type { Request } from "../specification/refined.ts";
import { capacityProviderToken } from "./references.ts";

const groupArn = "autoScalingGroupProvider.autoScalingGroupArn";

type Asked = Request<Plain<ecs.CapacityProviderArgs>>;

function twinOf({ inputs, account, before }: Asked): Stored | undefined {
  const wanted = at(inputs, groupArn);
  return account
    .all(capacityProviderToken)
    .find(({ id, state }) => wanted !== undefined && id !== before?.id && at(state, groupArn) === wanted);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html */
const capacityProvider = refined<ecs.CapacityProviderArgs, ecs.CapacityProviderState>(capacityProviderToken, {
  rules: [
    {
      when: ({ inputs }) => /^(?:aws|ecs|fargate)/.test(inputs.name ?? ""),
      code: "ClientException",
      says: 'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". Specify a valid name and try again.',
    },
    {
      when: (asked) => twinOf(asked) !== undefined,
      code: "ClientException",
      says: "The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.",
    },
  ],
  // The provider reports what ECS says of a deletion that failed.
  keeps: (_, [holder]) => {
    if (holder === undefined) return;
    throw new Refusal(
      "DELETE_FAILED",
      `The capacity provider cannot be deleted because it is associated with cluster: ${String(holder.state.clusterName ?? holder.state.cluster)}. Remove the capacity provider from the cluster and try again.`,
    );
  },
  seconds: { create: 5, update: 5, delete: 15 },
});

/** What containers are given machines by. */
export const capacityProviders: readonly AnyBehaviour[] = [capacityProvider];
