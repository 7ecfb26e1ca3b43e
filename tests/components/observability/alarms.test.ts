import { expect } from "chai";

import { all, only } from "../../support/run.ts";
import { dig, listIn } from "./dig.ts";
import { observability } from "./observability.ts";
import { given } from "./settings.ts";

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("Alarms", () => {
  it("each tell the topic when they ring and when it is over", async () => {
    const { resources } = await observability();
    const topicArn = only(resources, "aws:sns/topic:Topic").state.arn;
    const alarms = all(resources, alarmType);
    expect(alarms).to.have.length(9 + 8 + 2 + 4);
    for (const { name, inputs } of alarms) {
      expect([inputs.alarmActions, inputs.okActions], name).to.deep.equal([[topicArn], [topicArn]]);
    }
  });

  for (const [name, dimensions] of [
    ["database-1-cpu", { DBInstanceIdentifier: "orders" }],
    ["database-2-replica-lag", { DBInstanceIdentifier: "orders-replica-1" }],
    ["cache-2-memory", { CacheClusterId: "sessions-0001-002" }],
    ["nat-1-ports", { NatGatewayId: "nat-0a1b2c3d4e5f60718" }],
  ] as const) {
    it(`watch the right resource: ${name}`, async () => {
      const { resources } = await observability();
      expect(only(resources, alarmType, `observability-${name}`).inputs.dimensions).to.deep.equal(dimensions);
    });
  }

  it("ask one query about all load balancers, and name no metric beside it", async () => {
    const { resources } = await observability();
    const { inputs } = only(resources, alarmType, "observability-balancer-target-errors");
    expect(inputs.metricQueries).to.deep.equal([
      {
        id: "all",
        expression: 'SELECT SUM(HTTPCode_Target_5XX_Count) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer)',
        period: 300,
        returnData: true,
      },
    ]);
    expect(inputs).not.to.have.any.keys("metricName", "namespace", "statistic", "period");
  });

  it("take the threshold from the settings", async () => {
    const { resources } = await observability({ ...given, alarms: { ...given.alarms, cpuPercent: 70 } });
    expect(only(resources, alarmType, "observability-database-1-cpu").inputs.threshold).to.equal(70);
  });
});

describe("Topic of the alarms", () => {
  it("is encrypted with a key that CloudWatch may use", async () => {
    const { resources } = await observability();
    const key = only(resources, "aws:kms/key:Key", "observability-alarms-key");
    expect(only(resources, "aws:sns/topic:Topic").inputs.kmsMasterKeyId).to.equal(key.state.arn);
    expect(String(key.inputs.policy)).to.include('"cloudwatch.amazonaws.com"');
  });

  it("takes messages over TLS only, from CloudWatch of this account", async () => {
    const { resources } = await observability();
    const policy: unknown = JSON.parse(
      String(only(resources, "aws:sns/topicPolicy:TopicPolicy").inputs.policy),
    );
    const [refusal, grant] = listIn(policy, "Statement");
    expect(refusal).to.deep.include({
      Effect: "Deny",
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(dig(grant, "Principal")).to.deep.equal({ Service: "cloudwatch.amazonaws.com" });
    expect(dig(grant, "Condition", "StringEquals", "aws:SourceAccount")).to.match(/^\d{12}$/);
  });

  it("writes to each address", async () => {
    const { resources } = await observability();
    expect(only(resources, "aws:sns/topicSubscription:TopicSubscription").inputs).to.deep.include({
      protocol: "email",
      endpoint: "oncall@example.com",
    });
  });
});
