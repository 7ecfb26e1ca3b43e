import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

const tokens = {
  endpoint: "aws:ec2clientvpn/endpoint:Endpoint",
  association: "aws:ec2clientvpn/networkAssociation:NetworkAssociation",
  authorization: "aws:ec2clientvpn/authorizationRule:AuthorizationRule",
  route: "aws:ec2clientvpn/route:Route",
} as const;

/** A network of two zones, and a server's certificate. */
class Vpn extends World {
  public readonly network = networkOf(this);
  public readonly certificate = this.make("aws:acm/certificate:Certificate", "vpn", {
    domainName: "vpn.example.com",
    validationMethod: "DNS",
  }).id;

  public endpoint(inputs: Properties = {}): Settled {
    return this.make(tokens.endpoint, "main", {
      serverCertificateArn: this.certificate,
      clientCidrBlock: "172.16.0.0/22",
      authenticationOptions: [
        { type: "certificate-authentication", rootCertificateChainArn: this.certificate },
      ],
      connectionLogOptions: { enabled: false },
      ...inputs,
    });
  }

  public associate(endpoint: Settled, subnetId = this.network.subnetIds[0], name = "a"): Settled {
    return this.make(tokens.association, name, { clientVpnEndpointId: endpoint.id, subnetId });
  }

  public authorize(endpoint: Settled, inputs: Properties = {}, name = "all"): Settled {
    return this.make(tokens.authorization, name, {
      ...{ clientVpnEndpointId: endpoint.id, targetNetworkCidr: "10.0.0.0/16", authorizeAllGroups: true },
      ...inputs,
    });
  }

  public route(endpoint: Settled, inputs: Properties = {}, name = "out"): Settled {
    return this.make(tokens.route, name, {
      ...{ clientVpnEndpointId: endpoint.id, destinationCidrBlock: "0.0.0.0/0" },
      targetVpcSubnetId: this.network.subnetIds[0],
      ...inputs,
    });
  }
}

let world: Vpn;

describe("an endpoint of Client VPN", () => {
  beforeEach(() => {
    world = new Vpn();
  });

  it("answers the name that clients resolve, and its portal where it has one", () => {
    const { id, state } = world.endpoint({ selfServicePortal: "enabled" });
    expect(id).to.match(/^cvpn-endpoint-0[0-9a-f]{16}$/);
    expect(state.dnsName).to.equal(`*.${id}.prod.clientvpn.eu-west-1.amazonaws.com`);
    expect(state.selfServicePortalUrl).to.equal(
      `https://self-service.clientvpn.amazonaws.com/endpoints/${id}`,
    );
  });

  for (const clientCidrBlock of ["172.16.0.0/23", "10.0.0.0/11"]) {
    it(`refuses ${clientCidrBlock} for its clients`, () => {
      expect(refusalOf(() => world.endpoint({ clientCidrBlock }))).to.equal(
        `InvalidParameterValue: The client CIDR block ${clientCidrBlock} must be between /12 and /22`,
      );
    });
  }

  it("refuses a certificate that does not exist", () => {
    const serverCertificateArn = `${world.certificate}0`;
    expect(refusalOf(() => world.endpoint({ serverCertificateArn }))).to.equal(
      `InvalidParameterValue: Certificate ${serverCertificateArn} does not exist`,
    );
  });
});

describe("an association of Client VPN", () => {
  beforeEach(() => {
    world = new Vpn();
  });

  it("takes minutes, and keeps its subnet and its endpoint", () => {
    const endpoint = world.endpoint();
    const vpc = world.vpc("alone");
    const subnet = world.subnet(vpc, {}, "alone");
    const made = world.associate(endpoint, subnet.id);
    expect(refusalOf(() => world.remove("aws:ec2/subnet:Subnet", "alone", subnet))).to.match(
      /^DependencyViolation: /,
    );
    expect(refusalOf(() => world.remove(tokens.endpoint, "main", endpoint))).to.match(
      /^DependencyViolation: /,
    );
    expect(world.remove(tokens.association, "a", made)).to.equal(480);
  });

  it("refuses an endpoint that does not exist", () => {
    const gone = { ...world.endpoint(), id: "cvpn-endpoint-0123" };
    expect(refusalOf(() => world.associate(gone))).to.equal(
      "InvalidClientVpnEndpointId.NotFound: The specified Client VPN Endpoint cannot be found: cvpn-endpoint-0123",
    );
  });

  it("refuses a subnet that it has", () => {
    const endpoint = world.endpoint();
    world.associate(endpoint);
    expect(refusalOf(() => world.associate(endpoint, world.network.subnetIds[0], "again"))).to.equal(
      "InvalidClientVpnDuplicateAssociationException: The specified target network has already been associated with the Client VPN endpoint.",
    );
  });

  it("refuses another subnet of a zone that it is in", () => {
    const endpoint = world.endpoint();
    world.associate(endpoint);
    const place = { availabilityZone: "eu-west-1a", cidrBlock: "10.0.9.0/24" };
    const twin = world.subnet(world.network.vpc, place, "twin");
    expect(refusalOf(() => world.associate(endpoint, twin.id, "twin"))).to.equal(
      "InvalidClientVpnSubnetId.DuplicateAz: You have already associated a subnet from this Availability Zone with the Client VPN endpoint.",
    );
  });

  it("refuses a subnet of another VPC, which the endpoint or its first subnet says", () => {
    const other = networkOf(world, "c", "other").subnetIds[0];
    const message =
      "InvalidClientVpnSubnetId.NotFound: The specified subnet cannot be found in the VPN with which the Client VPN endpoint is associated.";
    const bound = world.endpoint({ vpcId: world.network.vpc.id });
    expect(refusalOf(() => world.associate(bound, other))).to.equal(message);
    const free = world.endpoint();
    world.associate(free);
    expect(refusalOf(() => world.associate(free, other, "other"))).to.equal(message);
  });

  it("refuses a subnet whose addresses the clients have", () => {
    const endpoint = world.endpoint({ clientCidrBlock: "10.0.0.0/22" });
    expect(refusalOf(() => world.associate(endpoint))).to.equal(
      "InvalidClientVpnSubnetId.OverlappingCidr: The specified target network's CIDR range overlaps with the Client VPN endpoint's client CIDR range.",
    );
  });
});

describe("what an endpoint of Client VPN lets through", () => {
  let endpoint: Settled;
  beforeEach(() => {
    world = new Vpn();
    endpoint = world.endpoint();
    world.associate(endpoint);
  });

  it("goes by the endpoint, the network, and the group that it is for", () => {
    expect(world.authorize(endpoint).id).to.equal(`${endpoint.id},10.0.0.0/16`);
    const some = { authorizeAllGroups: undefined, accessGroupId: "staff" };
    expect(world.authorize(endpoint, some, "staff").id).to.equal(`${endpoint.id},10.0.0.0/16,staff`);
    const [subnetId = ""] = world.network.subnetIds;
    expect(world.route(endpoint).id).to.equal(`${endpoint.id},${subnetId},0.0.0.0/0`);
  });

  it("refuses the same authorization twice", () => {
    world.authorize(endpoint);
    expect(refusalOf(() => world.authorize(endpoint, {}, "again"))).to.equal(
      "InvalidClientVpnDuplicateAuthorizationRule: The specified authorization has already been added to the Client VPN endpoint.",
    );
  });

  it("refuses the same route twice", () => {
    world.route(endpoint);
    expect(refusalOf(() => world.route(endpoint, {}, "again"))).to.equal(
      "InvalidClientVpnDuplicateRoute: The specified route has already been added to the Client VPN endpoint.",
    );
  });

  it("refuses a route through a subnet that is not associated", () => {
    const targetVpcSubnetId = world.network.subnetIds[1] ?? "";
    expect(refusalOf(() => world.route(endpoint, { targetVpcSubnetId }))).to.equal(
      `InvalidClientVpnActiveAssociationNotFound: Subnet ${targetVpcSubnetId} is not an active association of ${endpoint.id}`,
    );
  });
});
