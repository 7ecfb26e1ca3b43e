import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

/** A VPC of three zones, with OpenSearch's own role. */
class Spread extends World {
  public readonly network = networkOf(this, "abc");

  public search(inputs: Properties = {}, name = "logs"): Settled {
    return this.make("aws:opensearch/domain:Domain", name, { domainName: "logs", ...inputs });
  }

  public linkRole(): void {
    this.make("aws:iam/serviceLinkedRole:ServiceLinkedRole", "search", {
      awsServiceName: "opensearchservice.amazonaws.com",
    });
  }

  public validKafka(inputs: Properties = {}, zones = 3): Properties {
    return {
      clusterName: "events",
      kafkaVersion: "3.8.x",
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: {
        clientSubnets: this.network.subnetIds.slice(0, zones),
        instanceType: "kafka.m7g.large",
        securityGroups: [this.network.group.id],
      },
      ...inputs,
    };
  }

  public kafka(inputs: Properties = {}, zones = 3, name = "events"): Settled {
    return this.make("aws:msk/cluster:Cluster", name, this.validKafka(inputs, zones));
  }
}

let world: Spread;

describe("a domain of OpenSearch", () => {
  beforeEach(() => {
    world = new Spread();
    world.linkRole();
  });

  const inZones = (count: number): Properties => ({
    zoneAwarenessEnabled: true,
    zoneAwarenessConfig: { availabilityZoneCount: count },
  });

  it("answers its endpoints, of which those in a VPC say so", () => {
    expect(world.search().state.endpoint).to.match(
      /^search-logs-[0-9a-f]{26}\.eu-west-1\.es\.amazonaws\.com$/,
    );
    const subnetIds = world.network.subnetIds.slice(0, 1);
    const { state } = world.search({ domainName: "inside", vpcOptions: { subnetIds } }, "inside");
    expect(state.endpoint).to.match(/^vpc-inside-/);
  });

  it("refuses a name that is taken", () => {
    world.search();
    expect(refusalOf(() => world.search({}, "again"))).to.equal(
      "ResourceAlreadyExistsException: Domain 123456789012/logs already exists",
    );
  });

  it("refuses more subnets than zones, and fewer", () => {
    const { subnetIds } = world.network;
    expect(refusalOf(() => world.search({ vpcOptions: { subnetIds } }))).to.equal(
      "ValidationException: You must specify exactly one subnet.",
    );
    const two = { instanceCount: 2, ...inZones(2) };
    expect(refusalOf(() => world.search({ vpcOptions: { subnetIds }, clusterConfig: two }))).to.equal(
      "ValidationException: You must specify exactly two subnets because you’ve set zone count to two.",
    );
  });

  it("refuses nodes that cannot be spread", () => {
    expect(refusalOf(() => world.search({ clusterConfig: { instanceCount: 3, ...inZones(2) } }))).to.equal(
      "ValidationException: You must choose an even number of data nodes for a two Availability Zone deployment",
    );
    expect(refusalOf(() => world.search({ clusterConfig: { instanceCount: 2, ...inZones(3) } }))).to.equal(
      "ValidationException: You must choose a minimum of three data nodes for a three Availability Zone deployment",
    );
  });

  it("needs the service's own role for a VPC", () => {
    const other = new Spread();
    const subnetIds = other.network.subnetIds.slice(0, 1);
    expect(refusalOf(() => other.search({ vpcOptions: { subnetIds } }))).to.equal(
      "ValidationException: Before you can proceed, you must enable a service-linked role to give Amazon OpenSearch Service permissions to access your VPC.",
    );
  });

  it("has users of its own only where all is encrypted", () => {
    const secure = { advancedSecurityOptions: { enabled: true, internalUserDatabaseEnabled: true } };
    const encrypted = { ...secure, encryptAtRest: { enabled: true } };
    const between = { ...encrypted, nodeToNodeEncryption: { enabled: true } };
    expect([secure, encrypted, between].map((inputs) => refusalOf(() => world.search(inputs)))).to.deep.equal(
      [
        "ValidationException: You must enable encryption at rest to use advanced security options.",
        "ValidationException: You must enable node-to-node encryption to use advanced security options.",
        "ValidationException: You must enable HTTPS to use advanced security options.",
      ],
    );
    const made = world.search({
      ...between,
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" },
    });
    expect(made.id).to.equal("arn:aws:es:eu-west-1:123456789012:domain/logs");
  });
});

describe("a Kafka cluster", () => {
  beforeEach(() => {
    world = new Spread();
  });

  it("refuses a single zone, and two subnets of one", () => {
    expect(refusalOf(() => world.kafka({}, 1))).to.equal(
      "BadRequestException: Specify either two or three client subnets.",
    );
    const twin = world.subnet(world.network.vpc, {
      availabilityZone: "eu-west-1a",
      cidrBlock: "10.0.9.0/24",
    });
    const clientSubnets = [world.network.subnetIds[0], twin.id];
    const group = {
      clientSubnets,
      instanceType: "kafka.m7g.large",
      securityGroups: [world.network.group.id],
    };
    expect(refusalOf(() => world.kafka({ numberOfBrokerNodes: 2, brokerNodeGroupInfo: group }))).to.equal(
      "BadRequestException: Each client subnet must be in a different Availability Zone.",
    );
  });

  it("refuses brokers that cannot be spread", () => {
    expect(refusalOf(() => world.kafka({ numberOfBrokerNodes: 4 }))).to.equal(
      "BadRequestException: The number of broker nodes must be a multiple of Availability Zones in the Client Subnets parameter.",
    );
  });

  it("refuses to lose brokers, and a name that is taken", () => {
    const made = world.kafka({ numberOfBrokerNodes: 6 });
    expect(
      refusalOf(() => world.change("aws:msk/cluster:Cluster", "events", made, world.validKafka())),
    ).to.equal("BadRequestException: The target broker count must be greater than the current broker count.");
    expect(refusalOf(() => world.kafka({}, 3, "again"))).to.equal(
      "ConflictException: A resource with this name already exists.",
    );
  });
});
