import type { ecs } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { toSecurityGroup, toSubnet } from "../ec2/references.ts";
import { toTargetGroup } from "../lb/references.ts";
import { refuseFirst } from "../refuse-first.ts";
import { clusterToken, serviceToken, toCapacityProvider, toCluster, toTaskDefinition } from "./references.ts";
import { arnOf, clusterNameOf, serviceRules } from "./service-refusals.ts";
import type { Request } from "./service-refusals.ts";
import { lastPart } from "./strategies.ts";

/** A rolling update is done when its tasks run: a minute or two with a load balancer's health checks before them. */
const seconds = { create: 10, update: 10, delete: 45 } as const;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html */
const service = behaviour<ecs.ServiceArgs, ecs.ServiceState>(serviceToken, {
  autoname: { property: "name", max: 255 },
  references: {
    cluster: toCluster,
    taskDefinition: toTaskDefinition,
    "capacityProviderStrategies[].capacityProvider": toCapacityProvider,
    "networkConfiguration.subnets[]": toSubnet,
    "networkConfiguration.securityGroups[]": toSecurityGroup,
    "loadBalancers[].targetGroupArn": { ...toTargetGroup, holds: false },
  },
  id: (context) => arnOf(context, context.name),
  outputs: ({ id, inputs, accountId, region }) => ({
    arn: id,
    cluster: `arn:aws:ecs:${region}:${accountId}:cluster/${clusterNameOf(inputs)}`,
    iamRole: "/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
    launchType: (inputs.capacityProviderStrategies ?? []).length > 0 ? "" : "EC2",
    platformVersion: inputs.launchType === "FARGATE" ? "LATEST" : "",
    triggers: {},
  }),
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst<Request>(serviceRules, { inputs, account, region, before });
  },
  seconds,
  secondsToCreate: ({ waitForSteadyState, loadBalancers = [] }) =>
    waitForSteadyState === true ? 60 + (loadBalancers.length > 0 ? 60 : 0) : undefined,
});

function runningIn(account: AccountView, cluster: Stored): boolean {
  const services = account.all(serviceToken, cluster.scope);
  return services.some(({ state }) => clusterNameOf(state) === cluster.state.name);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html */
const cluster = behaviour<ecs.ClusterArgs, ecs.ClusterState>(clusterToken, {
  autoname: { property: "name", max: 255 },
  id: ({ inputs, name, accountId, region }) =>
    `arn:aws:ecs:${region}:${accountId}:cluster/${inputs.name ?? name}`,
  outputs: ({ id }) => ({ arn: id, settings: [{ name: "containerInsights", value: "disabled" }] }),
  keeps: (thing, _, account) => {
    if (!runningIn(account, thing)) return;
    throw new Refusal(
      "ClusterContainsServicesException",
      "The Cluster cannot be deleted while Services are active.",
    );
  },
  seconds: { create: 11, update: 5, delete: 1 },
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
const clusterCapacityProviders = behaviour<
  ecs.ClusterCapacityProvidersArgs,
  ecs.ClusterCapacityProvidersState
>("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", {
  references: {
    clusterName: toCluster,
    "capacityProviders[]": toCapacityProvider,
    "defaultCapacityProviderStrategies[].capacityProvider": toCapacityProvider,
  },
  id: ({ inputs }) => inputs.clusterName,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs, account, region }, before) => {
    const given = (inputs.capacityProviders ?? []).map((provider) => lastPart(provider));
    const gone = list(before?.state.capacityProviders)
      .map((provider) => lastPart(String(provider)))
      .filter((name) => !given.includes(name));
    if (isAnyInUse(account, region, inputs.clusterName, gone)) throw inUse();
    const stray = (inputs.defaultCapacityProviderStrategies ?? []).find(
      ({ capacityProvider }) => !given.includes(lastPart(capacityProvider)),
    );
    if (stray === undefined) return;
    throw new Refusal(
      "InvalidParameterException",
      `The capacity provider ${text(stray.capacityProvider) ?? ""} in the default strategy is not associated with the cluster.`,
    );
  },
  keeps: ({ state, scope }, _, account) => {
    const all = list(state.capacityProviders).map((provider) => lastPart(String(provider)));
    if (isAnyInUse(account, scope, String(state.clusterName), all)) throw inUse();
  },
  seconds: { create: 12, update: 12, delete: 12 },
});

function inUse(): Refusal {
  return new Refusal(
    "ResourceInUseException",
    "The specified capacity provider is in use and cannot be removed.",
  );
}

/** Whether a service of the cluster names one of these as what runs its tasks. */
function isAnyInUse(
  account: AccountView,
  region: string,
  clusterName: string,
  providers: readonly string[],
): boolean {
  return account
    .all(serviceToken, region)
    .filter(({ state }) => clusterNameOf(state) === clusterName)
    .flatMap(({ state }) => list(state.capacityProviderStrategies))
    .some((share) => providers.includes(lastPart(text(at(share, "capacityProvider")) ?? "")));
}

/** Where containers run, and which of them. */
export const containerServices: readonly AnyBehaviour[] = [cluster, clusterCapacityProviders, service];
