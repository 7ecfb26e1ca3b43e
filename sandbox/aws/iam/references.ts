import type { Reference } from "../behaviour.ts";

export const roleToken = "aws:iam/role:Role";
export const profileToken = "aws:iam/instanceProfile:InstanceProfile";
export const policyToken = "aws:iam/policy:Policy";
/** What hangs on a role: policies written into it, and managed ones. */
export const inlineToken = "aws:iam/rolePolicy:RolePolicy";
export const attachmentToken = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** A role by name or ARN, which cannot be deleted before this. Codes: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
export const toRole: Reference = {
  to: roleToken,
  missing: { code: "NoSuchEntity", message: "The role with name {value} cannot be found." },
};

/** A managed policy; those of AWS are in every account. */
export const toPolicy: Reference = {
  to: policyToken,
  missing: { code: "NoSuchEntity", message: "Policy {value} does not exist or is not attachable." },
  foreign: /^arn:aws:iam::aws:policy\//,
};

/**
 * A role that a service assumes: IAM lets it go while it is in use. The service says in its own words when it cannot find it.
 * @param code what that service says.
 */
export function toServiceRole(
  code = "InvalidParameterException",
  message = "Role {value} cannot be assumed",
): Reference {
  return {
    to: [roleToken, "aws:iam/serviceLinkedRole:ServiceLinkedRole"],
    missing: { code, message },
    holds: false,
  };
}
