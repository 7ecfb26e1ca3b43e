import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { FunctionWorld } from "./function-world.ts";
import { refusalOf } from "./world.ts";

let world: FunctionWorld;

describe("a plan of backups", () => {
  beforeEach(() => {
    world = new FunctionWorld();
  });

  const plan = (lifecycle: Properties = {}, targetVaultName = "safe"): Settled =>
    world.make("aws:backup/plan:Plan", "daily", {
      name: "daily",
      rules: [{ ruleName: "daily", targetVaultName, lifecycle }],
    });
  const select = (made: Settled, role: Settled): Settled =>
    world.make("aws:backup/selection:Selection", "all", {
      name: "all",
      planId: made.id,
      iamRoleArn: role.state.arn,
      resources: ["*"],
    });

  it("refuses to delete what has just gone to cold storage", () => {
    world.make("aws:backup/vault:Vault", "safe", { name: "safe" });
    expect(refusalOf(() => plan({ coldStorageAfter: 30, deleteAfter: 100 }))).to.equal(
      "InvalidParameterValueException: Error in some rules due to : Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays",
    );
    expect(plan({ coldStorageAfter: 30, deleteAfter: 120 }).id).not.to.equal("");
  });

  it("refuses a vault that does not exist, and a second of a name", () => {
    expect(refusalOf(() => plan())).to.equal(
      "InvalidParameterValueException: Error in some rules due to : Backup vault safe does not exist.",
    );
    world.make("aws:backup/vault:Vault", "safe", { name: "safe" });
    expect(refusalOf(() => world.make("aws:backup/vault:Vault", "twin", { name: "safe" }))).to.equal(
      "AlreadyExistsException: Backup vault with the same name already exists",
    );
  });

  it("is carried out by a role that AWS Backup may assume, and stays while it is", () => {
    world.make("aws:backup/vault:Vault", "safe", { name: "safe" });
    const made = plan();
    const stranger = world.role("stranger");
    expect(refusalOf(() => select(made, stranger))).to.equal(
      `InvalidParameterValueException: IAM Role ${String(stranger.state.arn)} cannot be assumed by AWS Backup`,
    );
    select(made, world.roleFor("backup.amazonaws.com"));
    expect(refusalOf(() => world.remove("aws:backup/plan:Plan", "daily", made))).to.equal(
      "InvalidRequestException: Related backup plan selections must be deleted prior to backup plan deletion",
    );
  });
});
