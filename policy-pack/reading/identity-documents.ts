import type { ResourceChecks } from "../kernel/define.ts";
import { sentences } from "../kernel/findings.ts";
import type { Findings } from "../kernel/findings.ts";
import { items } from "../kernel/read.ts";
import { grants } from "./iam.ts";
import type { Statement } from "./iam.ts";

/** The same check on every statement that grants something to an identity, wherever AWS lets one be written. */
export function onGrants(check: (statement: Statement) => Findings): ResourceChecks {
  const judge = (document: unknown): readonly string[] =>
    grants(document).flatMap((statement) => sentences(check(statement)));
  return {
    "aws:iam/policy:Policy": [({ policy }) => judge(policy)],
    "aws:iam/rolePolicy:RolePolicy": [({ policy }) => judge(policy)],
    "aws:iam/userPolicy:UserPolicy": [({ policy }) => judge(policy)],
    "aws:iam/groupPolicy:GroupPolicy": [({ policy }) => judge(policy)],
    "aws:iam/role:Role": [
      ({ inlinePolicies }) => items(inlinePolicies).flatMap(({ policy }) => judge(policy)),
    ],
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": [
      ({ inlinePolicy }) => judge(inlinePolicy),
    ],
  };
}
