import { frontendSettings } from "../../../components/frontend/settings.ts";
import type { FrontendSettings } from "../../../components/frontend/settings.ts";

/** Valid settings of a small site, as YAML has them. */
export const given = {
  hosts: ["@", "www"],
  minimumTls: "TLSv1.2_2021",
  priceClass: "PriceClass_100",
  allowedCountries: [],
  contentSecurityPolicy: "default-src 'self'",
  documentMaxAgeSeconds: 60,
  assetPathPattern: "/assets/*",
  api: "none",
  firewall: {
    mode: "block",
    requestsPerFiveMinutes: 2000,
    optionalRuleGroups: ["sqlInjection"],
    blockedCountries: ["KP"],
    logRetentionDays: 30,
  },
  accessLogRetentionDays: 90,
  oldVersionRetentionDays: 30,
  forceDestroy: false,
  protect: false,
};

/** Parsed settings with one thing changed. */
export function settings(change: Readonly<Record<string, unknown>> = {}): FrontendSettings {
  return frontendSettings.parse({ ...given, ...change });
}
