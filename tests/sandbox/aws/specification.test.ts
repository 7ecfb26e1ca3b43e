import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import { behaviours } from "../../../sandbox/aws/index.ts";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { refusalOf, trustOf, World } from "./world.ts";

const clusterToken = "aws:dax/cluster:Cluster";
const groupToken = "aws:dax/subnetGroup:SubnetGroup";
const meshToken = "aws:appmesh/mesh:Mesh";
const hsmToken = "aws:cloudhsmv2/cluster:Cluster";
const fleetToken = "aws:appstream/fleet:Fleet";
const applicationToken = "aws:appconfig/application:Application";
const environmentToken = "aws:appconfig/environment:Environment";

const role = "arn:aws:iam::123456789012:role/dax";

let world: World;

function cluster(inputs: Properties = {}): Settled {
  const iamRoleArn = inputs.iamRoleArn ?? world.role("dax", { name: "dax" }).state.arn;
  const rest = { clusterName: "orders", nodeType: "dax.r5.large", replicationFactor: 3, ...inputs };
  return world.make(clusterToken, "orders", { ...rest, iamRoleArn });
}

const subject = (token: string): { urn: string; token: string; name: string } => ({
  urn: `urn:pulumi:test::test::${token}::it`,
  token,
  name: "it",
});

const session = (preview: boolean): Parameters<typeof awsProvider.check>[0] => ({
  account: new Account(),
  settings: { region: "eu-west-1", defaultTags: { tags: { Owner: "us" } } },
  preview,
  seed: "0",
});

describe("a type without an entry", () => {
  beforeEach(() => {
    world = new World();
  });

  it("is none of those that the tests below use", () => {
    for (const token of [clusterToken, groupToken, meshToken, hsmToken, fleetToken, applicationToken])
      expect(behaviours.has(token), token).to.equal(false);
  });

  it("has its id from the property that the import is documented by, and its ARN from AWS's template", () => {
    const made = cluster();
    expect(made.id).to.equal("orders");
    expect(made.state.arn).to.equal("arn:aws:dax:eu-west-1:123456789012:cache/orders");
  });

  it("has a made-up id where the import is documented by one, the same at each deployment of a new account", () => {
    const inputs = { hsmType: "hsm1.medium", subnetIds: [world.subnet(world.vpc()).id] };
    const made = world.make(hsmToken, "keys", inputs);
    expect(made.id).to.match(/^cluster-[0-9a-f]+$/);
    const again = new World();
    const same = { hsmType: "hsm1.medium", subnetIds: [again.subnet(again.vpc()).id] };
    expect(again.make(hsmToken, "keys", same).id).to.equal(made.id);
  });

  it("answers its outputs in their form, objects in lists too", () => {
    const { state } = cluster();
    expect(state.clusterAddress).to.match(/^[0-9a-f]{12}\.dax\.eu-west-1\.amazonaws\.com$/);
    expect(state.configurationEndpoint).to.match(/^[0-9a-f]{12}\.dax\.eu-west-1\.amazonaws\.com$/);
    expect(state.port).to.equal(443);
    expect(state.nodes).to.have.nested.property("[0].availabilityZone", "eu-west-1a");
    expect(state.region).to.equal("eu-west-1");
  });

  it("is named by the provider where it may be left out", () => {
    expect(world.make(meshToken, "shop").state.name).to.match(/^shop-[0-9a-f]{7}$/);
  });

  it("is refused a second time under the same name", () => {
    world.make(meshToken, "shop", { name: "shop" });
    expect(refusalOf(() => world.make(meshToken, "other", { name: "shop" }))).to.equal(
      "ResourceAlreadyExistsException: Mesh shop already exists",
    );
  });

  it("needs what the SDK requires", () => {
    const { failures } = awsProvider.check(session(true), subject(clusterToken), undefined, {
      iamRoleArn: role,
      nodeType: "dax.r5.large",
      replicationFactor: 3,
    });
    expect(failures).to.deep.equal([
      {
        property: "clusterName",
        reason:
          'Missing required argument. The argument "clusterName" is required, but no definition was found.',
      },
    ]);
  });

  it("refuses what the SDK does not know, and outputs as inputs", () => {
    const inputs = { name: "shop", nam: "shop", arn: "arn:aws:appmesh:eu-west-1:123456789012:mesh/shop" };
    const { failures } = awsProvider.check(session(true), subject(meshToken), undefined, inputs);
    expect(failures.map(({ reason }) => reason)).to.deep.equal([
      'Invalid or unknown key. "nam" is not a property of this type.',
      'Computed attributes cannot be set. "arn" is an output of this type.',
    ]);
  });

  it("carries the provider's default tags", () => {
    const { inputs } = awsProvider.check(session(true), subject(meshToken), undefined, {
      tags: { Team: "shop" },
    });
    expect(inputs.tagsAll).to.deep.equal({ Owner: "us", Team: "shop" });
  });

  it("is replaced where AWS's specification says so, and changed in place elsewhere", () => {
    const before = {
      clusterName: "orders",
      nodeType: "dax.r5.large",
      description: "old",
      replicationFactor: 3,
    };
    const after = {
      clusterName: "orders",
      nodeType: "dax.r5.xlarge",
      description: "new",
      replicationFactor: 3,
    };
    const { changes } = awsProvider.diff(session(true), subject(clusterToken), before, {}, after);
    expect(changes).to.deep.equal([
      { path: "nodeType", kind: "update", replaces: true },
      { path: "description", kind: "update", replaces: false },
    ]);
  });

  it("has unknown outputs in a preview, and no made-up ones", () => {
    const { state } = awsProvider.create(session(true), subject(clusterToken), { clusterName: "orders" });
    expect(state.arn).to.equal(UNKNOWN);
    expect(state.clusterName).to.equal("orders");
    expect(state).not.to.have.property("description");
  });

  it("can be changed, read and deleted", () => {
    const made = world.make(meshToken, "shop", { name: "shop" });
    const changed = world.change(meshToken, "shop", made, { name: "shop", tags: { Team: "shop" } });
    expect(changed.state).to.deep.include({ arn: made.state.arn, tags: { Team: "shop" } });
    world.remove(meshToken, "shop", made);
    expect(() => world.make(meshToken, "shop", { name: "shop" })).not.to.throw();
  });

  it("takes the time of its kind", () => {
    expect(cluster().seconds).to.equal(900);
    expect(world.make(meshToken, "shop").seconds).to.equal(5);
  });
});

describe("the references of a type without an entry", () => {
  beforeEach(() => {
    world = new World();
  });

  it("are refused when the account has no such role", () => {
    expect(refusalOf(() => cluster({ iamRoleArn: "arn:aws:iam::123456789012:role/gone" }))).to.equal(
      "ResourceNotFoundException: The Role 'arn:aws:iam::123456789012:role/gone' does not exist",
    );
  });

  it("are left alone where they name another account, or a role that AWS makes", () => {
    const roles = [
      "arn:aws:iam::999999999999:role/dax",
      "arn:aws:iam::123456789012:role/aws-service-role/dax.amazonaws.com/x",
    ];
    for (const [index, iamRoleArn] of roles.entries())
      expect(() => cluster({ iamRoleArn, clusterName: `orders-${index}` }), iamRoleArn).not.to.throw();
  });

  it("are refused in lists and inside objects", () => {
    const vpcConfig = { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: [] };
    const fleet = {
      name: "desks",
      instanceType: "stream.standard.small",
      computeCapacity: { desiredInstances: 1 },
    };
    expect(refusalOf(() => world.make(fleetToken, "desks", { ...fleet, vpcConfig }))).to.equal(
      "ResourceNotFoundException: The Subnet 'subnet-0123456789abcdef0' does not exist",
    );
  });

  it("hold the network that interfaces lie in: subnets and security groups named side by side", () => {
    const vpc = world.vpc();
    const [subnet, group] = [world.subnet(vpc), world.securityGroup(vpc)];
    const vpcConfig = { subnetIds: [subnet.id], securityGroupIds: [group.id] };
    const fleet = {
      name: "desks",
      instanceType: "stream.standard.small",
      computeCapacity: { desiredInstances: 1 },
    };
    const made = world.make(fleetToken, "desks", { ...fleet, vpcConfig });
    expect(refusalOf(() => world.remove("aws:ec2/subnet:Subnet", "subnet", subnet))).to.match(
      /^DependencyViolation: .* has dependencies and cannot be deleted: Fleet desks$/,
    );
    world.remove(fleetToken, "desks", made);
    expect(() => world.remove("aws:ec2/subnet:Subnet", "subnet", subnet)).not.to.throw();
  });

  it("hold nothing else: a role goes while it is in use, and a subnet while only a group names it", () => {
    const subnet = world.subnet(world.vpc());
    world.make(groupToken, "orders", { name: "orders", subnetIds: [subnet.id] });
    const used = world.make("aws:iam/role:Role", "used", {
      name: "used",
      assumeRolePolicy: trustOf({ Service: "dax.amazonaws.com" }),
    });
    world.make(clusterToken, "orders", {
      clusterName: "orders",
      iamRoleArn: used.state.arn,
      nodeType: "dax.r5.large",
      replicationFactor: 1,
    });
    expect(() => world.remove("aws:iam/role:Role", "used", used)).not.to.throw();
    expect(() => world.remove("aws:ec2/subnet:Subnet", "subnet", subnet)).not.to.throw();
  });

  it("find what has no entry either", () => {
    const environment = { name: "prod", applicationId: "abc1234" };
    expect(refusalOf(() => world.make(environmentToken, "prod", environment))).to.equal(
      "ResourceNotFoundException: The Application 'abc1234' does not exist",
    );
    const { id } = world.make(applicationToken, "shop", { name: "shop" });
    expect(() => world.make(environmentToken, "prod", { ...environment, applicationId: id })).not.to.throw();
  });
});

describe("a type that the SDK does not have", () => {
  it("is an error that names the type and the resource", () => {
    expect(refusalOf(() => new World().make("aws:ec2/submarine:Submarine", "nautilus"))).to.equal(
      'UnsupportedType: the sandbox does not simulate aws:ec2/submarine:Submarine, which "nautilus" is',
    );
  });
});

describe("an entry", () => {
  it("wins over the specification", () => {
    const made = new World().vpc();
    expect(made.seconds).to.equal(behaviours.get("aws:ec2/vpc:Vpc")?.seconds?.create);
    expect(made.state.defaultSecurityGroupId).to.match(/^sg-[0-9a-f]{17}$/);
  });
});
