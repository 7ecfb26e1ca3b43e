import { account } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";
import { inDocuments } from "./documents.ts";

const upwards = (actions: string): string =>
  `policy allows ${actions} on every role or user, which is a way to every right: name the resources.`;
const decrypts = (actions: string): string =>
  `policy allows ${actions} with every key: name the keys, or add kms:ViaService.`;
const lasting = "people come through IAM Identity Center, programs through a role.";
const exists = (what: string) => [{ when: "it exists", patch: {}, finds: `${what}: ${lasting}` }];

/** What the policies on ways to more rights make of single resources. */
export const escalation: CaseBook = {
  "iam-no-privilege-escalation": inDocuments([
    {
      when: "any role may be passed",
      grants: { Action: "iam:PassRole", Resource: "*" },
      finds: upwards("iam:passrole"),
    },
    {
      when: "any role may be passed to one service",
      grants: {
        ...{ Action: "iam:PassRole", Resource: `arn:aws:iam::${account}:role/*` },
        Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      },
      finds: upwards("iam:passrole"),
    },
    {
      when: "a wildcard holds several ways up",
      grants: { Action: "iam:Put*Policy", Resource: "arn:aws:iam::*:*" },
      finds: upwards("iam:putrolepolicy, iam:putuserpolicy, iam:putgrouppolicy"),
    },
    {
      when: "everything but one service is allowed",
      grants: { NotAction: "iam:*", Resource: "*" },
      finds: upwards("sts:assumerole"),
    },
    {
      when: "one role is left out",
      grants: { Action: "sts:AssumeRole", NotResource: `arn:aws:iam::${account}:role/admin` },
      finds: upwards("sts:assumerole"),
    },
    {
      when: "one role may be passed",
      grants: { Action: "iam:PassRole", Resource: `arn:aws:iam::${account}:role/nodes-*` },
    },
    {
      when: "policies are attached within a boundary",
      grants: {
        ...{ Action: "iam:AttachRolePolicy", Resource: "*" },
        Condition: {
          StringEquals: { "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/boundary` },
        },
      },
    },
    { when: "roles may be looked at", grants: { Action: "iam:Get?ole", Resource: "*" } },
  ]),
  "iam-no-decrypt-all-keys": inDocuments([
    {
      when: "every key decrypts",
      grants: { Action: "kms:Decrypt", Resource: "*" },
      finds: decrypts("kms:decrypt"),
    },
    {
      when: "every key of the account does anything",
      grants: { Action: "kms:*", Resource: `arn:aws:kms:eu-west-1:${account}:key/*` },
      finds: decrypts("kms:decrypt, kms:reencryptfrom"),
    },
    {
      when: "every service may ask for it",
      grants: {
        ...{ Action: "kms:Decrypt", Resource: "*" },
        Condition: { StringLike: { "kms:ViaService": "*" } },
      },
      finds: decrypts("kms:decrypt"),
    },
    {
      when: "one service asks for it",
      grants: {
        ...{ Action: "kms:Decrypt", Resource: "*" },
        Condition: { StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com" } },
      },
    },
    {
      when: "one key decrypts",
      grants: { Action: "kms:Decrypt", Resource: `arn:aws:kms:eu-west-1:${account}:key/1` },
    },
    { when: "every key encrypts", grants: { Action: "kms:Encrypt", Resource: "*" } },
  ]),
  "iam-no-users": {
    "aws:iam/user:User": exists("an IAM user has a password or keys that last"),
    "aws:iam/accessKey:AccessKey": exists("an access key lasts until somebody deletes it"),
    "aws:iam/userLoginProfile:UserLoginProfile": exists("a password lasts until somebody changes it"),
    "aws:iam/userPolicy:UserPolicy": exists("a policy of a user is for credentials that last"),
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": exists(
      "a policy is attached to a user, whose credentials last",
    ),
  },
};
