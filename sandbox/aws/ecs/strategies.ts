import type { AccountView, Stored } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { ownCapacity } from "./references.ts";

/** The part of the tasks that one capacity provider is given. */
export interface Share {
  readonly capacityProvider: string;
  /** How many of the tasks, beside the other weights. @default 0 */
  readonly weight?: number | undefined;
}

/** The name of what goes by its name or its ARN. */
export function lastPart(nameOrArn: string): string {
  return nameOrArn.split("/").at(-1) ?? nameOrArn;
}

/** Where a cluster is looked for: another region may have one of its name. */
interface Place {
  readonly account: AccountView;
  readonly region: string;
}

function associationOf({ account, region }: Place, clusterName: string): Stored | undefined {
  return account.find("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", clusterName, region);
}

/** What a cluster's services that say nothing of it are run by: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
export function defaultStrategyOf(place: Place, clusterName: string): readonly Share[] {
  const strategies = list(associationOf(place, clusterName)?.state.defaultCapacityProviderStrategies);
  return strategies.filter(isRecord).map(({ capacityProvider, weight }) => ({
    capacityProvider: text(capacityProvider) ?? "",
    weight: Number(weight ?? 0),
  }));
}

/** Those of AWS that a cluster has not been given; others may be made for a cluster: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
export function strangersOf(place: Place, clusterName: string, shares: readonly Share[]): readonly string[] {
  const given = list(associationOf(place, clusterName)?.state.capacityProviders).map(String).map(lastPart);
  return shares
    .map(({ capacityProvider }) => lastPart(capacityProvider))
    .filter((name) => ownCapacity.test(name) && !given.includes(name));
}
