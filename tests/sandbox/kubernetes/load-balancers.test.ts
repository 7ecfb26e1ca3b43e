import { expect } from "chai";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import { forgetCluster } from "../../../sandbox/kubernetes/cluster.ts";
import { orphansOf } from "../../../sandbox/kubernetes/orphans.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { Unready } from "../../../sandbox/unready.ts";
import { at } from "../../../sandbox/values.ts";
import { World, arn, but, ingress, release, releaseType, repos } from "./world.ts";

const ingressType = "networking.k8s.io/v1:Ingress";
const prefix = "alb.ingress.kubernetes.io";
const controller = release("aws-load-balancer-controller", repos.aws, { clusterName: "platform" });

function withController(): World {
  const world = new World();
  world.make(releaseType, controller);
  return world;
}

function annotated(annotations: Readonly<Record<string, string>>, name = "shop"): Properties {
  const own = Object.entries(annotations).map(([key, value]) => [`${prefix}/${key}`, value]);
  return but(but(ingress, "metadata/annotations", Object.fromEntries(own)), "metadata/name", name);
}

function stateOf(world: World, type: string): Properties {
  return world.account.all(`aws:${type}`).find(({ urn }) => urn === "")?.state ?? {};
}

const service = {
  metadata: {
    name: "gate",
    annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
  },
  spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb", ports: [{ port: 443 }] },
};

const everything = { SecurityGroup: 1, LoadBalancer: 1, NetworkInterface: 2, TargetGroup: 1, Listener: 1 };

describe("The load balancer controller", () => {
  it("makes a load balancer from an Ingress, and gives its name back", () => {
    const world = withController();
    const { state } = world.make(ingressType, ingress);
    expect(world.makings()).to.deep.equal(everything);
    const balancer = stateOf(world, "lb/loadBalancer:LoadBalancer");
    expect(balancer).to.deep.include({
      internal: false,
      loadBalancerType: "application",
      subnets: ["subnet-a", "subnet-b"],
    });
    expect(at(state, "status.loadBalancer.ingress[0].hostname")).to.equal(balancer.dnsName);
    expect(at(state, "metadata.finalizers")).to.deep.equal(["ingress.k8s.aws/resources"]);
    expect(orphansOf(world.account)).to.deep.equal([]);
  });

  it("takes all of it away with the Ingress", () => {
    const world = withController();
    world.make(ingressType, ingress);
    world.delete(ingressType, "default/shop");
    expect(world.makings()).to.deep.equal({});
  });

  it("shares one among the Ingresses of a group, until the last is gone", () => {
    const world = withController();
    world.make(ingressType, annotated({ "group.name": "public" }, "a"));
    world.make(ingressType, annotated({ "group.name": "public" }, "b"));
    expect(world.makings().LoadBalancer).to.equal(1);
    world.delete(ingressType, "default/a");
    expect(world.makings().LoadBalancer).to.equal(1);
    world.delete(ingressType, "default/b");
    expect(world.makings()).to.deep.equal({});
  });

  it("changes what it made when the Ingress changes", () => {
    const world = withController();
    world.make(ingressType, annotated({ "load-balancer-name": "shop" }));
    const before = stateOf(world, "lb/loadBalancer:LoadBalancer").arn;
    const ports = { "listen-ports": '[{"HTTP": 80}, {"HTTP": 8080}]' };
    world.update(ingressType, "default/shop", annotated({ "load-balancer-name": "shop", ...ports }));
    expect(world.makings()).to.deep.include({ LoadBalancer: 1, Listener: 2 });
    expect(stateOf(world, "lb/loadBalancer:LoadBalancer").arn).to.equal(before);
    world.update(ingressType, "default/shop", annotated({ "load-balancer-name": "store" }));
    expect(world.makings()).to.deep.equal(everything);
    expect(stateOf(world, "lb/loadBalancer:LoadBalancer").name).to.equal("store");
  });

  it("makes a network load balancer from a Service, and takes it away again", () => {
    const world = withController();
    const { state } = world.make("core/v1:Service", service, "gate");
    expect(stateOf(world, "lb/loadBalancer:LoadBalancer")).to.deep.include({
      internal: true,
      loadBalancerType: "network",
    });
    expect(at(state, "status.loadBalancer.ingress[0].hostname")).to.match(
      /^k8s-default-gate-[0-9a-f]{10}-[0-9a-f]{16}\.elb\.eu-west-1\.amazonaws\.com$/,
    );
    world.delete("core/v1:Service", "default/gate");
    expect(world.makings()).to.deep.equal({});
  });

  it("is part of a cluster in Auto Mode", () => {
    const world = new World();
    const [cluster] = world.account.all("aws:eks/cluster:Cluster");
    const kubernetesNetworkConfig = { elasticLoadBalancing: { enabled: true } };
    world.put("eks/cluster:Cluster", "platform", { ...cluster?.state, kubernetesNetworkConfig }, [arn]);
    world.make(ingressType, ingress);
    expect(world.makings().LoadBalancer).to.equal(1);
  });

  it("puts a web firewall in front, and takes it away again", () => {
    const world = withController();
    const acl = "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/shop/1";
    world.put("wafv2/webAcl:WebAcl", "1", { arn: acl, scope: "REGIONAL" }, [acl]);
    world.make(ingressType, annotated({ "wafv2-acl-arn": acl }));
    expect(stateOf(world, "wafv2/webAclAssociation:WebAclAssociation").webAclArn).to.equal(acl);
    world.delete(ingressType, "default/shop");
    expect(world.makings()).to.deep.equal({});
  });

  const refusals: readonly (readonly [title: string, inputs: Properties, reason: string])[] = [
    [
      "a certificate that there is not",
      annotated({ "certificate-arn": "arn:aws:acm:eu-west-1:111111111111:certificate/none" }),
      "Failed deploy model due to CertificateNotFound: Certificate 'arn:aws:acm:eu-west-1:111111111111:certificate/none' not found",
    ],
    [
      "a security group that there is not",
      annotated({ "security-groups": "sg-none" }),
      "Failed deploy model due to InvalidGroup.NotFound: The security group 'sg-none' does not exist",
    ],
    [
      "a subnet that there is not",
      annotated({ subnets: "subnet-a,subnet-none" }),
      "Failed deploy model due to InvalidSubnetID.NotFound: The subnet ID 'subnet-none' does not exist",
    ],
    [
      "ports that are no JSON",
      annotated({ "listen-ports": "80" + ",443" }),
      "Failed deploy model due to InvalidAnnotation: failed to parse listen-ports configuration: `80,443`",
    ],
  ];
  for (const [title, inputs, reason] of refusals) {
    it(`never gives an address for ${title}`, () => {
      expect(() => withController().make(ingressType, inputs)).to.throw(
        Unready,
        `Ingress .status.loadBalancer field was not updated with a hostname/IP address: ${reason}`,
      );
    });
  }

  it("never gives an address without subnets in two zones", () => {
    const world = withController();
    for (const subnet of world.account.all("aws:ec2/subnet:Subnet").slice(1)) world.account.remove(subnet);
    expect(() => world.make(ingressType, ingress)).to.throw(
      "Failed build model due to couldn't auto-discover subnets: unable to resolve at least one subnet (1 match VPC and tags: [kubernetes.io/role/elb])",
    );
  });

  it("cannot delete a load balancer that is protected, until the Ingress says otherwise", () => {
    const world = withController();
    const protection = (on: boolean) =>
      annotated({ "load-balancer-attributes": `deletion_protection.enabled=${String(on)}` });
    world.make(ingressType, protection(true));
    expect(() => world.delete(ingressType, "default/shop")).to.throw("DeletionTimedOut");
    expect(world.makings()).to.deep.include({ LoadBalancer: 1 });
    world.update(ingressType, "default/shop", protection(false));
    world.delete(ingressType, "default/shop");
    expect(world.makings()).to.deep.equal({});
  });

  it("leaves the load balancer behind where its cluster goes first, and with it the subnets", () => {
    const world = withController();
    world.make(ingressType, ingress);
    forgetCluster(world.account, arn);
    expect(orphansOf(world.account).map(({ token }) => token.split(":")[2])).to.include.members([
      "LoadBalancer",
      "SecurityGroup",
      "TargetGroup",
      "Listener",
    ]);
    const session = { ...world.session(), settings: { region: "eu-west-1" } };
    const token = "aws:ec2/subnet:Subnet";
    const urn = "urn";
    expect(() => awsProvider.delete(session, { token, urn, name: "a" }, "subnet-a")).to.throw(
      "DependencyViolation",
    );
  });
});
