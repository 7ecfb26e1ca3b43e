import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { World, refusalOf, trustOf } from "../world.ts";

const ask = (world: World, name: string, args: Properties = {}): Properties => {
  const [module = "", question = ""] = name.split("/");
  return world.ask(`aws:${module}/${question}:${question}`, args);
};

describe("a question that has no answer of its own", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const balancer = (): Settled => {
    const { subnetIds } = networkOf(world);
    return world.make("aws:lb/loadBalancer:LoadBalancer", "web", {
      name: "web",
      internal: true,
      subnets: subnetIds,
      tags: { team: "shop" },
    });
  };

  it("is answered by the one thing that it names", () => {
    const { state } = balancer();
    for (const args of [{ arn: state.arn }, { name: "web" }, { tags: { team: "shop" } }]) {
      expect(ask(world, "lb/getLoadBalancer", args)).to.include({
        arn: state.arn,
        dnsName: state.dnsName,
        loadBalancerType: "application",
        region: "eu-west-1",
      });
    }
  });

  it("is answered under both names of a type", () => {
    balancer();
    expect(ask(world, "alb/getLoadBalancer", { name: "web" }).name).to.equal("web");
  });

  it("finds a thing by an argument that is called otherwise than its property", () => {
    const { id } = world.internetGateway(world.vpc());
    expect(ask(world, "ec2/getInternetGateway", { internetGatewayId: id })).to.include({
      id,
      internetGatewayId: id,
    });
  });

  it("finds by the filters of EC2", () => {
    const vpc = world.vpc();
    world.securityGroup(vpc, "web", { tags: { Name: "web" } });
    const other = world.securityGroup(vpc, "data");
    const found = (name: string, value: unknown): unknown =>
      ask(world, "ec2/getSecurityGroups", { filters: [{ name, values: [value] }] }).ids;
    expect(found("group-id", other.id)).to.deep.equal([other.id]);
    expect(found("group-name", other.state.name)).to.deep.equal([other.id]);
    expect(found("tag:Name", "w*")).to.have.length(1);
    expect(found("vpc-id", vpc.id)).to.have.length(2);
    expect(refusalOf(() => found("colour", "red"))).to.equal(
      "UnsupportedFilter: the sandbox does not know the filter colour of aws:ec2/securityGroup:SecurityGroup",
    );
  });

  it("is answered by lists of names where it asks for many", () => {
    const roles = ["reader", "writer"].map((name) => world.role(name, { name }));
    expect(ask(world, "iam/getRoles")).to.deep.include({
      names: ["reader", "writer"],
      arns: roles.map(({ state }) => state.arn),
    });
  });

  it("answers with nothing of its kind what the thing does not say", () => {
    world.make("aws:lambda/layerVersion:LayerVersion", "tools", {
      layerName: "tools",
      s3Bucket: "code",
      s3Key: "tools.zip",
    });
    expect(ask(world, "lambda/getLayerVersion", { layerName: "tools" })).to.deep.include({
      compatibleRuntimes: [],
      licenseInfo: "",
    });
  });

  it("is refused when there is no such thing, or are several", () => {
    const get = (): Properties => ask(world, "ec2/getInternetGateway");
    expect(refusalOf(get)).to.equal("NotFound: no matching EC2 Internet Gateway found");
    for (const name of ["one", "two"]) world.internetGateway(world.vpc(name), name);
    expect(refusalOf(get)).to.match(/^TooManyResults: multiple EC2 Internet Gateways matched; /);
  });

  it("is an error where it asks for no type of the SDK, or nothing the SDK has", () => {
    for (const name of ["ec2/getSpotPrice", "ec2/getNothing"]) {
      const token = `aws:${name}:${name.split("/")[1] ?? ""}`;
      expect(refusalOf(() => world.ask(token))).to.equal(
        `UnsupportedInvoke: the sandbox does not answer ${token}`,
      );
    }
  });
});

describe("questions about what AWS keeps for everybody", () => {
  const world = new World();

  it("find its managed policies by their names", () => {
    expect(ask(world, "iam/getPolicy", { name: "AWSLambdaBasicExecutionRole" })).to.include({
      arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      path: "/service-role/",
    });
    expect(ask(world, "cloudfront/getCachePolicy", { name: "Managed-CachingOptimized" }).id).to.equal(
      "658327ea-f89d-4fab-a63d-7e88639e58f6",
    );
    expect(ask(world, "cloudfront/getResponseHeadersPolicy", { name: "Managed-SimpleCORS" }).id).to.equal(
      "60669652-455b-4ae9-85a4-c4c02393f86c",
    );
  });

  it("find an account's own policy first", () => {
    const { state } = world.make("aws:iam/policy:Policy", "own", { name: "own", policy: allowAll });
    expect(ask(world, "iam/getPolicy", { name: "own" })).to.include({ arn: state.arn, policy: allowAll });
  });

  it("find a key by its alias", () => {
    const { id, state } = world.make("aws:kms/key:Key", "data");
    world.make("aws:kms/alias:Alias", "data", { name: "alias/data", targetKeyId: id });
    expect(ask(world, "kms/getKey", { keyId: "alias/data" })).to.include({ id, arn: state.arn });
    expect(refusalOf(() => ask(world, "kms/getKey", { keyId: "alias/none" }))).to.equal(
      "NotFoundException: Key 'alias/none' does not exist",
    );
  });

  it("find the keys and the event bus that every account has", () => {
    const { arn, keyManager } = ask(world, "kms/getKey", { keyId: "alias/aws/ebs" });
    expect(keyManager).to.equal("AWS");
    expect(ask(world, "kms/getAlias", { name: "alias/aws/ebs" }).targetKeyArn).to.equal(arn);
    expect(ask(world, "ebs/getDefaultKmsKey").keyArn).to.equal(arn);
    expect(ask(world, "ebs/getEncryptionByDefault").enabled).to.equal(false);
    world.make("aws:ebs/encryptionByDefault:EncryptionByDefault", "all", { enabled: true });
    expect(ask(world, "ebs/getEncryptionByDefault").enabled).to.equal(true);
    expect(ask(world, "cloudwatch/getEventBus", { name: "default" }).arn).to.equal(
      "arn:aws:events:eu-west-1:123456789012:event-bus/default",
    );
  });

  it("tell how to sign in to a registry and a cluster", () => {
    const token = ask(world, "ecr/getAuthorizationToken");
    expect(token).to.include({
      userName: "AWS",
      proxyEndpoint: "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    });
    expect(Buffer.from(String(token.authorizationToken), "base64").toString()).to.equal(
      `AWS:${String(token.password)}`,
    );
    expect(ask(world, "eks/getClusterAuth", { name: "main" }).token).to.match(/^k8s-aws-v1\.[0-9a-f]{64}$/);
  });

  it("tell the role behind a session", () => {
    const { state } = world.role("deployer", { name: "deployer", assumeRolePolicy: trustOf({ AWS: "*" }) });
    const arn = "arn:aws:sts::123456789012:assumed-role/deployer/session";
    expect(ask(world, "iam/getSessionContext", { arn })).to.include({
      issuerArn: state.arn,
      issuerName: "deployer",
      sessionName: "session",
    });
    const user = ask(world, "index/getCallerIdentity").arn;
    expect(ask(world, "iam/getSessionContext", { arn: user }).issuerArn).to.equal(user);
  });

  it("tell what can be had", () => {
    expect(ask(world, "ec2/getVpcEndpointService", { service: "s3" })).to.include({
      serviceName: "com.amazonaws.eu-west-1.s3",
      serviceType: "Gateway",
    });
    expect(ask(world, "rds/getEngineVersion", { engine: "mariadb", version: "10.6" })).to.include({
      version: "10.6.24",
      parameterGroupFamily: "mariadb10.6",
    });
    expect(
      ask(world, "rds/getOrderableDbInstance", {
        engine: "mysql",
        engineVersion: "8.0",
        preferredInstanceClasses: ["db.t4g.micro", "db.t3.micro"],
      }),
    ).to.include({ instanceClass: "db.t4g.micro", engineVersion: "8.0.44" });
    expect(
      ask(world, "ec2/getInstanceTypeOfferings", {
        locationType: "availability-zone",
        filters: [{ name: "instance-type", values: ["t3.micro"] }],
      }).locations,
    ).to.deep.equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
  });

  it("say that a new account is in no organization", () => {
    expect(refusalOf(() => ask(new World(), "organizations/getOrganization"))).to.equal(
      "AWSOrganizationsNotInUseException: Your account is not a member of an organization.",
    );
  });
});

const allowAll = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});
