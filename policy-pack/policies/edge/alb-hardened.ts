import { define } from "../../kernel/define.ts";
import type { Patch, ResourceCheck } from "../../kernel/definition.ts";
import { items } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";

type Balancer = Props<"aws:lb/loadBalancer:LoadBalancer">;

function isApplication({ loadBalancerType: type = "application" }: Balancer): boolean {
  return type === "application";
}

const checks: readonly ResourceCheck<Balancer, unknown>[] = [
  (balancer) =>
    balancer.dropInvalidHeaderFields !== true &&
    isApplication(balancer) &&
    "dropInvalidHeaderFields is not true: set it, or broken headers reach the services.",
  (balancer) =>
    balancer.desyncMitigationMode === "monitor" &&
    isApplication(balancer) &&
    "desyncMitigationMode is monitor: use defensive or strictest, or smuggled requests pass.",
  (balancer) => {
    const zones = items(balancer.subnets).length + items(balancer.subnetMappings).length;
    return zones < 2 && `the load balancer is in ${zones} subnets: name two or more, in different zones.`;
  },
];

/** Both are changed in place. Where the load balancer stands is not: that would replace it. */
function remedy(balancer: Balancer): Patch<Balancer> | undefined {
  if (!isApplication(balancer)) return undefined;
  return {
    dropInvalidHeaderFields: true,
    desyncMitigationMode: balancer.desyncMitigationMode === "monitor" ? "defensive" : undefined,
  };
}

export const albHardened = define({
  name: "alb-hardened",
  description: "Load balancers refuse malformed requests, and outlive a zone.",
  severity: "medium",
  controls: { fsbp: ["ELB.4", "ELB.12", "ELB.13"], ckv: ["CKV_AWS_131", "CKV_AWS_328"] },
  remediation: "Set dropInvalidHeaderFields, and leave desyncMitigationMode unset.",
  checks: { "aws:lb/loadBalancer:LoadBalancer": checks, "aws:alb/loadBalancer:LoadBalancer": checks },
  remediations: {
    "aws:lb/loadBalancer:LoadBalancer": remedy,
    "aws:alb/loadBalancer:LoadBalancer": remedy,
  },
});
