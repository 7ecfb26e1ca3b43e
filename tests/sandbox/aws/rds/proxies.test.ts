import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { refusalOf, trustOf } from "../world.ts";
import { DatabaseWorld } from "./database-world.ts";

const proxyToken = "aws:rds/proxy:Proxy";
const targetToken = "aws:rds/proxyTarget:ProxyTarget";
const endpointToken = "aws:rds/proxyEndpoint:ProxyEndpoint";

/** A database, and a role that reads its password. */
class Proxies extends DatabaseWorld {
  public readonly group = this.subnetGroup();
  public readonly carts = this.database({ identifier: "carts" }, "carts");
  public readonly worker = this.role("proxy", {
    assumeRolePolicy: trustOf({ Service: "rds.amazonaws.com" }),
  });

  public proxy(inputs: Properties = {}, name = "pool"): Settled {
    return this.make(proxyToken, name, {
      ...{ name: "pool", engineFamily: "POSTGRESQL", roleArn: this.worker.state.arn },
      ...{ vpcSubnetIds: this.network.subnetIds, vpcSecurityGroupIds: [this.network.group.id] },
      ...inputs,
    });
  }

  public target(inputs: Properties = {}, name = "carts"): Settled {
    return this.make(targetToken, name, {
      ...{ dbProxyName: "pool", targetGroupName: "default", dbInstanceIdentifier: "carts" },
      ...inputs,
    });
  }

  public endpoint(inputs: Properties = {}, name = "read"): Settled {
    return this.make(endpointToken, name, {
      ...{ dbProxyName: "pool", dbProxyEndpointName: "read", vpcSubnetIds: this.network.subnetIds },
      ...inputs,
    });
  }
}

let world: Proxies;

describe("a proxy of a database", () => {
  beforeEach(() => {
    world = new Proxies();
  });

  it("is reached by its name", () => {
    const { id, state } = world.proxy();
    expect(id).to.equal("pool");
    expect(state.endpoint).to.match(/^pool\.proxy-[0-9a-f]{12}\.eu-west-1\.rds\.amazonaws\.com$/);
    expect(state.arn).to.match(/^arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-0[0-9a-f]{16}$/);
    expect(state.idleClientTimeout).to.equal(1800);
  });

  it("is guarded by the VPC's own group where it names none", () => {
    const { state } = world.proxy({ vpcSecurityGroupIds: undefined });
    expect(state.vpcSecurityGroupIds).to.deep.equal([world.network.vpc.state.defaultSecurityGroupId]);
  });

  it("refuses a name that is taken", () => {
    world.proxy();
    expect(refusalOf(() => world.proxy({}, "again"))).to.equal(
      "DBProxyAlreadyExistsFault: The specified proxy name must be unique for all proxies owned by your Amazon Web Services account in the specified Amazon Web Services Region.",
    );
  });

  it("refuses subnets of several VPCs", () => {
    const other = networkOf(world, "a", "other");
    const vpcSubnetIds = [...world.network.subnetIds, ...other.subnetIds];
    expect(refusalOf(() => world.proxy({ vpcSubnetIds }))).to.equal(
      "InvalidSubnet: The requested subnet is invalid, or multiple subnets were requested that are not all in a common VPC.",
    );
  });

  it("refuses a role that does not exist", () => {
    const roleArn = "arn:aws:iam::123456789012:role/gone";
    expect(refusalOf(() => world.proxy({ roleArn }))).to.equal(
      `InvalidParameterValue: IAM role ARN value is invalid: ${roleArn}`,
    );
  });

  it("keeps its subnets and groups", () => {
    world.proxy();
    expect(
      refusalOf(() => world.remove("aws:ec2/securityGroup:SecurityGroup", "main", world.network.group)),
    ).to.match(/^DependencyViolation: /);
  });

  it("has one target group", () => {
    world.proxy();
    const token = "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup";
    const { id, state } = world.make(token, "pool", { dbProxyName: "pool" });
    expect([id, state.name]).to.deep.equal(["pool", "default"]);
    expect(state.arn).to.match(/:target-group:prx-tg-0[0-9a-f]{16}$/);
  });
});

describe("what a proxy reaches", () => {
  beforeEach(() => {
    world = new Proxies();
    world.proxy();
  });

  it("is known by proxy, group and database", () => {
    const { id, state } = world.target();
    expect(id).to.equal("pool/default/RDS_INSTANCE/carts");
    expect(state).to.include({ rdsResourceId: "carts", port: 5432, trackedClusterId: "" });
    expect(state.targetArn).to.equal(world.carts.state.arn);
    expect(state.endpoint).to.equal(world.carts.state.address);
  });

  it("refuses a proxy that does not exist", () => {
    expect(refusalOf(() => world.target({ dbProxyName: "gone" }))).to.equal(
      "DBProxyNotFoundFault: The specified proxy name doesn't correspond to a proxy owned by your Amazon Web Services account in the specified Amazon Web Services Region.",
    );
  });

  it("refuses a database that does not exist", () => {
    expect(refusalOf(() => world.target({ dbInstanceIdentifier: "gone" }))).to.equal(
      "DBInstanceNotFound: DBInstance gone not found.",
    );
  });

  it("refuses a cluster that does not exist", () => {
    const inputs = { dbInstanceIdentifier: undefined, dbClusterIdentifier: "gone" };
    expect(refusalOf(() => world.target(inputs))).to.equal(
      "DBClusterNotFoundFault: DBCluster gone not found.",
    );
  });

  it("refuses another target group", () => {
    expect(refusalOf(() => world.target({ targetGroupName: "other" }))).to.equal(
      "DBProxyTargetGroupNotFoundFault: The specified target group isn't available for a proxy owned by your Amazon Web Services account in the specified Amazon Web Services Region.",
    );
  });

  it("refuses a second database", () => {
    world.target();
    expect(refusalOf(() => world.target({}, "again"))).to.equal(
      "DBProxyTargetAlreadyRegisteredFault: The proxy is already associated with the specified RDS DB instance or Aurora DB cluster.",
    );
  });
});

describe("an endpoint of a proxy", () => {
  beforeEach(() => {
    world = new Proxies();
    world.proxy();
  });

  it("lies beside the proxy's own", () => {
    const { id, state } = world.endpoint();
    expect(id).to.equal("pool/read");
    expect(state.endpoint).to.match(/^read\.endpoint\.proxy-[0-9a-f]{12}\.eu-west-1\.rds\.amazonaws\.com$/);
    expect(state).to.include({ isDefault: false, targetRole: "READ_WRITE", vpcId: world.network.vpc.id });
  });

  it("refuses a name that is taken, whoever's it is", () => {
    world.endpoint();
    world.proxy({ name: "other" }, "other");
    expect(refusalOf(() => world.endpoint({ dbProxyName: "other" }, "again"))).to.equal(
      "DBProxyEndpointAlreadyExistsFault: The specified DB proxy endpoint name must be unique for all DB proxy endpoints owned by your Amazon Web Services account in the specified Amazon Web Services Region.",
    );
  });
});
