import { crc32 } from "node:zlib";
import type { ec2, vpc } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AccountView, Properties, Stored } from "../../model.ts";
import type { AnyBehaviour, Context, Existing, Reference } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { quotaOf } from "../quotas.ts";
import { defaultVpcOf } from "./default-vpc.ts";
import { refuseDescription } from "./descriptions.ts";
import { permissionsOf } from "./permissions.ts";
import type { Permission } from "./permissions.ts";
import { keepsHeld, loosely, toSecurityGroup, toVpc, vpcOf } from "./references.ts";

const groupToken = "aws:ec2/securityGroup:SecurityGroup";
const ruleTokens = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
] as const;

/** A group that rules of another one name cannot go before them. */
const inlineReferences: Readonly<Record<string, Reference>> = {
  "ingress[].securityGroups[]": toSecurityGroup,
  "egress[].securityGroups[]": toSecurityGroup,
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const securityGroup = behaviour<ec2.SecurityGroupArgs, ec2.SecurityGroupState>(groupToken, {
  autoname: { property: "name", max: 255 },
  references: { vpcId: toVpc, ...inlineReferences },
  inDefaultVpc: ({ vpcId }) => vpcId === undefined,
  id: ({ hex }) => `sg-0${hex(16)}`,
  outputs: ({ id, accountId, region, account, inputs, hex }) => ({
    arn: `arn:aws:ec2:${region}:${accountId}:security-group/${id}`,
    egress: [],
    ingress: [],
    name: `${inputs.namePrefix ?? ""}${hex(26, "name")}`,
    ownerId: accountId,
    vpcId: defaultVpcOf(account, region)?.id ?? "",
  }),
  keys: (state) => [state.arn, nameIn(state.vpcId, state.name)],
  refuses: ({ inputs, account, region }, before) => {
    const vpcId = inputs.vpcId ?? defaultVpcOf(account, region)?.id ?? "";
    refuseDescription("security group", inputs.description);
    if (before === undefined) refuseName(inputs.name ?? "", vpcId, account);
  },
  keeps: keepsHeld((id) => `resource ${id} has a dependent object`),
  seconds: { create: 2, update: 2, delete: 1 },
});

/** The key by which the group of a name in a VPC is found. */
function nameIn(vpcId: unknown, name: unknown): string {
  return `${String(vpcId)}/${String(name)}`;
}

function refuseName(name: string, vpcId: string, account: AccountView): void {
  if (account.find(groupToken, nameIn(vpcId, name)) !== undefined) {
    throw new Refusal(
      "InvalidGroup.Duplicate",
      `The security group '${name}' already exists for VPC '${vpcId}'`,
    );
  }
}

/** The first group of a VPC, taken into the program's hands: its rules are replaced by those given. */
const defaultSecurityGroup = behaviour<ec2.DefaultSecurityGroupArgs, ec2.DefaultSecurityGroupState>(
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  {
    references: { vpcId: loosely(toVpc), ...inlineReferences },
    id: ({ account, inputs, hex }) =>
      defaultGroupOf(account.find("aws:ec2/vpc:Vpc", inputs.vpcId ?? "")) ?? `sg-0${hex(16)}`,
    outputs: ({ id, accountId, region }) => ({
      arn: `arn:aws:ec2:${region}:${accountId}:security-group/${id}`,
      description: "default VPC security group",
      egress: [],
      ingress: [],
      name: "default",
      namePrefix: "",
      ownerId: accountId,
    }),
    keys: (state) => [state.arn],
    // It is only let go: what the VPC came with stays until the VPC goes.
    keeps: () => undefined,
    seconds: { create: 2, update: 2, delete: 0 },
  },
);

function defaultGroupOf(vpc: Stored | undefined): string | undefined {
  const id = vpc?.state.defaultSecurityGroupId;
  return typeof id === "string" ? id : undefined;
}

/** The key by which all rules of a group are found. */
function rulesOf(group: unknown): string {
  return `${String(group)}/rules`;
}

function groupRules(
  { account }: Context<unknown>,
  group: string,
  direction: Permission["direction"],
): readonly (Permission & { id: string })[] {
  return account
    .named(rulesOf(group))
    .flatMap((thing) => permissionsOf(thing.token, thing.state).map((one) => ({ ...one, id: thing.id })))
    .filter((one) => one.direction === direction);
}

/** Groups of peered VPCs may name each other: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html */
function arePeers(account: AccountView, ...vpcs: readonly (string | undefined)[]): boolean {
  return account
    .all("aws:ec2/vpcPeeringConnection:VpcPeeringConnection")
    .some(({ state }) => [state.vpcId, state.peerVpcId].every((vpcId) => vpcs.some((one) => one === vpcId)));
}

interface RuleInputs {
  readonly securityGroupId: string;
  readonly description?: string | undefined;
}

/** What EC2 says to a rule that a group has already, has no room for, or whose peer is another network's. */
function refuseRule(token: string, context: Context<object & RuleInputs>, before: Stored | undefined): void {
  const { inputs, account } = context;
  refuseDescription("rule", inputs.description);
  const wanted = permissionsOf(token, { ...inputs });
  for (const permission of wanted) {
    const others = groupRules(context, inputs.securityGroupId, permission.direction).filter(
      ({ id }) => id !== before?.id,
    );
    if (others.some((other) => other.text === permission.text)) {
      throw new Refusal(
        "InvalidPermission.Duplicate",
        `the specified rule "${permission.text}, ALLOW" already exists`,
      );
    }
    if (others.length + wanted.length > quotaOf(account, context.region, "vpc/rules-per-security-group")) {
      throw new Refusal(
        "RulesPerSecurityGroupLimitExceeded",
        "The maximum number of rules per security group has been reached.",
      );
    }
    const [here, there] = [vpcOf(account, inputs.securityGroupId), vpcOf(account, permission.group)];
    if (there !== undefined && here !== there && !arePeers(account, here, there)) {
      throw new Refusal(
        "InvalidGroup.NotFound",
        `You have specified two resources that belong to different networks.`,
      );
    }
    if (permission.lacksPorts) {
      throw new Refusal(
        "InvalidParameterValue",
        "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
      );
    }
  }
}

const ownGroup = { securityGroupId: loosely(toSecurityGroup) };
const seconds = { create: 1, update: 1, delete: 1 } as const;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html; the older type of several addresses in one. */
const rule = behaviour<ec2.SecurityGroupRuleArgs, ec2.SecurityGroupRuleState>(ruleTokens[0], {
  references: { ...ownGroup, sourceSecurityGroupId: toSecurityGroup },
  id: ({ inputs }) =>
    `sgrule-${crc32(
      `${inputs.securityGroupId}${permissionsOf(ruleTokens[0], { ...inputs })
        .map(({ text }) => text)
        .join()}${inputs.type}`,
    )}`,
  outputs: ({ hex }) => ({ securityGroupRuleId: `sgr-0${hex(16)}` }),
  keys: (state) => [state.securityGroupRuleId, rulesOf(state.securityGroupId)],
  refuses: (context, before) => {
    refuseRule(ruleTokens[0], context, before);
  },
  seconds,
});

/** What rules of one permission each have in common, whichever way they let traffic. */
function single(token: (typeof ruleTokens)[number]) {
  return {
    references: { ...ownGroup, referencedSecurityGroupId: toSecurityGroup },
    id: ({ hex }: Context<unknown>) => `sgr-0${hex(16)}`,
    outputs: ({ id, accountId, region }: Existing<unknown>) => ({
      arn: `arn:aws:ec2:${region}:${accountId}:security-group-rule/${id}`,
      securityGroupRuleId: id,
    }),
    keys: (state: Properties) => [state.arn, rulesOf(state.securityGroupId)],
    refuses: (context: Context<RuleInputs>, before: Stored | undefined) => {
      refuseRule(token, context, before);
    },
    seconds,
  };
}

/** The same, one rule each. */
const ingressRule = behaviour<vpc.SecurityGroupIngressRuleArgs, vpc.SecurityGroupIngressRuleState>(
  ruleTokens[1],
  single(ruleTokens[1]),
);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupEgress.html */
const egressRule = behaviour<vpc.SecurityGroupEgressRuleArgs, vpc.SecurityGroupEgressRuleState>(
  ruleTokens[2],
  single(ruleTokens[2]),
);

/** Stateful filters at network interfaces. */
export const securityGroups: readonly AnyBehaviour[] = [
  securityGroup,
  defaultSecurityGroup,
  rule,
  ingressRule,
  egressRule,
];
