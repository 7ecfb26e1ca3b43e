import { expect } from "chai";
import { failuresOf, withDefaults } from "../../../sandbox/aws/facts.ts";
import { documentedDefault, documentedRules } from "../../../sandbox/aws/specification/documentation.ts";
import { specifiedProperties } from "../../../sandbox/aws/specification/properties.ts";
import type { Rule } from "../../../sandbox/aws/facts.ts";

const names = new Set(["mode", "modePrefix", "policyText", "templateUrl"]);

const around = { token: "aws:test/it:It", names, isTop: true, choices: () => [] };

function rules(documentation: string, type = "string", name = "mode"): readonly Rule[] {
  return documentedRules({ name, type, documentation }, around);
}

const oneOf = (...values: readonly string[]): readonly Rule[] => [{ is: "enum", values }];

describe("the rules in the provider's documentation", () => {
  it("are the valid values, in each form that its pages list them in", () => {
    const expected = oneOf("NONE", "TLS");
    for (const sentence of [
      "Encryption. Valid values are `NONE` and `TLS`. Default value is `NONE`.",
      "Valid values: `NONE`, `TLS`",
      "Possible values: `NONE` (nothing is encrypted), or `TLS`.",
      'Must be one of `"NONE"` or `"TLS"`.',
      "Can be either `NONE` or `TLS`. Defaults to `NONE`.",
      "The only valid values at this time are `NONE` | `TLS`.",
    ])
      expect(rules(sentence), sentence).to.deep.equal(expected);
  });

  it("are not guessed where more is said than a list", () => {
    for (const sentence of [
      "Valid values are `NONE` for plain text and `TLS`.",
      "Valid values: `NONE`.",
      "Can be set only when encryption is one of `SSE` or `KMS`.",
      "For `serverless` clusters, valid values are `NONE` and `TLS`.",
      "Valid values: `1.2.*` and `1.3.*`.",
      "One of `policyText` or `templateUrl`.",
    ])
      expect(rules(sentence), sentence).to.deep.equal([]);
  });

  it("take a value in both spellings where the SDK may have changed it", () => {
    expect(rules("Valid values: `email`, `phoneNumber`.")).to.deep.equal(
      oneOf("email", "phoneNumber", "phone_number"),
    );
    expect(rules("Valid values: `default`, `scramSha1`.")).to.deep.equal(
      oneOf("default", "scramSha1", "scram_sha_1"),
    );
    expect(rules("Valid values: `arm64`, `x8664`.")).to.deep.equal(oneOf("arm64", "x8664", "x86_64"));
  });

  it("are not made of the parts of what is composed", () => {
    const days = "In the form `ddd:hh24:mi-ddd:hh24:mi`. Valid values: `Mon`, `Tue`.";
    expect(rules(days, "string", "day")).to.deep.equal(oneOf("Mon", "Tue"));
    for (const name of ["preferredMaintenanceWindow", "scheduleExpression", "schedule", "resolution"])
      expect(rules(days, "string", name), name).to.deep.equal([]);
  });

  it("leave the case of letters open in Batch, where the provider does", () => {
    const documentation = "Valid values: `retry`, `exit`.";
    const inBatch = { ...around, token: "aws:batch/jobDefinition:JobDefinition" };
    const action = { name: "action", type: "string", documentation };
    expect(documentedRules(action, inBatch)).to.deep.equal([
      { is: "enum", values: ["retry", "exit"], caseless: true },
    ]);
    expect(documentedRules(action, around)).to.deep.equal(oneOf("retry", "exit"));
  });

  it("take what AWS's own specification lists beside", () => {
    const documentation = "Valid values: `A1`, `B2`.";
    const choices = (): readonly string[] => ["B2", "C3"];
    const input = { name: "mode", type: "string", documentation };
    expect(documentedRules(input, { ...around, choices })).to.deep.equal(oneOf("A1", "B2", "C3"));
  });

  it("take what it lists inside objects, and what was added after the page was written", () => {
    const rulesOf = (token: string, path: string): readonly Rule[] | undefined =>
      specifiedProperties(token)?.find((facts) => facts.path === path)?.rules;
    expect(
      rulesOf("aws:connect/routingProfile:RoutingProfile", "mediaConcurrencies[].channel"),
    ).to.deep.equal(oneOf("VOICE", "CHAT", "TASK", "EMAIL"));
    expect(rulesOf("aws:appstream/fleet:Fleet", "fleetType")).to.deep.equal([
      { is: "enum", values: ["ON_DEMAND", "ALWAYS_ON"], open: true },
    ]);
  });

  it("are open to newcomers in what grows by itself", () => {
    expect(rules("Valid values: `python3.12`, `nodejs22.x`.", "string", "runtime")).to.deep.equal([
      { is: "enum", values: ["python3.12", "nodejs22.x"], open: true },
    ]);
  });

  it("are bounds of numbers and lengths, but not those with units of their own", () => {
    expect(rules("Days, between `1` and `3,650`.", "number")).to.deep.equal([
      { is: "range", min: 1, max: 3650 },
    ]);
    expect(rules("Must be between 1 and 64 characters long.")).to.deep.equal([
      { is: "length", min: 1, max: 64 },
    ]);
    expect(rules("Between 5 minutes and 1 day.", "number")).to.deep.equal([]);
    expect(rules("Between 1 and 64 characters.", "number")).to.deep.equal([]);
  });

  it("are what excludes each other, and what one is needed of", () => {
    expect(rules("Conflicts with `modePrefix` and `somethingElse`.")).to.deep.equal([
      { is: "conflicts", with: ["modePrefix"] },
    ]);
    expect(rules("Exactly one of `mode` or `templateUrl` must be specified.")).to.deep.equal([
      { is: "exactlyOneOf", with: ["mode", "templateUrl"] },
    ]);
    expect(rules("At least one of `mode`, `policyText` or `templateUrl` is required.")).to.deep.equal([
      { is: "atLeastOneOf", with: ["mode", "policyText", "templateUrl"] },
    ]);
    expect(rules("One of `policyText` or `templateUrl` must be specified.")).to.deep.equal([]);
    expect(rules("One of `mode` or `templateUrl` is required unless `modePrefix` is.")).to.deep.equal([]);
  });

  it("follow from names that mean the same in every type", () => {
    const format = (name: string): unknown => rules("", "string", name)[0];
    expect(format("executionRoleArn")).to.deep.equal({ is: "format", any: ["arn", "star"] });
    expect(format("resourcePolicy")).to.deep.equal({ is: "format", any: ["json"] });
    expect(format("destinationCidrBlock")).to.deep.equal({ is: "format", any: ["cidr"] });
    expect(format("awsAccountId")).to.deep.equal({ is: "format", any: ["accountId"] });
    expect(format("securityPolicy")).to.equal(undefined);
    expect(format("serviceAccountId")).to.equal(undefined);
  });

  it("do not follow from a name where the documentation says otherwise", () => {
    expect(rules("Name or ARN of the group.", "string", "groupArn")).to.deep.equal([]);
    expect(rules("Block or Allow the address.", "string", "policy")).to.deep.equal([]);
    expect(rules("The region of the address.", "string", "region")).to.deep.equal([]);
  });
});

describe("a default in the provider's documentation", () => {
  it("is of the property's type", () => {
    expect(documentedDefault({ type: "boolean", documentation: "Whether. Defaults to `true`." })).to.equal(
      true,
    );
    expect(documentedDefault({ type: "number", documentation: "Seconds. Default is `300`." })).to.equal(300);
    expect(documentedDefault({ type: "string", documentation: 'Defaults to `"gp3"`.' })).to.equal("gp3");
    expect(documentedDefault({ type: "number", documentation: "Defaults to `true`." })).to.equal(undefined);
  });

  it("is none where it depends on something, or may be spelt otherwise", () => {
    for (const documentation of [
      "Defaults to `true` if the engine is MySQL.",
      "Defaults to `roundRobin`.",
      "Defaults to the name of the cluster.",
    ])
      expect(documentedDefault({ type: "string", documentation }), documentation).to.equal(undefined);
  });
});

describe("a type that was not observed", () => {
  const token = "aws:datasync/task:Task";
  const arn = "arn:aws:datasync:eu-west-1:123456789012:location/loc-0123456789abcdef0";
  const task = { sourceLocationArn: arn, destinationLocationArn: arn };
  const told = (inputs: Record<string, unknown>): readonly string[] =>
    failuresOf(token, { ...task, ...inputs }).map(({ property, reason }) => `${property}: ${reason}`);

  it("takes what keeps its documented rules", () => {
    expect(told({ options: { gid: "NONE" }, excludes: { filterType: "SIMPLE_PATTERN" } })).to.deep.equal([]);
  });

  it("refuses what breaks them, inside objects too", () => {
    expect(told({ sourceLocationArn: "loc-1" })).to.deep.equal([
      'sourceLocationArn: "sourceLocationArn" (loc-1) is an invalid ARN: arn: invalid prefix',
    ]);
    expect(told({ options: { gid: "ALL" } })).to.deep.equal([
      'options.gid: expected options.gid to be one of ["BOTH" "INT_VALUE" "NAME" "NONE"], got ALL',
    ]);
    expect(told({ schedule: {} })).to.deep.equal([
      'schedule.scheduleExpression: Missing required argument. The argument "schedule.scheduleExpression" is required, but no definition was found.',
    ]);
  });

  it("has neither a list of values nor a default where the one is not in the other", () => {
    const token = "aws:mediaconvert/queue:Queue";
    expect(failuresOf(token, { name: "q", status: "PAUSED" })).to.deep.equal([]);
    expect(withDefaults(token, { name: "q" })).not.to.have.property("status");
  });

  it("needs one of several where each of them says so, without exceptions", () => {
    const companies = (token: string): readonly string[] =>
      (specifiedProperties(token) ?? []).flatMap(({ path, rules: own }) =>
        own.some(({ is }) => is === "exactlyOneOf") ? [path] : [],
      );
    expect(companies("aws:dms/certificate:Certificate")).to.have.members([
      "certificatePem",
      "certificateWallet",
    ]);
    expect(companies("aws:redshift/cluster:Cluster")).to.deep.equal([]);
  });

  it("takes what its own example says, though the list beside has it otherwise", () => {
    const logger = specifiedProperties("aws:elb/loadBalancer:LoadBalancer") ?? [];
    const protocol = logger.find(({ path }) => path === "listeners[].lbProtocol");
    expect(protocol?.rules).to.deep.equal([
      { is: "enum", values: ["HTTP", "HTTPS", "TCP", "SSL", "http", "https"], caseless: true },
    ]);
  });

  it("replaces for all that lies in what replaces, and is no deeper than its objects repeat", () => {
    const statements = specifiedProperties("aws:wafv2/webAclRule:WebAclRule") ?? [];
    expect(Math.max(...statements.map(({ path }) => path.split(".").length))).to.equal(5);
    const environment = specifiedProperties("aws:batch/computeEnvironment:ComputeEnvironment") ?? [];
    const replaces = new Map(environment.map((facts) => [facts.path, facts.replaces]));
    expect(replaces.get("eksConfiguration.kubernetesNamespace")).to.equal(true);
    expect(replaces.get("computeResources.maxVcpus")).to.equal(false);
  });
});
