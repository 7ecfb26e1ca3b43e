import { expect } from "chai";
import { failuresOf, withDefaults } from "../../../sandbox/aws/facts.ts";
import type { Properties } from "../../../sandbox/model.ts";

/** Values that the provider's own pages give, of which an earlier version of it knew less. */
const taken: readonly (readonly [token: string, inputs: Properties])[] = [
  ["aws:apigateway/domainName:DomainName", { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" }],
  ["aws:apigateway/integration:Integration", { timeoutMilliseconds: 900_000 }],
  [
    "aws:autoscaling/group:Group",
    { instanceMaintenancePolicy: { minHealthyPercentage: 90, maxHealthyPercentage: 120 } },
  ],
  [
    "aws:autoscaling/group:Group",
    { instanceMaintenancePolicy: { minHealthyPercentage: -1, maxHealthyPercentage: -1 } },
  ],
  ["aws:backup/vault:Vault", { name: "example_backup_vault" }],
  ["aws:backup/vaultLockConfiguration:VaultLockConfiguration", { backupVaultName: "example_backup_vault" }],
  ["aws:docdb/cluster:Cluster", { preferredMaintenanceWindow: "Sun:05:00-Sun:06:00" }],
  ["aws:ecr/repository:Repository", { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" }],
  ["aws:elasticache/user:User", { engine: "REDIS" }],
  [
    "aws:guardduty/filter:Filter",
    { findingCriteria: { criterions: [{ field: "updatedAt", greaterThan: "2020-01-01T00:00:00Z" }] } },
  ],
  [
    "aws:guardduty/filter:Filter",
    { findingCriteria: { criterions: [{ field: "severity", greaterThan: "4" }] } },
  ],
  ["aws:lb/listener:Listener", { defaultActions: [{ type: "jwt-validation" }] }],
  ["aws:lb/targetGroup:TargetGroup", { protocol: "QUIC" }],
  ["aws:mq/broker:Broker", { storageType: "ebs", engineType: "rabbitmq" }],
  ["aws:rds/instance:Instance", { maintenanceWindow: "Fri:09:00-Fri:09:30" }],
  [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    { rules: [{ id: "logs", status: "Enabled", filter: { and: { prefix: "logs/", tags: { a: "b" } } } }] },
  ],
];

/** What is wrong with the values that are given, apart from what is missing beside them. */
function wrongWith(token: string, inputs: Properties): readonly string[] {
  const given = Object.keys(inputs);
  return failuresOf(token, withDefaults(token, inputs))
    .filter(
      ({ property, reason }) =>
        given.includes(property.split(/[.[]/)[0] ?? "") && !reason.startsWith("Missing"),
    )
    .map(({ property, reason }) => `${property}: ${reason}`);
}

describe("values from the provider's own pages", () => {
  for (const [token, inputs] of taken) {
    it(`are taken: ${token.split(":").at(-1) ?? token} ${JSON.stringify(inputs)}`, () => {
      expect(wrongWith(token, inputs)).to.deep.equal([]);
    });
  }

  it("are told from values that are none", () => {
    expect(wrongWith("aws:mq/broker:Broker", { storageType: "tape" })).to.have.length(1);
    expect(wrongWith("aws:rds/instance:Instance", { maintenanceWindow: "Fri:9-Fri:10" })).to.have.length(1);
    expect(
      wrongWith("aws:guardduty/filter:Filter", {
        findingCriteria: { criterions: [{ field: "severity", greaterThan: "much" }] },
      }),
    ).to.have.length(1);
    expect(
      wrongWith("aws:autoscaling/group:Group", {
        instanceMaintenancePolicy: { minHealthyPercentage: 90, maxHealthyPercentage: 50 },
      }),
    ).to.have.length(1);
  });
});
