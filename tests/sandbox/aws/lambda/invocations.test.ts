import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { refusalOf } from "../world.ts";
import { Functions } from "./functions-world.ts";

class Called extends Functions {
  public readonly fn = this.function({ publish: true });

  public sends(destinationConfig: Properties): Settled {
    return this.make("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "hello", {
      functionName: "hello",
      destinationConfig,
    });
  }

  public keeps(qualifier: string): Settled {
    return this.make("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "hello", {
      functionName: "hello",
      qualifier,
      provisionedConcurrentExecutions: 1,
    });
  }

  public alias(weights: Readonly<Record<string, number>>, functionVersion = "1"): Settled {
    return this.make("aws:lambda/alias:Alias", "live", {
      name: "live",
      functionName: "hello",
      functionVersion,
      routingConfig: { additionalVersionWeights: weights },
    });
  }

  public permits(inputs: Properties): Settled {
    return this.make("aws:lambda/permission:Permission", "may", {
      function: "hello",
      action: "lambda:InvokeFunction",
      principal: "s3.amazonaws.com",
      ...inputs,
    });
  }
}

const invalid = "InvalidParameterValueException: ";

describe("how a function is called", () => {
  it("sends its results to another function that there is, or to anything else", () => {
    const world = new Called();
    expect(refusalOf(() => world.sends({ onSuccess: { destination: world.fn.state.arn } }))).to.equal(
      `${invalid}You can't specify the function as a destination for itself.`,
    );
    const none = "arn:aws:lambda:eu-west-1:123456789012:function:none";
    expect(refusalOf(() => world.sends({ onFailure: { destination: none } }))).to.equal(
      `${invalid}The destination ARN ${none} is invalid.`,
    );
    const other = world.function({ name: "other" }, "other").state.arn;
    const queue = world.queue().state.arn;
    expect(
      world.sends({ onSuccess: { destination: other }, onFailure: { destination: queue } }).state
        .functionName,
    ).to.equal("hello");
  });

  it("is kept ready by version", () => {
    const world = new Called();
    expect(refusalOf(() => world.keeps("$LATEST"))).to.equal(
      `${invalid}Provisioned Concurrency Configs cannot be applied to unpublished function versions.`,
    );
    expect(world.keeps("1").state.qualifier).to.equal("1");
  });

  it("refuses to keep an alias of two versions ready", () => {
    const world = new Called();
    world.alias({ "2": 0.1 });
    expect(refusalOf(() => world.keeps("live"))).to.equal(
      `${invalid}Alias with weights can not be used with Provisioned Concurrency`,
    );
  });

  it("divides an alias between two versions", () => {
    expect(refusalOf(() => new Called().alias({ "1": 0.5 }))).to.equal(
      `${invalid}Invalid function version 1. Function version 1 is already included in routing configuration.`,
    );
    expect(refusalOf(() => new Called().alias({ "2": 0.1, "3": 0.1 }))).to.equal(
      `${invalid}Number of items in AdditionalVersionWeights cannot be greater than 1`,
    );
    expect(refusalOf(() => new Called().alias({ "1": 0.1 }, "$LATEST"))).to.equal(
      `${invalid}$LATEST is not supported for an alias pointing to more than 1 version`,
    );
  });

  it("is permitted to those that there can be, and not for $LATEST", () => {
    expect(refusalOf(() => new Called().permits({ qualifier: "$LATEST" }))).to.equal(
      `${invalid}We currently do not support adding policies for $LATEST.`,
    );
    expect(refusalOf(() => new Called().permits({ principal: "s3.example.com" }))).to.equal(
      `${invalid}The provided principal was invalid. Please check the principal and try again.`,
    );
    for (const principal of [
      "*",
      "123456789012",
      "alexa-appkit.amazon.com",
      "arn:aws:iam::111122223333:root",
    ])
      expect(new Called().permits({ principal }).state.principal).to.equal(principal);
  });
});

describe("what a function cannot be", () => {
  const layer = (world: Functions, name: string): unknown =>
    world.make("aws:lambda/layerVersion:LayerVersion", name, {
      layerName: "tools",
      s3Bucket: "code",
      s3Key: "tools.zip",
      ...(name === "far" && { region: "us-east-1" }),
    }).state.arn;
  const refused: readonly (readonly [
    what: string,
    inputs: (world: Functions) => Properties,
    message: string,
  ])[] = [
    [
      "started from a snapshot of Node.js",
      () => ({ publish: true, snapStart: { applyOn: "PublishedVersions" } }),
      "nodejs22.x is not supported for SnapStart enabled functions.",
    ],
    [
      "two versions of a layer",
      (world) => ({ layers: [layer(world, "one"), layer(world, "two")] }),
      "Two different versions of the same layer are not allowed to be referenced in the same function. arn:aws:lambda:eu-west-1:123456789012:layer:tools:1 and arn:aws:lambda:eu-west-1:123456789012:layer:tools:2 are versions of the same layer.",
    ],
    [
      "a layer of another region",
      (world) => ({ layers: [layer(world, "far")] }),
      "Layers are not in the same region as the function. Layers are expected to be in region eu-west-1.",
    ],
    [
      "nearly all that run at once",
      () => ({ reservedConcurrentExecutions: 901 }),
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    ],
    [
      "in a subnet that is not there",
      () => ({ vpcConfig: { subnetIds: ["subnet-none"], securityGroupIds: ["sg-none"] } }),
      "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID 'subnet-none' does not exist",
    ],
  ];
  for (const [what, inputs, message] of refused) {
    it(`is ${what}`, () => {
      const world = new Functions();
      expect(refusalOf(() => world.function(inputs(world)))).to.equal(`${invalid}${message}`);
    });
  }

  it("counts what all functions of a region reserve", () => {
    const world = new Functions();
    world.function({ reservedConcurrentExecutions: 500 });
    const other = (count: number): unknown =>
      world.function({ name: "other", reservedConcurrentExecutions: count }, "other");
    expect(refusalOf(() => other(401))).to.match(/^InvalidParameterValueException: Specified Reserved/);
    expect(other(400)).to.have.property("id", "other");
  });

  it("takes a snapshot of Java, Python and .NET", () => {
    for (const runtime of ["java21", "python3.13", "dotnet8"]) {
      const made = new Functions().function({ runtime, snapStart: { applyOn: "PublishedVersions" } });
      expect(made.state.runtime).to.equal(runtime);
    }
  });
});
