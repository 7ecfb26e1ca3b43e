import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

let world: World;
const database = (name = "lake", inputs: Properties = {}): Settled =>
  world.make("aws:glue/catalogDatabase:CatalogDatabase", name, { name: "lake", ...inputs });
const table = (inputs: Properties = {}, name = "events"): Settled =>
  world.make("aws:glue/catalogTable:CatalogTable", name, {
    name: "events",
    databaseName: "lake",
    ...inputs,
  });

describe("a catalogue of data", () => {
  beforeEach(() => {
    world = new World();
  });

  it("has tables that go by their database", () => {
    database();
    const { id, state } = table();
    expect(id).to.equal("123456789012:lake:events");
    expect(state.arn).to.equal("arn:aws:glue:eu-west-1:123456789012:table/lake/events");
  });

  it("refuses a table in a database that does not exist", () => {
    expect(refusalOf(() => table())).to.equal("EntityNotFoundException: Database lake not found.");
  });

  it("refuses names that are taken", () => {
    database();
    expect(refusalOf(() => database("again"))).to.equal("AlreadyExistsException: Database already exists.");
    table();
    expect(refusalOf(() => table({}, "again"))).to.equal("AlreadyExistsException: Table already exists.");
  });

  it("has the same names in another region, and in another catalogue", () => {
    database();
    table();
    for (const elsewhere of [{ region: "us-east-1" }, { catalogId: "210987654321" }]) {
      expect(database("elsewhere", elsewhere).state.name).to.equal("lake");
      expect(table(elsewhere, "elsewhere").state.name).to.equal("events");
    }
  });
});
