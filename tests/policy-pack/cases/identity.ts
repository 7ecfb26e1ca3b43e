import { account, iam, otherAccount, UNKNOWN } from "../fixtures/values.ts";
import type { ShortStatement } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";
import { inDocuments } from "./documents.ts";

const trust = (
  principal: unknown,
  condition?: ShortStatement["Condition"],
): { readonly assumeRolePolicy: string } => ({
  assumeRolePolicy: iam({
    Principal: principal,
    Action: "sts:AssumeRole",
    ...(condition && { Condition: condition }),
  }),
});

const oidc = { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` };
const pool = { Federated: "cognito-identity.amazonaws.com" };
const issuer = "token.actions.githubusercontent.com";
const unpinned = (claim: string): string =>
  `assumeRolePolicy does not hold the claim ${claim} to exact values: add StringEquals on it, or any token of the provider fits.`;

const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
const unscoped =
  "on every resource, though a statement can name some: name the resources, or add a condition.";

/** What the policies on identities make of single resources. */
export const identity: CaseBook = {
  "iam-no-full-admin": inDocuments([
    {
      when: "everything is allowed",
      grants: { Action: "*", Resource: "*" },
      finds: "policy allows every action on every resource: name both.",
    },
    {
      when: "everything but one action is allowed",
      grants: { NotAction: "iam:CreateUser", Resource: "*" },
      finds: "policy allows everything but iam:createuser on every resource: name both.",
    },
    {
      when: "everything is allowed, one bucket excepted",
      grants: { Action: ["*:*"], NotResource: "arn:aws:s3:::audit" },
      finds: "policy allows every action on every resource: name both.",
    },
    {
      when: "everything is allowed on ARNs of any kind",
      grants: { Action: "**", Resource: "arn:aws:*:*:*:*" },
      finds: "policy allows every action on every resource: name both.",
    },
    {
      when: "everything stands among named actions and resources",
      grants: { Action: ["s3:GetObject", "*"], Resource: ["arn:aws:s3:::site/*", "*"] },
      finds: "policy allows every action on every resource: name both.",
    },
    { when: "one whole service is allowed", grants: { Action: "s3:*", Resource: "*" } },
    { when: "everything is allowed on one bucket", grants: { Action: "*", Resource: "arn:aws:s3:::site/*" } },
    { when: "everything is denied", grants: { Effect: "Deny", Action: "*", Resource: "*" } },
    { when: "one action is allowed everywhere", grants: { Action: "ec2:DescribeInstances", Resource: "*" } },
  ]),
  "iam-no-service-wildcards": inDocuments([
    {
      when: "whole services are allowed",
      grants: { Action: ["S3:*", "sqs:*", "sns:List*"], Resource: "*" },
      finds: "policy allows s3:*, sqs:*: name the actions.",
    },
    {
      when: "a family of actions is allowed",
      grants: { Action: "s3:Get*", Resource: "arn:aws:s3:::site/*" },
    },
    {
      when: "what changes something is allowed everywhere",
      grants: { Action: ["sqs:SendMessage", "sqs:ListQueues", "SNS:Publish"], Resource: "*" },
      finds: `policy allows sqs:sendmessage, sns:publish ${unscoped}`,
    },
    {
      when: "a family of changes is allowed everywhere",
      grants: { Action: "ecr:*Layer*", Resource: "*" },
      finds: `policy allows ecr:completelayerupload, ecr:initiatelayerupload, ecr:uploadlayerpart ${unscoped}`,
    },
    {
      when: "changes are allowed to a named resource",
      grants: { Action: "sqs:SendMessage", Resource: queue },
    },
    {
      when: "only looking is allowed everywhere",
      grants: { Action: ["ec2:Describe*", "sqs:Get*"], Resource: "*" },
    },
    {
      when: "the action has no resource to be held to",
      grants: { Action: ["ecr:GetAuthorizationToken", "ec2:CreateNothing"], Resource: "*" },
    },
    {
      when: "a condition holds the changes to some resources",
      grants: {
        ...{ Action: "ec2:TerminateInstances", Resource: "*" },
        Condition: { StringEquals: { "aws:ResourceTag/cluster": "shop" } },
      },
    },
    {
      when: "its condition fits every resource",
      grants: {
        ...{ Action: "ec2:TerminateInstances", Resource: "*" },
        Condition: { StringLike: { "aws:ResourceTag/cluster": "*" } },
      },
      finds: `policy allows ec2:terminateinstances ${unscoped}`,
    },
  ]),
  "iam-admin-managed-policies-denied": {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
      {
        when: "the administrators' policy is attached",
        patch: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        finds: "AdministratorAccess is attached: attach a policy that names what is needed.",
      },
      {
        when: "a whole service is handed over",
        patch: { policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
        finds: "AmazonS3FullAccess is attached: attach a policy that names what is needed.",
      },
      {
        when: "a later version of a whole service is handed over",
        patch: { policyArn: "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess_v2" },
        finds: "AmazonDynamoDBFullAccess_v2 is attached: attach a policy that names what is needed.",
      },
      { when: "the policy is the account's own", patch: { policyArn: UNKNOWN }, defers: true },
    ],
    "aws:iam/role:Role": [
      {
        when: "power users' rights are attached",
        patch: { managedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"] },
        finds: "PowerUserAccess is attached: attach a policy that names what is needed.",
      },
    ],
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": [
      {
        when: "the administrators' policy is attached",
        patch: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        finds: "AdministratorAccess is attached: attach a policy that names what is needed.",
      },
    ],
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": [
      {
        when: "the administrators' policy is attached",
        patch: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        finds: "AdministratorAccess is attached: attach a policy that names what is needed.",
      },
    ],
    "aws:iam/policyAttachment:PolicyAttachment": [
      {
        when: "it exists",
        patch: {},
        finds:
          "PolicyAttachment detaches the policy from everything it does not name: use RolePolicyAttachment.",
      },
    ],
  },
  "iam-trust-no-wildcard": {
    "aws:iam/role:Role": [
      {
        when: "everyone may assume it",
        patch: trust("*"),
        finds: "assumeRolePolicy trusts everyone: name the principals.",
      },
      {
        when: "the roles of any account may assume it",
        patch: trust({ AWS: ["arn:aws:iam::*:role/deploy"] }),
        finds: "assumeRolePolicy trusts everyone: name the principals.",
      },
      {
        when: "another account may assume it",
        patch: trust({ AWS: `arn:aws:iam::${otherAccount}:root` }),
        finds: `assumeRolePolicy trusts account ${otherAccount} without sts:ExternalId or aws:PrincipalOrgID: add one.`,
      },
      {
        when: "another account may assume it with an external id",
        patch: trust({ AWS: otherAccount }, { StringEquals: { "sts:ExternalId": "b7f1" } }),
      },
      {
        when: "another account may assume it with an external id of its choice",
        patch: trust({ AWS: otherAccount }, { StringLike: { "sts:ExternalId": "*" } }),
        finds: `assumeRolePolicy trusts account ${otherAccount} without sts:ExternalId or aws:PrincipalOrgID: add one.`,
      },
      {
        when: "another account may assume it without the external id of one customer",
        patch: trust({ AWS: otherAccount }, { StringNotEquals: { "sts:ExternalId": "b7f1" } }),
        finds: `assumeRolePolicy trusts account ${otherAccount} without sts:ExternalId or aws:PrincipalOrgID: add one.`,
      },
      {
        when: "a role of the own account may assume it",
        patch: trust({ AWS: `arn:aws:iam::${account}:role/ci` }),
      },
      { when: "who may assume it is not known yet", patch: { assumeRolePolicy: UNKNOWN }, defers: true },
    ],
  },
  "iam-oidc-trust-scoped": {
    "aws:iam/role:Role": [
      { when: "no claim is held", patch: trust(oidc), finds: [unpinned("sub"), unpinned("aud")] },
      {
        when: "any branch of a repository fits",
        patch: trust(oidc, {
          StringLike: { [`${issuer}:sub`]: "repo:acme/shop:*" },
          StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
        }),
        finds: unpinned("sub"),
      },
      {
        when: "both claims are held",
        patch: trust(oidc, {
          StringEquals: {
            [`${issuer}:sub`]: "repo:acme/shop:environment:prod",
            [`${issuer}:aud`]: "sts.amazonaws.com",
          },
        }),
      },
      {
        when: "a provider without an ARN is trusted without a word",
        patch: trust({ Federated: "accounts.google.com" }),
        finds: ["sub", "aud"].map(unpinned),
      },
      {
        when: "anybody of an identity pool is trusted",
        patch: trust(pool, {
          StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1" },
        }),
        finds: unpinned("amr"),
      },
      {
        when: "those of an identity pool who have signed in are trusted",
        patch: trust(pool, {
          StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1" },
          "ForAnyValue:StringEquals": { "cognito-identity.amazonaws.com:amr": "authenticated" },
        }),
      },
      {
        when: "a provider of assertions is trusted, which have no claims",
        patch: trust({ Federated: `arn:aws:iam::${account}:saml-provider/office` }),
      },
    ],
  },
};
