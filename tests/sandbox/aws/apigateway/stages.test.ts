import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { allow, refusalOf, trustOf, World } from "../world.ts";

const token = (kind: string, service = "apigateway"): string =>
  `aws:${service}/${kind[0]?.toLowerCase() ?? ""}${kind.slice(1)}:${kind}`;
const unset =
  "BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging";

class Logged extends World {
  public readonly api = this.make(token("RestApi"), "orders", { name: "orders" });
  public readonly group = this.make("aws:cloudwatch/logGroup:LogGroup", "calls", { name: "calls" });

  public part(kind: string, inputs: Properties, name = "part"): Settled {
    return this.make(token(kind), name, { restApi: this.api.id, ...inputs });
  }

  public get log(): Properties {
    return { accessLogSettings: { destinationArn: this.group.state.arn, format: "$context.requestId" } };
  }

  /** Of an API with one method that answers by itself. */
  public stage(inputs: Properties = {}): Settled {
    const root = { resourceId: this.api.state.rootResourceId, httpMethod: "GET" };
    this.part("Method", { ...root, authorization: "NONE" });
    this.part("Integration", { ...root, type: "MOCK" });
    const deployment = this.part("Deployment", {}).id;
    return this.part("Stage", { deployment, stageName: "v1", ...inputs });
  }

  /** Lets the APIs of the region write logs. */
  public allowLogs(): void {
    const role = this.role("log", {
      name: "log",
      assumeRolePolicy: trustOf({ Service: "apigateway.amazonaws.com" }),
    });
    this.make("aws:iam/rolePolicy:RolePolicy", "log", { role: "log", policy: allow("logs:*") });
    this.make(token("Account"), "log", { cloudwatchRoleArn: role.state.arn });
  }
}

describe("the logs of APIs", () => {
  it("are written as a role that the region has", () => {
    const world = new Logged();
    expect(refusalOf(() => new Logged().stage(world.log))).to.equal(unset);
    world.allowLogs();
    expect(world.stage(world.log).state.stageName).to.equal("v1");
  });

  it("are that of a stage's settings too", () => {
    const world = new Logged();
    world.stage();
    const settings = (loggingLevel: string): Settled =>
      world.part("MethodSettings", { stageName: "v1", methodPath: "*/*", settings: { loggingLevel } });
    expect(refusalOf(() => settings("INFO"))).to.equal(unset);
    expect(settings("OFF").state.stageName).to.equal("v1");
    world.allowLogs();
    expect(settings("INFO").state.stageName).to.equal("v1");
  });

  it("are that of WebSocket APIs too, and HTTP APIs write their own", () => {
    const world = new Logged();
    const stage = (protocolType: string): Settled => {
      const api = world.make(token("Api", "apigatewayv2"), protocolType, {
        name: protocolType,
        protocolType,
        ...(protocolType === "WEBSOCKET" && { routeSelectionExpression: "$request.body.action" }),
      });
      return world.make(token("Stage", "apigatewayv2"), protocolType, {
        apiId: api.id,
        name: "v1",
        ...world.log,
      });
    };
    expect(refusalOf(() => stage("WEBSOCKET"))).to.equal(unset);
    expect(stage("HTTP").id).to.equal("v1");
  });
});

describe("what else a REST API is made of", () => {
  it("has no path below one that takes all the rest", () => {
    const world = new Logged();
    const below = (parentId: unknown, pathPart: string): Settled =>
      world.part("Resource", { parentId, pathPart }, pathPart);
    const rest = below(world.api.state.rootResourceId, "{proxy+}");
    expect(refusalOf(() => below(rest.id, "more"))).to.equal(
      "BadRequestException: Cannot create a child of a resource with a greedy path variable: {proxy+}",
    );
  });

  it("has one model of a name", () => {
    const world = new Logged();
    const model = (name: string): Settled =>
      world.part("Model", { name: "Order", contentType: "application/json", schema: "{}" }, name);
    model("first");
    expect(refusalOf(() => model("second"))).to.equal(
      "ConflictException: Model name already exists for this REST API",
    );
  });

  it("is reached at the edge with a certificate, and in a region by one of its own", () => {
    const world = new Logged();
    const domain = (inputs: Properties = {}): Settled =>
      world.make(token("DomainName"), "orders", { domainName: "orders.example.com", ...inputs });
    expect(refusalOf(() => domain())).to.equal(
      "BadRequestException: A certificate was not provided for the endpoint type EDGE.",
    );
    expect(domain({ endpointConfiguration: { types: "REGIONAL" } }).state.domainName).to.equal(
      "orders.example.com",
    );
  });

  it("has settings for routes that there are", () => {
    const world = new World();
    const apiId = world.make(token("Api", "apigatewayv2"), "orders", {
      name: "orders",
      protocolType: "HTTP",
    }).id;
    const stage = (): Settled =>
      world.make(token("Stage", "apigatewayv2"), "v1", {
        apiId,
        name: "v1",
        routeSettings: [{ routeKey: "GET /orders", throttlingBurstLimit: 5 }],
      });
    expect(refusalOf(stage)).to.equal(
      "NotFoundException: Unable to find Route by key GET /orders within the provided RouteSettings",
    );
    world.make(token("Route", "apigatewayv2"), "orders", { apiId, routeKey: "GET /orders" });
    expect(stage().id).to.equal("v1");
  });
});
