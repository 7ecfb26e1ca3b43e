import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { World, refusalOf } from "../world.ts";

const certificateToken = "aws:acm/certificate:Certificate";

class Balanced extends World {
  public readonly network = networkOf(this);
  public readonly gateway = this.internetGateway(this.network.vpc);

  public balancer(name: string): Settled {
    return this.make("aws:lb/loadBalancer:LoadBalancer", name, { name, subnets: this.network.subnetIds });
  }

  public group(inputs: Properties = {}): Settled {
    const vpcId = this.network.vpc.id;
    return this.make("aws:lb/targetGroup:TargetGroup", "app", {
      port: 80,
      protocol: "HTTP",
      vpcId,
      ...inputs,
    });
  }

  public listener(on: Settled, inputs: Properties, name = "http"): Settled {
    return this.make("aws:lb/listener:Listener", name, { loadBalancerArn: on.id, port: 80, ...inputs });
  }

  public rule(listener: Settled, action: Properties): Settled {
    return this.make("aws:lb/listenerRule:ListenerRule", "api", {
      listenerArn: listener.id,
      conditions: [{ pathPattern: { values: ["/api/*"] } }],
      actions: [{ type: "forward", ...action }],
    });
  }
}

const answer = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } };
const shared = (arn: string): string =>
  `TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load balancer: ${arn}`;
let world: Balanced;

describe("a load balancer refuses", () => {
  beforeEach(() => {
    world = new Balanced();
  });

  it("a certificate that nobody has proved", () => {
    const web = world.balancer("web");
    const secure = (certificate: Settled): Settled =>
      world.listener(web, {
        ...{ port: 443, protocol: "HTTPS", certificateArn: certificate.id, defaultActions: [answer] },
      });
    const domainName = "shop.example.com";
    const public_ = world.make(certificateToken, "public", { domainName, validationMethod: "DNS" });
    expect(refusalOf(() => secure(public_))).to.equal(
      `UnsupportedCertificate: The certificate '${public_.id}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
    );
    const certificateAuthorityArn =
      "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/00000000-0000-0000-0000-000000000000";
    const own = world.make(certificateToken, "own", { domainName, certificateAuthorityArn });
    expect(secure(own).state.port).to.equal(443);
  });

  it("a target group of another one, in a listener and in a rule", () => {
    const [first, second, group] = [world.balancer("first"), world.balancer("second"), world.group()];
    const forward = { targetGroups: [{ arn: group.id }] };
    const listener = world.listener(first, { defaultActions: [{ type: "forward", forward }] });
    expect(world.rule(listener, { targetGroupArn: group.id }).id).to.match(/listener-rule/);
    const again = { defaultActions: [{ type: "forward", targetGroupArn: group.id }] };
    expect(refusalOf(() => world.listener(second, again, "again"))).to.equal(shared(group.id));
    const other = world.listener(second, { defaultActions: [answer] }, "other");
    expect(refusalOf(() => world.rule(other, { targetGroupArn: group.id }))).to.equal(shared(group.id));
  });

  it("to send requests nowhere", () => {
    const web = world.balancer("web");
    expect(refusalOf(() => world.listener(web, { defaultActions: [{ type: "forward" }] }))).to.equal(
      'InvalidParameterCombination: Either "default_action[0].target_group_arn" or "default_action[0].forward" must be specified when "default_action[0].type" is "forward".',
    );
    const listener = world.listener(web, { defaultActions: [answer] });
    expect(refusalOf(() => world.rule(listener, {}))).to.equal(
      'InvalidParameterCombination: Either "action[0].target_group_arn" or "action[0].forward" must be specified when "action[0].type" is "forward".',
    );
  });

  it("to look by TCP at what is asked by HTTP", () => {
    expect(refusalOf(() => world.group({ healthCheck: { protocol: "TCP" } }))).to.equal(
      'InvalidParameterCombination: Attribute "health_check[0].protocol" cannot have value "TCP" when "protocol" is "HTTP".',
    );
  });
});
