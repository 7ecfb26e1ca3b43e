import type { AccountView, Stored } from "../../model.ts";
import type { Reference } from "../behaviour.ts";

/** Tokens of what containers run in. */
export const clusterToken = "aws:ecs/cluster:Cluster";
export const taskDefinitionToken = "aws:ecs/taskDefinition:TaskDefinition";
export const serviceToken = "aws:ecs/service:Service";
export const capacityProviderToken = "aws:ecs/capacityProvider:CapacityProvider";

/** Codes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and each action's errors. */
export const toCluster: Reference = {
  to: clusterToken,
  missing: { code: "ClusterNotFoundException", message: "Cluster not found." },
};
export const toTaskDefinition: Reference = {
  to: taskDefinitionToken,
  missing: { code: "ClientException", message: "Unable to describe task definition {value}." },
  // A deregistered revision goes on running: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html
  holds: false,
};

/** The newest revision of what names one or a family: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html#ECS-CreateService-request-taskDefinition */
export function latestOf(account: AccountView, name: string, region: string): Stored | undefined {
  return account
    .named(name)
    .filter(({ token, scope }) => token === taskDefinitionToken && scope === region)
    .reduce<Stored | undefined>(
      (latest, one) => (Number(one.state.revision) > Number(latest?.state.revision ?? 0) ? one : latest),
      undefined,
    );
}

/** What every account has, beside its own: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
export const ownCapacity = /^FARGATE(?:_SPOT)?$/;

export const toCapacityProvider: Reference = {
  to: capacityProviderToken,
  missing: {
    code: "InvalidParameterException",
    message:
      "The specified capacity provider '{value}' was not found. Specify a valid name or ARN and try again.",
  },
  foreign: ownCapacity,
};
