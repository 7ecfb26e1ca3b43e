import type { Properties } from "../model.ts";
import { ComponentError, notSimulated, shape, shapeOfList, shapeOfRecord, without } from "./arguments.ts";
import { lookUpDefaultVpc } from "./awsx-default-vpc.ts";
import { openSecurityGroup } from "./awsx-security-group.ts";
import { ask, at, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Expansion, Key } from "./plan.ts";

/** What the component reads itself; all else goes to the load balancer as it is. */
const own = [
  "defaultSecurityGroup",
  "defaultTargetGroup",
  "defaultTargetGroupPort",
  "listener",
  "listeners",
  "subnetIds",
  "subnets",
] as const;

/** What `awsx.lb.ApplicationLoadBalancer` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/lb/applicationloadbalancer/ */
export function expandApplicationLoadBalancer(name: string, args: Properties): Expansion {
  const place = placeOf("awsx:lb:ApplicationLoadBalancer", args);
  const { group, securityGroups } = securityOf(name, args, place.vpcId);
  const protocol = defaultProtocol(args);
  return expand(name, args, {
    balancer: { loadBalancerType: "application", subnets: place.subnets, securityGroups },
    targetGroup: { vpcId: place.vpcId, targetType: "ip", ...protocol },
    listener: protocol ?? {},
    protocolOf: listenerProtocol,
    group,
    vpcId: place.vpcId,
  });
}

/** What `awsx.lb.NetworkLoadBalancer` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/lb/networkloadbalancer/ */
export function expandNetworkLoadBalancer(name: string, args: Properties): Expansion {
  const { subnets, vpcId } = placeOf("awsx:lb:NetworkLoadBalancer", args);
  const tcp = { protocol: "TCP", port: 80 };
  return expand(name, args, {
    balancer: { loadBalancerType: "network", enableHttp2: false, idleTimeout: 0, subnets },
    targetGroup: { vpcId, ...tcp, port: args.defaultTargetGroupPort ?? tcp.port },
    listener: tcp,
    protocolOf: () => tcp,
    group: undefined,
    vpcId,
  });
}

/** What the two kinds of load balancer differ in. */
interface Kind {
  readonly balancer: Properties;
  readonly targetGroup: Properties;
  /** Of a listener that is the only one. */
  readonly listener: Properties;
  /** Of one among several. */
  readonly protocolOf: (listener: Properties) => Properties;
  readonly group: Child | undefined;
  readonly vpcId: unknown;
}

function expand(name: string, args: Properties, kind: Kind): Expansion {
  refuseTwo(args, "listener", "listeners", "Only one of [listener] and [listeners] can be specified");
  refuseTwo(
    args,
    "defaultTargetGroup",
    "defaultTargetGroupPort",
    "Only one of `defaultTargetGroup` or `defaultTargetGroupPort` can be provided.",
  );
  const balancer: Child = {
    type: "aws:lb/loadBalancer:LoadBalancer",
    name,
    inputs: { ...kind.balancer, ...without(args, own) },
  };
  const targetGroup: Child = {
    type: "aws:lb/targetGroup:TargetGroup",
    name,
    inputs: { ...kind.targetGroup, ...shapeOfRecord(args.defaultTargetGroup) },
  };
  const listeners = expandListeners(name, args, kind, {
    balancer: keyOf(balancer),
    target: keyOf(targetGroup),
  });
  return {
    children: [...(kind.group === undefined ? [] : [kind.group]), balancer, targetGroup, ...listeners],
    outputs: {
      defaultSecurityGroup: kind.group && child(keyOf(kind.group)),
      defaultTargetGroup: child(keyOf(targetGroup)),
      listeners: listeners.map((listener) => child(keyOf(listener))),
      loadBalancer: child(keyOf(balancer)),
      vpcId: kind.vpcId,
    },
    keepsOutputs: false,
  };
}

function expandListeners(
  name: string,
  args: Properties,
  { listener, protocolOf }: Kind,
  { balancer, target }: { readonly balancer: Key; readonly target: Key },
): readonly Child[] {
  const several = shapeOfList(args.listeners)?.map(shapeOfRecord);
  const wanted = several?.map((one) => ({ ...protocolOf(one), ...one })) ?? [
    { ...listener, ...shapeOfRecord(args.listener) },
  ];
  return wanted.map((inputs, index) => ({
    type: "aws:lb/listener:Listener",
    name: `${name}-${index}`,
    inputs: {
      defaultActions: [{ type: "forward", targetGroupArn: ref(target, "arn") }],
      ...inputs,
      loadBalancerArn: ref(balancer, "arn"),
    },
  }));
}

function refuseTwo(args: Properties, one: string, other: string, message: string): void {
  if (args[one] !== undefined && args[other] !== undefined) throw new ComponentError(message);
}

function placeOf(
  componentType: string,
  args: Properties,
): { readonly subnets?: unknown; readonly vpcId: unknown } {
  const { subnets, subnetIds, subnetMappings } = args;
  if ([subnets, subnetIds, subnetMappings].filter((given) => given !== undefined).length > 1)
    throw new ComponentError("Only one of [subnets], [subnetIds] or [subnetMappings] can be specified");
  const vpcOf = (id: unknown): unknown => at(ask("aws:ec2/getSubnet:getSubnet", { id }), "vpcId");
  if (subnetIds !== undefined) return { subnets: subnetIds, vpcId: vpcOf(at(subnetIds, "0")) };
  if (subnetMappings !== undefined) return { vpcId: vpcOf(at(subnetMappings, "0.subnetId")) };
  if (subnets === undefined) {
    const { publicSubnetIds, vpcId } = lookUpDefaultVpc();
    return { subnets: publicSubnetIds, vpcId };
  }
  const count = shapeOfList(subnets)?.length;
  if (count === undefined) throw notSimulated(componentType, "'subnets' that are not known in a preview");
  const ids = Array.from({ length: count }, (_, index) => at(subnets, `${index}.id`));
  return { subnets: ids, vpcId: at(subnets, "0.vpcId") };
}

function securityOf(
  name: string,
  args: Properties,
  vpcId: unknown,
): { readonly group: Child | undefined; readonly securityGroups: unknown } {
  const asked = shapeOfRecord(args.defaultSecurityGroup);
  if (args.securityGroups !== undefined || shape(asked.skip) === true)
    return { group: undefined, securityGroups: args.securityGroups };
  refuseTwo(
    asked,
    "args",
    "securityGroupId",
    "Only one of [defaultSecurityGroup] [args] or [securityGroupId] can be specified",
  );
  if (asked.securityGroupId !== undefined)
    return { group: undefined, securityGroups: [asked.securityGroupId] };
  const open = openSecurityGroup(name, vpcId);
  const { description } = open.inputs;
  const group =
    asked.args === undefined ? open : { ...open, inputs: { description, ...shapeOfRecord(asked.args) } };
  return { group, securityGroups: [ref(keyOf(group))] };
}

/** That of the target group. A single listener of a list has none to give, as in the real component. */
function defaultProtocol({
  listener,
  listeners,
  defaultTargetGroupPort,
}: Properties): Properties | undefined {
  const several = shapeOfList(listeners);
  if (several?.length === 1) return undefined;
  const first = several === undefined ? listener : several[0];
  return listenerProtocol(shapeOfRecord(first), defaultTargetGroupPort);
}

function listenerProtocol({ port, protocol }: Properties, defaultPort?: unknown): Properties {
  if (port !== undefined && protocol !== undefined) return { port, protocol };
  if (port !== undefined)
    return { port, protocol: derive([port], (known) => (known === 443 ? "HTTPS" : "HTTP")) };
  if (protocol !== undefined)
    return { protocol, port: derive([protocol], (known) => (known === "HTTPS" ? 443 : 80)) };
  return { port: defaultPort ?? 80, protocol: "HTTP" };
}
