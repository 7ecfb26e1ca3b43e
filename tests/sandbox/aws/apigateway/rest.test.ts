import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { World, refusalOf } from "../world.ts";

const token = (kind: string): string =>
  `aws:apigateway/${kind[0]?.toLowerCase() ?? ""}${kind.slice(1)}:${kind}`;

class Rest extends World {
  public readonly api = this.make(token("RestApi"), "orders", { name: "orders" });

  public part(kind: string, inputs: Properties = {}, name = "part"): Settled {
    return this.make(token(kind), name, { restApi: this.api.id, ...inputs });
  }

  public resource(pathPart: string): Settled {
    return this.part("Resource", { parentId: this.api.state.rootResourceId, pathPart }, pathPart);
  }

  public method(resource: Settled, inputs: Properties = {}): Settled {
    return this.part("Method", {
      resourceId: resource.id,
      httpMethod: "GET",
      authorization: "NONE",
      ...inputs,
    });
  }

  public integration(resource: Settled, inputs: Properties = {}): Settled {
    return this.part("Integration", { resourceId: resource.id, httpMethod: "GET", type: "MOCK", ...inputs });
  }
}

describe("a REST API", () => {
  it("answers its paths and where a stage is called", () => {
    const world = new Rest();
    const orders = world.resource("orders");
    const one = world.part("Resource", { parentId: orders.id, pathPart: "{id}" }, "one");
    expect([orders.state.path, one.state.path]).to.deep.equal(["/orders", "/orders/{id}"]);
    world.method(orders);
    world.integration(orders);
    const deployment = world.part("Deployment");
    expect(world.part("Stage", { deployment: deployment.id, stageName: "v1" }).state).to.include({
      arn: `arn:aws:apigateway:eu-west-1::/restapis/${world.api.id}/stages/v1`,
      invokeUrl: `https://${world.api.id}.execute-api.eu-west-1.amazonaws.com/v1`,
    });
  });

  it("is at the edge and for addresses of IPv4, unless the program says otherwise", () => {
    const world = new Rest();
    const endpointConfiguration = { ipAddressType: "dualstack", types: "REGIONAL" };
    const other = world.make(token("RestApi"), "other", { name: "other", endpointConfiguration });
    expect([world.api, other].map(({ state }) => state.endpointConfiguration)).to.deep.equal([
      { ipAddressType: "ipv4", types: "EDGE" },
      endpointConfiguration,
    ]);
  });

  it("refuses two resources of a path", () => {
    const world = new Rest();
    world.resource("orders");
    const inputs = { parentId: world.api.state.rootResourceId, pathPart: "orders" };
    expect(refusalOf(() => world.part("Resource", inputs, "twin"))).to.equal(
      "ConflictException: Another resource with the same parent already has this name: orders",
    );
  });

  it("refuses two variables at one place", () => {
    const world = new Rest();
    world.resource("{id}");
    expect(refusalOf(() => world.resource("{name}"))).to.equal(
      "BadRequestException: A sibling ({id}) of this resource already has a variable path part -- only one is allowed",
    );
  });

  it("refuses a resource below one of another API", () => {
    const world = new Rest();
    expect(refusalOf(() => world.part("Resource", { parentId: "gone", pathPart: "x" }))).to.equal(
      "NotFoundException: Invalid Resource identifier specified",
    );
  });

  it("refuses an integration before its method", () => {
    const world = new Rest();
    expect(refusalOf(() => world.integration(world.resource("orders")))).to.equal(
      "NotFoundException: Invalid Method identifier specified",
    );
  });

  it("refuses a call of another service without its method and address", () => {
    const world = new Rest();
    const orders = world.resource("orders");
    world.method(orders);
    expect(refusalOf(() => world.integration(orders, { type: "AWS_PROXY" }))).to.equal(
      "BadRequestException: Uri is required for integrations other than MOCK",
    );
    expect(refusalOf(() => world.integration(orders, { type: "AWS_PROXY", uri: "arn:x" }))).to.equal(
      "BadRequestException: Enumeration value for HttpMethod must be non-empty",
    );
  });

  it("refuses an authorizer of nobody", () => {
    const world = new Rest();
    expect(refusalOf(() => world.method(world.resource("orders"), { authorization: "CUSTOM" }))).to.equal(
      "BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    );
  });

  it("refuses a deployment that did not wait for methods and integrations", () => {
    const world = new Rest();
    expect(refusalOf(() => world.part("Deployment"))).to.equal(
      "BadRequestException: The REST API doesn't contain any methods",
    );
    world.method(world.resource("orders"));
    expect(refusalOf(() => world.part("Deployment"))).to.equal(
      "BadRequestException: No integration defined for method",
    );
  });

  it("has what its document describes, of which nobody is told the ids", () => {
    const world = new Rest();
    const described = world.make(token("RestApi"), "described", { name: "described", body: "{}" });
    const restApi = described.id;
    const place = { restApi, resourceId: "abc123", httpMethod: "GET" };
    expect(world.part("Integration", { ...place, type: "MOCK" }).id).to.equal(`agi-${restApi}-abc123-GET`);
    expect(world.part("Deployment", { restApi }).id).to.match(/^[0-9a-f]{6}$/);
  });

  it("keeps a deployment that a stage points to", () => {
    const world = new Rest();
    const orders = world.resource("orders");
    world.method(orders);
    world.integration(orders);
    const deployment = world.part("Deployment");
    world.part("Stage", { deployment: deployment.id, stageName: "v1" });
    expect(refusalOf(() => world.remove(token("Deployment"), "part", deployment))).to.equal(
      "BadRequestException: Active stages pointing to this deployment must be moved or deleted",
    );
  });
});
