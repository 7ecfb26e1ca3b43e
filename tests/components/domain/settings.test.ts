import { expect } from "chai";

import { domainSettings } from "../../../components/domain/settings.ts";
import { itRefuses, reportOf } from "../refusals.ts";

const rule = "zone: must be none or a domain in lower case, such as staging.example.com";

describe("settings of the domain", () => {
  for (const zone of ["none", "example.com", "a.b.staging.example.co.uk"]) {
    it(`accept ${zone}`, () => {
      expect(reportOf(domainSettings, { zone, protect: false })).to.deep.equal([]);
    });
  }

  itRefuses(domainSettings, { protect: false }, [
    ["a stack that does not say", {}, "zone: must be set"],
    [
      "a stack that does not say whether the zone may go",
      { zone: "example.com", protect: undefined },
      "protect: must be set",
    ],
    ["a name without a dot", { zone: "localhost" }, `${rule}, got localhost`],
    ["capital letters", { zone: "Example.com" }, `${rule}, got Example.com`],
    ["a final dot", { zone: "example.com." }, `${rule}, got example.com.`],
    ["a wildcard", { zone: "*.example.com" }, `${rule}, got "*.example.com"`],
    [
      "a name too long for a certificate",
      { zone: `${"a".repeat(61)}.com` },
      `zone: must be 64 characters or less, got ${"a".repeat(57)}...`,
    ],
    ["an address", { zone: "https://example.com" }, `${rule}, got https://example.com`],
  ]);
});
