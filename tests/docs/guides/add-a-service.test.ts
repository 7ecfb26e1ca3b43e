import { readFileSync } from "node:fs";

import { expect } from "chai";
import { parse } from "yaml";

import { servicesSettings } from "../../../components/workloads/settings.ts";
import { workloadSettings } from "../../../components/workloads/workload-settings.ts";
import { findServiceConflicts } from "../../../config-conflicts.ts";
import { settingsSchema } from "../../../config.ts";
import { settingsOf } from "../../stack-settings.ts";

const guide = readFileSync("docs/guides/add-a-service.md", "utf8");

/** Everything in the guide that stands there as YAML, as it would be typed: what an ellipsis leaves out is filled in. */
const typed = (text: string): unknown =>
  parse(
    text
      .replace(/@sha256:[0-9a-f]+\.\.\.|@sha256:\.\.\./g, `@sha256:${"0".repeat(64)}`)
      .replace("DATABASE_PASSWORD: ...", "DATABASE_PASSWORD: { secret: groundwork-prod/cart }")
      .replace("principalArn: ...", 'principalArn: "arn:aws:iam::333333333333:role/shop"'),
  );
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => record(typed(text)));
/** Settings between backticks: a name, a colon and a value. */
const inline = [...guide.matchAll(/`([a-z][A-Za-z]*: [^`]+)`/g)].map(([, text = ""]) => text);

const image = "ecr:cart:1.4.2";
/** Signs in to the database. */
const stored = { uses: ["database"] };
const backend = { image, ...stored };
const quota = { pods: 2000, cpu: "1000", memory: "2000Gi" };
const prod = settingsOf("prod");
const own = { ...prod, database: { ...prod.database, masterPassword: "generated", readReplicas: 1 } };

/** What prod says against a row called cart, as path and message. */
function problems(row: Readonly<Record<string, unknown>>, change: object = {}): readonly string[] {
  const services = {
    ...prod.services,
    namespaces: {
      apps: { owner: "product-team", quota },
      batch: { owner: "data-team", quota },
    },
    ingresses: {
      public: record(prod.services?.ingresses).public,
      internal: { name: "internal", scheme: "internal", deletionProtection: true, logRetentionDays: 365 },
    },
    items: { backend, "config-server": backend, cart: { image, ...row } },
    jobs: {},
    ...change,
  };
  const parsed = settingsSchema.safeParse({ ...own, services });
  const conflicts = parsed.success ? findServiceConflicts(parsed.data) : parsed.error.issues;
  return conflicts.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

/** What a pool of connections goes with. */
const pooled = { uses: ["database"], secrets: { DATABASE_PASSWORD: { secret: "groundwork-prod/cart" } } };

describe("the guide to a new service", () => {
  it("has five lines that are a service", () => {
    const [first] = blocks;
    expect(Object.keys(record(first?.cart))).to.deep.equal(["image", "expose", "calls", "uses"]);
    expect(problems(record(first?.cart))).to.deep.equal([]);
  });

  it("scales as the settings take it", () => {
    const [, scaled] = blocks;
    expect(problems(scaled ?? {})).to.deep.equal([]);
  });

  it("names nodes as the settings take them", () => {
    const [, , nodes] = blocks;
    const parsed = settingsSchema.safeParse({ ...own, cluster: { ...prod.cluster, ...nodes } });
    expect(parsed.error?.issues ?? []).to.deep.equal([]);
  });

  it("has jobs that run", () => {
    const [, , , ends] = blocks;
    expect(problems(stored, { jobs: ends?.jobs })).to.deep.equal([]);
  });

  it("has namespaces that the settings take", () => {
    const [, , , , spaces] = blocks;
    const { namespaces, ingresses } = servicesSettings.parse({
      ...prod.services,
      ...spaces,
      items: {},
      jobs: {},
    });
    expect([Object.keys(namespaces), Object.keys(ingresses)]).to.deep.equal([["apps", "batch"], ["public"]]);
  });

  // A port stands in the guide as part of something else.
  const fields = Object.keys(workloadSettings.shape).filter((field) => field !== "port");

  for (const text of inline.filter((line) => fields.includes(line.split(":")[0] ?? ""))) {
    it(`has a line that a row takes: ${text}`, () => {
      const row = record(typed(text.replace(/image: (\S+)/, 'image: "$1"')));
      const beside = {
        ...(text.includes("pgbouncer") && pooled),
        ...(text.includes("databaseUser") && stored),
      };
      expect(problems({ ...beside, ...row })).to.deep.equal([]);
    });
  }
});
