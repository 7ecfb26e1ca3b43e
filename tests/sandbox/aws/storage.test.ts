import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

let world: World;
const fresh = (): void => {
  world = new World();
};

describe("a simulated file system", () => {
  beforeEach(fresh);

  const fileToken = "aws:efs/fileSystem:FileSystem";
  const files = (inputs: Properties = {}, name = "shared"): Settled => world.make(fileToken, name, inputs);
  const mount = (subnet: Settled, name: string, fileSystemId: string): Settled =>
    world.make("aws:efs/mountTarget:MountTarget", name, { fileSystemId, subnetId: subnet.id });

  it("goes by its name in DNS", () => {
    const { id, state } = files({ tags: { Name: "shared" } });
    expect(id).to.match(/^fs-0[0-9a-f]{16}$/);
    expect(state).to.include({
      dnsName: `${id}.efs.eu-west-1.amazonaws.com`,
      name: "shared",
      encrypted: false,
    });
  });

  it("refuses a token that is taken, and a throughput without its mode", () => {
    const first = files({ creationToken: "shared" });
    expect(refusalOf(() => files({ creationToken: "shared" }, "twin"))).to.equal(
      `FileSystemAlreadyExists: File system '${first.id}' already exists with creation token 'shared'`,
    );
    expect(refusalOf(() => files({ provisionedThroughputInMibps: 64 }, "fast"))).to.match(/^BadRequest: /);
    expect(refusalOf(() => files({ throughputMode: "provisioned" }, "faster"))).to.match(/^BadRequest: /);
  });

  it("is mounted once in each zone, and stays while it is", () => {
    const vpc = world.vpc();
    const zone = (cidrBlock: string, availabilityZone: string): Settled =>
      world.subnet(vpc, { cidrBlock, availabilityZone }, cidrBlock);
    const made = files();
    const first = mount(zone("10.0.0.0/24", "eu-west-1a"), "first", made.id);
    expect(first.state).to.include({ availabilityZoneName: "eu-west-1a", availabilityZoneId: "euw1-az1" });
    expect(first.state.ipAddress).to.match(/^10\.0\.0\.(?:[5-9]|1[0-2])$/);
    expect(first.state.securityGroups).to.deep.equal([vpc.state.defaultSecurityGroupId]);
    expect(refusalOf(() => mount(zone("10.0.1.0/24", "eu-west-1a"), "second", made.id))).to.equal(
      "MountTargetConflict: mount target already exists in this AZ",
    );
    expect(mount(zone("10.0.2.0/24", "eu-west-1b"), "third", made.id).id).to.match(/^fsmt-/);
    expect(refusalOf(() => world.remove(fileToken, "shared", made))).to.equal(
      `FileSystemInUse: File system '${made.id}' has mount targets created in it.`,
    );
  });
});

describe("a simulated disk", () => {
  beforeEach(fresh);

  const disk = (inputs: Properties): Settled =>
    world.make("aws:ebs/volume:Volume", "data", { availabilityZone: "eu-west-1a", size: 100, ...inputs });

  it("does what its type and size give", () => {
    expect(disk({}).state).to.include({ type: "gp2", iops: 300, throughput: 0 });
    expect(disk({ size: 10 }).state.iops).to.equal(100);
    expect(disk({ type: "gp3" }).state).to.include({ iops: 3000, throughput: 125 });
  });

  it("refuses a zone that is not there, and a size that its type has not", () => {
    expect(refusalOf(() => disk({ availabilityZone: "us-east-1a" }))).to.equal(
      "InvalidZone.NotFound: The zone 'us-east-1a' does not exist.",
    );
    expect(refusalOf(() => disk({ type: "st1" }))).to.equal(
      "InvalidParameterValue: Volume of 100GiB is too small for volume type st1; minimum is 125GiB.",
    );
    expect(refusalOf(() => disk({ size: 16_385 }))).to.equal(
      "InvalidParameterValue: Volume of 16385GiB is too large for volume type gp2; maximum is 16384GiB.",
    );
  });

  it("refuses operations and throughput for a type that has no choice, and too few of them", () => {
    expect(refusalOf(() => disk({ iops: 3000 }))).to.equal(
      "InvalidParameterCombination: 'iops' must not be set when 'type' is ''",
    );
    expect(refusalOf(() => disk({ type: "gp3", iops: 100 }))).to.equal(
      "InvalidParameterValue: Volume iops of 100 is too low; minimum is 3000.",
    );
    expect(refusalOf(() => disk({ type: "io2" }))).to.equal(
      "MissingParameter: 'iops' must be set when 'type' is 'io2'",
    );
    expect(refusalOf(() => disk({ throughput: 250 }))).to.equal(
      "InvalidParameterCombination: 'throughput' must not be set when 'type' is ''",
    );
  });

  it("refuses more operations for its size, and more throughput for its operations, than AWS gives", () => {
    expect(refusalOf(() => disk({ type: "io1", size: 10, iops: 800 }))).to.equal(
      "InvalidParameterValue: Iops to volume size ratio of 80.000000 is too high; maximum is 50",
    );
    expect(refusalOf(() => disk({ type: "gp3", size: 100, iops: 3000, throughput: 751 }))).to.equal(
      "InvalidParameterValue: Throughput (MiBps) to iops ratio of 0.250333 is too high; maximum is 0.250000 MiBps per iops",
    );
  });

  it("takes no operations a second for no wish", () => {
    expect(disk({ type: "gp2", iops: 0 }).state.type).to.equal("gp2");
    expect(refusalOf(() => disk({ type: "io1", iops: 0 }))).to.equal(
      "MissingParameter: 'iops' must be set when 'type' is 'io1'",
    );
  });

  it("may be said to have the operations that it was found to have", () => {
    const made = disk({ type: "gp2" });
    const found = { availabilityZone: "eu-west-1a", size: 100, type: "gp2", iops: 300 };
    expect(world.change("aws:ebs/volume:Volume", "data", made, found).state.iops).to.equal(300);
  });

  it("does not shrink", () => {
    const token = "aws:ebs/volume:Volume";
    const wanted = { availabilityZone: "eu-west-1a", type: "gp3" };
    const made = world.make(token, "disk", { ...wanted, size: 100 });
    expect(refusalOf(() => world.change(token, "disk", made, { ...wanted, size: 50 }))).to.equal(
      "InvalidParameterValue: New size cannot be smaller than existing size",
    );
  });
});
