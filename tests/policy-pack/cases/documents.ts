import { iam, UNKNOWN } from "../fixtures/values.ts";
import type { ShortStatement } from "../fixtures/values.ts";
import type { Cases } from "./case.ts";

/** A statement of an identity's document, and what a policy makes of it. */
export interface DocumentCase {
  readonly when: string;
  readonly grants: ShortStatement;
  readonly finds?: string;
}

/** The same cases wherever AWS lets a document of an identity be written. */
export function inDocuments(cases: readonly DocumentCase[]): Cases {
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
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": cases.map(({ grants, ...rest }) => ({
      ...rest,
      patch: { inlinePolicy: iam(grants) },
    })),
  };
}
