import type { iam } from "@pulumi/aws";
import type { AnyBehaviour } from "../behaviour.ts";
import { refined } from "../specification/refined.ts";
import { toPolicy, toRole } from "./references.ts";

const missing = (what: string) => ({
  code: "NoSuchEntity",
  message: `The ${what} with name {value} cannot be found.`,
});

/** A managed policy and everybody who has it: the provider takes it from all others. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html */
const policyAttachment = refined<iam.PolicyAttachmentArgs, iam.PolicyAttachmentState>(
  "aws:iam/policyAttachment:PolicyAttachment",
  {
    scope: "global",
    references: {
      policyArn: toPolicy,
      "roles[]": toRole,
      "users[]": { to: "aws:iam/user:User", missing: missing("user") },
      "groups[]": { to: "aws:iam/group:Group", missing: missing("group") },
    },
    id: ({ inputs, name }) => inputs.name ?? name,
    keys: () => [],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Policies that nobody else may have. */
export const exclusivePolicies: readonly AnyBehaviour[] = [policyAttachment];
