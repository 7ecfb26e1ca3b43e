import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { planOf } from "../../../simulation/engine/simulate.ts";
import { dayFactor, localTime, rateAt, timeOf } from "../../../simulation/load/load.ts";
import type { Profile } from "../../../simulation/load/profile.ts";
import { readProfile } from "../../../simulation/load/profile.ts";
import { levelProfile } from "../fixture.ts";

const folder = join(import.meta.dirname, "../../../simulation/profiles");

function level(more = ""): Profile {
  return readProfile("level.yaml", levelProfile(10, more));
}

describe("a load profile", () => {
  for (const file of readdirSync(folder)) {
    it(`${file} is in order and carries the name of its file`, () => {
      const { name } = readProfile(file, readFileSync(join(folder, file), "utf8"));
      expect(`${name}.yaml`).to.equal(file);
    });
  }

  it("reports every mistake at once, each with path, rule and value", () => {
    const wrong = levelProfile(-1)
      .replace("Europe/Rome", "Europe/Roma")
      .replace("noise: 0", "noise: 2")
      .replace("startSeconds", "startSecond");
    expect(() => readProfile("wrong.yaml", wrong)).to.throw(
      [
        "wrong.yaml: 4 settings are wrong",
        "  timeZone: must be a time zone of the IANA database, such as Europe/Rome, got Europe/Roma",
        "  noise: must be 1 or less, got 2",
        "  requests[0].perSecond: must be 0 or more, got -1",
        "  services.*.startSecond: is not a setting: did you mean startSeconds",
      ].join("\n"),
    );
  });

  it("refuses a curve that goes back in time", () => {
    const back = levelProfile(10).replace(
      '[{ at: "0:00", perSecond: 10 }]',
      '[{ at: "1:00", perSecond: 1 }, { at: "0:30", perSecond: 2 }]',
    );
    expect(() => readProfile("back.yaml", back)).to.throw("requests: must be in order of time");
  });

  it("refuses a service that the stack does not have, and names those that it has", () => {
    const typo = levelProfile(10).concat('  "bakend": { cpuSeconds: 0.01 }\n');
    expect(() => readProfile("typo.yaml", typo, ["backend", "web"])).to.throw(
      "services.bakend: names no workload of the stack: there are backend, web",
    );
  });

  it("asks for an entry for every service", () => {
    const none = levelProfile(10).replace('"*"', "web");
    expect(() => readProfile("none.yaml", none)).to.throw('services: must have an entry "*"');
  });
});

describe("a curve", () => {
  const points = [
    { second: 60, perSecond: 10 },
    { second: 120, perSecond: 40 },
  ];

  it("is level before its first point and after its last, and straight between", () => {
    expect([0, 60, 80, 120, 500].map((second) => rateAt(points, second))).to.deep.equal([10, 10, 20, 40, 40]);
  });

  it("comes round again where the profile repeats", () => {
    const square = levelProfile(10, 'repeatEvery: "0:08"\n').replace(
      '{ at: "0:00", perSecond: 10 }',
      '{ at: "0:00", perSecond: 0 }, { at: "0:08", perSecond: 480 }',
    );
    const { requests } = planOf(readProfile("square.yaml", square));
    expect([60, 540].map(requests)).to.deep.equal([60, 60]);
  });
});

describe("the clocks of a profile", () => {
  it("are those of its zone, in summer and in winter", () => {
    expect(new Date(timeOf("2026-10-07T08:00", "Europe/Rome")).toISOString()).to.equal(
      "2026-10-07T06:00:00.000Z",
    );
    expect(new Date(timeOf("2026-12-07T08:00", "Europe/Rome")).toISOString()).to.equal(
      "2026-12-07T07:00:00.000Z",
    );
    expect(localTime(Date.parse("2026-10-07T06:00:00Z"), "Europe/Rome")).to.equal("2026-10-07T08:00:00");
  });

  it("know weekends, holidays and the last three days of a month", () => {
    const calendar = "calendar: { weekend: 0.2, holiday: 0.1, monthEnd: 2, holidays: [2026-12-08] }\n";
    const on = (day: string): number => dayFactor(level(calendar), Date.parse(`${day}T12:00:00Z`));
    expect(["2026-10-07", "2026-10-10", "2026-12-08", "2026-10-30"].map(on)).to.deep.equal([1, 0.2, 0.1, 2]);
    expect(on("2026-10-31")).to.equal(0.4);
    expect(on("2026-10-28")).to.equal(1);
  });
});
