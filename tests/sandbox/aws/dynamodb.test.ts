import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const tableToken = "aws:dynamodb/table:Table";

describe("a simulated table", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const id = { name: "id", type: "S" };
  const table = (inputs: Properties = {}, name = "orders"): Settled =>
    world.make(tableToken, name, {
      name: "orders",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [id],
      ...inputs,
    });

  it("goes by its name, and has a stream where asked for one", () => {
    const { state } = table({ streamEnabled: true, streamViewType: "NEW_IMAGE" });
    expect(state.arn).to.equal("arn:aws:dynamodb:eu-west-1:123456789012:table/orders");
    expect(state.streamArn).to.equal(`${String(state.arn)}/stream/${String(state.streamLabel)}`);
    expect(table({ name: "quiet" }, "quiet").state).not.to.have.property("streamArn");
    expect(refusalOf(() => table({}, "twin"))).to.equal(
      "ResourceInUseException: Table already exists: orders",
    );
  });

  it("describes the attributes of its keys, and no others", () => {
    expect(refusalOf(() => table({ rangeKey: "at" }))).to.equal(
      "ValidationException: One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [id, at], AttributeDefinitions: [id]",
    );
    expect(refusalOf(() => table({ attributes: [id, { name: "at", type: "N" }] }))).to.equal(
      'InvalidParameter: all attributes must be indexed. Unused attributes: ["at"]',
    );
    const byTime = { name: "by-time", hashKey: "at", projectionType: "ALL" };
    const attributes = [id, { name: "at", type: "N" }];
    expect(table({ attributes, globalSecondaryIndexes: [byTime] }).id).to.equal("orders");
  });

  it("refuses a local index without a range key", () => {
    const local = { name: "by-id", rangeKey: "id", projectionType: "ALL" };
    expect(refusalOf(() => table({ localSecondaryIndexes: [local] }))).to.contain(
      "Table KeySchema does not have a range key",
    );
  });

  it("is paid by request or by capacity", () => {
    expect(refusalOf(() => table({ readCapacity: 1, writeCapacity: 1 }))).to.contain(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
    expect(refusalOf(() => table({ billingMode: undefined, readCapacity: 1 }))).to.contain(
      "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    );
  });

  it("stays while it is protected", () => {
    const made = table({ deletionProtectionEnabled: true });
    expect(refusalOf(() => world.remove(tableToken, "orders", made))).to.match(
      /^ValidationException: Resource cannot be deleted as it is currently protected against deletion\./,
    );
  });
});
