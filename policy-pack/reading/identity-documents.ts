import type { ResourceChecks } from "../kernel/define.ts";
import { grants } from "./iam.ts";
import type { Statement } from "./iam.ts";

type Finding = string | false | undefined;

/** The same check on every statement that grants something to an identity, wherever IAM lets one be written. */
export function onGrants(check: (statement: Statement) => Finding): ResourceChecks {
  const judge = (document: unknown): readonly Finding[] => grants(document).map(check);
  return {
    "aws:iam/policy:Policy": [({ policy }) => judge(policy)],
    "aws:iam/rolePolicy:RolePolicy": [({ policy }) => judge(policy)],
    "aws:iam/userPolicy:UserPolicy": [({ policy }) => judge(policy)],
    "aws:iam/groupPolicy:GroupPolicy": [({ policy }) => judge(policy)],
    "aws:iam/role:Role": [({ inlinePolicies }) => inlinePolicies?.flatMap(({ policy }) => judge(policy))],
  };
}
