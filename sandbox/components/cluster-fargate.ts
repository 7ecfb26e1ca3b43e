import type { Properties } from "../model.ts";
import { fargateOf } from "./cluster-arguments.ts";
import { innerSubnets } from "./cluster-core.ts";
import { keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";
import { expandServiceRole } from "./service-role.ts";

/** The profile by which pods run without nodes. */
export interface ClusterFargate {
  readonly children: readonly Child[];
  readonly profile: Key;
}

/** What `fargate` makes: without selectors of the program's own, whatever lies in `default` and `kube-system` runs on Fargate. */
export function expandFargate(
  name: string,
  cluster: Key,
  args: Properties,
  waitFor: readonly Key[],
): ClusterFargate | undefined {
  const said = fargateOf(args);
  if (said === undefined) return undefined;
  const execution = executionOf(name, args, said);
  const profile: Child = {
    type: "aws:eks/fargateProfile:FargateProfile",
    name: profileName(name),
    inputs: {
      clusterName: ref(cluster, "name"),
      podExecutionRoleArn: execution.roleArn,
      selectors: said.selectors ?? usualSelectors,
      subnetIds: innerSubnets(said.subnetIds ?? args.subnetIds),
    },
    dependsOn: [...execution.granted, ...waitFor],
  };
  return { children: [...execution.children, profile], profile: keyOf(profile) };
}

const usualSelectors = [{ namespace: "default" }, { namespace: "kube-system" }];

/** The role that pods are started with, the program's or one that is made: https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html */
function executionOf(name: string, { tags }: Properties, { podExecutionRoleArn }: Properties) {
  if (podExecutionRoleArn !== undefined) return { roleArn: podExecutionRoleArn, children: [], granted: [] };
  const { children, role, attachments } = expandServiceRole({
    name: `${name}-podExecutionRole`,
    service: "eks-fargate-pods.amazonaws.com",
    actions: ["sts:AssumeRole"],
    policies: ["AmazonEKSFargatePodExecutionRolePolicy"],
    tags,
  });
  return { roleArn: ref(keyOf(role), "arn"), children, granted: attachments.map(keyOf) };
}

/** Names that begin with `eks-` are AWS's own: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateFargateProfile.html */
function profileName(name: string): string {
  return name === "eks" || /^eks-/i.test(name)
    ? `${name.replace("-", "_")}fargateProfile`
    : `${name}-fargateProfile`;
}
