import { z } from "zod";

import { logRetentionDays } from "../log-retention.ts";
import { managedRuleGroups, webAclCapacity } from "../web-firewall/rules.ts";
import type { OptionalRuleGroup } from "../web-firewall/rules.ts";

/** ISO 3166-1 alpha-2, as CloudFront and WAF name countries. */
const country = z.string().regex(/^[A-Z]{2}$/, "must be a country code of two capital letters, such as DE");

/** WAF capacity units a web ACL may hold at its base price (AWS WAF pricing); each 500 more cost extra per request. */
const includedCapacity = 1500;

const optionalRuleGroups = Object.keys(managedRuleGroups.optional).filter(
  (name): name is OptionalRuleGroup => name in managedRuleGroups.optional,
);

const firewallSettings = z.strictObject({
  mode: z
    .enum(["block", "count"])
    .describe("block refuses what a rule matches; count only records it, for the first days of a new rule"),
  requestsPerFiveMinutes: z
    .int()
    .min(10)
    .max(2_000_000_000)
    .describe("requests one address may make in five minutes before it is refused"),
  optionalRuleGroups: z
    .array(z.enum(optionalRuleGroups))
    .describe(
      "AWS managed rule groups beside the three that are always on (common, known bad inputs, IP reputation)",
    ),
  blockedCountries: z.array(country).describe("countries whose requests the firewall refuses and logs"),
  logRetentionDays: logRetentionDays.describe("days the firewall's log is kept in CloudWatch Logs"),
});

/** One part of a name in DNS (RFC 1035, section 2.3.1). */
const hostLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const apiSettings = z.strictObject({
  host: z
    .string()
    .regex(hostLabel, "must be one label, such as api")
    .describe("name of the API inside the domain: api for api.example.com"),
  pathPattern: z
    .string()
    .regex(/^\/.+\*$/, "must start with / and end with *, such as /api/*")
    .describe("requests passed on to the API, never cached"),
});

/** Settings of the static site and its delivery network. */
export const frontendSettings = z
  .strictObject({
    hosts: z
      .array(
        z
          .string()
          .refine((host) => host === "@" || hostLabel.test(host), "must be @ or one label, such as www"),
      )
      .describe(
        "names inside the domain that serve the site; @ is the domain itself. Unused without a domain",
      ),
    minimumTls: z
      .enum(["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"])
      .describe(
        "oldest TLS a browser may use; takes effect with a domain, CloudFront's own certificate allows TLS 1.0",
      ),
    priceClass: z
      .enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"])
      .describe("edge locations paid for: Europe and North America, also Asia and Africa, or all"),
    allowedCountries: z.array(country).describe("only these countries are served; empty means every country"),
    contentSecurityPolicy: z.string().min(1).describe("the site's Content-Security-Policy header"),
    documentMaxAgeSeconds: z
      .int()
      .min(0)
      .max(3600)
      .describe("seconds the edge keeps pages, so the time until a release is seen everywhere"),
    assetPathPattern: z
      .string()
      .regex(/^\/.+\*$/, "must start with / and end with *, such as /assets/*")
      .describe("files whose name changes with their content: kept at the edge and in browsers for a year"),
    api: z
      .union(
        [z.literal("none"), apiSettings],
        "must be none, or have a host and a pathPattern such as /api/*",
      )
      .describe("the API served under the site's own address"),
    firewall: firewallSettings,
    accessLogRetentionDays: z.int().min(1).max(3653).describe("days access logs are kept in S3"),
    oldVersionRetentionDays: z
      .int()
      .min(1)
      .max(365)
      .describe("days a replaced or deleted file can be brought back; stored at the price of a current one"),
    forceDestroy: z.boolean().describe("whether destroying the stack deletes the buckets with their content"),
    protect: z.boolean().describe("whether Pulumi refuses to delete the buckets and their key"),
  })
  .check(({ value, issues }) => {
    for (const { path, message } of [...findCostProblems(value), ...findNameProblems(value)]) {
      issues.push({ code: "custom", input: value, path: [...path], message });
    }
  });

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface Contents {
  readonly hosts: readonly string[];
  readonly assetPathPattern: string;
  readonly api: "none" | z.infer<typeof apiSettings>;
  readonly firewall: z.infer<typeof firewallSettings>;
  readonly allowedCountries: readonly string[];
  readonly forceDestroy: boolean;
  readonly protect: boolean;
}

/** What would cost more than it says, or lose what is said to be kept. */
function findCostProblems({ firewall, forceDestroy, protect }: Contents): readonly Problem[] {
  const capacity = webAclCapacity(firewall);
  return [
    ...(capacity > includedCapacity
      ? [
          {
            path: ["firewall", "optionalRuleGroups"],
            message: `rule groups may need ${includedCapacity} capacity units, got ${capacity}: leave one out`,
          },
        ]
      : []),
    ...(protect && forceDestroy
      ? [
          {
            path: ["forceDestroy"],
            message: "forceDestroy must be false when protect is true: protected content is not thrown away",
          },
        ]
      : []),
  ];
}

/** Names, paths and countries that say two things at once. */
function findNameProblems({
  hosts,
  api,
  assetPathPattern,
  allowedCountries,
  firewall,
}: Contents): readonly Problem[] {
  const repeated = hosts.flatMap((host, index) =>
    hosts.indexOf(host) < index
      ? [{ path: ["hosts", index], message: `must be named once, got ${host} again` }]
      : [],
  );
  const refused = firewall.blockedCountries.flatMap((country, index) =>
    allowedCountries.includes(country)
      ? [
          {
            path: ["firewall", "blockedCountries", index],
            message: `must not be one of allowedCountries, got ${country}`,
          },
        ]
      : [],
  );
  return [...repeated, ...refused, ...(api === "none" ? [] : findApiProblems(api, hosts, assetPathPattern))];
}

function findApiProblems(
  { host, pathPattern }: z.infer<typeof apiSettings>,
  hosts: readonly string[],
  assetPathPattern: string,
): readonly Problem[] {
  return [
    ...(hosts.includes(host)
      ? [
          {
            path: ["api", "host"],
            message: `must not be one of hosts, got ${host}: the site would ask itself`,
          },
        ]
      : []),
    ...(pathPattern === assetPathPattern
      ? [
          {
            path: ["api", "pathPattern"],
            message: `must differ from assetPathPattern, got ${pathPattern}: CloudFront takes a pattern once`,
          },
        ]
      : []),
  ];
}

/** Settings of the static site and its delivery network, checked. */
export type FrontendSettings = Readonly<z.infer<typeof frontendSettings>>;
