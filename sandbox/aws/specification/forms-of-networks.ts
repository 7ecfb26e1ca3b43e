import type { Forms } from "./forms-model.ts";

const api = "arn:aws:apigateway:{region}::/restapis";
const accelerator = "a{hex:16}";

/**
 * What lies between things. Ids are the provider's (https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service), ARNs
 * those of https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
 */
export const networkForms: Readonly<Record<string, Forms>> = {
  "aws:apigateway/authorizer:Authorizer": {
    id: "{hex:6}",
    arn: `${api}/{restApi}/authorizers/{id}`,
  },
  "aws:apigateway/integrationResponse:IntegrationResponse": {
    id: "agir-{restApi}-{resourceId}-{httpMethod}-{statusCode}",
  },
  "aws:apigateway/methodResponse:MethodResponse": {
    id: "agmr-{restApi}-{resourceId}-{httpMethod}-{statusCode}",
  },
  "aws:apigateway/methodSettings:MethodSettings": { id: "{restApi}-{stageName}-{methodPath}" },
  "aws:apigateway/response:Response": { id: "aggr-{restApiId}-{responseType}" },
  "aws:ec2/placementGroup:PlacementGroup": { placementGroupId: "pg-0{hex:16}" },
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": {
    id: "sir-{hex:8}",
    arn: "arn:aws:ec2:{region}:{account}:spot-instances-request/{id}",
    instanceState: "running",
    passwordData: "",
    primaryNetworkInterfaceId: "eni-0{hex:16}",
    privateDns: "ip-10-0-0-{byte}.ec2.internal",
    publicDns: "ec2-203-0-113-{byte}.compute-1.amazonaws.com",
    publicIp: "203.0.113.{byte}",
    spotBidStatus: "fulfilled",
    spotInstanceId: "i-0{hex:16}",
    spotRequestState: "active",
  },
  // https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
  "aws:ec2/vpcEndpointService:VpcEndpointService": {
    id: "vpce-svc-0{hex:16}",
    baseEndpointDnsNames: ["{id}.{region}.vpce.amazonaws.com"],
    privateDnsNameConfigurations: [],
    serviceName: "com.amazonaws.vpce.{region}.{id}",
    serviceType: "Interface",
    state: "Available",
  },
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": { id: "{dhcpOptionsId}-{vpcId}" },
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": { id: "{destinationCidrBlock}:{vpnConnectionId}" },
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": { id: "{vpnGatewayId}_{routeTableId}" },
  "aws:ec2transitgateway/route:Route": { id: "{transitGatewayRouteTableId}_{destinationCidrBlock}" },
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": {
    id: "{transitGatewayRouteTableId}_{transitGatewayAttachmentId}",
  },
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": {
    id: "{transitGatewayRouteTableId}_{transitGatewayAttachmentId}",
  },
  // The zone of its names is the same for all: https://docs.aws.amazon.com/general/latest/gr/global_accelerator.html
  "aws:globalaccelerator/accelerator:Accelerator": {
    id: "arn:aws:globalaccelerator::{account}:accelerator/{uuid}",
    arn: "{id}",
    dnsName: `${accelerator}.awsglobalaccelerator.com`,
    dualStackDnsName: `${accelerator}.dualstack.awsglobalaccelerator.com`,
    hostedZoneId: "Z2BJ6XQ5FK7U4H",
    ipSets: [{ ipFamily: "IPv4", ipAddresses: ["203.0.113.{byte::first}", "198.51.100.{byte::second}"] }],
  },
  "aws:globalaccelerator/endpointGroup:EndpointGroup": {
    id: "{listenerArn}/endpoint-group/{hex:12}",
    arn: "{id}",
  },
  "aws:globalaccelerator/listener:Listener": { id: "{acceleratorArn}/listener/{hex:8}", arn: "{id}" },
  "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": { id: "rslvr-rrassoc-{hex:17}" },
  "aws:route53/zoneAssociation:ZoneAssociation": { id: "{zoneId}:{vpcId}", owningAccount: "{account}" },
  "aws:transfer/server:Server": {
    endpoint: "{id}.server.transfer.{region}.amazonaws.com",
    hostKeyFingerprint: "SHA256:{hex:43}",
  },
  "aws:transfer/user:User": { arn: "arn:aws:transfer:{region}:{account}:user/{serverId}/{userName}" },
};
