import { createHash } from "node:crypto";
import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const documentToken = "aws:ssm/document:Document";
const content = (inputs: Properties = {}): string =>
  JSON.stringify({ schemaVersion: "2.2", description: "Say it", mainSteps: [], ...inputs });

let world: World;

describe("a document of Systems Manager", () => {
  const made = (inputs: Properties = {}, name = "say"): Settled =>
    world.make(documentToken, name, {
      ...{ name: "say", documentType: "Command", content: content() },
      ...inputs,
    });
  beforeEach(() => {
    world = new World();
  });

  it("tells what its content says", () => {
    const parameters = { Word: { type: "String", default: "hello", description: "What" } };
    const { id, state } = made({ content: content({ parameters }) });
    expect(id).to.equal("say");
    expect(state).to.deep.include({
      ...{ description: "Say it", schemaVersion: "2.2", status: "Active", hashType: "Sha256" },
      hash: createHash("sha256").update(content({ parameters })).digest("hex"),
      parameters: [{ name: "Word", type: "String", defaultValue: "hello", description: "What" }],
    });
  });

  it("has another version, which is the default, after a change of its content only", () => {
    const first = made();
    const versions = ({ state }: Settled): readonly unknown[] => [state.latestVersion, state.defaultVersion];
    const inputs = { name: "say", documentType: "Command", content: content() };
    expect(
      versions(world.change(documentToken, "say", first, { ...inputs, tags: { a: "b" } })),
    ).to.deep.equal(["1", "1"]);
    const other = { ...inputs, content: content({ description: "Shout it" }) };
    expect(versions(world.change(documentToken, "say", first, other))).to.deep.equal(["2", "2"]);
  });

  it("refuses a name that is taken", () => {
    made();
    expect(refusalOf(() => made({}, "again"))).to.equal(
      "DocumentAlreadyExists: Document with same name say already exists",
    );
  });

  it("refuses what is no JSON, unless it is said to be YAML", () => {
    const yaml = 'schemaVersion: "2.2"';
    expect(refusalOf(() => made({ content: yaml }))).to.equal(
      "InvalidDocumentContent: JSON not well-formed.",
    );
    expect(made({ content: yaml, documentFormat: "YAML" }).id).to.equal("say");
  });

  it("refuses a parameter with more than letters and digits in its name", () => {
    const parameters = { the_word: { type: "String" } };
    expect(refusalOf(() => made({ content: content({ parameters }) }))).to.equal(
      'InvalidDocumentContent: Parameter name "the_word" is not alpha-numeric.',
    );
  });
});

describe("a maintenance window", () => {
  const window = (name = "nights"): Settled =>
    world.make("aws:ssm/maintenanceWindow:MaintenanceWindow", name, {
      ...{ name, schedule: "cron(0 3 ? * * *)", duration: 3, cutoff: 1 },
    });
  const target = ({ id }: Settled): Settled =>
    world.make("aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget", "all", {
      ...{ windowId: id, resourceType: "INSTANCE", targets: [{ key: "tag:Env", values: ["dev"] }] },
    });
  const task = (of: Settled, on: Settled): Settled =>
    world.make("aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", "say", {
      ...{ windowId: of.id, taskType: "RUN_COMMAND", taskArn: "AWS-RunShellScript" },
      ...{ maxConcurrency: "1", maxErrors: "1" },
      targets: [{ key: "WindowTargetIds", values: [on.id] }],
    });
  beforeEach(() => {
    world = new World();
  });

  it("has ids of three kinds", () => {
    const own = window();
    const on = target(own);
    const { id, state } = task(own, on);
    expect(own.id).to.match(/^mw-0[0-9a-f]{16}$/);
    expect(on.id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(state).to.include({
      windowTaskId: id,
      arn: `arn:aws:ssm:eu-west-1:123456789012:windowtask/${id}`,
    });
  });

  it("refuses a target of a window that does not exist", () => {
    expect(refusalOf(() => target({ ...window(), id: "mw-0123" }))).to.equal(
      "DoesNotExistException: Maintenance window mw-0123 does not exist",
    );
  });

  it("refuses a task on what another window has", () => {
    const other = target(window("days"));
    expect(refusalOf(() => task(window(), other))).to.equal(
      `DoesNotExistException: Target ${other.id} does not exist`,
    );
  });
});
