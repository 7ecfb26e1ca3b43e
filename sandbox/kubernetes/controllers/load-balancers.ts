import { subnetToken, vpcToken } from "../../aws/ec2/references.ts";
import { clusterToken } from "../../aws/eks/references.ts";
import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, hexOf, isRecord, text } from "../../values.ts";
import type { Warning } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import type { Stack } from "./ingress-stacks.ts";
import { ingressStack, serviceStack, stackIdOf } from "./ingress-stacks.ts";
import { deploy, withdraw } from "./stack-deployment.ts";

/**
 * True where the AWS load balancer controller runs: from its chart, or by EKS itself in Auto Mode,
 * https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html
 */
function hasLoadBalancerController(cluster: Cluster): boolean {
  const built = at(controlPlaneOf(cluster)?.state, "kubernetesNetworkConfig.elasticLoadBalancing.enabled");
  return built === true || namedIn(cluster, "chart aws-load-balancer-controller").length > 0;
}

function controlPlaneOf({ account, scope }: Cluster): Stored | undefined {
  return account.all(clusterToken).find(({ state }) => state.arn === scope);
}

/** True for what the controller answers for: Ingresses of its class, and every Service of type LoadBalancer, which its webhook claims. */
function isOurs(cluster: Cluster, kind: string, object: Properties): boolean {
  if (kind === "Ingress") return at(object, "spec.ingressClassName") === "alb";
  if (kind !== "Service" || at(object, "spec.type") !== "LoadBalancer") return false;
  const of = at(object, "spec.loadBalancerClass");
  return of === "service.k8s.aws/nlb" || (of === undefined && hasLoadBalancerController(cluster));
}

/** The mark by which the controller knows, at a deletion, that it must clean up first; `undefined` for what is not its own. */
export function finalizerOf(cluster: Cluster, kind: string, object: Properties): string | undefined {
  if (!hasLoadBalancerController(cluster) || !isOurs(cluster, kind, object)) return undefined;
  if (kind === "Service") return "service.k8s.aws/resources";
  const id = stackIdOf(object);
  return id.includes("/") ? "ingress.k8s.aws/resources" : `group.ingress.k8s.aws/${id}`;
}

/** What the objects that share a load balancer with this one ask for together. */
function stackOf(cluster: Cluster, kind: string, object: Properties): Stack {
  if (kind === "Service") return serviceStack(cluster.scope, object);
  return ingressStack(cluster.scope, [...othersOf(cluster, object), object]);
}

function othersOf({ account, scope }: Cluster, object: Properties): readonly Properties[] {
  const id = stackIdOf(object);
  return account
    .all("kubernetes:networking.k8s.io/v1:Ingress", scope)
    .filter(({ state }) => at(state, "metadata.deletionTimestamp") === undefined)
    .map(({ inputs }) => inputs)
    .filter((other) => stackIdOf(other) === id && !isSame(other, object));
}

function isSame(left: Properties, right: Properties): boolean {
  return ["metadata.namespace", "metadata.name"].every((path) => at(left, path) === at(right, path));
}

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#resource-tags */
function tagsOf(cluster: Cluster, kind: string, stackId: string): Properties {
  const name = cluster.scope.split("/").at(-1) ?? "";
  const prefix = kind === "Service" ? "service" : "ingress";
  return { "elbv2.k8s.aws/cluster": name, [`${prefix}.k8s.aws/stack`]: stackId };
}

/** The VPC of the cluster; `undefined` for one that the account does not hold, as under mocks. */
function vpcOf(cluster: Cluster): string | undefined {
  const vpcId = text(at(controlPlaneOf(cluster)?.state, "vpcConfig.vpcId"));
  return vpcId !== undefined && cluster.account.find(vpcToken, vpcId) !== undefined ? vpcId : undefined;
}

/**
 * Subnets that say by a tag what they are for, one in each zone; without any, those that give out public addresses or do not:
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/
 */
function subnetsOf(
  { account, region }: Cluster,
  { subnets, internal }: Stack,
  vpcId: string,
): readonly string[] {
  if (subnets.length > 0) return subnets;
  const role = `kubernetes.io/role/${internal ? "internal-elb" : "elb"}`;
  const all = account.all(subnetToken, region).filter(({ state }) => state.vpcId === vpcId);
  const marked = all.filter(
    ({ state }) => isRecord(state.tags) && ["", "1"].includes(String(state.tags[role])),
  );
  const reachable = all.filter(({ state }) => (state.mapPublicIpOnLaunch === true) !== internal);
  const zones = new Map(
    (marked.length > 0 ? marked : reachable).map((one) => [one.state.availabilityZone, one.id]),
  );
  return [...zones.values()];
}

/** How the controller's work on an object ended. */
type Outcome = { readonly hostname: string } | { readonly warning: Warning };

/** What the controller does about an object, again and again. */
function reconcile(cluster: Cluster, kind: string, object: Properties): Outcome {
  try {
    const stack = stackOf(cluster, kind, object);
    const vpcId = vpcOf(cluster);
    if (vpcId === undefined) return { hostname: usualAddress(cluster, stack) };
    const subnets = subnetsOf(cluster, stack, vpcId);
    const least = stack.type === "application" ? 2 : 1;
    if (subnets.length < least) return { warning: withoutSubnets(stack, subnets) };
    const site = { cluster, vpcId, tags: tagsOf(cluster, kind, stack.id) };
    return { hostname: text(deploy(site, { ...stack, subnets }).state.dnsName) ?? "" };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = `Failed deploy model due to ${error.message}`;
    return { warning: { reason: "FailedDeployModel", message } };
  }
}

/** A name of the usual form, where there is no network to put a load balancer into. */
function usualAddress({ scope, region }: Cluster, { name, type, internal }: Stack): string {
  const hex = hexOf(`${scope}/${name}`, 16);
  if (type === "network") return `${name}-${hex}.elb.${region}.amazonaws.com`;
  return `${internal ? "internal-" : ""}${name}-${Number.parseInt(hex.slice(0, 8), 16)}.${region}.elb.amazonaws.com`;
}

function withoutSubnets({ internal }: Stack, found: readonly string[]): Warning {
  const role = `kubernetes.io/role/${internal ? "internal-elb" : "elb"}`;
  const message = `Failed build model due to couldn't auto-discover subnets: unable to resolve at least one subnet (${found.length} match VPC and tags: [${role}])`;
  return { reason: "FailedBuildModel", message };
}

/** Why an Ingress or a Service never gets an address; `undefined` when it does, or needs none. */
export function loadBalancerObstacle(
  cluster: Cluster,
  kind: string,
  object: Properties,
): Warning | undefined {
  if (kind === "Ingress" && !isServed(cluster, object)) {
    const name = text(at(object, "spec.ingressClassName"));
    const message = `no controller serves ${name === undefined ? "an Ingress without a class" : `ingress class ${name}`}`;
    return { reason: "NoController", message };
  }
  if (!isOurs(cluster, kind, object)) return undefined;
  if (!hasLoadBalancerController(cluster)) {
    return {
      reason: "NoController",
      message: "no controller serves load balancer class service.k8s.aws/nlb",
    };
  }
  const outcome = reconcile(cluster, kind, object);
  return "warning" in outcome ? outcome.warning : undefined;
}

function isServed(cluster: Cluster, object: Properties): boolean {
  return isOurs(cluster, "Ingress", object) && hasLoadBalancerController(cluster);
}

/** The name by which an Ingress or a Service is reached from outside; `undefined` where there is none. */
export function addressOf(cluster: Cluster, kind: string, object: Properties): string | undefined {
  if (!isOurs(cluster, kind, object)) return kind === "Service" ? classicAddress(cluster, object) : undefined;
  if (!hasLoadBalancerController(cluster)) return undefined;
  const outcome = reconcile(cluster, kind, object);
  return "hostname" in outcome ? outcome.hostname : undefined;
}

/** Without the controller Kubernetes itself orders a classic load balancer, which the account does not hold. */
function classicAddress({ scope, region }: Cluster, object: Properties): string | undefined {
  if (at(object, "spec.type") !== "LoadBalancer") return undefined;
  const hex = hexOf(`${scope}/${JSON.stringify(at(object, "metadata"))}`, 40);
  return `a${hex.slice(0, 31)}-${Number.parseInt(hex.slice(31, 39), 16)}.${region}.elb.amazonaws.com`;
}

/** Cleans up after an object, or for those that still share its load balancer. @throws Refusal when AWS does not let it go */
export function forget(cluster: Cluster, kind: string, object: Properties): void {
  const [neighbour] = kind === "Ingress" ? othersOf(cluster, object) : [];
  if (neighbour !== undefined) reconcile(cluster, kind, neighbour);
  else withdraw(cluster, tagsOf(cluster, kind, stackOf(cluster, kind, object).id));
}
