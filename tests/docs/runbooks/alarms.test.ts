import { readFileSync } from "node:fs";

import { expect } from "chai";

import { planAlarms } from "../../../components/observability/alarm-plan.ts";
import { describeServiceRules } from "../../../components/observability/service-rules.ts";
import { given, parsed } from "../../components/observability/settings.ts";
import { cellsOf } from "../../tools/docs/cells.ts";

const { alarms: thresholds } = parsed(given);
/** Names of everything that may ring; `N` stands for the number of the instance, node or gateway. */
const rings = [
  ...planAlarms({
    thresholds,
    databaseInstances: 2,
    databaseCapacity: { memoryBytes: 16 * 2 ** 30, connections: 1802 },
    storageGb: 100,
    cacheNodes: 1,
    natGateways: 1,
  }).map(({ key }) => key.replace(/-\d+-/, "-N-")),
  ...describeServiceRules(thresholds).groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])),
  ),
];

describe("the runbook of alarms", () => {
  it("has a row for every alarm and alert of the platform, and for no other", () => {
    const rows = cellsOf(readFileSync("docs/runbooks/alarms.md", "utf8")).map(([first = ""]) => first);
    const named = rows.filter((row) => row.startsWith("`")).map((row) => row.replaceAll("`", ""));
    expect(named.toSorted()).to.deep.equal([...new Set(rings)].toSorted());
  });
});
