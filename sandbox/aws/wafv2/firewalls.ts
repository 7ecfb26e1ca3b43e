import type { wafv2 } from "@pulumi/aws";
import { isIP } from "node:net";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour, Context, Reference } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { uuidOf } from "../uuid.ts";
import { capacityOfRules, groupCapacity } from "./capacity.ts";
import { refuseShapes, wrong } from "./rules.ts";

const aclToken = "aws:wafv2/webAcl:WebAcl";
const setToken = "aws:wafv2/ipSet:IpSet";
const loggingToken = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const associationToken = "aws:wafv2/webAclAssociation:WebAclAssociation";

/** Web ACL capacity units beyond which WAF takes no rule: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const capacityQuota = 5000;

/** Words: https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html#API_CreateWebACL_Errors */
const words = {
  WAFDuplicateItemException:
    "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.",
  WAFAssociatedItemException:
    "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.",
  WAFNonexistentItemException: "AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
  WAFUnavailableEntityException:
    "AWS WAF couldn’t retrieve the resource that you requested. Retry your request.",
  WAFLimitsExceededException:
    "AWS WAF couldn’t perform the operation because you exceeded your resource limit.",
} as const;

function refusal(code: keyof typeof words): Refusal {
  return new Refusal(code, words[code]);
}

function invalid(reason: string, field: string, parameter: string): Refusal {
  const { code, says } = wrong(reason, field, parameter);
  return new Refusal(code, says);
}

function toOne(token: string, holds = true): Reference {
  const code = "WAFNonexistentItemException";
  return { to: token, missing: { code, message: words[code] }, holds };
}

interface Named {
  readonly name?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly scope: string;
}

/** What guards CloudFront lives in one region: https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html */
function refusePlace(
  token: string,
  { inputs, account, region }: Context<Named>,
  before: Stored | undefined,
): void {
  const { name, scope } = inputs;
  if (scope === "CLOUDFRONT" && region !== "us-east-1") {
    throw invalid("The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT");
  }
  if (before !== undefined || name === undefined) return;
  const twins = account.all(token, region).filter(({ state }) => state.scope === scope);
  if (twins.some(({ state }) => state.name === name)) throw refusal("WAFDuplicateItemException");
}

function nameOf({ inputs, hex }: Context<Named>): string {
  return inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`;
}

/** `global` for CloudFront: https://docs.aws.amazon.com/waf/latest/developerguide/waf-using-service-linked-roles.html */
function arnOf(kind: string, id: string, context: Context<Named>): string {
  const place = context.inputs.scope === "CLOUDFRONT" ? "global" : "regional";
  return `arn:aws:wafv2:${context.region}:${context.accountId}:${place}/${kind}/${nameOf(context)}/${id}`;
}

function keepsUsed(_: Stored, holders: readonly Stored[]): void {
  if (holders.length > 0) throw refusal("WAFAssociatedItemException");
}

function isUnknownGroup(group: unknown): boolean {
  const name = text(at(group, "name")) ?? "";
  return at(group, "vendorName") === "AWS" && groupCapacity[name] === undefined;
}

function refuseRules(rules: unknown): void {
  refuseShapes(rules);
  const names = list(rules).map((rule) => at(rule, "name"));
  if (new Set(names).size < names.length) throw refusal("WAFDuplicateItemException");
  const priorities = list(rules).map((rule) => at(rule, "priority"));
  const twice = priorities.find((priority, index) => priorities.indexOf(priority) !== index);
  if (twice !== undefined) {
    throw invalid("A priority may be used by one rule only.", "RULE_PRIORITY", JSON.stringify(twice));
  }
  const unknown = list(rules)
    .map((rule) => at(rule, "statement.managedRuleGroupStatement"))
    .find(isUnknownGroup);
  if (unknown !== undefined) throw refusal("WAFNonexistentItemException");
  if (capacityOfRules(rules) > capacityQuota) throw refusal("WAFLimitsExceededException");
}

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html */
const webAcl = behaviour<wafv2.WebAclArgs, wafv2.WebAclState>(aclToken, {
  autoname: { property: "name", max: 128 },
  references: { "rules[].statement.ipSetReferenceStatement.arn": toOne(setToken) },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: (context) => ({
    applicationIntegrationUrl: ABSENT,
    arn: arnOf("webacl", context.id, context),
    capacity: capacityOfRules(context.inputs.rules),
    lockToken: uuidOf(context.hex(32, JSON.stringify(context.inputs))),
    name: nameOf(context),
  }),
  keys: (state) => [state.arn],
  refuses: (context, before) => {
    refusePlace(aclToken, context, before);
    refuseRules(context.inputs.rules);
  },
  // Its log goes with it.
  keeps: (thing, holders) => {
    keepsUsed(
      thing,
      holders.filter(({ token }) => token !== loggingToken),
    );
  },
  settles: ["capacity", "lockToken"],
  seconds: { create: 5, update: 5, delete: 5 },
});

function isBlock(address: string, version: string): boolean {
  const [host = "", prefix = ""] = address.split("/");
  const bits = version === "IPV6" ? 128 : 32;
  const family = version === "IPV6" ? 6 : 4;
  return isIP(host) === family && /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits;
}

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateIPSet.html */
const ipSet = behaviour<wafv2.IpSetArgs, wafv2.IpSetState>(setToken, {
  autoname: { property: "name", max: 128 },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: (context) => ({
    arn: arnOf("ipset", context.id, context),
    lockToken: uuidOf(context.hex(32, JSON.stringify(context.inputs))),
    name: nameOf(context),
  }),
  keys: (state) => [state.arn],
  refuses: (context, before) => {
    refusePlace(setToken, context, before);
    const { addresses = [], ipAddressVersion } = context.inputs;
    const wrong = addresses.find((address) => !isBlock(address, ipAddressVersion));
    if (wrong === undefined) return;
    throw invalid("The parameter contains formatting that is not valid.", "IP_ADDRESS", wrong);
  },
  keeps: keepsUsed,
  settles: ["lockToken"],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** Where a log may go, by the part of its ARN that is the name: https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html */
const destinationName =
  /^arn:aws:(?:logs:[^:]+:\d+:log-group:|s3:::|firehose:[^:]+:\d+:deliverystream\/)(.+)$/;

function refuseDestination(arn: string, account: AccountView, region: string): void {
  const name = destinationName.exec(arn)?.[1];
  if (name?.startsWith("aws-waf-logs-") !== true) {
    throw invalid(
      "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.",
      "LOG_DESTINATION",
      arn,
    );
  }
  const found = account
    .named(arn.replace(/:\*$/, ""))
    .find(({ token, scope }) => token.startsWith("aws:s3/") || scope === region);
  if (found === undefined) throw refusal("WAFNonexistentItemException");
}

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_PutLoggingConfiguration.html */
const logging = behaviour<wafv2.WebAclLoggingConfigurationArgs, wafv2.WebAclLoggingConfigurationState>(
  loggingToken,
  {
    references: { resourceArn: toOne(aclToken, false) },
    id: ({ inputs }) => inputs.resourceArn,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account, region }) => {
      for (const arn of inputs.logDestinationConfigs) refuseDestination(arn, account, region);
    },
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html. A distribution names its ACL itself. */
const association = behaviour<wafv2.WebAclAssociationArgs, wafv2.WebAclAssociationState>(associationToken, {
  references: { webAclArn: toOne(aclToken) },
  id: ({ inputs }) => `${inputs.webAclArn},${inputs.resourceArn}`,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs, account }) => {
    const { resourceArn, webAclArn } = inputs;
    if (webAclArn.includes(":global/") || resourceArn.includes(":cloudfront:")) {
      throw invalid("The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT");
    }
    if (account.named(resourceArn).length === 0) throw refusal("WAFUnavailableEntityException");
  },
  seconds: { create: 3, update: 3, delete: 3 },
});

/** Firewalls of the web. */
export const firewalls: readonly AnyBehaviour[] = [webAcl, ipSet, logging, association];
