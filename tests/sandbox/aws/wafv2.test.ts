import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const aclToken = "aws:wafv2/webAcl:WebAcl";
const setToken = "aws:wafv2/ipSet:IpSet";
const edge = { scope: "CLOUDFRONT", region: "us-east-1" } as const;
const visibilityConfig = { metricName: "all", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };

let world: World;
const fresh = (): void => {
  world = new World();
};

const acl = (inputs: Properties = {}): Settled =>
  world.make(aclToken, "firewall", {
    ...edge,
    name: "firewall",
    defaultAction: { allow: {} },
    visibilityConfig,
    ...inputs,
  });

const ruleOf = (priority: number, statement: Properties, name = `rule-${priority}`): Properties => ({
  name,
  priority,
  ...(statement.managedRuleGroupStatement === undefined
    ? { action: { block: {} } }
    : { overrideAction: { none: {} } }),
  statement,
  visibilityConfig,
});
const rate = { rateBasedStatement: { limit: 1000, aggregateKeyType: "IP" } };
const group = (name: string): Properties => ({ managedRuleGroupStatement: { vendorName: "AWS", name } });

const ipSet = (inputs: Properties = {}): Settled =>
  world.make(setToken, "office", {
    ...edge,
    name: "office",
    ipAddressVersion: "IPV4",
    addresses: ["192.0.2.0/24"],
    ...inputs,
  });

describe("a simulated web ACL", () => {
  beforeEach(fresh);
  it("is named by its place, and counts what its rules take", () => {
    const { id, state } = acl({ rules: [ruleOf(0, rate), ruleOf(1, group("AWSManagedRulesCommonRuleSet"))] });
    expect(id).to.match(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(state.arn).to.equal(`arn:aws:wafv2:us-east-1:123456789012:global/webacl/firewall/${id}`);
    expect(state.capacity).to.equal(702);
    const regional = acl({ scope: "REGIONAL", region: "eu-west-1" });
    expect(regional.state.arn).to.equal(
      `arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/firewall/${regional.id}`,
    );
  });

  it("counts statements within statements", () => {
    const both = { andStatement: { statements: [{ geoMatchStatement: { countryCodes: ["DE"] } }, rate] } };
    const narrowed = {
      rateBasedStatement: { ...rate.rateBasedStatement, scopeDownStatement: { geoMatchStatement: {} } },
    };
    expect(acl({ rules: [ruleOf(0, both), ruleOf(1, narrowed)] }).state.capacity).to.equal(6);
  });

  it("guards CloudFront from one region only", () => {
    expect(refusalOf(() => acl({ region: "eu-west-1" }))).to.equal(
      "WAFInvalidParameterException: Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT",
    );
  });

  it("refuses a name that is taken in its scope", () => {
    acl();
    expect(refusalOf(() => acl())).to.match(/^WAFDuplicateItemException: /);
    expect(acl({ scope: "REGIONAL" }).id).to.be.a("string");
  });

  it("refuses rules of one priority, or of one name", () => {
    expect(refusalOf(() => acl({ rules: [ruleOf(1, rate, "a"), ruleOf(1, rate, "b")] }))).to.equal(
      "WAFInvalidParameterException: Error reason: A priority may be used by one rule only., field: RULE_PRIORITY, parameter: 1",
    );
    expect(refusalOf(() => acl({ rules: [ruleOf(1, rate, "a"), ruleOf(2, rate, "a")] }))).to.match(
      /^WAFDuplicateItemException: /,
    );
  });

  const shapes: readonly (readonly [what: string, rule: Properties, message: string])[] = [
    [
      "a rule that acts and overrides",
      { ...ruleOf(0, rate), overrideAction: { none: {} } },
      "You have used none or multiple values for a field that requires exactly one value., field: RULE, parameter: Rule",
    ],
    [
      "a rule that does nothing",
      { ...ruleOf(0, rate), action: undefined },
      "You have used none or multiple values for a field that requires exactly one value., field: RULE, parameter: Rule",
    ],
    [
      "a group that acts",
      { ...ruleOf(0, rate), statement: group("AWSManagedRulesCommonRuleSet") },
      "A reference in your rule statement is not valid., field: RULE, parameter: Statement",
    ],
    [
      "two statements of which there is one",
      ruleOf(0, { andStatement: { statements: [rate] } }),
      "You haven't met a minimum requirement for a threshold setting. Examples include a rule group capacity setting that's too low and an OR statement with only one nested statement., field: AND_STATEMENT, parameter: AndStatement",
    ],
  ];
  for (const [what, rule, message] of shapes) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => acl({ rules: [rule] }))).to.equal(
        `WAFInvalidParameterException: Error reason: ${message}`,
      );
    });
  }

  it("refuses a rule group that AWS has not, and more than it can weigh", () => {
    expect(refusalOf(() => acl({ rules: [ruleOf(0, group("AWSManagedRulesNone"))] }))).to.match(
      /^WAFNonexistentItemException: /,
    );
    const rules = Array.from({ length: 8 }, (_, index) =>
      ruleOf(index, group("AWSManagedRulesCommonRuleSet")),
    );
    expect(refusalOf(() => acl({ rules }))).to.match(/^WAFLimitsExceededException: /);
    expect(acl({ rules: rules.slice(1) }).state.capacity).to.equal(4900);
  });

  it("refers to sets of addresses that exist, and keeps them", () => {
    const blocking = (arn: unknown): Settled =>
      acl({ rules: [ruleOf(0, { ipSetReferenceStatement: { arn } })] });
    expect(refusalOf(() => blocking("arn:aws:wafv2:us-east-1:123456789012:global/ipset/none/1"))).to.match(
      /^WAFNonexistentItemException: /,
    );
    const set = ipSet();
    blocking(set.state.arn);
    expect(refusalOf(() => world.remove(setToken, "office", set))).to.match(/^WAFAssociatedItemException: /);
  });

  it("refuses a set with an address that is none of its version", () => {
    expect(refusalOf(() => ipSet({ addresses: ["192.0.2.1"] }))).to.equal(
      "WAFInvalidParameterException: Error reason: The parameter contains formatting that is not valid., field: IP_ADDRESS, parameter: 192.0.2.1",
    );
    expect(refusalOf(() => ipSet({ addresses: ["2001:db8::/32"] }))).to.contain("IP_ADDRESS");
    expect(ipSet({ addresses: ["2001:db8::/32"], ipAddressVersion: "IPV6" }).id).to.be.a("string");
  });
});

describe("the log of a simulated web ACL", () => {
  beforeEach(fresh);
  const group = (name: string, region = "us-east-1"): Settled =>
    world.make("aws:cloudwatch/logGroup:LogGroup", name, { name, region });
  const logging = (destination: unknown): Settled =>
    world.make("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "firewall", {
      region: "us-east-1",
      resourceArn: resource?.state.arn,
      logDestinationConfigs: [destination],
    });
  let resource: Settled | undefined;
  beforeEach(() => {
    resource = acl();
  });

  it("goes to a place whose name begins as WAF wants it", () => {
    const { arn } = group("firewall").state;
    expect(refusalOf(() => logging(arn))).to.equal(
      `WAFInvalidParameterException: Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION, parameter: ${String(arn)}`,
    );
    expect(logging(group("aws-waf-logs-firewall").state.arn).id).to.equal(resource?.state.arn);
  });

  it("goes to a place that exists in its region", () => {
    const far = group("aws-waf-logs-far", "eu-west-1");
    expect(refusalOf(() => logging(far.state.arn))).to.match(/^WAFNonexistentItemException: /);
    expect(
      refusalOf(() => logging("arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-none")),
    ).to.match(/^WAFNonexistentItemException: /);
  });

  it("goes with its ACL", () => {
    logging(group("aws-waf-logs-firewall").state.arn);
    if (resource !== undefined) expect(world.remove(aclToken, "firewall", resource)).to.equal(5);
  });
});

describe("the association of a simulated web ACL", () => {
  beforeEach(fresh);
  const associate = (webAclArn: unknown, resourceArn: string): Settled =>
    world.make("aws:wafv2/webAclAssociation:WebAclAssociation", "site", { webAclArn, resourceArn });
  const balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/site/1";

  it("is with something that exists", () => {
    const regional = acl({ scope: "REGIONAL", region: "eu-west-1" });
    expect(refusalOf(() => associate(regional.state.arn, balancer))).to.match(
      /^WAFUnavailableEntityException: /,
    );
  });

  it("is not how CloudFront is guarded", () => {
    const regional = acl({ scope: "REGIONAL", region: "eu-west-1" });
    const distribution = "arn:aws:cloudfront::123456789012:distribution/E1";
    expect(refusalOf(() => associate(regional.state.arn, distribution))).to.match(
      /^WAFInvalidParameterException: Error reason: The scope is not valid\./,
    );
  });
});
