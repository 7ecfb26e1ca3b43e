import { expect } from "chai";

import { Cache } from "../../../components/cache/cache.ts";
import type { CacheSettings } from "../../../components/cache/settings.ts";
import { all, only, run } from "../../support/run.ts";
import { placement } from "../placement.ts";
import { cacheWith } from "./settings.ts";

const groupType = "aws:elasticache/replicationGroup:ReplicationGroup";
const userType = "aws:elasticache/user:User";

function build(change: Partial<CacheSettings> = {}) {
  return run(() => {
    const network = placement();
    return new Cache("cache", { ...cacheWith(change), network, clients: network.clientsNamed(["nodes"]) });
  });
}

async function groupWith(change: Partial<CacheSettings> = {}) {
  return only((await build(change)).resources, groupType);
}

describe("Cache", () => {
  it("speaks TLS only, and is encrypted with a key of its own", async () => {
    const { resources } = await build();
    expect(only(resources, groupType).inputs).to.include({
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      atRestEncryptionEnabled: true,
      kmsKeyId: only(resources, "aws:kms/key:Key", "cache-key").state.arn,
    });
  });

  it("lives in the database subnets", async () => {
    const { resources } = await build();
    const { databaseSubnetIds } = only(resources, "platform:index:Network").outputs;
    expect(only(resources, "aws:elasticache/subnetGroup:SubnetGroup").inputs.subnetIds).to.deep.equal(
      databaseSubnetIds,
    );
  });

  it("is reached by the named clients only, on its port", async () => {
    const { resources } = await build();
    const firewall = only(resources, "aws:ec2/securityGroup:SecurityGroup", "cache");
    expect(only(resources, groupType).inputs.securityGroupIds).to.deep.equal([firewall.id]);
    expect(only(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs).to.include({
      securityGroupId: firewall.id,
      referencedSecurityGroupId: only(resources, "aws:ec2/securityGroup:SecurityGroup", "nodes").id,
      fromPort: 6379,
      toPort: 6379,
    });
  });

  it("tells services whom and what their roles must name to sign in", async () => {
    const { resources } = await build({ users: { app: "on ~app:* +@read" } });
    const { outputs } = only(resources, "platform:index:Cache");
    expect(outputs.groupArn).to.equal(only(resources, groupType).state.arn);
    expect(outputs.users).to.deep.equal({
      app: { name: "platform-test-app", arn: only(resources, userType).state.arn },
    });
  });

  it("signs its users in with IAM, and knows no password or token", async () => {
    const { resources } = await build({ users: { app: "on ~app:* +@read", jobs: "on ~jobs:* +@write" } });
    expect(all(resources, userType).map(({ inputs }) => inputs)).to.have.deep.members(
      (
        [
          ["app", "on ~app:* +@read"],
          ["jobs", "on ~jobs:* +@write"],
        ] as const
      ).map(([user, accessString]) => ({
        ...all(resources, userType).find(({ name }) => name === `cache-${user}`)?.inputs,
        userId: `platform-test-${user}`,
        userName: `platform-test-${user}`,
        engine: "valkey",
        accessString,
        authenticationMode: { type: "iam" },
      })),
    );
    const group = only(resources, "aws:elasticache/userGroup:UserGroup");
    expect(group.inputs.userIds).to.have.members(["platform-test-app", "platform-test-jobs"]);
    expect(only(resources, groupType).inputs.userGroupIds).to.deep.equal(["platform-test"]);
    expect(only(resources, groupType).inputs).to.not.have.property("authToken");
  });

  it("switches off the user Redis OSS has for clients that do not sign in", async () => {
    const { resources } = await build({ engine: "redis", engineVersion: "7.1" });
    expect(only(resources, userType, "cache-default").inputs).to.include({
      userName: "default",
      accessString: "off ~* -@all",
    });
    expect(only(resources, "aws:elasticache/userGroup:UserGroup").inputs.userIds).to.include(
      "platform-test-default",
    );
  });

  it("is in cluster mode with a single shard too, and forgets as told", async () => {
    const { resources } = await build({ maxMemoryPolicy: "allkeys-lru" });
    const parameters = only(resources, "aws:elasticache/parameterGroup:ParameterGroup");
    expect(parameters.inputs).to.deep.include({
      family: "valkey8",
      parameters: [
        { name: "cluster-enabled", value: "yes" },
        { name: "maxmemory-policy", value: "allkeys-lru" },
      ],
    });
    expect(only(resources, groupType).inputs).to.include({
      numNodeGroups: 1,
      replicasPerNodeGroup: 0,
      parameterGroupName: parameters.state.name,
      automaticFailoverEnabled: true,
    });
  });

  it("spreads over zones with one replica per shard", async () => {
    expect((await groupWith({ shards: 2, replicasPerShard: 1 })).inputs).to.include({
      numNodeGroups: 2,
      replicasPerNodeGroup: 1,
      multiAzEnabled: true,
    });
    expect((await groupWith()).inputs.multiAzEnabled).to.equal(false);
  });

  it("writes both of its logs to encrypted log groups with an end", async () => {
    const { resources } = await build({ logRetentionDays: 30 });
    const key = only(resources, "aws:kms/key:Key", "cache-key");
    const groups = all(resources, "aws:cloudwatch/logGroup:LogGroup");
    for (const { inputs } of groups)
      expect(inputs).to.include({ retentionInDays: 30, kmsKeyId: key.state.arn });
    expect(only(resources, groupType).inputs.logDeliveryConfigurations).to.deep.equal(
      ["slow-log", "engine-log"].map((logType) => ({
        destination: groups.find(({ name }) => name === `cache-${logType}`)?.state.name,
        destinationType: "cloudwatch-logs",
        logFormat: "json",
        logType,
      })),
    );
  });

  it("cannot be deleted by accident when protected, and leaves a snapshot of a name never used before", async () => {
    const { resources } = await build({ protect: true });
    const group = only(resources, groupType);
    const key = only(resources, "aws:kms/key:Key", "cache-key");
    expect([group.protect, key.protect]).to.deep.equal([true, true]);
    for (const { inputs } of all(resources, "aws:cloudwatch/logGroup:LogGroup"))
      expect(inputs.deletionProtectionEnabled).to.equal(true);
    expect(group.inputs.finalSnapshotIdentifier).to.equal(`platform-test-final-${key.id.slice(0, 8)}`);
  });

  it("goes without a trace when not protected", async () => {
    const group = await groupWith();
    expect(group.protect).to.equal(false);
    expect(group.inputs).to.not.have.property("finalSnapshotIdentifier");
  });

  it("changes at once, and patches itself in its maintenance window", async () => {
    expect((await groupWith()).inputs).to.include({
      applyImmediately: true,
      autoMinorVersionUpgrade: true,
      maintenanceWindow: "sun:02:30-sun:03:30",
      snapshotWindow: "01:00-02:00",
      snapshotRetentionLimit: 1,
    });
  });
});
