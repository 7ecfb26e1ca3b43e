import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { Laboratory, make, refusal } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const type = "awsx:lb:TargetGroupAttachment";
const groupArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef";
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
const machine = { id: "i-0123", privateIp: "10.0.0.7", availabilityZone: "eu-west-1a" };

function attach(args: Properties, targetType = "instance"): Promise<Finished> {
  const answers = {
    "aws:lb/getTargetGroup:getTargetGroup": { targetType },
    "aws:ec2/getInstance:getInstance": machine,
  };
  return make(type, "web", args, new Laboratory({ answers }));
}

describe(type, () => {
  it("attaches a machine by its id, and by its address where the group is one of addresses", async () => {
    const args = { targetGroupArn: groupArn, instanceId: "i-0123" };
    const { laboratory } = await attach(args);
    expect(laboratory.tree()).to.deep.equal([
      "aws:lb/targetGroupAttachment:TargetGroupAttachment web < the component",
    ]);
    const attached = { targetGroupArn: groupArn, availabilityZone: "eu-west-1a" };
    expect(laboratory.inputs("TargetGroupAttachment web")).to.deep.equal({ ...attached, targetId: "i-0123" });
    const addressed = await attach(args, "ip");
    expect(addressed.laboratory.inputs("TargetGroupAttachment web")).to.deep.equal({
      ...attached,
      targetId: "10.0.0.7",
    });
  });

  it("lets the load balancer call a function, and then attaches it", async () => {
    const { laboratory } = await attach({ targetGroupArn: groupArn, lambdaArn: functionArn });
    expect(laboratory.inputs("Permission web")).to.deep.equal({
      action: "lambda:InvokeFunction",
      function: functionArn,
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: groupArn,
    });
    expect(laboratory.inputs("TargetGroupAttachment web")).to.deep.equal({
      targetGroupArn: groupArn,
      targetId: functionArn,
    });
  });

  it("refuses no group, and two targets", async () => {
    expect(await refusal(() => attach({ instanceId: "i-0123" }))).to.equal(
      "Exactly 1 of [targetGroup] or [targetGroupArn] must be provided",
    );
    const both = { targetGroupArn: groupArn, instanceId: "i-0123", lambdaArn: functionArn };
    expect(await refusal(() => attach(both))).to.equal(
      "Exactly 1 of [instance], [instanceId], [lambda] or [lambdaArn] must be provided.",
    );
  });
});
