import { account, iam, otherAccount, UNKNOWN } from "../fixtures/values.ts";
import type { ShortStatement } from "../fixtures/values.ts";
import type { CaseBook, Cases } from "./case.ts";

interface DocumentCase {
  readonly when: string;
  readonly grants: ShortStatement;
  readonly finds?: string;
}

/** The same cases wherever IAM lets a document of an identity be written. */
function inDocuments(cases: readonly DocumentCase[]): Cases {
  const documents = cases.map(({ grants, ...rest }) => ({ ...rest, patch: { policy: iam(grants) } }));
  const inline = cases.map(({ grants, ...rest }) => ({
    ...rest,
    patch: { inlinePolicies: [{ policy: iam(grants) }] },
  }));
  return {
    "aws:iam/policy:Policy": [
      ...documents,
      { when: "the document is not known yet", patch: { policy: UNKNOWN }, defers: true },
    ],
    "aws:iam/rolePolicy:RolePolicy": documents,
    "aws:iam/userPolicy:UserPolicy": documents,
    "aws:iam/groupPolicy:GroupPolicy": documents,
    "aws:iam/role:Role": inline,
  };
}

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
const issuer = "token.actions.githubusercontent.com";
const unpinned = (claim: string): string =>
  `assumeRolePolicy does not hold the claim ${claim} to exact values: add StringEquals on it, or any token of the provider fits.`;

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
      grants: { Action: ["S3:*", "sqs:*", "sns:Publish"], Resource: "*" },
      finds: "policy allows s3:*, sqs:*: name the actions.",
    },
    {
      when: "a family of actions is allowed",
      grants: { Action: "s3:Get*", Resource: "arn:aws:s3:::site/*" },
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
    ],
  },
};
