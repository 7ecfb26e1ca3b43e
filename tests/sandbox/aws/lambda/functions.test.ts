import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { allow, refusalOf } from "../world.ts";
import { Functions, aws, functionToken } from "./functions-world.ts";

function refused(inputs: Properties): string {
  return refusalOf(() => new Functions().function(inputs));
}

describe("a function", () => {
  it("answers the names by which it is called", () => {
    const { id, state } = new Functions().function();
    const arn = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    expect(id).to.equal("hello");
    expect(state).to.include({
      arn,
      qualifiedArn: `${arn}:$LATEST`,
      version: "$LATEST",
      invokeArn: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
    });
  });

  it("counts the versions that it publishes", () => {
    const world = new Functions();
    const made = world.function({ publish: true });
    expect(made.state.version).to.equal("1");
    const changed = world.change(functionToken, "hello", made, {
      ...world.settings(),
      publish: true,
      timeout: 9,
    });
    expect(changed.state.version).to.equal("2");
  });

  it("refuses a role that does not trust Lambda", () => {
    const world = new Functions();
    const other = world.role("other");
    expect(refusalOf(() => world.function({ role: other.state.arn }))).to.equal(
      "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
    );
  });

  it("refuses a role that does not exist", () => {
    expect(refused({ role: "arn:aws:iam::123456789012:role/gone" })).to.equal(
      "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
    );
  });

  for (const [missing, message] of [
    ["runtime", "Runtime is mandatory when the package type is Zip."],
    ["handler", "Handler is mandatory when the package type is Zip."],
  ] as const) {
    it(`refuses code without a ${missing}`, () => {
      expect(refused({ [missing]: undefined })).to.equal(`InvalidParameterValueException: ${message}`);
    });
  }

  it("refuses a runtime that is no longer offered, and takes one that is only deprecated", () => {
    expect(refused({ runtime: "nodejs12.x" })).to.equal(
      "InvalidParameterValueException: The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.",
    );
    expect(new Functions().function({ runtime: "nodejs18.x" }).id).to.equal("hello");
  });

  it("refuses a handler beside an image", () => {
    const image = { packageType: "Image", imageUri: "x/y:1", s3Bucket: undefined, s3Key: undefined };
    expect(refused(image)).to.equal(
      "InvalidParameterValueException: Please don't provide handler or runtime or layer when the intent is to create a function with an image.",
    );
  });

  it("refuses variables that Lambda sets itself", () => {
    expect(refused({ environment: { variables: { AWS_REGION: "eu-west-1" } } })).to.match(
      /^InvalidParameterValueException: .* Reserved keys used in this request: AWS_REGION$/,
    );
  });

  it("refuses a layer of this account that does not exist, and takes others' layers", () => {
    const layer = (account: string): string => `arn:aws:lambda:eu-west-1:${account}:layer:tools:1`;
    expect(refused({ layers: [layer("123456789012")] })).to.equal(
      `InvalidParameterValueException: Layer version ${layer("123456789012")} does not exist.`,
    );
    expect(new Functions().function({ layers: [layer("580247275435")] }).id).to.equal("hello");
  });

  it("refuses more than four kilobytes of variables", () => {
    expect(refused({ environment: { variables: { TEXT: "x".repeat(4096) } } })).to.match(
      /exceeded the 4KB limit\.$/,
    );
  });

  it("refuses a name that is taken", () => {
    const world = new Functions();
    world.function();
    expect(refusalOf(() => world.function({}, "twin"))).to.equal(
      "ResourceConflictException: Function already exist: hello",
    );
  });

  it("refuses a VPC until its role may make network interfaces", () => {
    const world = new Functions();
    const vpc = world.vpc();
    const vpcConfig = {
      subnetIds: [world.subnet(vpc).id],
      securityGroupIds: [world.securityGroup(vpc).id],
    };
    world.may(`${aws}/AWSLambdaBasicExecutionRole`);
    expect(refusalOf(() => world.function({ vpcConfig }))).to.equal(
      "InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
    );
    world.make("aws:iam/rolePolicy:RolePolicy", "eni", {
      role: world.worker.id,
      policy: allow("ec2:CreateNetworkInterface"),
    });
    expect(world.function({ vpcConfig }).state.vpcConfig).to.deep.include({ vpcId: vpc.id });
  });

  describe("in a VPC", () => {
    let world: Functions;
    let subnet: Settled;
    let group: Settled;
    let made: Settled;
    const removeSubnet = (): number => world.remove("aws:ec2/subnet:Subnet", "subnet", subnet);
    beforeEach(() => {
      world = new Functions();
      const vpc = world.vpc();
      subnet = world.subnet(vpc);
      group = world.securityGroup(vpc);
      world.may(`${aws}/AWSLambdaVPCAccessExecutionRole`);
      made = world.function({ vpcConfig: { subnetIds: [subnet.id], securityGroupIds: [group.id] } });
    });

    it("keeps subnets with its network interfaces until it is deleted", () => {
      expect(refusalOf(removeSubnet)).to.match(/^DependencyViolation: /);
      world.remove(functionToken, "hello", made);
      removeSubnet();
    });

    it("leaves network interfaces for whose end the deletion of their security group waits", () => {
      world.remove(functionToken, "hello", made);
      expect(world.remove("aws:ec2/securityGroup:SecurityGroup", "web", group)).to.equal(1201);
      expect(removeSubnet()).to.equal(1);
    });

    it("leaves them where it no longer needs a network, too", () => {
      world.change(functionToken, "hello", made, world.settings());
      expect(removeSubnet()).to.equal(1201);
    });
  });
});
