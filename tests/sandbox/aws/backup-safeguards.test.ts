import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf, trustOf } from "./world.ts";

const planToken = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
const selectionToken = "aws:backup/restoreTestingSelection:RestoreTestingSelection";

class Backups extends World {
  public lock(inputs: Properties = {}): Settled {
    return this.make("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "lock", {
      backupVaultName: "daily",
      ...inputs,
    });
  }

  public plan(inputs: Properties = {}, name = "weekly"): Settled {
    return this.make(planToken, name, {
      name: "weekly",
      scheduleExpression: "cron(0 12 ? * SUN *)",
      recoveryPointSelection: {
        ...{ algorithm: "LATEST_WITHIN_WINDOW", includeVaults: ["*"] },
        recoveryPointTypes: ["SNAPSHOT"],
      },
      ...inputs,
    });
  }

  public selection(): Settled {
    const { state } = this.role("restore", {
      assumeRolePolicy: trustOf({ Service: "backup.amazonaws.com" }),
    });
    return this.make(selectionToken, "databases", {
      ...{ name: "databases", restoreTestingPlanName: "weekly", protectedResourceType: "RDS" },
      ...{ iamRoleArn: state.arn, protectedResourceArns: ["*"] },
    });
  }
}

let world: Backups;

describe("the lock of a vault", () => {
  beforeEach(() => {
    world = new Backups();
    world.make("aws:backup/vault:Vault", "daily", { name: "daily" });
  });

  it("goes by the vault, and tells its ARN", () => {
    const { id, state } = world.lock({ minRetentionDays: 7 });
    expect(id).to.equal("daily");
    expect(state.backupVaultArn).to.equal("arn:aws:backup:eu-west-1:123456789012:backup-vault:daily");
  });

  it("is refused for a vault that there is not", () => {
    expect(refusalOf(() => world.lock({ backupVaultName: "weekly" }))).to.equal(
      "ResourceNotFoundException: Backup vault weekly not found.",
    );
  });

  it("is refused a least time above the longest", () => {
    expect(refusalOf(() => world.lock({ minRetentionDays: 30, maxRetentionDays: 7 }))).to.equal(
      "InvalidParameterValueException: MinRetentionDays cannot be greater than MaxRetentionDays",
    );
    world.lock({ changeableForDays: 3, minRetentionDays: 7, maxRetentionDays: 7 });
  });
});

describe("a plan that tests restoring", () => {
  beforeEach(() => {
    world = new Backups();
  });

  it("goes by its name", () => {
    const { id, state } = world.plan();
    expect(id).to.equal("weekly");
    expect(state.arn).to.match(
      /^arn:aws:backup:eu-west-1:123456789012:restore-testing-plan:weekly-[0-9a-f-]{36}$/,
    );
  });

  it("is refused a name that is taken, and one with more than letters, digits and underscores", () => {
    world.plan();
    expect(refusalOf(() => world.plan({}, "again"))).to.equal(
      "AlreadyExistsException: Restore testing plan with the same name already exists",
    );
    expect(refusalOf(() => world.plan({ name: "every-week" }, "other"))).to.equal(
      "InvalidParameterValueException: RestoreTestingPlanName must consist of only alphanumeric characters and underscores.",
    );
  });

  it("stays while something is selected by it", () => {
    const plan = world.plan();
    const selection = world.selection();
    expect(selection.id).to.equal("databases:weekly");
    expect(refusalOf(() => world.remove(planToken, "weekly", plan))).to.equal(
      "InvalidRequestException: Restore testing selections must be deleted prior to restore testing plan deletion",
    );
    world.remove(selectionToken, "databases", selection);
    world.remove(planToken, "weekly", plan);
    expect(world.idsOf(planToken)).to.deep.equal([]);
  });
});
