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
      .optional()
      .describe(
        "what it may do: everything, change workloads but not permissions, or look at all but secrets; without it only what its groups may",
      ),
    groups: z
      .array(
        z
          .string()
          .regex(
            /^(?!system:|eks:)[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
            "a group is lower case, digits and -, and not Kubernetes' own",
          ),
      )
      .default([])
      .describe("teams it belongs to: what a team may do, the namespaces of the services say"),
    namespaces: z
      .array(
        z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a namespace is lower case, digits and -"),
      )
      .min(1)
      .optional()
      .describe("where it may do so; without it everywhere"),
  })
  .superRefine(({ policy, groups, namespaces }, context) => {
    if (policy === undefined && groups.length === 0)
      context.addIssue({
        code: "custom",
        path: ["policy"],
        message: "policy or groups must be set, got neither: it could log in and do nothing",
      });
    if (policy === undefined && namespaces !== undefined)
      context.addIssue({
        code: "custom",
        path: ["namespaces"],
        message:
          "namespaces must be left out without policy: a group's rights name their namespaces themselves",
      });
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
const policyNames = {
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
} as const;

/** One access entry as EKS wants it: a principal, its groups, a policy of AWS's, and how far that reaches. */
export function describeAccessEntry({
  principalArn,
  policy,
  groups,
  namespaces,
}: AccessEntrySettings): types.input.AccessEntryArgs {
  const named = groups.length === 0 ? {} : { kubernetesGroups: [...groups] };
  if (policy === undefined) return { principalArn, ...named };

  const everywhere = namespaces === undefined;
  const policyName = policy === "admin" && everywhere ? "AmazonEKSClusterAdminPolicy" : policyNames[policy];
  return {
    principalArn,
    ...named,
    accessPolicies: {
      [policy]: {
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${policyName}`,
        accessScope: everywhere ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces] },
      },
    },
  };
}
