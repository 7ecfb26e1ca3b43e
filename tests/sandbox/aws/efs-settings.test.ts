import { expect } from "chai";
import type { Settled } from "../../../sandbox/model.ts";
import { World, allow, refusalOf } from "./world.ts";

const gone = { fileSystemId: "fs-0123" };

let world: World;
let fileSystem: Settled;

describe("what a file system has beside itself", () => {
  beforeEach(() => {
    world = new World();
    fileSystem = world.make("aws:efs/fileSystem:FileSystem", "files");
  });

  it("goes by the file system, but for its access points", () => {
    const on = { fileSystemId: fileSystem.id };
    const policy = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: "elasticfilesystem:ClientMount" }],
    });
    const backupPolicy = { status: "ENABLED" };
    expect(world.make("aws:efs/fileSystemPolicy:FileSystemPolicy", "p", { ...on, policy }).id).to.equal(
      fileSystem.id,
    );
    expect(world.make("aws:efs/backupPolicy:BackupPolicy", "b", { ...on, backupPolicy }).id).to.equal(
      fileSystem.id,
    );
    const point = world.make("aws:efs/accessPoint:AccessPoint", "a", on);
    expect(point.id).to.match(/^fsap-0[0-9a-f]{16}$/);
    expect(point.state).to.have.nested.include({
      arn: `arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/${point.id}`,
      fileSystemArn: String(fileSystem.state.arn),
      "rootDirectory.path": "/",
    });
  });

  it("goes with it", () => {
    world.make("aws:efs/accessPoint:AccessPoint", "a", { fileSystemId: fileSystem.id });
    expect(world.remove("aws:efs/fileSystem:FileSystem", "files", fileSystem)).to.equal(11);
  });

  for (const [token, inputs] of [
    ["aws:efs/accessPoint:AccessPoint", gone],
    ["aws:efs/fileSystemPolicy:FileSystemPolicy", { ...gone, policy: allow("*") }],
    ["aws:efs/backupPolicy:BackupPolicy", { ...gone, backupPolicy: { status: "ENABLED" } }],
    [
      "aws:efs/replicationConfiguration:ReplicationConfiguration",
      { sourceFileSystemId: "fs-0123", destination: { region: "us-east-1" } },
    ],
  ] as const) {
    it(`refuses a ${token.split(":")[2] ?? ""} of none`, () => {
      expect(refusalOf(() => world.make(token, "gone", inputs))).to.equal(
        "FileSystemNotFound: File system 'fs-0123' does not exist.",
      );
    });
  }

  it("refuses a policy for nobody", () => {
    const inputs = { fileSystemId: fileSystem.id, policy: allow("elasticfilesystem:ClientMount") };
    expect(refusalOf(() => world.make("aws:efs/fileSystemPolicy:FileSystemPolicy", "p", inputs))).to.equal(
      "InvalidPolicyException: Missing required field Principal",
    );
  });

  it("may be a copy elsewhere, which keeps it", () => {
    const token = "aws:efs/replicationConfiguration:ReplicationConfiguration";
    const { id, state } = world.make(token, "copy", {
      sourceFileSystemId: fileSystem.id,
      destination: { region: "us-east-1" },
    });
    expect(id).to.equal(fileSystem.id);
    expect(state).to.have.nested.include({
      sourceFileSystemRegion: "eu-west-1",
      "destination.status": "ENABLED",
      "destination.region": "us-east-1",
    });
    expect(refusalOf(() => world.remove("aws:efs/fileSystem:FileSystem", "files", fileSystem))).to.equal(
      `FileSystemInUse: File system '${fileSystem.id}' is part of a replication configuration.`,
    );
  });

  it("is mounted in one VPC", () => {
    const mount = (name: string): Settled => {
      const subnetId = world.subnet(world.vpc(name), {}, name).id;
      return world.make("aws:efs/mountTarget:MountTarget", name, { fileSystemId: fileSystem.id, subnetId });
    };
    mount("here");
    expect(refusalOf(() => mount("there"))).to.equal(
      "MountTargetConflict: requested subnet for new mount target is not in the same VPC as existing mount targets",
    );
  });
});
