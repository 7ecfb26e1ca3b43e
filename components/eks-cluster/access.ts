import type { types } from "@pulumi/eks";
import { z } from "zod";

import { namedRecord } from "../named-record.ts";

const roleOrUser = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

const accessEntrySettings = z
  .strictObject({
    principalArn: z
      .string()
      .regex(roleOrUser, "principalArn must be the ARN of an IAM role or user, not of a session")
      .describe("the IAM role (or user) that logs in with its own credentials"),
    policy: z
      .enum(["admin", "edit", "view"])
      .describe(
        "what it may do: everything, change workloads but not permissions, or look at all but secrets",
      ),
    namespaces: z
      .array(
        z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a namespace is lower case, digits and -"),
      )
      .min(1)
      .optional()
      .describe("where it may do so; without it everywhere"),
  })
  .readonly();

/**
 * Who may use the cluster, by a name of ours: EKS access entries, the only way in, for the principal that deploys too. It must
 * be one with policy admin and no namespaces; if it is missing, the cluster is made, its first object is refused, and an entry
 * for it and another update go on from there.
 */
export const accessSettings = namedRecord(
  /^[a-z][a-z0-9-]*$/,
  "an access entry's name must be lower case, digits and -",
  accessEntrySettings,
);

/** Settings of one access entry. */
export type AccessEntrySettings = Readonly<z.infer<typeof accessEntrySettings>>;

/** EKS keeps one entry per principal, and a cluster without an administrator cannot be repaired from inside. */
export function checkAccess(
  { access }: { readonly access: Readonly<Record<string, AccessEntrySettings>> },
  context: z.RefinementCtx,
): void {
  const named = new Map<string, string>();
  for (const [name, { principalArn }] of Object.entries(access)) {
    const first = named.get(principalArn);
    if (first !== undefined) {
      context.addIssue({
        code: "custom",
        path: ["access", name, "principalArn"],
        message: `principalArn must differ from that of ${first}, got ${principalArn}: EKS keeps one entry per principal`,
      });
    }
    named.set(principalArn, first ?? name);
  }
  if (
    !Object.values(access).some(({ policy, namespaces }) => policy === "admin" && namespaces === undefined)
  ) {
    context.addIssue({
      code: "custom",
      path: ["access"],
      message:
        "access must name one principal with policy admin and no namespaces: nobody could administer the cluster",
    });
  }
}

/**
 * AWS's access policies. Over the whole cluster an administrator needs the one with "Cluster" in its name; the namespaced
 * one leaves out what belongs to no namespace (EKS User Guide, "Review access policy permissions").
 */
function policyName({ policy, namespaces }: AccessEntrySettings): string {
  const names = { admin: "AmazonEKSAdminPolicy", edit: "AmazonEKSEditPolicy", view: "AmazonEKSViewPolicy" };
  return policy === "admin" && namespaces === undefined ? "AmazonEKSClusterAdminPolicy" : names[policy];
}

/** One access entry as EKS wants it: a principal, a policy of AWS's, and how far it reaches. */
export function describeAccessEntry(entry: AccessEntrySettings): types.input.AccessEntryArgs {
  return {
    principalArn: entry.principalArn,
    accessPolicies: {
      [entry.policy]: {
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${policyName(entry)}`,
        accessScope:
          entry.namespaces === undefined
            ? { type: "cluster" }
            : { type: "namespace", namespaces: [...entry.namespaces] },
      },
    },
  };
}
