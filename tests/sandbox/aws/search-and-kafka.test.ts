import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

/** A VPC of three zones, with OpenSearch's own role. */
class Spread extends World {
  public readonly network = networkOf(this, "abc");

  public search(inputs: Properties = {}, name = "logs"): Settled {
    return this.make("aws:opensearch/domain:Domain", name, {
      domainName: "logs",
      ebsOptions: { ebsEnabled: true, volumeSize: 10 },
      ...inputs,
    });
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

  const combinations: readonly (readonly [what: string, inputs: Properties, message: string])[] = [
    [
      "a type by its old ending",
      { clusterConfig: { instanceType: "r6gd.4xlarge.elasticsearch" } },
      "InvalidTypeException: Invalid instance type: r6gd.4xlarge.elasticsearch",
    ],
    [
      "no disk for a type that has none of its own",
      { clusterConfig: { instanceType: "t3.small.search" }, ebsOptions: undefined },
      "ValidationException: EBS storage must be selected for t3.small.search",
    ],
    [
      "a disk for a type that has its own",
      { clusterConfig: { instanceType: "im4gn.xlarge.search" } },
      "ValidationException: Instance type im4gn.xlarge.search does not support EBS storage",
    ],
    [
      "a disk of no size",
      { ebsOptions: { ebsEnabled: true } },
      "ValidationException: Volume size must be provided when EBS is enabled.",
    ],
    [
      "warm storage without nodes that only lead",
      { clusterConfig: { warmEnabled: true, warmCount: 2, warmType: "ultrawarm1.medium.search" } },
      "ValidationException: To use warm storage, your domain must have dedicated master nodes.",
    ],
    [
      "a zone that stands by for an old version",
      { engineVersion: "OpenSearch_1.2", clusterConfig: { multiAzWithStandbyEnabled: true } },
      "ValidationException: Domains with standby are only supported for OpenSearch version 1.3 and later.",
    ],
    [
      "a domain name of its own without a certificate",
      { domainEndpointOptions: { customEndpointEnabled: true, customEndpoint: "logs.example.com" } },
      "ValidationException: Please provide both CustomEndpoint and CustomEndpointCertificateArn fields to create a custom endpoint.",
    ],
    [
      "users of elsewhere without an owner",
      {
        advancedSecurityOptions: { enabled: true, internalUserDatabaseEnabled: false },
        encryptAtRest: { enabled: true },
        nodeToNodeEncryption: { enabled: true },
        domainEndpointOptions: { enforceHttps: true },
      },
      "ValidationException: If you don't enable the internal user database, you must provide a master user ARN.",
    ],
  ];
  for (const [what, inputs, message] of combinations) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => world.search(inputs))).to.equal(message);
    });
  }

  it("needs no disk where the type brings its own", () => {
    const clusterConfig = { instanceType: "r6gd.large.search" };
    expect(world.search({ clusterConfig, ebsOptions: undefined }).state.domainName).to.equal("logs");
  });

  it("writes logs only where a policy lets it", () => {
    const group = world.make("aws:cloudwatch/logGroup:LogGroup", "slow", { name: "/search/slow" });
    const logPublishingOptions = [{ logType: "INDEX_SLOW_LOGS", cloudwatchLogGroupArn: group.state.arn }];
    expect(refusalOf(() => world.search({ logPublishingOptions }))).to.equal(
      "ValidationException: The Resource Access Policy specified for the CloudWatch Logs log group /search/slow does not grant sufficient permissions for Amazon OpenSearch Service to create a log stream. Please check the Resource Access Policy.",
    );
    world.make("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "search", {
      policyName: "search",
      policyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "es.amazonaws.com" },
            Action: ["logs:PutLogEvents", "logs:CreateLogStream"],
            Resource: "arn:aws:logs:*",
          },
        ],
      }),
    });
    expect(world.search({ logPublishingOptions }).state.domainName).to.equal("logs");
  });
});

describe("a Kafka cluster", () => {
  beforeEach(() => {
    world = new Spread();
  });

  it("refuses a name with an underscore", () => {
    expect(refusalOf(() => world.kafka({ clusterName: "order_events" }))).to.equal(
      "BadRequestException: The parameter value contains one or more characters that are not valid.",
    );
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
