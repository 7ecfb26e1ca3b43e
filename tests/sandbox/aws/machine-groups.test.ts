import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

const templateToken = "aws:ec2/launchTemplate:LaunchTemplate";
const configurationToken = "aws:ec2/launchConfiguration:LaunchConfiguration";
const imageId = "ami-0123456789abcdef0";

class Grouped extends World {
  public readonly network = networkOf(this);

  public group(inputs: Properties): Settled {
    return this.make("aws:autoscaling/group:Group", "web", {
      ...{ name: "web", minSize: 1, maxSize: 2, vpcZoneIdentifiers: this.network.subnetIds },
      ...inputs,
    });
  }

  public from(template: Properties): Settled {
    const { id } = this.make(templateToken, "web", { instanceType: "t3.micro", ...template });
    return this.group({ launchTemplate: { id, version: "$Latest" } });
  }
}

describe("a group of machines", () => {
  it("refuses a template that leaves the image open", () => {
    expect(refusalOf(() => new Grouped().from({}))).to.equal(
      "ValidationError: You must use a valid fully-formed launch template. The request must contain the parameter ImageId",
    );
  });

  it("refuses security groups beside a network interface", () => {
    const world = new Grouped();
    const vpcSecurityGroupIds = [world.network.group.id];
    const networkInterfaces = [{ associatePublicIpAddress: "true" }];
    expect(refusalOf(() => world.from({ imageId, vpcSecurityGroupIds, networkInterfaces }))).to.equal(
      "InvalidQueryParameter: Invalid launch template: When a network interface is provided, the security groups must be a part of it.",
    );
  });

  it("keeps the launch configuration that it starts machines by", () => {
    const world = new Grouped();
    const configuration = world.make(configurationToken, "web", { imageId, instanceType: "t3.micro" });
    world.group({ launchConfiguration: configuration.id });
    expect(refusalOf(() => world.remove(configurationToken, "web", configuration))).to.equal(
      `ResourceInUse: Cannot delete launch configuration ${configuration.id} because it is attached to AutoScalingGroup web`,
    );
  });
});
