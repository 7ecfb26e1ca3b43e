import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";

import { loadConfig, parseSettings, settingsSchema } from "../config.ts";
import { settingsOf, stacks } from "./stack-settings.ts";
import { run, stackConfig } from "./support/run.ts";

/** The report on dev's settings after a change to one component's, without its heading. */
function reportOn(component: string, change: Readonly<Record<string, unknown>>): readonly string[] {
  const settings = settingsOf("dev");
  return report({ ...settings, [component]: { ...settings[component], ...change } });
}

function report(settings: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    parseSettings("dev", settings);
    return [];
  } catch (error) {
    expect(error).to.be.instanceOf(pulumi.RunError);
    return (error as Error).message.split("\n");
  }
}

async function withPolicyPack<T>(value: string | undefined, action: () => Promise<T>): Promise<T> {
  const before = process.env.PULUMI_OPTION_POLICY_PACK;
  const set = (pack: string | undefined): void => {
    if (pack === undefined) delete process.env.PULUMI_OPTION_POLICY_PACK;
    else process.env.PULUMI_OPTION_POLICY_PACK = pack;
  };
  set(value);
  try {
    return await action();
  } finally {
    set(before);
  }
}

describe("parseSettings", () => {
  for (const stack of stacks) {
    it(`accepts the settings of ${stack}`, () => {
      expect(parseSettings(stack, settingsOf(stack)).stack).to.equal(stack);
    });
  }

  it("adds the tags that follow from the stack", () => {
    expect(parseSettings("dev", settingsOf("dev")).account.tags).to.deep.equal({
      Owner: "platform-team",
      CostCenter: "cc-1001",
      DataClassification: "internal",
      Environment: "dev",
      Project: "groundwork",
      ManagedBy: "pulumi",
    });
  });

  it("names every mistake at once, each with its path, the value, the rule and the remedy", () => {
    const { network, database, cache, policyPack: _pack, ...rest } = settingsOf("dev");
    const { multiAz: _multiAz, ...databaseRest } = database ?? {};
    const settings = {
      ...rest,
      policyPack: "requird",
      netwrok: network,
      network: { ...network, zones: ["eu-west-1a"] },
      database: { ...databaseRest, multiAZ: true, storageGb: 5.5 },
      cache: { ...cache, shards: "2" },
    };
    expect(report(settings)).to.deep.equal([
      "Pulumi.dev.yaml: 7 settings are wrong",
      "  policyPack: must be one of required, optional, got requird",
      "  network.zones: must be 2 or 3 zones, got 1: RDS needs two",
      "  database.storageGb: must be a whole number, got 5.5",
      "  database.multiAz: must be set",
      "  database.multiAZ: is not a setting: did you mean multiAz",
      '  cache.shards: must be a number, got "2"',
      "  netwrok: is not a setting: did you mean network",
    ]);
  });

  it("names every component that has no settings", () => {
    expect(report({})).to.deep.equal([
      "Pulumi.dev.yaml: 10 settings are wrong",
      ...Object.keys(settingsSchema.shape).map((key) => `  ${key}: must be set`),
    ]);
  });

  it("names what there is where a name resembles nothing", () => {
    expect(report({ ...settingsOf("dev"), kubernetes: {} })).to.deep.equal([
      "Pulumi.dev.yaml: 1 setting is wrong",
      `  kubernetes: is not a setting: there are ${Object.keys(settingsSchema.shape).join(", ")}`,
    ]);
  });

  const tags = { Owner: "me", CostCenter: "cc-1", DataClassification: "public" };
  const refusals: readonly (readonly [string, string, Readonly<Record<string, unknown>>, string])[] = [
    [
      "zones of another region",
      "account",
      { region: "eu-central-1" },
      "network.zones: must be zones of eu-central-1, got eu-west-1a",
    ],
    [
      "a word that is no region",
      "account",
      { region: "Ireland" },
      "account.region: must be a region, such as eu-west-1, got Ireland",
    ],
    [
      "a region whose ARNs are others",
      "account",
      { region: "us-gov-west-1" },
      "account.region: must be a region of AWS' standard partition, got us-gov-west-1: the others have ARNs and edge services of their own",
    ],
    [
      "a tag that follows from the stack",
      "account",
      { tags: { ...tags, Environment: "prod" } },
      "account.tags.Environment: must be left out, got prod: it follows from the stack",
    ],
    [
      "a tag in AWS' own name",
      "account",
      { tags: { ...tags, "aws:team": "me" } },
      "account.tags.aws:team: must be up to 128 letters, digits, spaces and _.:/=+@-, and not begin with aws:, got me",
    ],
    [
      "more nodes than logs and metrics have room for",
      "cluster",
      {
        nodeGroups: {
          main: { instanceTypes: ["t3.large"], size: { min: 1, max: 60 } },
          extra: { instanceTypes: ["t3.large"], size: { min: 0, max: 41 } },
        },
      },
      "cluster.nodeGroups: must have a size.max of 100 or less in sum, got 101: logs and metrics have room for as many",
    ],
    [
      "more Alertmanagers than zones",
      "observability",
      { alerting: { emails: [], replicas: 3 } },
      "observability.alerting.replicas: must not exceed the 2 zones of network.zones, got 3: each copy wants a zone of its own",
    ],
    [
      "a node group's name in capitals, in the words of the setting",
      "cluster",
      {
        nodeGroups: {
          main: { instanceTypes: ["t3.large"], size: { min: 1, max: 2 } },
          Extra: { instanceTypes: ["t3.large"], size: { min: 1, max: 2 } },
        },
      },
      "cluster.nodeGroups.Extra: a node group's name must be lower case, digits and -, at most 36, got Extra",
    ],
    [
      "an account id that lost its zeros",
      "account",
      { allowedAccountIds: [12345678901] },
      "account.allowedAccountIds[0]: must be text, in quotes where it looks like a number, got 12345678901",
    ],
    [
      "an account id that is too short",
      "account",
      { allowedAccountIds: ["12345678901"] },
      'account.allowedAccountIds[0]: must be an account id of twelve digits in quotes, got "12345678901"',
    ],
    [
      "a stack that may touch any account",
      "account",
      { allowedAccountIds: [] },
      "account.allowedAccountIds: must be 1 entry or more, got none",
    ],
    [
      "a classification nobody agreed on",
      "account",
      { tags: { Owner: "me", CostCenter: "cc-1", DataClassification: "secret" } },
      "account.tags.DataClassification: must be one of public, internal, confidential, restricted, got secret",
    ],
    [
      "a missing tag",
      "account",
      { tags: { Owner: "me", DataClassification: "public" } },
      "account.tags.CostCenter: must be set",
    ],
    [
      "services that ask for what is not there",
      "services",
      { defaults: { ...(settingsOf("dev").services?.defaults as object), placement: { nodeGroup: "gpu" } } },
      "services.defaults.placement.nodeGroup: must be one of cluster.nodeGroups (main), got gpu",
    ],
    [
      "an API of the site without a domain",
      "frontend",
      { api: { host: "api", pathPattern: "/api/*" } },
      "frontend.api: must be none without a domain, got api: the API is found by its name in the domain",
    ],
  ];
  for (const [what, component, change, line] of refusals) {
    it(`refuses ${what}`, () => {
      expect(reportOn(component, change)).to.deep.equal(["Pulumi.dev.yaml: 1 setting is wrong", `  ${line}`]);
    });
  }
});

describe("loadConfig", () => {
  const load = (options: { stack: string; preview?: boolean; config?: Record<string, string> }) =>
    run(() => loadConfig(), { config: stackConfig(options.stack), ...options });

  it("reads what the engine gives it", async () => {
    const { value } = await load({ stack: "dev" });
    expect(value).to.deep.equal(parseSettings("dev", settingsOf("dev")));
  });

  it("refuses a misspelt setting at the top", async () => {
    const config = { ...stackConfig("dev"), "groundwork:netwerk": "{}" };
    const error = await load({ stack: "dev", config }).catch((reason: unknown) => reason);
    expect(error).to.have.property(
      "message",
      "Pulumi.dev.yaml: 1 setting is wrong\n  netwerk: is not a setting: did you mean network",
    );
  });

  it("refuses to deploy prod without the policy pack, and says how", async () => {
    for (const pack of [undefined, "", "/somewhere/else"]) {
      const error = await withPolicyPack(pack, () =>
        load({ stack: "prod" }).catch((reason: unknown) => reason),
      );
      expect(error).to.be.instanceOf(pulumi.RunError);
      expect(error).to.have.property(
        "message",
        "the prod stack is only deployed with the policy pack: make up STACK=prod, or PULUMI_OPTION_POLICY_PACK=policy-pack npx pulumi up --stack prod",
      );
    }
  });

  for (const pack of [
    "policy-pack",
    "./policy-pack/",
    `${process.cwd()}/policy-pack`,
    "/another,policy-pack",
  ]) {
    it(`deploys prod with PULUMI_OPTION_POLICY_PACK=${pack.replace(process.cwd(), "<root>")}`, async () => {
      const { value } = await withPolicyPack(pack, () => load({ stack: "prod" }));
      expect(value.stack).to.equal("prod");
    });
  }

  it("previews prod without the policy pack", async () => {
    const { value } = await withPolicyPack(undefined, () => load({ stack: "prod", preview: true }));
    expect(value.stack).to.equal("prod");
  });
});
