import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { at } from "../../../../sandbox/values.ts";
import { refusalOf } from "../world.ts";
import { ClusterWorld, clusterToken } from "./cluster-world.ts";

const ruleToken = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const logGroupToken = "aws:cloudwatch/logGroup:LogGroup";

let world: ClusterWorld;

function groupOf({ state }: Settled): string {
  return String(at(state, "vpcConfig.clusterSecurityGroupId"));
}

/** Opens a port of the network's security group to a cluster. */
function ruleFor(made: Settled, port: number): Settled {
  return world.make(ruleToken, String(port), {
    securityGroupId: world.network.group.id,
    referencedSecurityGroupId: groupOf(made),
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
  });
}

describe("a simulated Kubernetes cluster", () => {
  beforeEach(() => {
    world = new ClusterWorld();
  });

  it("has AWS's addresses, and what it fills in beside what is given", () => {
    const { id, state, seconds } = world.cluster();
    expect(id).to.equal("shop");
    expect(state.arn).to.equal("arn:aws:eks:eu-west-1:123456789012:cluster/shop");
    expect(state.endpoint).to.match(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/);
    expect(at(state, "identities[0].oidcs[0].issuer")).to.match(
      /^https:\/\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/,
    );
    expect(at(state, "kubernetesNetworkConfig.serviceIpv4Cidr")).to.equal("172.20.0.0/16");
    expect(state.accessConfig).to.deep.equal({
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: true,
    });
    expect(at(state, "vpcConfig.vpcId")).to.equal(world.network.vpc.id);
    expect(at(state, "vpcConfig.publicAccessCidrs")).to.deep.equal(["0.0.0.0/0"]);
    expect(seconds).to.equal(560);
  });

  it("brings a security group that rules can name, and takes it away", () => {
    const made = world.cluster();
    const first = ruleFor(made, 5432);
    world.remove(ruleToken, "5432", first);
    world.remove(clusterToken, "cluster", made);
    expect(refusalOf(() => ruleFor(made, 6379))).to.equal(
      `InvalidGroup.NotFound: The security group '${groupOf(made)}' does not exist`,
    );
  });

  it("leaves its security group behind while a rule names it", () => {
    const made = world.cluster();
    ruleFor(made, 5432);
    world.remove(clusterToken, "cluster", made);
    expect(ruleFor(made, 6379).state.referencedSecurityGroupId).to.equal(groupOf(made));
    const again = world.cluster();
    world.remove(clusterToken, "cluster", again);
    expect(groupOf(again)).not.to.equal(groupOf(made));
    expect(ruleFor(made, 443).state.referencedSecurityGroupId).to.equal(groupOf(made));
  });

  it("writes to the log group that is there, or to one of its own that outlives it", () => {
    const logs = (name: string): Settled =>
      world.make(logGroupToken, name, { name: "/aws/eks/shop/cluster" });
    const own = logs("own");
    world.remove(clusterToken, "cluster", world.cluster({ enabledClusterLogTypes: ["audit"] }));
    world.remove(logGroupToken, "own", own);
    world.remove(clusterToken, "cluster", world.cluster({ enabledClusterLogTypes: ["audit"] }));
    expect(refusalOf(() => logs("late"))).to.equal(
      "ResourceAlreadyExistsException: The specified log group already exists",
    );
  });

  it("leads by one minor version at a time, and never back", () => {
    const made = world.cluster({ version: "1.33" });
    const to = (version: string): Settled =>
      world.change(clusterToken, "cluster", made, world.validCluster({ version }));
    expect(refusalOf(() => to("1.35"))).to.equal(
      "InvalidParameterException: Unsupported Kubernetes minor version update from 1.33 to 1.35",
    );
    expect(to("1.34").state.version).to.equal("1.34");
    expect(refusalOf(() => to("1.33"))).to.equal(
      "InvalidParameterException: Unsupported Kubernetes minor version update from 1.34 to 1.33",
    );
  });

  it("stays while it is protected or has nodes", () => {
    const safe = world.cluster({ name: "safe", deletionProtection: true }, "safe");
    expect(refusalOf(() => world.remove(clusterToken, "safe", safe))).to.equal(
      "InvalidRequestException: Cannot delete cluster because deletion protection is enabled. Disable deletion protection and try again.",
    );
    const made = world.cluster();
    world.nodes();
    expect(refusalOf(() => world.remove(clusterToken, "cluster", made))).to.equal(
      "ResourceInUseException: Cluster has nodegroups attached",
    );
  });

  const refusals: readonly (readonly [title: string, inputs: Properties, message: string])[] = [
    [
      "a version that is not offered",
      { version: "1.20" },
      "InvalidParameterException: unsupported Kubernetes version 1.20",
    ],
    [
      "a role that does not exist",
      { roleArn: "arn:aws:iam::123456789012:role/none" },
      "InvalidParameterException: Role with arn: arn:aws:iam::123456789012:role/none, could not be assumed because it does not exist or the trusted entity is not correct",
    ],
    [
      "a subnet that does not exist",
      { vpcConfig: { subnetIds: ["subnet-0000"] } },
      "InvalidParameterException: The subnet ID 'subnet-0000' does not exist",
    ],
  ];
  for (const [title, inputs, message] of refusals) {
    it(`refuses ${title}`, () => {
      expect(refusalOf(() => world.cluster(inputs))).to.equal(message);
    });
  }

  it("refuses a single zone, and to be out of everybody's reach", () => {
    expect(
      refusalOf(() => world.cluster({ vpcConfig: { subnetIds: world.network.subnetIds.slice(0, 1) } })),
    ).to.equal("InvalidParameterException: Subnets specified must be in at least two different AZs");
    const unreachable = { endpointPrivateAccess: false, endpointPublicAccess: false };
    expect(
      refusalOf(() => world.cluster({ vpcConfig: { subnetIds: world.network.subnetIds, ...unreachable } })),
    ).to.equal("InvalidParameterException: Private and public endpoint access cannot be false");
  });

  it("refuses a name that is taken", () => {
    world.cluster();
    expect(refusalOf(() => world.cluster({}, "again"))).to.equal(
      "ResourceInUseException: Cluster already exists with name: shop",
    );
  });
});
