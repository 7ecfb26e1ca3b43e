import { parse } from "yaml";
import type { AccountStore, Properties, Session, Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import { UNKNOWN, isRecord, list, text } from "../values.ts";

/** The cluster that a provider's settings lead to. */
export interface Cluster {
  /** Where its objects live in the account: its ARN, or `kubernetes` for a program without a kubeconfig. */
  readonly scope: string;
  readonly region: string;
  /** Where objects go that name no namespace. */
  readonly namespace: string;
  readonly account: AccountStore;
}

/** The scope of objects when the settings name no cluster. */
const nameless = "kubernetes";

/** How addresses of Services begin in the default range of EKS: https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
export const serviceRange = "172.20";

/**
 * Finds the cluster behind a provider's settings. A kubeconfig that is not known yet leads to an empty cluster.
 * @throws Refusal when the kubeconfig cannot be read, or its server is no EKS cluster of the account.
 */
export function clusterOf({ account, settings }: Session): Cluster {
  const { kubeconfig } = settings;
  const namespace = text(settings.namespace);
  if (kubeconfig === undefined || kubeconfig === "" || kubeconfig === UNKNOWN) {
    return { scope: nameless, region: "us-east-1", namespace: namespace ?? "default", account };
  }
  const context = activeContext(document(kubeconfig), settings);
  const scope = arnOf(account, context.server);
  return { scope, region: scope.split(":")[3] ?? "", namespace: namespace ?? context.namespace, account };
}

/**
 * True where a provider's new settings lead to another cluster than the old ones, or nobody knows as yet:
 * https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/provider.go
 */
export function leadElsewhere(olds: Properties, news: Properties): boolean {
  if (["kubeconfig", "context", "cluster"].some((key) => news[key] === UNKNOWN)) return true;
  const [before, after] = [olds, news].map(serverIn);
  return before !== undefined && after !== undefined && before !== after;
}

/** The server that settings lead to; `undefined` where they say none, or what cannot be read. */
function serverIn(settings: Properties): string | undefined {
  const { kubeconfig } = settings;
  if (kubeconfig === undefined || kubeconfig === "" || kubeconfig === UNKNOWN) return undefined;
  try {
    return activeContext(document(kubeconfig), settings).server;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function arnOf(account: AccountStore, server: string): string {
  const found = account.all("aws:eks/cluster:Cluster").find(({ state }) => state.endpoint === server);
  const arn = text(found?.state.arn);
  if (arn === undefined) throw unreachable(noSuchHost(server));
  return arn;
}

/** Forgets everything that lived in a cluster: call it when the cluster is deleted. */
export function forgetCluster(account: AccountStore, arn: string): void {
  for (const thing of [...account.everything()]) if (thing.scope === arn) account.remove(thing);
}

/** What goes by a key in this cluster. */
export function namedIn({ account, scope }: Cluster, key: string): readonly Stored[] {
  return account.named(key).filter((thing) => thing.scope === scope);
}

function document(kubeconfig: unknown): Properties {
  if (isRecord(kubeconfig)) return kubeconfig;
  try {
    const parsed: unknown = parse(text(kubeconfig) ?? "");
    if (isRecord(parsed)) return parsed;
  } catch {
    // Reported below: the parser's words may quote the file, which holds credentials.
  }
  throw unreachable("failed to parse kubeconfig data in `kubernetes:config:kubeconfig`- not a mapping");
}

/** The server and namespace of the current context, which the provider's `context` and `cluster` override. */
function activeContext(config: Properties, settings: Properties): { server: string; namespace: string } {
  const current = text(settings.context) ?? text(config["current-context"]) ?? "";
  const context = entry(config.contexts, current, "context");
  const cluster = entry(config.clusters, text(settings.cluster) ?? text(context.cluster) ?? "", "cluster");
  const server = text(cluster.server);
  if (server !== undefined) return { server, namespace: text(context.namespace) ?? "default" };
  throw unreachable(
    `unable to load Kubernetes client configuration from kubeconfig file: context "${current}" does not exist or has no cluster`,
  );
}

/** The part called `what` of the entry of that name; empty when there is none. */
function entry(entries: unknown, name: string, what: string): Properties {
  const found = list(entries).find((item) => isRecord(item) && item.name === name);
  const part = isRecord(found) ? found[what] : undefined;
  return isRecord(part) ? part : {};
}

function noSuchHost(server: string): string {
  const host = URL.canParse(server) ? new URL(server).hostname : server;
  return `unable to load schema information from the API server: Get "${server}/openapi/v2?timeout=32s": dial tcp: lookup ${host}: no such host`;
}

function unreachable(reason: string): Refusal {
  return new Refusal("Unreachable", `configured Kubernetes cluster is unreachable: ${reason}`);
}
