import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World, container, reasons } from "./world.ts";

/** What the API server says of a CronJob with this schedule. */
function of(schedule: string, fields: Properties = {}): readonly string[] {
  const template = { spec: { restartPolicy: "Never", containers: [container({})] } };
  const spec = { schedule, jobTemplate: { spec: { template } }, ...fields };
  return reasons(new World().check("batch/v1:CronJob", { metadata: { name: "web" }, spec }));
}

describe("The schedule of a CronJob", () => {
  const good = [
    "*/5 * * * *",
    "0 4 * * sun",
    "0 0 1-7,15 jan-mar 1",
    "30/10 ? * * *",
    "@daily",
    "@every 1h30m",
  ];
  for (const schedule of good) {
    it(`may be ${schedule}`, () => {
      expect(of(schedule)).to.deep.equal([]);
    });
  }

  const bad = [
    ["99 * * * *", "end of range (99) above maximum (59): 99"],
    ["* * 0 * *", "beginning of range (0) below minimum (1): 0"],
    ["5-3 * * * *", "beginning of range (5) beyond end of range (3): 5-3"],
    ["*/0 * * * *", "step of range should be a positive number: */0"],
    ["* * * * mon-wed-fri", "too many hyphens: mon-wed-fri"],
    ["1/2/3 * * * *", "too many slashes: 1/2/3"],
    ["x * * * *", 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ["* * * *", "expected exactly 5 fields, found 4: [* * * *]"],
    ["@fortnightly", "unrecognized descriptor: @fortnightly"],
    ["TZ=UTC 0 * * * *", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"],
  ] as const;
  for (const [schedule, mistake] of bad) {
    it(`is not ${schedule}`, () => {
      expect(of(schedule)).to.deep.equal([`spec.schedule: Invalid value: "${schedule}": ${mistake}`]);
    });
  }

  it("is of a time zone that there is", () => {
    expect(of("@daily", { timeZone: "Europe/Berlin" })).to.deep.equal([]);
    expect(of("@daily", { timeZone: "Mars/Olympus" })).to.deep.equal([
      'spec.timeZone: Invalid value: "Mars/Olympus": unknown time zone Mars/Olympus',
    ]);
  });
});
