import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { World, refusalOf } from "../world.ts";

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const group = "aws:lb/targetGroup:TargetGroup";
const listener = "aws:lb/listener:Listener";
const rule = "aws:lb/listenerRule:ListenerRule";

/** A VPC with a gateway and two subnets, in which a load balancer can stand. */
class Balanced extends World {
  public readonly network = this.vpc();
  public readonly gateway = this.internetGateway(this.network);
  public readonly subnets = ["a", "b"].map((zone, index) =>
    this.subnet(
      this.network,
      { cidrBlock: `10.0.${String(index)}.0/24`, availabilityZone: `eu-west-1${zone}` },
      zone,
    ),
  );

  public balancer(inputs: Properties = {}, name = "web"): Settled {
    return this.make(balancer, name, { name, subnets: this.subnets.map(({ id }) => id), ...inputs });
  }

  public group(inputs: Properties = {}, name = "app"): Settled {
    return this.make(group, name, { name, port: 80, protocol: "HTTP", vpcId: this.network.id, ...inputs });
  }

  public listener(on: Settled, to: Settled, inputs: Properties = {}, name = "http"): Settled {
    const defaultActions = [{ type: "forward", targetGroupArn: to.id }];
    return this.make(listener, name, { loadBalancerArn: on.id, port: 80, defaultActions, ...inputs });
  }
}

describe("a load balancer", () => {
  it("answers its name, zone and VPC as Elastic Load Balancing forms them", () => {
    const world = new Balanced();
    const { id, state } = world.balancer();
    expect(id).to.match(
      /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer\/app\/web\/[0-9a-f]{16}$/,
    );
    expect(state.dnsName).to.match(/^web-\d+\.eu-west-1\.elb\.amazonaws\.com$/);
    expect(state).to.include({ zoneId: "Z32O12XQLNTSW2", vpcId: world.network.id, internal: false });
    expect(state.arnSuffix).to.equal(id.split("loadbalancer/")[1]);
    expect(state.securityGroups).to.deep.equal([world.network.state.defaultSecurityGroupId]);
  });

  it("is named as internal when it is", () => {
    const { state } = new Balanced().balancer({ internal: true });
    expect(state.dnsName).to.match(/^internal-web-\d+\.eu-west-1/);
  });

  it("refuses a single zone", () => {
    const world = new Balanced();
    expect(refusalOf(() => world.balancer({ subnets: [world.subnets[0]?.id] }))).to.equal(
      "ValidationError: At least two subnets in two different Availability Zones must be specified",
    );
  });

  it("refuses two subnets of a zone", () => {
    const world = new Balanced();
    const third = world.subnet(
      world.network,
      { cidrBlock: "10.0.9.0/24", availabilityZone: "eu-west-1a" },
      "third",
    );
    expect(
      refusalOf(() => world.balancer({ subnets: [...world.subnets, third].map(({ id }) => id) })),
    ).to.equal(
      "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    );
  });

  it("refuses to face the internet in a VPC without a gateway", () => {
    const world = new Balanced();
    world.remove("aws:ec2/internetGateway:InternetGateway", "main", world.gateway);
    expect(refusalOf(() => world.balancer())).to.equal(
      `InvalidSubnet: VPC ${world.network.id} has no internet gateway`,
    );
    expect(world.balancer({ internal: true }).state.internal).to.equal(true);
  });

  it("refuses a name that is taken", () => {
    const world = new Balanced();
    world.balancer();
    expect(refusalOf(() => world.balancer({}, "web"))).to.equal(
      "DuplicateLoadBalancerName: A load balancer with the same name 'web' exists, but with different settings",
    );
  });

  it("refuses a security group of another VPC", () => {
    const world = new Balanced();
    const other = world.securityGroup(world.vpc("other", { cidrBlock: "10.9.0.0/16" }));
    expect(refusalOf(() => world.balancer({ securityGroups: [other.id] }))).to.equal(
      `InvalidConfigurationRequest: One or more security groups are invalid: ${other.id} belongs to another VPC`,
    );
  });

  it("refuses logs into a bucket that does not exist", () => {
    expect(
      refusalOf(() => new Balanced().balancer({ accessLogs: { bucket: "gone", enabled: true } })),
    ).to.equal(
      "InvalidConfigurationRequest: Access Denied for bucket: gone. Please check S3bucket permission",
    );
  });

  it("keeps its subnets and groups with a network interface in each subnet until it is deleted", () => {
    const world = new Balanced();
    const [first] = world.subnets;
    const firewall = world.securityGroup(world.network);
    const made = world.balancer({ securityGroups: [firewall.id] });
    expect(refusalOf(() => world.remove("aws:ec2/subnet:Subnet", "a", first ?? made))).to.match(
      /^DependencyViolation: The subnet 'subnet-\w+' has dependencies and cannot be deleted: NetworkInterface eni-/,
    );
    expect(refusalOf(() => world.remove("aws:ec2/securityGroup:SecurityGroup", "web", firewall))).to.match(
      /^DependencyViolation: /,
    );
    world.remove(balancer, "web", made);
    world.remove("aws:ec2/subnet:Subnet", "a", first ?? made);
    world.remove("aws:ec2/securityGroup:SecurityGroup", "web", firewall);
  });

  it("is not deleted while it is protected", () => {
    const world = new Balanced();
    const made = world.balancer({ enableDeletionProtection: true });
    expect(refusalOf(() => world.remove(balancer, "web", made))).to.equal(
      `OperationNotPermitted: Load balancer '${made.id}' cannot be deleted because deletion protection is enabled`,
    );
  });
});

describe("a target group", () => {
  for (const [missing, message] of [
    [
      "port",
      'InvalidParameterCombination: Attribute "port" must be specified when "target_type" is "instance".',
    ],
    ["protocol", "ValidationError: A protocol must be specified"],
    ["vpcId", "ValidationError: A VPC ID must be specified"],
  ] as const) {
    it(`refuses to be without ${missing}`, () => {
      expect(refusalOf(() => new Balanced().group({ [missing]: undefined }))).to.equal(message);
    });
  }

  it("needs none of them for a function", () => {
    const made = new Balanced().make(group, "fn", { name: "fn", targetType: "lambda" });
    expect(made.id).to.match(/:targetgroup\/fn\/[0-9a-f]{16}$/);
  });

  it("refuses a health check that waits as long as its interval", () => {
    expect(refusalOf(() => new Balanced().group({ healthCheck: { interval: 10, timeout: 10 } }))).to.equal(
      "ValidationError: Health check timeout '10' must be smaller than the interval '10'",
    );
  });

  it("refuses an instance that is not running as its target", () => {
    const world = new Balanced();
    const targetGroupArn = world.group().id;
    const token = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
    expect(
      refusalOf(() => world.make(token, "one", { targetGroupArn, targetId: "i-0123456789abcdef0" })),
    ).to.equal(
      "InvalidTarget: The following targets are not in a running state and cannot be registered: 'i-0123456789abcdef0'",
    );
  });

  it("is not deleted while a listener forwards to it", () => {
    const world = new Balanced();
    const made = world.group();
    world.listener(world.balancer(), made);
    expect(refusalOf(() => world.remove(group, "app", made))).to.equal(
      `ResourceInUse: Target group '${made.id}' is currently in use by a listener or a rule`,
    );
  });
});

describe("a listener", () => {
  it("is named after its load balancer", () => {
    const world = new Balanced();
    const on = world.balancer();
    const { id, state } = world.listener(on, world.group());
    expect(id.startsWith(on.id.replace(":loadbalancer/", ":listener/"))).to.equal(true);
    expect(state).to.include({ protocol: "HTTP", sslPolicy: "" });
  });

  it("refuses a port that another one listens on", () => {
    const world = new Balanced();
    const [on, to] = [world.balancer(), world.group()];
    world.listener(on, to);
    expect(refusalOf(() => world.listener(on, to, {}, "twin"))).to.equal(
      "DuplicateListener: A listener already exists on this port for this load balancer",
    );
  });

  it("refuses HTTPS without a certificate", () => {
    const world = new Balanced();
    expect(
      refusalOf(() => world.listener(world.balancer(), world.group(), { port: 443, protocol: "HTTPS" })),
    ).to.equal("ValidationError: A certificate must be specified for HTTPS listeners");
  });

  it("refuses a certificate that does not exist", () => {
    const world = new Balanced();
    const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/0";
    expect(
      refusalOf(() =>
        world.listener(world.balancer(), world.group(), { port: 443, protocol: "HTTPS", certificateArn }),
      ),
    ).to.equal(`CertificateNotFound: Certificate '${certificateArn}' not found`);
  });

  it("refuses a protocol of another kind of load balancer", () => {
    const world = new Balanced();
    expect(refusalOf(() => world.listener(world.balancer(), world.group(), { protocol: "TCP" }))).to.equal(
      "ValidationError: Listener protocol 'TCP' must be one of 'HTTP, HTTPS'",
    );
  });

  it("refuses a target group of another VPC", () => {
    const world = new Balanced();
    const foreign = world.group({ vpcId: world.vpc("other", { cidrBlock: "10.9.0.0/16" }).id });
    expect(refusalOf(() => world.listener(world.balancer(), foreign))).to.equal(
      `InvalidConfigurationRequest: The target group with targetGroupArn '${foreign.id}' is in a different VPC than the load balancer`,
    );
  });

  it("gives its rules the next free priority, and refuses one in use", () => {
    const world = new Balanced();
    const to = world.group();
    const on = world.listener(world.balancer(), to);
    const inputs = {
      listenerArn: on.id,
      actions: [{ type: "forward", targetGroupArn: to.id }],
      conditions: [{ pathPattern: { values: ["/api/*"] } }],
    };
    expect(world.make(rule, "first", { ...inputs, priority: 10 }).state.priority).to.equal(10);
    expect(world.make(rule, "second", inputs).state.priority).to.equal(11);
    expect(refusalOf(() => world.make(rule, "third", { ...inputs, priority: 10 }))).to.equal(
      "PriorityInUse: Priority '10' is currently in use",
    );
  });
});
