import { expect } from "chai";
import type { Properties } from "../../../../sandbox/model.ts";
import { refusalOf } from "../world.ts";
import { ClusterWorld, clusterToken } from "./cluster-world.ts";

let world: ClusterWorld;

describe("a simulated database cluster refuses", () => {
  beforeEach(() => {
    world = new ClusterWorld();
  });

  const refusals: readonly (readonly [what: string, inputs: Properties, message: string])[] = [
    [
      "a name with a hyphen",
      { databaseName: "my-orders" },
      "InvalidParameterValue: DatabaseName must begin with a letter and contain only alphanumeric characters.",
    ],
    [
      "a short password",
      { manageMasterUserPassword: undefined, masterPassword: "bar" },
      "InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.",
    ],
    [
      "logs of another engine",
      { enabledCloudwatchLogsExports: ["audit", "slowquery"] },
      "InvalidParameterCombination: You cannot use the log types 'audit', 'slowquery' with engine version aurora-postgresql 16.6. For supported log types, see the documentation.",
    ],
    [
      "windows that meet",
      { preferredBackupWindow: "03:00-04:00", preferredMaintenanceWindow: "mon:03:30-mon:04:30" },
      "InvalidParameterValue: The backup window and maintenance window must not overlap.",
    ],
  ];
  for (const [what, inputs, message] of refusals) {
    it(what, () => {
      expect(refusalOf(() => world.cluster(inputs))).to.equal(message);
    });
  }

  it("to go back to an older minor version", () => {
    const made = world.cluster();
    const older = world.validCluster({ engineVersion: "16.4" });
    expect(refusalOf(() => world.change(clusterToken, "orders", made, older))).to.equal(
      "InvalidParameterCombination: Cannot upgrade aurora-postgresql from 16.6 to 16.4",
    );
  });

  it("a public instance without a way out", () => {
    world.cluster();
    expect(refusalOf(() => world.member({ publiclyAccessible: true }))).to.equal(
      "InvalidVPCNetworkStateFault: Cannot create a publicly accessible DBInstance. The specified VPC has no internet gateway attached.Update the VPC and then try again",
    );
  });
});
