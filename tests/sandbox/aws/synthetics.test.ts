import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf, trustOf } from "./world.ts";

const token = "aws:synthetics/canary:Canary";

class Visits extends World {
  public readonly runner = this.role("canary", {
    assumeRolePolicy: trustOf({ Service: "lambda.amazonaws.com" }),
  });

  public canary(inputs: Properties = {}, name = "home"): Settled {
    return this.make(token, name, {
      ...{ name: "home", artifactS3Location: "s3://artifacts/home", handler: "home.handler" },
      ...{ runtimeVersion: "syn-nodejs-puppeteer-10.0", executionRoleArn: this.runner.state.arn },
      ...{ schedule: { expression: "rate(5 minutes)" }, zipFile: "home.zip" },
      ...inputs,
    });
  }

  public functions(): readonly string[] {
    return this.idsOf("aws:lambda/function:Function").map((id) => id.replace(/[0-9a-f-]{36}$/, ""));
  }
}

let world: Visits;

describe("a canary", () => {
  beforeEach(() => {
    world = new Visits();
  });

  it("goes by its name, and has a function", () => {
    const { id, state } = world.canary();
    expect(id).to.equal("home");
    expect(state).to.include({
      arn: "arn:aws:synthetics:eu-west-1:123456789012:canary:home",
      status: "READY",
    });
    expect(state.engineArn).to.match(
      /^arn:aws:lambda:eu-west-1:123456789012:function:cwsyn-home-[0-9a-f-]{36}:1$/,
    );
    expect(world.functions()).to.deep.equal(["cwsyn-home-"]);
  });

  it("runs when it is started with its creation", () => {
    expect(world.canary({ startCanary: true }).state.status).to.equal("RUNNING");
  });

  it("leaves its function behind, unless told otherwise", () => {
    world.remove(token, "home", world.canary());
    expect(world.functions()).to.deep.equal(["cwsyn-home-"]);
    world.remove(token, "other", world.canary({ name: "other", deleteLambda: true }, "other"));
    expect(world.functions()).to.deep.equal(["cwsyn-home-"]);
  });

  it("is refused a name that is taken, a role that Lambda cannot assume, and no code", () => {
    world.canary();
    expect(refusalOf(() => world.canary({}, "again"))).to.equal(
      "ConflictException: Canary home already exists.",
    );
    const { state } = world.role("worker");
    expect(refusalOf(() => world.canary({ name: "b", executionRoleArn: state.arn }))).to.equal(
      "ValidationException: The role defined for the function cannot be assumed by Lambda.",
    );
    expect(refusalOf(() => world.canary({ name: "c", zipFile: undefined }))).to.equal(
      "InvalidArgument: one of s3_bucket or zip_file is required",
    );
  });
});

describe("a monitor of visitors", () => {
  it("has a log group only where it is told to keep logs", () => {
    const make = (name: string, inputs: Properties = {}) =>
      new World().make("aws:rum/appMonitor:AppMonitor", name, { name, domain: "example.com", ...inputs })
        .state;
    expect(make("shop")).to.include({
      arn: "arn:aws:rum:eu-west-1:123456789012:appmonitor/shop",
      cwLogGroup: "",
    });
    expect(make("shop", { cwLogEnabled: true }).cwLogGroup).to.match(/^RUMService_shop[0-9a-f]{8}$/);
  });
});

describe("a query of logs", () => {
  it("goes by a UUID, however it is called", () => {
    const inputs = { name: "errors", queryString: "fields @message" };
    const { id, state } = new World().make(
      "aws:cloudwatch/queryDefinition:QueryDefinition",
      "errors",
      inputs,
    );
    expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(state.queryDefinitionId).to.equal(id);
  });
});
