import { expect } from "chai";

import { parseExemptions } from "../../../policy-pack/kernel/exemptions.ts";

describe("parseExemptions", () => {
  it("reads a list", () => {
    const entry = { policy: "p", stack: "prod", resource: "*", reason: "r", owner: "o", ticket: "T-1" };
    const exemptions = [{ ...entry, expires: "2027-03-31", approvedBy: "security" }];
    expect(parseExemptions(JSON.stringify({ exemptions }))).to.deep.equal(exemptions);
    expect(parseExemptions("exemptions: []")).to.deep.equal([]);
  });

  it("names everything that is wrong at once", () => {
    const text =
      "exemptions: [{ policy: rds-not-public, stack: prod, resource: x, reason: ' ', owner: me, ticket: 7, expires: soon, until: x }]";
    expect(() => parseExemptions(text)).to.throw(
      [
        "exemptions.yaml:",
        "exemptions[0].reason must be a text",
        "exemptions[0].ticket must be a text",
        "exemptions[0].until is not a field of an exemption",
        "exemptions[0].expires must be a date such as 2027-03-31",
      ].join("\n"),
    );
  });

  it("refuses a day that the calendar does not have", () => {
    const text =
      "exemptions: [{ policy: p, stack: s, resource: r, reason: x, owner: o, ticket: T-1, expires: 2027-99-01, approvedBy: '' }]";
    expect(() => parseExemptions(text)).to.throw(
      [
        "exemptions.yaml:",
        "exemptions[0].approvedBy must be a text",
        "exemptions[0].expires must be a date such as 2027-03-31",
      ].join("\n"),
    );
  });

  it("refuses anything but a list", () => {
    expect(() => parseExemptions("rds-not-public: true")).to.throw(
      "exemptions.yaml: exemptions must be a list",
    );
  });
});
