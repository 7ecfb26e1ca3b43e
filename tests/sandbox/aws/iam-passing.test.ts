import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { authorised } from "../../../sandbox/aws/iam/authorization.ts";
import { passedRoles } from "../../../sandbox/aws/iam/passing.ts";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import type { Order } from "../../../sandbox/operations.ts";
import { refusalOf, trustOf } from "./world.ts";

const arn = "arn:aws:iam::123456789012:role/worker";
const made: Settled = { id: "main", state: {}, seconds: 1 };

/** An operation in an account where the role trusts these services. */
function order(token: string, inputs: Properties, ...trusted: readonly string[]): Order {
  const account = new Account();
  account.put({
    ...{ scope: "global", token: "aws:iam/role:Role", id: "worker", urn: "", inputs: {}, keys: [arn] },
    state: { arn, name: "worker", assumeRolePolicy: trustOf({ Service: trusted }) },
  });
  return {
    kind: "create",
    session: { account, settings: { region: "eu-west-1" }, preview: false, seed: "" },
    subject: { urn: `urn:pulumi:dev::shop::${token}::main`, token, name: "main" },
    inputs,
  };
}

describe("the service that a role is passed to", () => {
  const cases: readonly (readonly [string, string, Properties, readonly string[], string])[] = [
    [
      "the type's own, where the role trusts it",
      "aws:lambda/function:Function",
      { role: arn },
      ["edgelambda.amazonaws.com", "lambda.amazonaws.com"],
      "lambda.amazonaws.com",
    ],
    [
      "the type's own by the region's name, too",
      "aws:sfn/stateMachine:StateMachine",
      { roleArn: arn },
      ["states.eu-west-1.amazonaws.com"],
      "states.amazonaws.com",
    ],
    [
      "a part of a service that has a name of its own",
      "aws:ecs/taskDefinition:TaskDefinition",
      { taskRoleArn: arn },
      ["ecs-tasks.amazonaws.com"],
      "ecs-tasks.amazonaws.com",
    ],
    [
      "a part of a service below its name",
      "aws:rds/instance:Instance",
      { monitoringRoleArn: arn },
      ["monitoring.rds.amazonaws.com"],
      "monitoring.rds.amazonaws.com",
    ],
    [
      "the one that passes it on, where the role trusts another service",
      "aws:eks/nodeGroup:NodeGroup",
      { nodeRoleArn: arn },
      ["ec2.amazonaws.com"],
      "eks.amazonaws.com",
    ],
    [
      "EC2 for an instance profile",
      "aws:iam/instanceProfile:InstanceProfile",
      { role: "worker" },
      ["ec2.amazonaws.com"],
      "ec2.amazonaws.com",
    ],
  ];
  for (const [what, token, inputs, trusted, service] of cases) {
    it(`is ${what}`, () => {
      expect(passedRoles(order(token, inputs, ...trusted))).to.deep.equal([{ arn, service }]);
    });
  }

  it("is EC2 for the role in the profile of a machine", () => {
    const machine = order("aws:ec2/instance:Instance", { iamInstanceProfile: "worker" }, "ec2.amazonaws.com");
    machine.session.account.put({
      ...{ scope: "global", token: "aws:iam/instanceProfile:InstanceProfile", id: "worker", urn: "" },
      ...{ inputs: {}, keys: [], state: { role: "worker" } },
    });
    expect(passedRoles(machine)).to.deep.equal([{ arn, service: "ec2.amazonaws.com" }]);
  });

  it("is the type's own where the role is not in the account", () => {
    const other = "arn:aws:iam::123456789012:role/other";
    expect(passedRoles(order("aws:eks/cluster:Cluster", { roleArn: other }))).to.deep.equal([
      { arn: other, service: "eks.amazonaws.com" },
    ]);
  });

  it("decides whether the role that deploys may pass it", () => {
    const may = (service: string): (() => unknown) => {
      const Condition = { StringEquals: { "iam:PassedToService": service } };
      const Statement = [
        { Effect: "Allow", Action: "lambda:*", Resource: "*" },
        { Effect: "Allow", Action: "iam:PassRole", Resource: arn, Condition },
      ];
      const carry = authorised((_, operate) => operate(), { Version: "2012-10-17", Statement });
      const given = order("aws:lambda/function:Function", { role: arn }, "lambda.amazonaws.com");
      return () => carry(given, () => made);
    };
    expect(may("lambda.amazonaws.com")()).to.equal(made);
    expect(refusalOf(may("ec2.amazonaws.com"))).to.equal(
      `AccessDenied: User: arn:aws:sts::123456789012:assumed-role/deploy/pulumi is not authorized to perform: iam:PassRole on resource: ${arn} because no identity-based policy allows the iam:PassRole action`,
    );
  });

  it("counts in the passing of a role only, to which the tags of what it is for say nothing", () => {
    const Condition = { StringEquals: { "aws:RequestTag/Owner": "us" } };
    const Statement = [{ Effect: "Allow", Action: "*", Resource: "*", Condition }];
    const carry = authorised((_, operate) => operate(), { Version: "2012-10-17", Statement });
    const inputs = { role: arn, tagsAll: { Owner: "us" } };
    const given = order("aws:lambda/function:Function", inputs, "lambda.amazonaws.com");
    expect(refusalOf(() => carry(given, () => made))).to.match(
      /^AccessDenied: .* is not authorized to perform: iam:PassRole/,
    );
  });
});
