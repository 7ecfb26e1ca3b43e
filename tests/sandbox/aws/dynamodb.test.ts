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
      'InvalidParameter: all indexes must match a defined attribute. Unmatched indexes: ["at"]',
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
    expect(refusalOf(() => table({ readCapacity: 1, writeCapacity: 1 }))).to.equal(
      'InvalidParameter: read_capacity can not be set when billing_mode is "PAY_PER_REQUEST"',
    );
    expect(refusalOf(() => table({ billingMode: undefined, readCapacity: 1 }))).to.equal(
      'InvalidParameter: write_capacity must be at least 1 when billing_mode is "PROVISIONED"',
    );
  });

  it("keeps its capacities where it changes to requests", () => {
    const capacity = { name: "orders", hashKey: "id", attributes: [id], readCapacity: 1, writeCapacity: 1 };
    const made = world.make(tableToken, "orders", { ...capacity, billingMode: "PROVISIONED" });
    const changed = { ...capacity, billingMode: "PAY_PER_REQUEST" };
    expect(world.change(tableToken, "orders", made, changed).id).to.equal("orders");
  });

  const attributes = [id, { name: "at", type: "N" }];
  const index = { name: "by-time", hashKey: "at", projectionType: "ALL" };
  const shapes: readonly (readonly [what: string, inputs: Properties, message: string])[] = [
    [
      "one key for both its keys",
      { rangeKey: "id" },
      "ValidationException: Both the Hash Key and the Range Key element in the KeySchema have the same name",
    ],
    [
      "two indexes of one name",
      { attributes, globalSecondaryIndexes: [index, index] },
      "ValidationException: One or more parameter values were invalid: Duplicate index name: by-time",
    ],
    [
      "attributes beside all of them",
      { attributes, globalSecondaryIndexes: [{ ...index, nonKeyAttributes: ["total"] }] },
      "ValidationException: One or more parameter values were invalid: ProjectionType is ALL, but NonKeyAttributes is specified",
    ],
    [
      "an index that includes nothing",
      { attributes, globalSecondaryIndexes: [{ ...index, projectionType: "INCLUDE" }] },
      "ValidationException: One or more parameter values were invalid: ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
    ],
    [
      "a provisioned index without capacity",
      {
        attributes,
        billingMode: "PROVISIONED",
        readCapacity: 1,
        writeCapacity: 1,
        globalSecondaryIndexes: [index],
      },
      "InvalidParameter: write capacity must be > 0 when billing mode is PROVISIONED",
    ],
    [
      "a time to live without its attribute",
      { ttl: { enabled: true } },
      'InvalidParameter: Attribute "ttl[0].attribute_name" must be specified when "ttl[0].enabled" is "true"',
    ],
  ];
  for (const [what, inputs, message] of shapes) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => table(inputs))).to.equal(message);
    });
  }

  it("has items only while it is there", () => {
    const item = (): Settled =>
      world.make("aws:dynamodb/tableItem:TableItem", "first", {
        tableName: "orders",
        hashKey: "id",
        item: JSON.stringify({ id: { S: "1" } }),
      });
    expect(refusalOf(item)).to.equal("ResourceNotFoundException: Requested resource not found");
    table();
    expect(item().state.tableName).to.equal("orders");
  });

  it("stays while it is protected", () => {
    const made = table({ deletionProtectionEnabled: true });
    expect(refusalOf(() => world.remove(tableToken, "orders", made))).to.match(
      /^ValidationException: Resource cannot be deleted as it is currently protected against deletion\./,
    );
  });
});
