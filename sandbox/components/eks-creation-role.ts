import type { Properties } from "../model.ts";
import { json, onlyArguments } from "./arguments.ts";
import { ask, at, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

/** What `eks.ClusterCreationRoleProvider` 4.3 makes: https://www.pulumi.com/registry/packages/eks/api-docs/clustercreationroleprovider/ */
export function expandCreationRole(name: string, args: Properties): Expansion {
  onlyArguments("eks:index:ClusterCreationRoleProvider", args, new Set(["profile", "region"]));
  const role: Child = {
    type: "aws:iam/role:Role",
    name: `${name}-eksClusterCreatorRole`,
    inputs: { assumeRolePolicy: trust(), description: `Admin access to eks-${name}` },
  };
  const policy: Child = {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: `${name}-eksClusterCreatorPolicy`,
    parent: keyOf(role),
    inputs: { role: child(keyOf(role)), policy: JSON.stringify(rights) },
  };
  const provider: Child = {
    type: "pulumi:providers:aws",
    name: `${name}-eksClusterCreatorEntity`,
    parent: keyOf(role),
    inputs: {
      region: args.region,
      profile: args.profile,
      assumeRoles: json([{ roleArn: ref(keyOf(role), "arn") }]),
    },
  };
  return {
    children: [role, policy, provider],
    outputs: { role: child(keyOf(role)), provider: child(keyOf(provider)) },
    keepsOutputs: false,
  };
}

/** The account itself may take the role on. */
function trust(): unknown {
  const partition = at(ask("aws:index/getPartition:getPartition"), "partition");
  const accountId = at(ask("aws:index/getCallerIdentity:getCallerIdentity"), "accountId");
  return derive([partition, accountId], (place, account) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:${String(place)}:iam::${String(account)}:root` },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  );
}

/** To keep a cluster, and to hand it its role: https://docs.aws.amazon.com/eks/latest/userguide/security-iam-id-based-policy-examples.html */
const rights = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "eks:*", Resource: "*" },
    { Effect: "Allow", Action: "iam:PassRole", Resource: "*" },
  ],
};
