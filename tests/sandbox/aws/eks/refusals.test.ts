import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { World, refusalOf, trustOf } from "../world.ts";
import { ClusterWorld, clusterToken } from "./cluster-world.ts";

let world: ClusterWorld;

function template(inputs: Properties): Properties {
  const { id } = world.make("aws:ec2/launchTemplate:LaunchTemplate", "nodes", { name: "nodes", ...inputs });
  return { id, version: "1" };
}

describe("EKS refuses a cluster", () => {
  beforeEach(() => {
    world = new ClusterWorld();
  });

  it("of a role that it may not assume", () => {
    const { arn } = world.role("nobody").state;
    expect(refusalOf(() => world.cluster({ roleArn: arn }))).to.equal(
      `InvalidParameterException: Role with arn: ${String(arn)}, could not be assumed because it does not exist or the trusted entity is not correct`,
    );
  });

  it("of one part of Auto Mode", () => {
    expect(refusalOf(() => world.cluster({ storageConfig: { blockStorage: { enabled: true } } }))).to.equal(
      "InvalidParameterException: compute_config.enabled, kubernetes_networking_config.elastic_load_balancing.enabled, and storage_config.block_storage.enabled must all be set to either true or false",
    );
  });

  it("in a zone without room", () => {
    const east = new World("us-east-1");
    const vpc = east.vpc();
    const subnets = ["a", "e"].map((zone, index) =>
      east.subnet(vpc, { availabilityZone: `us-east-1${zone}`, cidrBlock: `10.0.${index}.0/24` }, zone),
    );
    const { arn } = east.role("cluster", {
      assumeRolePolicy: trustOf({ Service: "eks.amazonaws.com" }),
    }).state;
    const inputs = { name: "shop", roleArn: arn, vpcConfig: { subnetIds: subnets.map(({ id }) => id) } };
    expect(refusalOf(() => east.make(clusterToken, "shop", inputs))).to.match(
      /^UnsupportedAvailabilityZoneException: Cannot create cluster 'shop' because us-east-1e, the targeted availability zone, does not currently have sufficient capacity to support the cluster\. Retry and choose from these availability zones: /,
    );
  });

  it("a step back, or two ahead, in how it lets in", () => {
    const made = world.cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    const to = (authenticationMode: string, from: Settled): Settled =>
      world.change(
        clusterToken,
        "cluster",
        from,
        world.validCluster({ accessConfig: { authenticationMode } }),
      );
    expect(refusalOf(() => to("API", made))).to.equal(
      "InvalidParameterException: Unsupported authentication mode update from CONFIG_MAP to API",
    );
    const both = to("API_AND_CONFIG_MAP", made);
    expect(refusalOf(() => to("CONFIG_MAP", both))).to.equal(
      "InvalidParameterException: Unsupported authentication mode update from API_AND_CONFIG_MAP to CONFIG_MAP",
    );
  });
});

describe("EKS refuses a group of nodes", () => {
  beforeEach(() => {
    world = new ClusterWorld();
    world.cluster();
  });

  const refusals: readonly (readonly [
    what: string,
    template: Properties | undefined,
    inputs: Properties,
    message: string,
  ])[] = [
    [
      "of an image of its own without a template",
      undefined,
      { amiType: "CUSTOM" },
      "InvalidParameterException: Launch template details can't be null for Custom ami type node group",
    ],
    [
      "whose disks are told twice",
      { instanceType: "t3.large" },
      { diskSize: 50 },
      "InvalidParameterException: Disk size must be specified within the launch template.",
    ],
    [
      "whose keys are told beside the template",
      { instanceType: "t3.large" },
      { remoteAccess: { ec2SshKey: "admin" } },
      "InvalidParameterException: Remote access configuration cannot be specified with a launch template.",
    ],
    [
      "whose types are told twice",
      { instanceType: "t3.large" },
      { instanceTypes: ["t3.medium"] },
      "InvalidRequestException: Cannot specify instance types in launch template and API request",
    ],
    [
      "whose template has a profile",
      { iamInstanceProfile: { name: "nodes" } },
      {},
      "InvalidParameterException: Launch template nodes should not specify an instance profile. The noderole in your request will be used to construct an instance profile.",
    ],
  ];
  for (const [what, settings, inputs, message] of refusals) {
    it(what, () => {
      world.make("aws:iam/instanceProfile:InstanceProfile", "nodes", { name: "nodes" });
      const launchTemplate = settings && template(settings);
      expect(refusalOf(() => world.nodes({ launchTemplate, ...inputs }))).to.equal(message);
    });
  }

  it("not for what only a newer version of its template says", () => {
    const token = "aws:ec2/launchTemplate:LaunchTemplate";
    const made = world.make(token, "nodes", { name: "nodes" });
    world.change(token, "nodes", made, { name: "nodes", instanceType: "t3.large" });
    const nodes = (version: string): Properties =>
      world.nodes({ launchTemplate: { id: made.id, version }, instanceTypes: ["t3.medium"] }).state;
    expect(refusalOf(() => nodes("2"))).to.equal(
      "InvalidRequestException: Cannot specify instance types in launch template and API request",
    );
    expect(nodes("1").status).to.equal("ACTIVE");
  });

  it("of a role that EC2 may not assume", () => {
    const { arn } = world.role("pods", { assumeRolePolicy: trustOf({ Service: "eks.amazonaws.com" }) }).state;
    expect(refusalOf(() => world.nodes({ nodeRoleArn: arn }))).to.equal(
      `InvalidParameterException: Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole ${String(arn)}`,
    );
  });

  it("in a public subnet that gives no addresses", () => {
    const { vpc, subnetIds } = networkOf(world, "ab", "open");
    const gateway = world.internetGateway(vpc, "open");
    world.make("aws:ec2/route:Route", "out", {
      routeTableId: vpc.state.mainRouteTableId,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
    world.cluster({ name: "open", vpcConfig: { subnetIds } }, "open");
    expect(refusalOf(() => world.nodes({ clusterName: "open", subnetIds }))).to.equal(
      `Ec2SubnetInvalidConfiguration: One or more Amazon EC2 Subnets of [${subnetIds.join(", ")}] for node group nodes does not automatically assign public IP addresses to instances launched into it. If you want your instances to be assigned a public IP address, then you need to enable auto-assign public IP address for the subnet. See IP addressing in VPC guide: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html#subnet-public-ip`,
    );
  });
});
