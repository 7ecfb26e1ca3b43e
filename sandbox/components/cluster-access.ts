import { stringify } from "yaml";
import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { shapeOfRecord } from "./arguments.ts";
import { accessOf } from "./cluster-arguments.ts";
import type { NodeIdentity } from "./cluster-nodes.ts";
import { at, derive, eachAt, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";

/** How nodes and people come into a cluster: by access entries, the ConfigMap, or both. */
export interface ClusterAccess {
  readonly children: readonly Child[];
  /** What must be there before anybody is let in. */
  readonly granted: readonly Key[];
  readonly configMap: Key | undefined;
}

/** Who may use the cluster. The default nodes come first. */
export function expandAccess(
  name: string,
  { cluster, kubernetes }: { readonly cluster: Key; readonly kubernetes: Key },
  args: Properties,
  identity: NodeIdentity,
): ClusterAccess {
  const by = accessOf(args);
  const { roleArn: principalArn } = identity;
  const nodes =
    principalArn === undefined ? {} : { defaultNodeGroupInstanceRole: { principalArn, type: "EC2_LINUX" } };
  const wanted = { ...nodes, ...shapeOfRecord(args.accessEntries) };
  const entries = by.entries ? expandAccessEntries(name, cluster, wanted) : [];
  const map = by.configMap ? [expandNodeAccess(name, kubernetes, args, identity)] : [];
  const direct = [...entries.filter(({ parent }) => parent === undefined), ...map];
  return { children: [...entries, ...map], granted: direct.map(keyOf), configMap: map.map(keyOf)[0] };
}

/** The access entries of a cluster, each with the policies that it grants. */
function expandAccessEntries(name: string, cluster: Key, wanted: Properties): readonly Child[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
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

/** Lets nodes, roles and users in by the ConfigMap that EKS reads: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
function expandNodeAccess(name: string, kubernetes: Key, args: Properties, { roles }: NodeIdentity): Child {
  const mapRoles = derive([args.roleMappings ?? [], eachAt(roles, "arn")], (own, nodes) =>
    mappings([...list(own), ...list(nodes).map(nodeMapping)], "rolearn", "roleArn"),
  );
  const mapUsers =
    args.userMappings === undefined
      ? undefined
      : derive([args.userMappings], (known) => mappings(list(known), "userarn", "userArn"));
  return {
    type: "kubernetes:core/v1:ConfigMap",
    name: `${name}-nodeAccess`,
    inputs: {
      apiVersion: "v1",
      kind: "ConfigMap",
      immutable: false,
      metadata: {
        name: "aws-auth",
        namespace: "kube-system",
        annotations: { "pulumi.com/patchForce": "true" },
      },
      data: { mapRoles, mapUsers },
    },
    providers: { kubernetes },
  };
}

function nodeMapping(roleArn: unknown): Properties {
  return {
    roleArn,
    username: "system:node:{{EC2PrivateDNSName}}",
    groups: ["system:bootstrappers", "system:nodes"],
  };
}

function mappings(given: readonly unknown[], key: string, argument: string): string {
  return stringify(
    given.filter(isRecord).map(({ [argument]: arn, username, groups }) => ({ [key]: arn, username, groups })),
  );
}
