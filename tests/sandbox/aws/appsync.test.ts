import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { refusalOf, World } from "./world.ts";

describe("a simulated GraphQL interface", () => {
  let world: World;
  let api: Settled;
  beforeEach(() => {
    world = new World();
    api = world.make("aws:appsync/graphQLApi:GraphQLApi", "orders", {
      name: "orders",
      authenticationType: "API_KEY",
    });
  });

  const source = (inputs: Properties = {}): Settled =>
    world.make("aws:appsync/dataSource:DataSource", "table", {
      apiId: api.id,
      name: "table",
      type: "NONE",
      ...inputs,
    });
  const resolver = (inputs: Properties = {}): Settled =>
    world.make("aws:appsync/resolver:Resolver", "find", {
      apiId: api.id,
      type: "Query",
      field: "order",
      dataSource: "table",
      ...inputs,
    });

  it("has addresses for requests and for subscriptions", () => {
    expect(api.id).to.match(/^[0-9a-f]{26}$/);
    expect(api.state.arn).to.equal(`arn:aws:appsync:eu-west-1:123456789012:apis/${api.id}`);
    expect(at(api.state, "uris.GRAPHQL")).to.match(
      /^https:\/\/[0-9a-f]{26}\.appsync-api\.eu-west-1\.amazonaws\.com\/graphql$/,
    );
    expect(at(api.state, "uris.REALTIME")).to.match(
      /^wss:\/\/[0-9a-f]{26}\.appsync-realtime-api\.eu-west-1\.amazonaws\.com\/graphql$/,
    );
  });

  it("gives out keys", () => {
    const { id, state } = world.make("aws:appsync/apiKey:ApiKey", "web", { apiId: api.id });
    expect(state.key).to.match(/^da2-[0-9a-f]{26}$/);
    expect(id).to.equal(`${api.id}:${String(state.key)}`);
  });

  it("answers a field from a source that it has", () => {
    expect(refusalOf(() => resolver())).to.equal("NotFoundException: No data source found named table");
    source();
    expect(resolver()).to.deep.include({ id: `${api.id}-Query-order` });
    expect(refusalOf(() => source({ apiId: "none" }))).to.equal(
      "NotFoundException: GraphQL API none not found.",
    );
  });

  it("sends events to the bus that every account has", () => {
    const eventBusArn = "arn:aws:events:eu-west-1:123456789012:event-bus/default";
    const made = source({ type: "AMAZON_EVENTBRIDGE", eventBridgeConfig: { eventBusArn } });
    expect(made.state.eventBridgeConfig).to.deep.equal({ eventBusArn });
  });

  it("answers a field once", () => {
    source();
    resolver();
    expect(refusalOf(() => resolver())).to.equal(
      "BadRequestException: Only one resolver is allowed per field.",
    );
  });

  it("keeps a source that answers a field", () => {
    const made = source();
    resolver();
    expect(refusalOf(() => world.remove("aws:appsync/dataSource:DataSource", "table", made))).to.match(
      /^BadRequestException: DataSource /,
    );
  });

  it("goes through functions that exist", () => {
    source();
    const functionToken = "aws:appsync/function:Function";
    const { state } = world.make(functionToken, "load", { apiId: api.id, dataSource: "table", name: "load" });
    const through = (functions: readonly unknown[]): Settled =>
      resolver({ dataSource: undefined, kind: "PIPELINE", pipelineConfig: { functions } });
    expect(through([state.functionId]).state.arn).to.equal(
      `arn:aws:appsync:eu-west-1:123456789012:apis/${api.id}/types/Query/resolvers/order`,
    );
    expect(refusalOf(() => through(["none"]))).to.equal("NotFoundException: Function none not found.");
  });
});
