import { expect } from "chai";

import { planAlarms } from "../../../components/observability/alarm-plan.ts";
import type { AlarmFacts, AlarmPlan } from "../../../components/observability/alarm-plan.ts";
import { given, parsed } from "./settings.ts";

const facts = (change: Partial<AlarmFacts> = {}): AlarmFacts => ({
  thresholds: parsed(given).alarms,
  databaseInstances: 1,
  databaseCapacity: { memoryBytes: 16 * 2 ** 30, connections: 1802 },
  storageGb: 100,
  cacheNodes: 1,
  natGateways: 1,
  ...change,
});

function alarm(key: string, change: Partial<AlarmFacts> = {}): AlarmPlan {
  const found = planAlarms(facts(change)).find((plan) => plan.key === key);
  if (found === undefined) throw new Error(`no alarm ${key}`);
  return found;
}

const seconds = ({ period, evaluationPeriods }: AlarmPlan) => period * evaluationPeriods;

describe("Plan of the alarms", () => {
  it("has one of each for the smallest platform", () => {
    expect(planAlarms(facts()).map(({ key }) => key)).to.deep.equal([
      "database-1-cpu",
      "database-1-memory",
      "database-1-storage",
      "database-1-connections",
      "cache-1-cpu",
      "cache-1-memory",
      "cache-1-evictions",
      "cache-1-replication-lag",
      "nat-1-ports",
      "nat-1-drops",
      "balancer-target-errors",
      "balancer-errors",
      "balancer-latency",
      "balancer-unhealthy",
    ]);
  });

  it("watches the lag of replicas, and not of the primary", () => {
    const lags = planAlarms(facts({ databaseInstances: 3 })).filter(({ key }) => key.endsWith("replica-lag"));
    expect(lags.map(({ key }) => key)).to.deep.equal(["database-2-replica-lag", "database-3-replica-lag"]);
  });

  it("names every alarm once, however many resources there are", () => {
    const keys = planAlarms(facts({ databaseInstances: 2, cacheNodes: 4, natGateways: 3 })).map(
      ({ key }) => key,
    );
    expect(new Set(keys).size).to.equal(keys.length);
    expect(keys).to.have.length(9 + 16 + 6 + 4);
  });

  it("has no alarms about what does not exist", () => {
    const keys = planAlarms(facts({ databaseInstances: 0, cacheNodes: 0, natGateways: 0 })).map(
      ({ key }) => key,
    );
    expect(keys.every((key) => key.startsWith("balancer-"))).to.equal(true);
  });

  it("rings at more than 80% CPU for five minutes", () => {
    const cpu = alarm("database-1-cpu");
    expect([cpu.comparison, cpu.threshold, seconds(cpu)]).to.deep.equal(["GreaterThanThreshold", 80, 300]);
  });

  it("rings at less than a fifth of the memory left for five minutes", () => {
    const memory = alarm("database-1-memory");
    expect(memory.measure).to.deep.include({ metric: "FreeableMemory", statistic: "Average" });
    expect([memory.comparison, memory.threshold, seconds(memory)]).to.deep.equal([
      "LessThanThreshold",
      3_435_973_837,
      300,
    ]);
  });

  it("rings at less than 20% of the storage left for fifteen minutes, in bytes", () => {
    const storage = alarm("database-1-storage");
    expect([storage.comparison, storage.threshold, seconds(storage)]).to.deep.equal([
      "LessThanThreshold",
      20 * 2 ** 30,
      900,
    ]);
  });

  it("rings at 80% of the connections the database accepts", () => {
    expect(alarm("database-1-connections").threshold).to.equal(1441);
    const databaseCapacity = { memoryBytes: 2 ** 30, connections: 112 };
    expect(alarm("database-1-connections", { databaseCapacity }).threshold).to.equal(89);
  });

  it("rings at any port the NAT gateway could not give", () => {
    const ports = alarm("nat-1-ports");
    expect(ports.measure).to.deep.equal({
      subject: { kind: "nat", index: 0 },
      metric: "ErrorPortAllocation",
      statistic: "Sum",
    });
    expect(ports.threshold).to.equal(0);
  });

  it("asks about all load balancers of the account, and about latency in seconds", () => {
    const latency = alarm("balancer-latency");
    expect(latency.measure).to.deep.equal({
      query: 'SELECT AVG(TargetResponseTime) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer)',
    });
    expect([latency.threshold, seconds(latency)]).to.deep.equal([0.5, 300]);
  });
});
