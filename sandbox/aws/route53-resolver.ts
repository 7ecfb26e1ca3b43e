import type { route53 } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";
import { list } from "../values.ts";

const endpointToken = "aws:route53/resolverEndpoint:ResolverEndpoint";

/** Questions are handed on by what leads out: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverRule.html */
const rule = refined<route53.ResolverRuleArgs, route53.ResolverRuleState>(
  "aws:route53/resolverRule:ResolverRule",
  {
    rules: [
      {
        when: ({ inputs, account, region }) =>
          account.find(endpointToken, inputs.resolverEndpointId ?? "", region)?.state.direction === "INBOUND",
        code: "InvalidRequestException",
        says: "[RSLVR-00700] Resolver rules can only be associated to OUTBOUND resolver endpoints.",
      },
    ],
    seconds: { create: 5, update: 5, delete: 5 },
  },
);

/** Only a private zone answers a VPC alone: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html */
const association = refined<route53.ZoneAssociationArgs, route53.ZoneAssociationState>(
  "aws:route53/zoneAssociation:ZoneAssociation",
  {
    rules: [
      {
        when: ({ inputs, account }) => {
          const zone = account.find("aws:route53/zone:Zone", inputs.zoneId);
          return zone !== undefined && list(zone.state.vpcs).length === 0;
        },
        code: "PublicZoneVPCAssociation",
        says: ({ inputs }) =>
          `Attempting to associate public zone: ${inputs.zoneId} with vpc: ${inputs.vpcId}`,
      },
    ],
  },
);

/** Who answers questions of a VPC that its own zones do not. */
export const resolvers: readonly AnyBehaviour[] = [rule, association];
