import { expect } from "chai";

import { observabilitySettings } from "../../../components/observability/settings.ts";
import { given, large } from "./settings.ts";

/** A change of one key of one section. */
const change = (
  section: "metrics" | "alerting" | "dashboards" | "tracing" | "logs" | "alarms",
  part: object,
): object => ({
  [section]: { ...given[section], ...part },
});

const tooSmall = (limit: string) => `Too small: expected number to be ${limit}`;
const tooBig = (limit: string) => `Too big: expected number to be ${limit}`;

/** One wrong setting each: the change, where it is told, and how. */
const refusals: readonly (readonly [string, object, string, string])[] = [
  ["a misspelt section", { loggs: {} }, "", 'Unrecognized key: "loggs"'],
  ["a misspelt key", change("metrics", { replica: 1 }), "metrics", 'Unrecognized key: "replica"'],
  ["no Prometheus", change("metrics", { replicas: 0 }), "metrics.replicas", tooSmall(">=1")],
  [
    "metrics kept for years",
    change("metrics", { retentionDays: 730 }),
    "metrics.retentionDays",
    tooBig("<=365"),
  ],
  [
    "a volume too small for Prometheus",
    change("metrics", { storageGb: 5 }),
    "metrics.storageGb",
    tooSmall(">=10"),
  ],
  [
    "memory with a unit",
    change("metrics", { memoryGb: "2Gi" }),
    "metrics.memoryGb",
    "Invalid input: expected number, received string",
  ],
  [
    "something that is no address",
    change("alerting", { emails: ["oncall"] }),
    "alerting.emails.0",
    "Invalid email address",
  ],
  [
    "an address told twice",
    change("alerting", { emails: ["a@example.com", "b@example.com", "a@example.com"] }),
    "alerting.emails.2",
    "must be named once, got a@example.com again",
  ],
  ["ten Alertmanagers", change("alerting", { replicas: 10 }), "alerting.replicas", tooBig("<=9")],
  ["a negative volume", change("dashboards", { storageGb: -1 }), "dashboards.storageGb", tooSmall(">=0")],
  [
    "an unknown trace storage",
    change("tracing", { storage: "badger" }),
    "tracing.storage",
    'Invalid option: expected one of "memory"|"elasticsearch"',
  ],
  [
    "several Jaegers with traces in memory",
    change("tracing", { replicas: 2 }),
    "tracing.replicas",
    "replicas must be 1 with storage memory, got 2: each pod would hold its own traces",
  ],
  ["no collector", change("tracing", { collectorReplicas: 0 }), "tracing.collectorReplicas", tooSmall(">=1")],
  ["no traces at all", change("tracing", { samplePercent: 0 }), "tracing.samplePercent", tooSmall(">0")],
  [
    "more than all traces",
    change("tracing", { samplePercent: 101 }),
    "tracing.samplePercent",
    tooBig("<=100"),
  ],
  [
    "two Elasticsearch nodes",
    change("logs", { nodes: 2 }),
    "logs.nodes",
    "nodes must be 1, or 3 and more, got 2: two cannot elect a master when one is lost",
  ],
  [
    "a node too small for Elasticsearch",
    change("logs", { nodeMemoryGb: 1 }),
    "logs.nodeMemoryGb",
    tooSmall(">=2"),
  ],
  ["no Kibana", change("logs", { kibanaReplicas: 0 }), "logs.kibanaReplicas", tooSmall(">=1")],
  [
    "logs kept for half a day",
    change("logs", { retentionDays: 0.5 }),
    "logs.retentionDays",
    "Invalid input: expected int, received number",
  ],
  ["an alarm at full use", change("alarms", { cpuPercent: 100 }), "alarms.cpuPercent", tooBig("<=99")],
  [
    "an alarm at no storage left",
    change("alarms", { freeStoragePercent: 0 }),
    "alarms.freeStoragePercent",
    tooSmall(">=1"),
  ],
  [
    "a lag of no time",
    change("alarms", { replicaLagSeconds: 0 }),
    "alarms.replicaLagSeconds",
    tooSmall(">=1"),
  ],
  [
    "an answer that takes minutes",
    change("alarms", { responseMilliseconds: 90_000 }),
    "alarms.responseMilliseconds",
    tooBig("<=60000"),
  ],
  [
    "protect left out",
    { protect: undefined },
    "protect",
    "Invalid input: expected boolean, received undefined",
  ],
];

describe("Settings of observability", () => {
  it("accepts the smallest and a large platform", () => {
    expect(observabilitySettings.safeParse(given).success).to.equal(true);
    expect(observabilitySettings.safeParse(large).success).to.equal(true);
  });

  for (const [what, changed, path, message] of refusals) {
    it(`refuses ${what}`, () => {
      const { error } = observabilitySettings.safeParse({ ...given, ...changed });
      const told = error?.issues.map((issue) => [issue.path.join("."), issue.message]);
      expect(told).to.deep.equal([[path, message]]);
    });
  }
});
