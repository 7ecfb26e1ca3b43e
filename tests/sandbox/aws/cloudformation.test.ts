import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import type { Properties, Settled, Stored, Subject } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";

const region = "eu-west-1";
const token = "aws:cloudformation/stack:Stack";

const template = `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Most: { Type: Number, Default: 3 }
Outputs:
  Group: { Value: !Ref Nodes }
  Region: { Value: !Ref AWS::Region }
  Most: { Value: !Ref Most }
  Plain: { Value: here }
  Joined: { Value: !Sub "\${Nodes}-x" }
Resources:
  Topic: { Type: AWS::SNS::Topic }
  Nodes:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 1
      MaxSize: !Ref Most
      LaunchConfigurationName: configuration
      VPCZoneIdentifier: [subnet-1]
      Tags:
        - { Key: kubernetes.io/cluster/main, Value: owned, PropagateAtLaunch: 'true' }
`;

/** A region in which stacks are made. */
class StackWorld {
  public readonly account = new Account();
  readonly #session = { account: this.account, settings: { region }, preview: false, seed: "0" };

  public stack(inputs: Properties = {}, name = "stack"): Settled {
    const given = { name: "nodes", templateBody: template, ...inputs };
    const checked = awsProvider.check(this.#session, subject(name), undefined, given);
    expect(checked.failures).to.deep.equal([]);
    return awsProvider.create(this.#session, subject(name), checked.inputs);
  }

  public remove({ id }: Settled): void {
    awsProvider.delete(this.#session, subject("stack"), id);
  }

  public groups(): readonly Stored[] {
    return this.account.all("aws:autoscaling/group:Group");
  }
}

const subject = (name: string): Subject => ({ urn: `urn:pulumi:test::test::${token}::${name}`, token, name });

describe("a simulated stack of CloudFormation", () => {
  it("makes the Auto Scaling groups of its template, under names of its own", () => {
    const world = new StackWorld();
    world.stack();
    const [group, ...others] = world.groups();
    expect(others).to.deep.equal([]);
    expect(group?.id).to.match(/^nodes-Nodes-[0-9A-F]{12}$/);
    expect(group?.state).to.deep.include({
      minSize: 1,
      maxSize: 3,
      desiredCapacity: 1,
      launchConfiguration: "configuration",
      vpcZoneIdentifiers: ["subnet-1"],
      tags: [{ key: "kubernetes.io/cluster/main", value: "owned", propagateAtLaunch: true }],
    });
  });

  it("tells outputs that are plain or refer to a parameter or a resource, and no others", () => {
    const world = new StackWorld();
    const { state } = world.stack({ parameters: { Most: "5" } });
    const [group] = world.groups();
    expect(state.outputs).to.deep.equal({ Group: group?.id, Region: region, Most: "5", Plain: "here" });
    expect(group?.state.maxSize).to.equal(5);
  });

  it("takes its groups along when it goes", () => {
    const world = new StackWorld();
    world.remove(world.stack());
    expect(world.groups()).to.deep.equal([]);
  });

  it("is known by its ARN, and by its name", () => {
    const world = new StackWorld();
    const { id } = world.stack();
    expect(id).to.match(/^arn:aws:cloudformation:[\w-]+:\d{12}:stack\/nodes\/[0-9a-f-]{36}$/);
    expect(at(world.account.find(token, "nodes"), "id")).to.equal(id);
  });

  it("refuses a name that is taken, and a template without resources", () => {
    const world = new StackWorld();
    world.stack();
    expect(() => world.stack({}, "other")).to.throw("AlreadyExistsException: Stack [nodes] already exists");
    expect(() => new StackWorld().stack({ templateBody: "Outputs: {}" })).to.throw(
      "ValidationError: Template format error: At least one Resources member must be defined.",
    );
    expect(() => new StackWorld().stack({ templateBody: "[" })).to.throw("ValidationError");
  });
});
