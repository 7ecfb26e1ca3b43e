import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { World, refusalOf } from "../world.ts";

const v2 = (kind: string): string =>
  `aws:apigatewayv2/${kind[0]?.toLowerCase() ?? ""}${kind.slice(1)}:${kind}`;

class Apis extends World {
  public api(inputs: Properties = {}): Settled {
    return this.make(v2("Api"), "orders", { name: "orders", protocolType: "HTTP", ...inputs });
  }

  public part(kind: string, api: Settled, inputs: Properties = {}, name = "part"): Settled {
    return this.make(v2(kind), name, { apiId: api.id, ...inputs });
  }

  public integration(api: Settled, inputs: Properties = {}): Settled {
    return this.part("Integration", api, {
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationUri: "https://example.com",
      ...inputs,
    });
  }
}

function refusedPart(kind: string, inputs: Properties): string {
  const world = new Apis();
  return refusalOf(() => world.part(kind, world.api(), inputs));
}

describe("an HTTP API", () => {
  it("answers where it is called", () => {
    const world = new Apis();
    const api = world.api();
    expect(api.state.apiEndpoint).to.equal(`https://${api.id}.execute-api.eu-west-1.amazonaws.com`);
    expect(world.part("Stage", api, { name: "$default", autoDeploy: true }).state.invokeUrl).to.equal(
      `https://${api.id}.execute-api.eu-west-1.amazonaws.com/`,
    );
    expect(world.part("Stage", api, { name: "v1" }, "v1").state.invokeUrl).to.equal(
      `https://${api.id}.execute-api.eu-west-1.amazonaws.com/v1`,
    );
  });

  it("refuses a part of an API that does not exist", () => {
    const inputs = { apiId: "gone", name: "v1" };
    expect(refusalOf(() => new Apis().make(v2("Stage"), "v1", inputs))).to.equal(
      "NotFoundException: Invalid API identifier specified gone",
    );
  });

  it("keeps its stage when that of the same name of another API goes", () => {
    const world = new Apis();
    const inputs = { name: "$default" };
    const stage = world.part("Stage", world.api(), inputs);
    const other = world.make(v2("Api"), "other", { name: "other", protocolType: "HTTP" });
    world.remove(v2("Stage"), "other", world.part("Stage", other, inputs, "other"));
    const changed = { ...inputs, apiId: stage.state.apiId, description: "ours" };
    expect(world.change(v2("Stage"), "part", stage, changed).state.description).to.equal("ours");
  });

  it("has the routes that its document describes, and the stage of its target", () => {
    const world = new Apis();
    const described = world.api({ body: '{"openapi":"3.0.1"}' });
    expect(world.part("Deployment", described).state.autoDeployed).to.equal(false);
    const quick = world.make(v2("Api"), "quick", { protocolType: "HTTP", target: "https://example.com" });
    expect(world.part("Deployment", quick, {}, "quick").state.autoDeployed).to.equal(false);
  });

  it("refuses a second stage of a name", () => {
    const world = new Apis();
    const api = world.api();
    world.part("Stage", api, { name: "v1" });
    expect(refusalOf(() => world.part("Stage", api, { name: "v1", description: "twin" }, "twin"))).to.equal(
      "ConflictException: Stage already exists",
    );
  });

  it("refuses cross-origin rules for a WebSocket API", () => {
    const inputs = { protocolType: "WEBSOCKET", corsConfiguration: { allowOrigins: ["*"] } };
    expect(refusalOf(() => new Apis().api(inputs))).to.equal(
      "BadRequestException: CorsConfiguration is not supported for WEBSOCKET protocol type",
    );
  });

  it("refuses a route key that is no method and path", () => {
    expect(refusedPart("Route", { routeKey: "orders" })).to.equal(
      'BadRequestException: The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    );
  });

  it("refuses a route that is there already", () => {
    const world = new Apis();
    const api = world.api();
    world.part("Route", api, { routeKey: "GET /orders" });
    expect(refusalOf(() => world.part("Route", api, { routeKey: "GET /orders" }, "twin"))).to.equal(
      "ConflictException: Route with key GET /orders already exists for this API",
    );
  });

  it("refuses a target that is no integration of the API", () => {
    const world = new Apis();
    const api = world.api();
    const other = world.make(v2("Api"), "other", { name: "other", protocolType: "HTTP" });
    const target = `integrations/${world.integration(other).id}`;
    expect(refusalOf(() => world.part("Route", api, { routeKey: "GET /", target }))).to.equal(
      `BadRequestException: Invalid target specified ${target}: no such integration of this API`,
    );
    const own = `integrations/${world.integration(api).id}`;
    expect(world.part("Route", api, { routeKey: "GET /", target: own }).state.target).to.equal(own);
  });

  it("refuses an integration of a REST API", () => {
    expect(refusedPart("Integration", { integrationType: "MOCK" })).to.equal(
      "BadRequestException: Integration type MOCK is not supported for HTTP protocol APIs",
    );
  });

  it("refuses a private integration without its link", () => {
    const inputs = { integrationType: "HTTP_PROXY", integrationUri: "arn:x", connectionType: "VPC_LINK" };
    expect(refusedPart("Integration", inputs)).to.equal(
      "BadRequestException: ConnectionId should not be null for VPC_LINK connection type",
    );
  });

  it("refuses a JWT authorizer that does not say whose tokens it trusts", () => {
    const inputs = { name: "jwt", authorizerType: "JWT", identitySources: ["$request.header.Authorization"] };
    expect(refusedPart("Authorizer", inputs)).to.equal(
      "BadRequestException: JwtConfiguration must be set for JWT authorizers",
    );
  });

  it("refuses to deploy without a route", () => {
    expect(refusedPart("Deployment", {})).to.equal(
      "BadRequestException: At least one route is required before deploying the Api.",
    );
  });

  it("refuses to map a domain to a stage that does not exist", () => {
    const world = new Apis();
    const api = world.api();
    const certificate = world.make("aws:acm/certificate:Certificate", "api", {
      domainName: "api.example.com",
      validationMethod: "DNS",
    });
    const domain = world.make(v2("DomainName"), "api", {
      domainName: "api.example.com",
      domainNameConfiguration: {
        certificateArn: certificate.state.arn,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    });
    const inputs = { domainName: domain.id, stage: "v1" };
    expect(refusalOf(() => world.part("ApiMapping", api, inputs))).to.equal(
      "BadRequestException: Invalid stage identifier specified v1",
    );
    world.part("Stage", api, { name: "v1" });
    expect(world.part("ApiMapping", api, inputs).state.stage).to.equal("v1");
  });

  it("keeps a VPC link that an integration uses", () => {
    const world = new Apis();
    const vpc = world.vpc();
    const link = world.make(v2("VpcLink"), "link", {
      name: "link",
      subnetIds: [world.subnet(vpc).id],
      securityGroupIds: [world.securityGroup(vpc).id],
    });
    world.integration(world.api(), { connectionType: "VPC_LINK", connectionId: link.id });
    expect(refusalOf(() => world.remove(v2("VpcLink"), "link", link))).to.match(/^ConflictException: /);
  });
});
