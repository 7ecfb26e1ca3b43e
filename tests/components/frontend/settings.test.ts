import { expect } from "chai";

import { frontendSettings } from "../../../components/frontend/settings.ts";
import { given } from "./settings.ts";

const firewall = (change: Readonly<Record<string, unknown>>): object => ({
  firewall: { ...given.firewall, ...change },
});

/** One wrong setting each: the change, where it is told, and how. */
const refusals: readonly (readonly [string, object, string, string])[] = [
  ["a misspelt key", { hostz: [] }, "", 'Unrecognized key: "hostz"'],
  ["a host with a dot", { hosts: ["www.example"] }, "hosts.0", "must be @ or one label, such as www"],
  ["a host that ends in a hyphen", { hosts: ["www-"] }, "hosts.0", "must be @ or one label, such as www"],
  ["a host twice", { hosts: ["@", "www", "@"] }, "hosts.2", "must be named once, got @ again"],
  [
    "an API whose name is more than a label",
    { api: { host: "api.example.com", pathPattern: "/api/*" } },
    "api.host",
    "must be one label, such as api",
  ],
  [
    "a site that is its own API",
    { api: { host: "www", pathPattern: "/api/*" } },
    "api.host",
    "must not be one of hosts, got www: the site would ask itself",
  ],
  [
    "an API at the path of the assets",
    { api: { host: "api", pathPattern: "/assets/*" } },
    "api.pathPattern",
    "must differ from assetPathPattern, got /assets/*: CloudFront takes a pattern once",
  ],
  [
    "a country that is served and refused",
    { allowedCountries: ["DE", "KP"] },
    "firewall.blockedCountries.0",
    "must not be one of allowedCountries, got KP",
  ],
  [
    "an old TLS floor",
    { minimumTls: "TLSv1" },
    "minimumTls",
    'Invalid option: expected one of "TLSv1.2_2021"|"TLSv1.2_2025"|"TLSv1.3_2025"',
  ],
  [
    "an unknown price class",
    { priceClass: "100" },
    "priceClass",
    'Invalid option: expected one of "PriceClass_100"|"PriceClass_200"|"PriceClass_All"',
  ],
  [
    "a country in small letters",
    { allowedCountries: ["de"] },
    "allowedCountries.0",
    "must be a country code of two capital letters, such as DE",
  ],
  [
    "an empty content security policy",
    { contentSecurityPolicy: "" },
    "contentSecurityPolicy",
    "Too small: expected string to have >=1 characters",
  ],
  [
    "pages kept for a day",
    { documentMaxAgeSeconds: 86_400 },
    "documentMaxAgeSeconds",
    "Too big: expected number to be <=3600",
  ],
  [
    "an asset pattern without a star",
    { assetPathPattern: "/assets/" },
    "assetPathPattern",
    "must start with / and end with *, such as /assets/*",
  ],
  [
    "an API without a path",
    { api: { host: "api" } },
    "api",
    "must be none, or have a host and a pathPattern such as /api/*",
  ],
  [
    "a firewall that is off",
    firewall({ mode: "off" }),
    "firewall.mode",
    'Invalid option: expected one of "block"|"count"',
  ],
  [
    "a rate below what WAF takes",
    firewall({ requestsPerFiveMinutes: 9 }),
    "firewall.requestsPerFiveMinutes",
    "Too small: expected number to be >=10",
  ],
  [
    "half a request",
    firewall({ requestsPerFiveMinutes: 10.5 }),
    "firewall.requestsPerFiveMinutes",
    "Invalid input: expected int, received number",
  ],
  [
    "a rule group nobody knows",
    firewall({ optionalRuleGroups: ["sql"] }),
    "firewall.optionalRuleGroups.0",
    'Invalid option: expected one of "anonymousIp"|"sqlInjection"|"linux"|"unix"|"adminProtection"|"php"|"wordPress"',
  ],
  [
    "more rule groups than fit",
    firewall({ optionalRuleGroups: ["sqlInjection", "linux", "unix", "adminProtection"] }),
    "firewall.optionalRuleGroups",
    "rule groups may need 1500 capacity units, got 1528: leave one out",
  ],
  [
    "a blocked continent",
    firewall({ blockedCountries: ["EUROPE"] }),
    "firewall.blockedCountries.0",
    "must be a country code of two capital letters, such as DE",
  ],
  [
    "a retention CloudWatch does not know",
    firewall({ logRetentionDays: 42 }),
    "firewall.logRetentionDays",
    "Invalid option: expected one of 1|3|5|7|14|30|60|90|120|150|180|365|400|545|731|1096|1827|2192|2557|2922|3288|3653",
  ],
  [
    "access logs kept for no time",
    { accessLogRetentionDays: 0 },
    "accessLogRetentionDays",
    "Too small: expected number to be >=1",
  ],
  [
    "old versions kept for no time",
    { oldVersionRetentionDays: 0 },
    "oldVersionRetentionDays",
    "Too small: expected number to be >=1",
  ],
  [
    "protected content that is thrown away",
    { protect: true, forceDestroy: true },
    "forceDestroy",
    "forceDestroy must be false when protect is true: protected content is not thrown away",
  ],
  ["protect as a word", { protect: "yes" }, "protect", "Invalid input: expected boolean, received string"],
];

describe("Settings of the frontend", () => {
  it("accepts a small site", () => {
    expect(frontendSettings.safeParse(given).success).to.equal(true);
  });

  for (const [what, change, path, message] of refusals) {
    it(`refuses ${what}`, () => {
      const { error } = frontendSettings.safeParse({ ...given, ...change });
      const told = error?.issues.map((issue) => [issue.path.join("."), issue.message]);
      expect(told).to.deep.equal([[path, message]]);
    });
  }

  it("tells several mistakes at once", () => {
    const { error } = frontendSettings.safeParse({ ...given, protect: "yes", hosts: "www", priceClass: 1 });
    expect(error?.issues.map(({ path }) => path.join("."))).to.have.members([
      "protect",
      "hosts",
      "priceClass",
    ]);
  });
});
