import { expect } from "chai";

import { Database } from "../../../components/database/database.ts";
import type { DatabaseSettings } from "../../../components/database/settings.ts";
import type { Recorded } from "../../support/run.ts";
import { all, only, run } from "../../support/run.ts";
import { placement } from "../placement.ts";
import { databaseWith } from "./settings.ts";

const instanceType = "aws:rds/instance:Instance";
const secretType = "aws:secretsmanager/secret:Secret";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

function build(change: Partial<DatabaseSettings> = {}) {
  return run(() => {
    const network = placement();
    return new Database("database", {
      ...databaseWith(change),
      network,
      clients: network.clientsNamed(["nodes"]),
    });
  });
}

async function primaryWith(change: Partial<DatabaseSettings> = {}): Promise<Recorded> {
  return only((await build(change)).resources, instanceType, "database");
}

describe("Database", () => {
  it("is encrypted with a key of its own, statistics and logs included", async () => {
    const { resources } = await build();
    const { arn } = only(resources, "aws:kms/key:Key", "database-key").state;
    const { inputs } = only(resources, instanceType);
    expect(inputs).to.include({ storageEncrypted: true, kmsKeyId: arn, performanceInsightsKmsKeyId: arn });
    expect(all(resources, logGroupType).map((group) => group.inputs.kmsKeyId)).to.deep.equal([arn, arn]);
  });

  it("lives in the database subnets and has no public address", async () => {
    const { resources } = await build();
    const { databaseSubnetIds } = only(resources, "platform:index:Network").outputs;
    const subnets = only(resources, "aws:rds/subnetGroup:SubnetGroup");
    expect(subnets.inputs.subnetIds).to.deep.equal(databaseSubnetIds);
    expect(only(resources, instanceType).inputs).to.include({
      dbSubnetGroupName: subnets.state.name,
      publiclyAccessible: false,
    });
  });

  it("is reached by the named clients only, on its port", async () => {
    const { resources } = await build();
    const firewall = only(resources, "aws:ec2/securityGroup:SecurityGroup", "database");
    expect(only(resources, instanceType).inputs.vpcSecurityGroupIds).to.deep.equal([firewall.id]);
    expect(only(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs).to.include({
      securityGroupId: firewall.id,
      referencedSecurityGroupId: only(resources, "aws:ec2/securityGroup:SecurityGroup", "nodes").id,
      fromPort: 5432,
      toPort: 5432,
    });
  });

  it("forces TLS by a parameter group of its version", async () => {
    const { resources } = await build({ engineVersion: "18" });
    const group = only(resources, "aws:rds/parameterGroup:ParameterGroup");
    expect(group.inputs.family).to.equal("postgres18");
    expect(group.inputs.parameters).to.deep.include({
      name: "rds.force_ssl",
      value: "1",
      applyMethod: "immediate",
    });
    expect(only(resources, instanceType).inputs).to.include({
      engineVersion: "18",
      parameterGroupName: group.state.name,
    });
  });

  it("signs services in with IAM, and leaves the owner's password to RDS", async () => {
    const { resources, value } = await build();
    const { inputs } = only(resources, instanceType);
    expect(inputs).to.include({
      iamDatabaseAuthenticationEnabled: true,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: only(resources, "aws:kms/key:Key", "database-key").state.arn,
    });
    expect(inputs).to.not.have.any.keys("password", "passwordWo");
    expect(all(resources, secretType)).to.deep.equal([]);
    expect(await promiseOf(value.secretArn)).to.match(/^arn:aws:secretsmanager:/);
  });

  it("keeps a generated password in an encrypted secret and out of the instance's state", async () => {
    const { resources, value } = await build({ masterPassword: "generated" });
    const secret = only(resources, secretType);
    expect(secret.inputs.kmsKeyId).to.equal(only(resources, "aws:kms/key:Key", "database-key").state.arn);
    expect(secret.inputs.tags).to.deep.equal({
      rotation: "external",
      "rotation-reason": "RDS keeps no password of an instance with read replicas: operators replace it",
    });
    const version = only(resources, "aws:secretsmanager/secretVersion:SecretVersion");
    expect(version.ignoreChanges).to.deep.equal(["secretString"]);
    const kept: unknown = JSON.parse(String(version.inputs.secretString));
    const { inputs } = only(resources, instanceType);
    expect(kept).to.deep.equal({ username: "platform_owner", password: inputs.passwordWo });
    expect(inputs.passwordWo).to.match(/^[\w-]{40}$/);
    expect(inputs).to.not.have.any.keys("password", "manageMasterUserPassword");
    expect(await promiseOf(value.secretArn)).to.equal(secret.state.arn);
  });

  it("has a standby when told so", async () => {
    expect((await primaryWith({ multiAz: true })).inputs.multiAz).to.equal(true);
    expect((await primaryWith()).inputs.multiAz).to.equal(false);
  });

  it("copies itself into other zones for reading, with its own encryption, firewall and parameters", async () => {
    const { resources, value } = await build({ readReplicas: 2, masterPassword: "generated" });
    const primary = only(resources, instanceType, "database");
    for (const [index, zone] of ["eu-west-1b", "eu-west-1a"].entries()) {
      const { inputs } = only(resources, instanceType, `database-replica-${index + 1}`);
      expect(inputs).to.deep.include({
        identifier: `platform-test-replica-${index + 1}`,
        replicateSourceDb: "platform-test",
        availabilityZone: zone,
        storageEncrypted: true,
        publiclyAccessible: false,
        vpcSecurityGroupIds: primary.inputs.vpcSecurityGroupIds,
        parameterGroupName: primary.inputs.parameterGroupName,
      });
      expect(inputs).to.not.have.any.keys(
        "username",
        "passwordWo",
        "dbSubnetGroupName",
        "engine",
        "kmsKeyId",
      );
    }
    expect(value.readerEndpoints).to.have.length(2);
    expect(await Promise.all(value.instanceIds.map(promiseOf))).to.deep.equal([
      "platform-test",
      "platform-test-replica-1",
      "platform-test-replica-2",
    ]);
    expect(await Promise.all(value.resourceIds.map(promiseOf))).to.deep.equal(
      all(resources, "aws:rds/instance:Instance").map(({ state }) => state.resourceId),
    );
  });

  it("leaves its copies where they are when the network gets a further zone", async () => {
    const { resources } = await build({ readReplicas: 1, masterPassword: "generated" });
    expect(only(resources, instanceType, "database-replica-1").ignoreChanges).to.deep.equal([
      "availabilityZone",
    ]);
    expect(only(resources, instanceType, "database").ignoreChanges).to.deep.equal([]);
  });

  it("has log groups with an end before any instance writes to them", async () => {
    const { resources } = await build({ readReplicas: 1, masterPassword: "generated", logRetentionDays: 30 });
    const groups = all(resources, logGroupType);
    expect(groups.map(({ inputs }) => [inputs.name, inputs.retentionInDays])).to.have.deep.members([
      ["/aws/rds/instance/platform-test/postgresql", 30],
      ["/aws/rds/instance/platform-test/upgrade", 30],
      ["/aws/rds/instance/platform-test-replica-1/postgresql", 30],
      ["/aws/rds/instance/platform-test-replica-1/upgrade", 30],
    ]);
    for (const { dependencies } of all(resources, instanceType)) {
      expect(dependencies).to.include.members(groups.map(({ urn }) => urn));
    }
  });

  it("keeps statistics as long as its mode of insights wants", async () => {
    expect((await primaryWith()).inputs).to.include({
      databaseInsightsMode: "standard",
      performanceInsightsRetentionPeriod: 7,
    });
    expect((await primaryWith({ insights: "advanced" })).inputs).to.include({
      databaseInsightsMode: "advanced",
      performanceInsightsRetentionPeriod: 465,
    });
  });

  it("needs no monitoring role where the operating system is not watched", async () => {
    const { resources } = await build({ monitoringIntervalSeconds: 0 });
    expect(all(resources, "aws:iam/role:Role")).to.deep.equal([]);
  });

  it("cannot be deleted by accident when protected, and leaves a snapshot of a name never used before", async () => {
    const { resources } = await build({ protect: true });
    const primary = only(resources, instanceType);
    const key = only(resources, "aws:kms/key:Key", "database-key");
    expect([primary.protect, key.protect]).to.deep.equal([true, true]);
    for (const { inputs } of all(resources, logGroupType))
      expect(inputs.deletionProtectionEnabled).to.equal(true);
    expect(primary.inputs).to.include({
      deletionProtection: true,
      skipFinalSnapshot: false,
      deleteAutomatedBackups: false,
      finalSnapshotIdentifier: `platform-test-final-${key.id.slice(0, 8)}`,
    });
  });

  it("goes without a trace when not protected", async () => {
    const primary = await primaryWith();
    expect(primary.protect).to.equal(false);
    expect(primary.inputs).to.include({
      deletionProtection: false,
      skipFinalSnapshot: true,
      deleteAutomatedBackups: true,
    });
  });

  it("changes and patches itself in its maintenance window only", async () => {
    expect((await primaryWith()).inputs).to.include({
      applyImmediately: false,
      autoMinorVersionUpgrade: true,
      maintenanceWindow: "sun:02:30-sun:03:30",
      backupWindow: "01:00-02:00",
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    });
  });

  it("upgrades itself at once, so that its old parameters are free to go", async () => {
    const { inputs } = await primaryWith({ engineVersion: "18", allowMajorVersionUpgrade: true });
    expect(inputs).to.include({ engineVersion: "18", applyImmediately: true });
  });

  it("says how many connections it accepts", async () => {
    const { resources } = await build({ parameters: { max_connections: "100" } });
    expect(only(resources, "platform:index:Database").outputs).to.deep.include({
      capacity: { memoryBytes: 2 ** 30, connections: 100 },
    });
  });
});

function promiseOf<T>(output: { apply(callback: (value: T) => void): unknown }): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
