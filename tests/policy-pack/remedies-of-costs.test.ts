import { expect } from "chai";

import { Pack } from "../../policy-pack/kernel/pack.ts";
import { levels } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { compliant, resourceOf } from "./fixtures/compliant.ts";
import { tags, UNKNOWN } from "./fixtures/values.ts";
import { mended } from "./support/engine.ts";

/** What dev makes of a resource's inputs; undefined where it leaves them alone. */
function inDev(
  type: string,
  props: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const setup = { stack: "dev", levels: levels.dev, exemptions: [], today: "2026-11-21" };
  return mended(new Pack(policies, setup), resourceOf(type, props, { stack: "dev" }));
}

describe("tags-required, as a remedy", () => {
  const topic = "aws:sns/topic:Topic";
  const { Environment: _, Project: __, ManagedBy: ___, ...owned } = tags;

  it("sets the tags that the stack knows by itself", () => {
    expect(inDev(topic, { tags: owned, tagsAll: owned })).to.deep.equal({
      tags: { ...owned, Environment: "dev", Project: "groundwork", ManagedBy: "pulumi" },
      tagsAll: { ...owned, Environment: "dev", Project: "groundwork", ManagedBy: "pulumi" },
    });
  });

  it("never makes up who owns a resource", () => {
    expect(inDev(topic, { tags: {} })).to.deep.equal({
      tags: { Environment: "dev", Project: "groundwork", ManagedBy: "pulumi" },
    });
  });

  it("leaves alone what has its tags, cannot have any, or has them in a list", () => {
    expect(inDev(topic, { tags })).to.equal(undefined);
    expect(inDev("aws:ec2/route:Route", {})).to.equal(undefined);
    expect(inDev("aws:autoscaling/group:Group", { tags: [] })).to.equal(undefined);
  });
});

describe("cost-gp3-storage, as a remedy", () => {
  const database = "aws:rds/instance:Instance";
  const volume = "aws:ebs/volume:Volume";

  it("turns what AWS changes in place into gp3", () => {
    expect(inDev(database, { ...compliant[database], storageType: undefined })).to.have.property(
      "storageType",
      "gp3",
    );
    expect(inDev(volume, { ...compliant[volume], type: "gp2" })).to.have.property("type", "gp3");
  });

  it("changes the one disk of a template that is gp2", () => {
    const template = "aws:ec2/launchTemplate:LaunchTemplate";
    const disk = (volumeType: string) => ({ deviceName: "/dev/xvda", ebs: { volumeType } });
    const old = { ...compliant[template], blockDeviceMappings: [disk("io2"), disk("gp2")] };
    expect(inDev(template, old)?.blockDeviceMappings).to.deep.equal([disk("io2"), disk("gp3")]);
  });

  it("leaves alone what has bought operations, has no disk of its own, or is not known yet", () => {
    expect(inDev(volume, { ...compliant[volume], type: "io2" })).to.equal(undefined);
    expect(inDev(volume, { ...compliant[volume], type: UNKNOWN })).to.equal(undefined);
    const aurora = { ...compliant[database], engine: "aurora-postgresql", storageType: undefined };
    expect(inDev(database, aurora)).to.equal(undefined);
  });
});
