import type { ec2clientvpn } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Reference } from "../behaviour.ts";
import { blockOf, overlap } from "../cidr.ts";
import { refined, taken } from "../specification/refined.ts";
import type { RulesFor } from "../specification/refined.ts";
import { loosely, subnetToken, toSecurityGroup, toSubnet, toVpc } from "./references.ts";

const endpointToken = "aws:ec2clientvpn/endpoint:Endpoint";
const associationToken = "aws:ec2clientvpn/networkAssociation:NetworkAssociation";
const authorizationToken = "aws:ec2clientvpn/authorizationRule:AuthorizationRule";
const routeToken = "aws:ec2clientvpn/route:Route";

/** Codes and words of all of them: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const toEndpoint: Reference = {
  to: endpointToken,
  missing: {
    code: "InvalidClientVpnEndpointId.NotFound",
    message: "The specified Client VPN Endpoint cannot be found: {value}",
  },
};

/** The certificate of the server, in the words of ours. */
const toCertificate: Reference = {
  to: "aws:acm/certificate:Certificate",
  missing: { code: "InvalidParameterValue", message: "Certificate {value} does not exist" },
};

/** How many addresses clients may share: https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/what-is-best-practices.html */
const clientPrefix = { widest: 12, narrowest: 22 } as const;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateClientVpnEndpoint.html */
const endpoint = refined<ec2clientvpn.EndpointArgs, ec2clientvpn.EndpointState>(endpointToken, {
  references: {
    serverCertificateArn: toCertificate,
    "authenticationOptions[].rootCertificateChainArn": toCertificate,
    vpcId: toVpc,
    "securityGroupIds[]": toSecurityGroup,
  },
  id: ({ hex }) => `cvpn-endpoint-0${hex(16)}`,
  outputs: ({ id, inputs, region }) => ({
    dnsName: `*.${id}.prod.clientvpn.${region}.amazonaws.com`,
    selfServicePortalUrl:
      inputs.selfServicePortal === "enabled"
        ? `https://self-service.clientvpn.amazonaws.com/endpoints/${id}`
        : "",
  }),
  rules: [
    {
      when: ({ inputs }) => {
        const prefix = blockOf(inputs.clientCidrBlock ?? "")?.prefix ?? clientPrefix.widest;
        return prefix < clientPrefix.widest || prefix > clientPrefix.narrowest;
      },
      code: "InvalidParameterValue",
      says: ({ inputs }) =>
        `The client CIDR block ${inputs.clientCidrBlock ?? ""} must be between /${clientPrefix.widest} and /${clientPrefix.narrowest}`,
    },
  ],
  seconds: { create: 10, update: 10, delete: 10 },
});

/** The key by which what belongs to an endpoint is found, at one place or altogether. */
function at(endpointId: unknown, ...place: readonly unknown[]): string {
  return [endpointId, ...place].map(String).join(",");
}

function associationsOf(account: AccountView, endpointId: string): readonly Stored[] {
  return account.named(at(endpointId, "associations"));
}

function subnetOf(account: AccountView, subnetId: unknown): Stored | undefined {
  return account.find(subnetToken, text(subnetId) ?? "");
}

/** Which zones and VPC the endpoint is in by its other associations. */
function others(account: AccountView, endpointId: string, property: string): readonly unknown[] {
  return associationsOf(account, endpointId).map(
    ({ state }) => subnetOf(account, state.subnetId)?.state[property],
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateClientVpnTargetNetwork.html */
const associationRules: RulesFor<ec2clientvpn.NetworkAssociationArgs> = [
  taken(associationToken, ({ clientVpnEndpointId, subnetId }) => at(clientVpnEndpointId, subnetId), {
    code: "InvalidClientVpnDuplicateAssociationException",
    says: "The specified target network has already been associated with the Client VPN endpoint.",
  }),
  {
    when: ({ account, inputs, before }) =>
      before === undefined &&
      others(account, inputs.clientVpnEndpointId, "availabilityZone").includes(
        subnetOf(account, inputs.subnetId)?.state.availabilityZone,
      ),
    code: "InvalidClientVpnSubnetId.DuplicateAz",
    says: "You have already associated a subnet from this Availability Zone with the Client VPN endpoint.",
  },
  {
    when: ({ account, inputs }) => {
      const given = account.find(endpointToken, inputs.clientVpnEndpointId)?.state.vpcId;
      const vpcs = [
        ...(given === undefined ? [] : [given]),
        ...others(account, inputs.clientVpnEndpointId, "vpcId"),
      ];
      return vpcs.some((vpcId) => vpcId !== subnetOf(account, inputs.subnetId)?.state.vpcId);
    },
    code: "InvalidClientVpnSubnetId.NotFound",
    says: "The specified subnet cannot be found in the VPN with which the Client VPN endpoint is associated.",
  },
  {
    when: ({ account, inputs }) => {
      const clients = account.find(endpointToken, inputs.clientVpnEndpointId)?.state.clientCidrBlock;
      const [block, own] = [clients, subnetOf(account, inputs.subnetId)?.state.cidrBlock].map((cidr) =>
        blockOf(text(cidr) ?? ""),
      );
      return block !== undefined && own !== undefined && overlap(block, own);
    },
    code: "InvalidClientVpnSubnetId.OverlappingCidr",
    says: "The specified target network's CIDR range overlaps with the Client VPN endpoint's client CIDR range.",
  },
];

/** Its network interface holds the subnet. */
const association = refined<ec2clientvpn.NetworkAssociationArgs, ec2clientvpn.NetworkAssociationState>(
  associationToken,
  {
    references: { clientVpnEndpointId: toEndpoint, subnetId: toSubnet },
    id: ({ hex }) => `cvpn-assoc-0${hex(16)}`,
    outputs: ({ id }) => ({ associationId: id }),
    keys: ({ clientVpnEndpointId, subnetId }) => [
      at(clientVpnEndpointId, "associations"),
      at(clientVpnEndpointId, subnetId),
    ],
    rules: associationRules,
    seconds: { create: 480, update: 2, delete: 480 },
  },
);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeClientVpnIngress.html. The id is the provider's. */
const authorization = refined<ec2clientvpn.AuthorizationRuleArgs, ec2clientvpn.AuthorizationRuleState>(
  authorizationToken,
  {
    references: { clientVpnEndpointId: loosely(toEndpoint) },
    id: ({ inputs }) => authorizationIdOf(inputs),
    rules: [
      taken(authorizationToken, authorizationIdOf, {
        code: "InvalidClientVpnDuplicateAuthorizationRule",
        says: "The specified authorization has already been added to the Client VPN endpoint.",
      }),
    ],
    seconds: { create: 15, update: 2, delete: 15 },
  },
);

function authorizationIdOf(inputs: {
  readonly clientVpnEndpointId: string;
  readonly targetNetworkCidr: string;
  readonly accessGroupId?: string | undefined;
}): string {
  const group = inputs.accessGroupId === undefined ? [] : [inputs.accessGroupId];
  return at(inputs.clientVpnEndpointId, inputs.targetNetworkCidr, ...group);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateClientVpnRoute.html: through a subnet that is associated. */
const route = refined<ec2clientvpn.RouteArgs, ec2clientvpn.RouteState>(routeToken, {
  references: { clientVpnEndpointId: loosely(toEndpoint) },
  id: ({ inputs }) => routeIdOf(inputs),
  outputs: () => ({ origin: "add-route", transitGatewayAttachmentId: "", type: "Nat" }),
  rules: [
    taken(routeToken, routeIdOf, {
      code: "InvalidClientVpnDuplicateRoute",
      says: "The specified route has already been added to the Client VPN endpoint.",
    }),
    {
      when: ({ account, inputs: { clientVpnEndpointId, targetVpcSubnetId } }) =>
        targetVpcSubnetId !== undefined &&
        account.find(associationToken, at(clientVpnEndpointId, targetVpcSubnetId)) === undefined,
      code: "InvalidClientVpnActiveAssociationNotFound",
      says: ({ inputs }) =>
        `Subnet ${inputs.targetVpcSubnetId ?? ""} is not an active association of ${inputs.clientVpnEndpointId}`,
    },
  ],
  seconds: { create: 15, update: 2, delete: 15 },
});

function routeIdOf(inputs: {
  readonly clientVpnEndpointId: string;
  readonly targetVpcSubnetId?: string | undefined;
  readonly destinationCidrBlock: string;
}): string {
  return at(inputs.clientVpnEndpointId, inputs.targetVpcSubnetId, inputs.destinationCidrBlock);
}

/** How people reach a VPC from their machines. */
export const clientVpns: readonly AnyBehaviour[] = [endpoint, association, authorization, route];
