import { expect } from "chai";

import { windowMinutes, windowsOverlap } from "../../components/windows.ts";

describe("windowMinutes", () => {
  for (const [window, minutes] of [
    ["01:00-02:00", 60],
    ["23:30-00:15", 45],
    ["sun:02:30-sun:03:30", 60],
    ["sun:23:00-mon:01:00", 120],
  ] as const) {
    it(`counts ${minutes} in ${window}`, () => {
      expect(windowMinutes(window)).to.equal(minutes);
    });
  }
});

describe("windowMinutes of what is no window", () => {
  for (const text of ["1:00-2:00", "24:00-01:00", "01:60-02:00", "sonntag", ""]) {
    it(`counts nothing in ${text === "" ? "nothing" : text}`, () => {
      expect(windowMinutes(text)).to.equal(undefined);
    });
  }
});

describe("windowsOverlap", () => {
  for (const [daily, weekly, expected] of [
    ["01:00-02:00", "sun:01:30-sun:03:00", true],
    ["01:00-02:00", "sun:02:00-sun:03:00", false],
    ["01:00-02:00", "sun:00:00-sun:01:00", false],
    ["23:30-00:30", "tue:00:00-tue:01:00", true],
    ["00:00-00:30", "sun:23:00-mon:01:00", true],
    ["23:30-00:30", "mon:00:00-mon:01:00", true],
    ["12:00-13:00", "sun:23:00-mon:01:00", false],
    ["12:00-13:00", "mon:00:00-sun:23:59", true],
  ] as const) {
    it(`says ${expected ? "yes" : "no"} to ${daily} and ${weekly}`, () => {
      expect(windowsOverlap(daily, weekly)).to.equal(expected);
    });
  }
});
