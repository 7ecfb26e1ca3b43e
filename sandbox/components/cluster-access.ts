import type { Properties } from "../model.ts";
import { shapeOfRecord } from "./arguments.ts";
import { at, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";

/** The access entries of a cluster, each with the policies that it grants. */
export function expandAccessEntries(name: string, cluster: Key, args: Properties): readonly Child[] {
  return Object.entries(shapeOfRecord(args.accessEntries)).flatMap(([key, value]) => {
    const { principalArn, kubernetesGroups, type, username, tags, accessPolicies } = shapeOfRecord(value);
    const clusterName = ref(cluster, "name");
    const entry: Child = {
      type: "aws:eks/accessEntry:AccessEntry",
      name: `${name}-${key}`,
      inputs: { clusterName, principalArn, kubernetesGroups, type, userName: username, tags },
    };
    const policies = Object.entries(shapeOfRecord(accessPolicies)).map(([policy, association]): Child => ({
      type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      name: `${name}-${key}-${policy}`,
      parent: keyOf(entry),
      inputs: {
        clusterName,
        principalArn,
        policyArn: at(association, "policyArn"),
        accessScope: at(association, "accessScope"),
      },
      dependsOn: [keyOf(entry)],
    }));
    return [entry, ...policies];
  });
}
