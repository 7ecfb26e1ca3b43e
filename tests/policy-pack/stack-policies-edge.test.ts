import { expect } from "chai";

import {
  groupOf,
  isMeasured,
  limitsRate,
  nameOf,
  onlyCounts,
  rulesOf,
} from "../../policy-pack/reading/web-acl.ts";
import { changed, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import { found, inBoth } from "./support/stack.ts";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const edge: readonly Planned[] = [
  { type: "aws:cloudfront/distribution:Distribution", name: "site" },
  {
    type: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    ...{ name: "source", props: { name: "source", logType: "ACCESS_LOGS" }, refs: { resourceArn: "site" } },
  },
  {
    type: "aws:cloudwatch/logDelivery:LogDelivery",
    ...{ name: "delivery", props: { deliverySourceName: "source" } },
  },
  { type: "aws:wafv2/webAcl:WebAcl", name: "acl" },
  {
    type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    ...{ name: "acl-log", refs: { resourceArn: "acl" } },
  },
  { type: balancerType, name: "balancer", props: { accessLogs: { bucket: "logs", enabled: true } } },
];

describe("edge-access-logs", () => {
  const policy = "edge-access-logs";
  const undelivered =
    "site: no LogDelivery takes the distribution's ACCESS_LOGS anywhere: add a LogDeliverySource for it and a LogDelivery.";

  inBoth("passes when distribution, firewall and load balancer log", async (moment) => {
    expect(await found(policy, moment, edge)).to.deep.equal([]);
  });

  inBoth("takes the older way of a distribution to log", async (moment) => {
    const older = changed(without(edge, "source", "delivery"), "site", {
      props: { loggingConfig: { bucket: UNKNOWN } },
    });
    expect(await found(policy, moment, older)).to.deep.equal([]);
  });

  inBoth("objects to a source that nothing delivers, and to another kind of log", async (moment) => {
    expect(await found(policy, moment, without(edge, "delivery"))).to.deep.equal([undelivered]);
    expect(await found(policy, moment, without(edge, "source", "delivery"))).to.deep.equal([undelivered]);
    const connection = changed(edge, "source", { props: { name: "source", logType: "CONNECTION_LOGS" } });
    expect(await found(policy, moment, connection)).to.deep.equal([undelivered]);
  });

  inBoth("objects to the one of two distributions that does not log", async (moment) => {
    const two = [...edge, { type: "aws:cloudfront/distribution:Distribution", name: "shop" }];
    expect(await found(policy, moment, two)).to.deep.equal([undelivered.replace("site", "shop")]);
  });

  inBoth("objects to a firewall that keeps no record", async (moment) => {
    expect(await found(policy, moment, without(edge, "acl-log"))).to.deep.equal([
      "acl: no WebAclLoggingConfiguration points to the web ACL: add one, or nobody can tell what it refused.",
    ]);
  });

  it("objects to load balancers of both names, but not to gateways", async () => {
    const silent = "balancer: accessLogs.enabled is not true: set it, and name a bucket.";
    const off = { props: { accessLogs: { bucket: "logs", enabled: false } } };
    const older = { props: {}, type: "aws:alb/loadBalancer:LoadBalancer" };
    expect(await found(policy, "preview", changed(edge, "balancer", off))).to.deep.equal([silent]);
    expect(await found(policy, "preview", changed(edge, "balancer", older))).to.deep.equal([silent]);
    const gateway = { props: { loadBalancerType: "gateway" } };
    expect(await found(policy, "preview", changed(edge, "balancer", gateway))).to.deep.equal([]);
  });

  it("waits while a source may be this distribution's", async () => {
    const opaque = changed(edge, "source", {
      props: { name: "source", logType: "ACCESS_LOGS", resourceArn: UNKNOWN },
      refs: {},
    });
    expect(await found(policy, "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.have.length(1);
  });
});

const open = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };
const listed = { ipProtocol: "tcp", fromPort: 443, toPort: 443, prefixListId: "pl-4fa04526" };
const front: readonly Planned[] = [
  { type: "aws:ec2/securityGroup:SecurityGroup", name: "group" },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ...{ name: "rule", props: open, refs: { securityGroupId: "group" } },
  },
  { type: balancerType, name: "balancer", refs: { securityGroups: ["group"] } },
  {
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    ...{ name: "association", refs: { resourceArn: "balancer" } },
  },
];
const bare = without(front, "association");

describe("alb-public-has-waf", () => {
  const policy = "alb-public-has-waf";
  const naked =
    "balancer: the load balancer is public and no WebAclAssociation points to it: add one, or let in CloudFront's prefix list only.";

  inBoth("passes behind a firewall", async (moment) => {
    expect(await found(policy, moment, front)).to.deep.equal([]);
  });

  inBoth("objects to a public load balancer without one, under both names", async (moment) => {
    const older = changed(bare, "balancer", { type: "aws:alb/loadBalancer:LoadBalancer" });
    expect(await found(policy, moment, bare)).to.deep.equal([naked]);
    expect(await found(policy, moment, older)).to.deep.equal([naked]);
  });

  inBoth("objects to the one of two that is bare", async (moment) => {
    const two = [...front, { type: balancerType, name: "other", refs: { securityGroups: ["group"] } }];
    expect(await found(policy, moment, two)).to.deep.equal([naked.replace("balancer:", "other:")]);
  });

  inBoth("passes when only a list of addresses gets in", async (moment) => {
    expect(await found(policy, moment, changed(bare, "rule", { props: listed }))).to.deep.equal([]);
  });

  it("asks nothing of load balancers inside the network, nor of those for TCP", async () => {
    for (const props of [{ internal: true }, { loadBalancerType: "network" }]) {
      expect(await found(policy, "preview", changed(bare, "balancer", { props }))).to.deep.equal([]);
    }
  });

  it("objects where no group says who gets in", async () => {
    expect(await found(policy, "preview", changed(bare, "balancer", { refs: {} }))).to.deep.equal([naked]);
  });

  it("waits while nobody can tell whether it is public", async () => {
    const opaque = changed(bare, "balancer", { props: { internal: UNKNOWN } });
    expect(await found(policy, "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.have.length(1);
  });
});

describe("the rules of a web ACL", () => {
  it("are read from JSON in the API's own words", () => {
    const json = [
      {
        ...{ Name: "core", Priority: 1, OverrideAction: { Count: {} } },
        Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: "core" },
      },
      { Name: "rate", Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 2000 } } },
    ];
    const rules = rulesOf({ ruleJson: JSON.stringify(json) });
    expect(rules.map(nameOf)).to.deep.equal(["core", "rate"]);
    expect(rules.map(groupOf)).to.deep.equal(["AWSManagedRulesCommonRuleSet", undefined]);
    expect(rules.map(limitsRate)).to.deep.equal([false, true]);
    expect(rules.map(onlyCounts)).to.deep.equal([true, false]);
    expect(rules.map(isMeasured)).to.deep.equal([true, false]);
  });

  it("are none where nothing is said", () => {
    expect(rulesOf({})).to.deep.equal([]);
  });
});
