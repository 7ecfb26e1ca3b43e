import type { Definition } from "../../kernel/definition.ts";
import { naclNoAdminPortsPublic } from "./nacl-no-admin-ports-public.ts";
import { noPublicIpOnCompute } from "./no-public-ip-on-compute.ts";
import { sgNoAdminPortsFromWideCidrs } from "./sg-no-admin-ports-from-wide-cidrs.ts";
import { sgNoMixedRuleManagement } from "./sg-no-mixed-rule-management.ts";
import { sgNoUnrestrictedEgress } from "./sg-no-unrestricted-egress.ts";
import { sgPublicIngressOnlyOnLb } from "./sg-public-ingress-only-on-lb.ts";
import { subnetNoAutoPublicIp } from "./subnet-no-auto-public-ip.ts";
import { subnetPrivateNoIgwRoute } from "./subnet-private-no-igw-route.ts";
import { vpcDefaultSgLocked } from "./vpc-default-sg-locked.ts";
import { vpcEndpointsPresent } from "./vpc-endpoints-present.ts";
import { vpcFlowLogs } from "./vpc-flow-logs.ts";

/** The policies on the network. */
export const network: readonly Definition[] = [
  naclNoAdminPortsPublic,
  noPublicIpOnCompute,
  sgNoAdminPortsFromWideCidrs,
  sgNoMixedRuleManagement,
  sgNoUnrestrictedEgress,
  sgPublicIngressOnlyOnLb,
  subnetNoAutoPublicIp,
  subnetPrivateNoIgwRoute,
  vpcDefaultSgLocked,
  vpcEndpointsPresent,
  vpcFlowLogs,
];
