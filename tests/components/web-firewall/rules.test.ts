import { expect } from "chai";

import { planFirewallRules, webAclCapacity } from "../../../components/web-firewall/rules.ts";
import type { FirewallRuleSettings } from "../../../components/web-firewall/rules.ts";

const rules = (change: Partial<FirewallRuleSettings> = {}): FirewallRuleSettings => ({
  mode: "block",
  requestsPerFiveMinutes: 2000,
  optionalRuleGroups: [],
  blockedCountries: [],
  ...change,
});

const names = (settings: FirewallRuleSettings) => planFirewallRules(settings).map(({ name }) => name);

describe("Rules of the firewall", () => {
  it("are the request rate and the three required groups when nothing else is asked", () => {
    expect(names(rules())).to.deep.equal([
      "request-rate",
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
    ]);
  });

  it("begin with the blocked countries and end with the optional groups", () => {
    expect(names(rules({ blockedCountries: ["KP"], optionalRuleGroups: ["sqlInjection"] }))).to.deep.equal([
      "blocked-countries",
      "request-rate",
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesSQLiRuleSet",
    ]);
  });

  it("have priorities from zero in their order", () => {
    const priorities = planFirewallRules(rules({ blockedCountries: ["KP"] })).map(({ priority }) => priority);
    expect(priorities).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it("take a group once, however often it is asked", () => {
    expect(names(rules({ optionalRuleGroups: ["linux", "linux"] }))).to.have.length(5);
  });

  it("refuse an address after so many requests in five minutes", () => {
    const [rate] = planFirewallRules(rules({ requestsPerFiveMinutes: 500 }));
    expect(rate?.statement).to.deep.equal({
      rateBasedStatement: { aggregateKeyType: "IP", evaluationWindowSec: 300, limit: 500 },
    });
    expect(rate?.action).to.deep.equal({ block: {} });
  });

  it("only record in count mode, their own as well as the managed ones", () => {
    const planned = planFirewallRules(rules({ mode: "count", blockedCountries: ["KP"] }));
    const effects = planned.map(({ action, overrideAction }) => action ?? overrideAction);
    expect(effects).to.deep.equal(planned.map(() => ({ count: {} })));
  });

  it("leave the managed groups' own actions alone in block mode", () => {
    const effects = planFirewallRules(rules())
      .slice(1)
      .map(({ overrideAction }) => overrideAction);
    expect(effects).to.deep.equal([{ none: {} }, { none: {} }, { none: {} }]);
  });

  it("add up to the capacity AWS counts", () => {
    expect(webAclCapacity(rules())).to.equal(927);
    expect(
      webAclCapacity(rules({ blockedCountries: ["KP"], optionalRuleGroups: ["sqlInjection"] })),
    ).to.equal(1128);
  });
});
