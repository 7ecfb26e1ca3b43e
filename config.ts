import { resolve } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { cacheSettings } from "./components/cache/settings.ts";
import { databaseSettings } from "./components/database/settings.ts";
import { domainSettings } from "./components/domain/settings.ts";
import { eksClusterSettings } from "./components/eks-cluster/settings.ts";
import { frontendSettings } from "./components/frontend/settings.ts";
import { networkSettings, regionOf } from "./components/network/settings.ts";
import { observabilitySettings } from "./components/observability/settings.ts";
import { servicesSettings } from "./components/workloads/settings.ts";
import { findCrowdedZones, findServiceConflicts, findTooManyNodes } from "./config-conflicts.ts";
import { findSharedNames } from "./config-names.ts";
import { describeProblems, findProblems } from "./config-problems.ts";
import type { Problem } from "./config-problems.ts";

const tag = z
  .string()
  .regex(/^[\w.:/=+@-][\w .:/=+@-]{0,255}$/, "must be up to 256 letters, digits and _.:/=+@-");

/** Tags that follow from the stack itself. */
const derivedTags: readonly string[] = ["Environment", "Project", "ManagedBy"];

/** What is wrong with the key of a tag (Amazon EC2 user guide, "Tag your resources", "Tag restrictions"). */
function ruleOfTag(key: string): string | undefined {
  if (derivedTags.includes(key)) return "must be left out: it follows from the stack";
  return /^(?!aws:)[\w .:/=+@-]{1,128}$/i.test(key)
    ? undefined
    : "must be up to 128 letters, digits, spaces and _.:/=+@-, and not begin with aws:";
}

const accountSettings = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: "must be a region, such as eu-west-1", abort: true })
    .refine(
      (region) => !/^(cn|us-gov|us-iso[a-z]*|eu-iso[a-z]*)-/.test(region),
      "must be a region of AWS' standard partition: the others have ARNs and edge services of their own",
    )
    .describe(
      "where everything runs, but for what CloudFront wants in us-east-1. Changing it replaces everything",
    ),
  allowedAccountIds: z
    .array(z.string().regex(/^\d{12}$/, "must be an account id of twelve digits in quotes"))
    .min(1)
    .describe(
      "the only AWS accounts this stack may touch: with credentials of another one nothing is even previewed",
    ),
  tags: z
    .object({
      Owner: tag.describe("the team that answers for the stack"),
      CostCenter: tag.describe("who pays"),
      DataClassification: z
        .enum(["public", "internal", "confidential", "restricted"])
        .describe("the most sensitive data in the stack"),
    })
    .catchall(tag.describe("a tag of your own"))
    .superRefine((tags, context) => {
      for (const key of Object.keys(tags)) {
        const rule = ruleOfTag(key);
        if (rule !== undefined) context.addIssue({ code: "custom", path: [key], message: rule });
      }
    })
    .describe("put on every resource, beside Environment, Project and ManagedBy; further ones may be added"),
});

/** All settings of a stack, by component. Each key is one `groundwork:` entry of `Pulumi.<stack>.yaml`. */
export const settingsSchema = z.strictObject({
  account: accountSettings,
  policyPack: z
    .enum(["required", "optional"])
    .describe("required refuses to deploy this stack unless the policy pack judges it"),
  network: networkSettings,
  domain: domainSettings,
  cluster: eksClusterSettings,
  database: databaseSettings,
  cache: cacheSettings,
  frontend: frontendSettings,
  observability: observabilitySettings,
  services: servicesSettings,
});

/** A stack's settings, each component's own rules kept. */
export type Settings = z.infer<typeof settingsSchema>;

/** A stack's settings, checked, and completed with what follows from the stack itself. */
export type PlatformConfig = Readonly<Omit<Settings, "account">> & {
  readonly stack: string;
  readonly account: Readonly<Omit<Settings["account"], "tags">> & {
    /** All tags every resource carries. */
    readonly tags: Readonly<Record<string, string>>;
  };
};

/**
 * Reads and checks the settings of the stack being deployed.
 * @throws pulumi.RunError with every mistake in them, or when the policy pack is missing where it is required.
 */
export function loadConfig(): PlatformConfig {
  const stack = pulumi.getStack();
  const project = pulumi.getProject();
  const given = Object.entries(pulumi.runtime.allConfig()).flatMap(([key, value]) =>
    key.startsWith(`${project}:`) ? [[key.slice(project.length + 1), parseValue(value)] as const] : [],
  );

  const config = parseSettings(stack, Object.fromEntries(given), project);
  if (config.policyPack === "required" && !pulumi.runtime.isDryRun()) requirePolicyPack(stack);
  return config;
}

/**
 * Checks settings without the engine.
 * @throws pulumi.RunError with every mistake in them.
 */
export function parseSettings(
  stack: string,
  given: Readonly<Record<string, unknown>>,
  project = "groundwork",
): PlatformConfig {
  const parsed = settingsSchema.safeParse(given);
  const problems = parsed.success ? findConflicts(parsed.data) : findProblems(settingsSchema, given);
  if (!parsed.success || problems.length > 0) {
    throw new pulumi.RunError(describeProblems(`Pulumi.${stack}.yaml`, problems));
  }

  const { account, ...components } = parsed.data;
  const tags = { ...account.tags, Environment: stack, Project: project, ManagedBy: "pulumi" };
  return { stack, ...components, account: { ...account, tags } };
}

/** What no component can see alone. */
function findConflicts(settings: Settings): readonly Problem[] {
  const { account, network, domain, frontend } = settings;
  const problems: Problem[] = [];
  const [zone = ""] = network.zones;
  if (regionOf(zone) !== account.region) {
    problems.push({ path: ["network", "zones"], message: `must be zones of ${account.region}, got ${zone}` });
  }
  if (domain.zone === "none" && frontend.api !== "none") {
    problems.push({
      path: ["frontend", "api"],
      message: `must be none without a domain, got ${frontend.api.host}: the API is found by its name in the domain`,
    });
  }
  return [
    ...problems,
    ...findServiceConflicts(settings),
    ...findSharedNames(settings),
    ...findCrowdedZones(settings),
    ...findTooManyNodes(settings),
  ];
}

/** The engine hands over JSON, except for text, which comes as it is. */
function parseValue(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function requirePolicyPack(stack: string): void {
  const packs = (process.env.PULUMI_OPTION_POLICY_PACK ?? "").split(",").filter((path) => path !== "");
  const ours = resolve(import.meta.dirname, "policy-pack");
  if (packs.some((path) => resolve(import.meta.dirname, path) === ours)) return;
  throw new pulumi.RunError(
    `the ${stack} stack is only deployed with the policy pack: make up STACK=${stack}, or PULUMI_OPTION_POLICY_PACK=policy-pack npx pulumi up --stack ${stack}`,
  );
}
