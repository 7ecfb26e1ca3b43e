import { expect } from "chai";
import { reference } from "../../../sandbox/components/engine-values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { Laboratory, arnOf, make, refusal, urnOf } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const answers = {
  "aws:ec2/getSubnet:getSubnet": { vpcId: "vpc-1" },
  "aws:ec2/getSubnets:getSubnets": { ids: ["subnet-a", "subnet-b"] },
  "aws:ec2/getVpc:getVpc": { id: "vpc-default" },
};

function balancer(args: Properties = {}, kind = "ApplicationLoadBalancer"): Promise<Finished> {
  return make(`awsx:lb:${kind}`, "web", args, new Laboratory({ answers }));
}

describe("awsx.lb.ApplicationLoadBalancer", () => {
  it("brings a security group, a target group and a listener, in the public subnets of the default VPC", async () => {
    const { laboratory, outputs } = await balancer();
    expect(laboratory.tree()).to.deep.equal([
      "aws:ec2/securityGroup:SecurityGroup web < the component",
      "aws:lb/listener:Listener web-0 < the component",
      "aws:lb/loadBalancer:LoadBalancer web < the component",
      "aws:lb/targetGroup:TargetGroup web < the component",
    ]);
    expect(laboratory.inputs("LoadBalancer web")).to.deep.equal({
      loadBalancerType: "application",
      subnets: ["subnet-a", "subnet-b"],
      securityGroups: ["<SecurityGroup web>.id"],
    });
    expect(laboratory.inputs("TargetGroup web")).to.deep.equal({
      vpcId: "vpc-default",
      targetType: "ip",
      port: 80,
      protocol: "HTTP",
    });
    expect(outputs).to.deep.equal({
      defaultSecurityGroup: "<SecurityGroup web>",
      defaultTargetGroup: "<TargetGroup web>",
      listeners: ["<Listener web-0>"],
      loadBalancer: "<LoadBalancer web>",
      vpcId: "vpc-default",
    });
  });

  it("finds the VPC by its first subnet", async () => {
    const { laboratory, outputs } = await balancer({ subnetIds: ["subnet-1", "subnet-2"] });
    expect(laboratory.questions).to.deep.equal(['aws:ec2/getSubnet:getSubnet {"id":"subnet-1"}']);
    expect(outputs.vpcId).to.equal("vpc-1");
  });

  it("takes subnets as resources", async () => {
    const urn = urnOf("aws:ec2/subnet:Subnet", "a");
    const laboratory = new Laboratory({ others: [{ urn, id: "subnet-a", state: { vpcId: "vpc-9" } }] });
    const { outputs } = await make(
      "awsx:lb:ApplicationLoadBalancer",
      "web",
      { subnets: [reference(urn, "subnet-a")] },
      laboratory,
    );
    expect(laboratory.inputs("LoadBalancer web").subnets).to.deep.equal(["subnet-a"]);
    expect(outputs.vpcId).to.equal("vpc-9");
  });

  it("derives the protocol from the port of a listener, and hands both to the target group", async () => {
    const { laboratory } = await balancer({ listener: { port: 443, certificateArn: "arn:certificate" } });
    expect(laboratory.inputs("Listener web-0")).to.deep.equal({
      defaultActions: [{ type: "forward", targetGroupArn: arnOf("TargetGroup web") }],
      port: 443,
      protocol: "HTTPS",
      certificateArn: "arn:certificate",
      loadBalancerArn: arnOf("LoadBalancer web"),
    });
    expect(laboratory.inputs("TargetGroup web")).to.include({ port: 443, protocol: "HTTPS" });
  });

  it("makes each of several listeners, by number", async () => {
    const { laboratory } = await balancer({ listeners: [{ port: 80 }, { protocol: "HTTPS" }] });
    expect(laboratory.inputs("Listener web-0")).to.include({ port: 80, protocol: "HTTP" });
    expect(laboratory.inputs("Listener web-1")).to.include({ port: 443, protocol: "HTTPS" });
  });

  it("makes no security group where it is given one or told not to", async () => {
    for (const change of [{ securityGroups: ["sg-1"] }, { defaultSecurityGroup: { skip: true } }]) {
      const { laboratory } = await balancer(change);
      expect(laboratory.tree().filter((line) => line.includes("SecurityGroup"))).to.deep.equal([]);
    }
    const { laboratory } = await balancer({ defaultSecurityGroup: { securityGroupId: "sg-2" } });
    expect(laboratory.inputs("LoadBalancer web").securityGroups).to.deep.equal(["sg-2"]);
  });

  const refusals: readonly (readonly [string, Properties, string])[] = [
    [
      "two ways to give subnets",
      { subnetIds: ["subnet-1"], subnets: [] },
      "Only one of [subnets], [subnetIds] or [subnetMappings] can be specified",
    ],
    [
      "one listener beside several",
      { listener: {}, listeners: [] },
      "Only one of [listener] and [listeners] can be specified",
    ],
    [
      "a target group beside its port",
      { defaultTargetGroup: {}, defaultTargetGroupPort: 80 },
      "Only one of `defaultTargetGroup` or `defaultTargetGroupPort` can be provided.",
    ],
  ];
  for (const [what, args, message] of refusals) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(() => balancer(args))).to.equal(message);
    });
  }
});

describe("awsx.lb.NetworkLoadBalancer", () => {
  it("speaks TCP, and has no security group", async () => {
    const { laboratory } = await balancer({ defaultTargetGroupPort: 8080 }, "NetworkLoadBalancer");
    expect(laboratory.tree().filter((line) => line.includes("SecurityGroup"))).to.deep.equal([]);
    expect(laboratory.inputs("LoadBalancer web")).to.include({ loadBalancerType: "network", idleTimeout: 0 });
    expect(laboratory.inputs("TargetGroup web")).to.include({ protocol: "TCP", port: 8080 });
    expect(laboratory.inputs("Listener web-0")).to.include({ protocol: "TCP", port: 80 });
  });
});
