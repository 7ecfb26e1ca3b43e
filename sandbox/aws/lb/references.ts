import type { Reference } from "../behaviour.ts";

/** Tokens of what load balancing is made of. */
export const loadBalancerToken = "aws:lb/loadBalancer:LoadBalancer";
export const targetGroupToken = "aws:lb/targetGroup:TargetGroup";
export const listenerToken = "aws:lb/listener:Listener";
export const listenerRuleToken = "aws:lb/listenerRule:ListenerRule";

/** Codes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html and each action's errors. */
export const toLoadBalancer: Reference = {
  to: loadBalancerToken,
  missing: { code: "LoadBalancerNotFound", message: "One or more load balancers not found" },
  // Its listeners go with a load balancer that is deleted.
  holds: false,
};
export const toTargetGroup: Reference = {
  to: targetGroupToken,
  missing: { code: "TargetGroupNotFound", message: "One or more target groups not found" },
};
export const toListener: Reference = {
  to: listenerToken,
  missing: { code: "ListenerNotFound", message: "One or more listeners not found" },
  holds: false,
};

/** Where actions of listeners and rules name target groups. */
export function targetGroupsOf(actions: string): Readonly<Record<string, Reference>> {
  return {
    [`${actions}[].targetGroupArn`]: toTargetGroup,
    [`${actions}[].forward.targetGroups[].arn`]: toTargetGroup,
  };
}
