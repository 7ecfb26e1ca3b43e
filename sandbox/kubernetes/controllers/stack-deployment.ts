import { listenerToken, loadBalancerToken, targetGroupToken } from "../../aws/lb/references.ts";
import type { Properties, Stored } from "../../model.ts";
import { hexOf } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { deleteFromAccount, ensure, tagged } from "./aws-client.ts";
import type { Wish } from "./aws-client.ts";
import type { Backend, Port, Stack } from "./ingress-stacks.ts";

const associationToken = "aws:wafv2/webAclAssociation:WebAclAssociation";
const groupToken = "aws:ec2/securityGroup:SecurityGroup";

/** Where a stack is deployed. */
export interface Site {
  readonly cluster: Cluster;
  readonly vpcId: string;
  /** What marks everything of the stack. */
  readonly tags: Properties;
}

/** Brings the account to what a stack asks for. @returns the load balancer. @throws Refusal when AWS does not take it */
export function deploy(site: Site, stack: Stack): Stored {
  const { cluster, tags } = site;
  const groups = stack.securityGroups.length > 0 ? [] : [ensure(cluster, groupWish(site, stack))];
  const securityGroups = [...stack.securityGroups, ...groups.map(({ id }) => id)];
  const balancer = ensure(cluster, balancerWish(site, stack, securityGroups));
  withdrawOthers(site, balancer);
  const targets = stack.backends.map((backend) => ensure(cluster, targetWish(site, stack, backend)));
  const listeners = stack.ports.map((port) =>
    ensure(cluster, listenerWish(site, port, balancer.id, targets[0]?.id)),
  );
  protect(cluster, balancer.id, stack.firewallArn);
  const wanted = new Set([...groups, balancer, ...targets, ...listeners].map(({ id }) => id));
  for (const thing of tagged(cluster, tags)) if (!wanted.has(thing.id)) deleteFromAccount(cluster, thing);
  return balancer;
}

/** A load balancer that was replaced goes before the new one forwards to its target groups, which are those of one alone. */
function withdrawOthers({ cluster, tags }: Site, { id: kept }: Stored): void {
  const things = tagged(cluster, tags);
  const listeners = things.filter(
    ({ token, state }) => token === listenerToken && state.loadBalancerArn !== kept,
  );
  const balancers = things.filter(({ token, id }) => token === loadBalancerToken && id !== kept);
  for (const { id } of balancers) protect(cluster, id, undefined);
  for (const thing of [...listeners, ...balancers]) deleteFromAccount(cluster, thing);
}

/** Takes everything of a stack out of the account. @throws Refusal when AWS does not let it go */
export function withdraw(cluster: Cluster, tags: Properties): void {
  const things = tagged(cluster, tags);
  for (const { id } of things) protect(cluster, id, undefined);
  for (const type of [listenerToken, loadBalancerToken, targetGroupToken, groupToken]) {
    for (const thing of things) if (thing.token === type) deleteFromAccount(cluster, thing);
  }
}

/** Puts a web firewall in front of a load balancer, or takes it away. */
function protect(cluster: Cluster, resourceArn: string, webAclArn: string | undefined): void {
  const { account } = cluster;
  const there = account.all(associationToken).find(({ state }) => state.resourceArn === resourceArn);
  if (there !== undefined && there.state.webAclArn !== webAclArn) deleteFromAccount(cluster, there);
  if (webAclArn === undefined || there?.state.webAclArn === webAclArn) return;
  ensure(cluster, { token: associationToken, inputs: { resourceArn, webAclArn } });
}

/** Lets the clients in: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/security_groups/ */
function groupWish({ vpcId, tags }: Site, { ownName: name, ports }: Stack): Wish {
  const ingress = ports.map(({ port }) => ({
    fromPort: port,
    toPort: port,
    protocol: "tcp",
    cidrBlocks: ["0.0.0.0/0"],
  }));
  const description = "[k8s] Managed SecurityGroup for LoadBalancer";
  return {
    token: groupToken,
    inputs: { name, description, vpcId, ingress, tags: part(tags, "ManagedLBSecurityGroup") },
  };
}

function balancerWish({ tags }: Site, stack: Stack, securityGroups: readonly string[]): Wish {
  const { name, internal, subnets, type, deletionProtection } = stack;
  return {
    token: loadBalancerToken,
    inputs: {
      name,
      internal,
      loadBalancerType: type,
      subnets,
      securityGroups,
      enableDeletionProtection: deletionProtection,
      tags: part(tags, "LoadBalancer"),
    },
  };
}

function targetWish({ vpcId, tags }: Site, stack: Stack, { name: service, port, protocol }: Backend): Wish {
  const digits = hexOf(`${stack.ownName}/${service}/${port}`, 10);
  const name = `k8s-${service.replace(/[^a-z0-9]/g, "").slice(0, 17)}-${digits}`;
  return {
    token: targetGroupToken,
    inputs: {
      name,
      port,
      protocol,
      targetType: "ip",
      vpcId,
      tags: part(tags, `${stack.id}-${service}:${port}`),
    },
  };
}

/** What no rule takes goes to the first backend. */
function listenerWish(
  { tags }: Site,
  asked: Port,
  loadBalancerArn: string,
  targetGroupArn: string | undefined,
): Wish {
  const { port, protocol, certificateArn, sslPolicy } = asked;
  const nothing = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } };
  return {
    token: listenerToken,
    inputs: {
      loadBalancerArn,
      port,
      protocol,
      ...(certificateArn === undefined ? {} : { certificateArn }),
      ...(sslPolicy === undefined ? {} : { sslPolicy }),
      defaultActions: [targetGroupArn === undefined ? nothing : { type: "forward", targetGroupArn }],
      tags: part(tags, String(port)),
    },
  };
}

/** Tags of one part of a stack, by which the controller finds it again. */
function part(tags: Properties, resource: string): Properties {
  const prefix = "service.k8s.aws/stack" in tags ? "service" : "ingress";
  return { ...tags, [`${prefix}.k8s.aws/resource`]: resource };
}
