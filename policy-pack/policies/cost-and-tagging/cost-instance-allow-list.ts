import { define } from "../../kernel/define.ts";
import { list, whole } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";

function judge(where: string, size: string | undefined, allowed: readonly string[]): string | false {
  return (
    size !== undefined &&
    !allowed.some((glob) => fits(glob, size)) &&
    `${where} is ${size}: choose one of ${allowed.join(", ")} in this stack.`
  );
}

export const costInstanceAllowList = define({
  name: "cost-instance-allow-list",
  description: "Machines are of the sizes that the environment is meant to have.",
  severity: "low",
  remediation: "Choose a smaller size in the stack's settings, or add it to the levels, which are reviewed.",
  params: {
    databases: list(["db.t4g.*", "db.m*g.*", "db.r*g.*"], "Globs on classes of databases."),
    caches: list(["cache.t4g.*", "cache.m*g.*", "cache.r*g.*"], "Globs on types of cache nodes."),
    machines: list(["t3.*", "t3a.*", "t4g.*", "m*.*", "c*.*", "r*.*"], "Globs on types of machines."),
    maxNodes: whole(30, "Nodes that one group may grow to."),
  },
  checks: {
    "aws:rds/instance:Instance": [
      ({ instanceClass }, { params }) => judge("instanceClass", instanceClass, params.databases),
    ],
    "aws:rds/clusterInstance:ClusterInstance": [
      ({ instanceClass }, { params }) => judge("instanceClass", instanceClass, params.databases),
    ],
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      ({ nodeType }, { params }) => judge("nodeType", nodeType, params.caches),
    ],
    "aws:elasticache/cluster:Cluster": [
      ({ nodeType }, { params }) => judge("nodeType", nodeType, params.caches),
    ],
    "aws:eks/nodeGroup:NodeGroup": [
      ({ instanceTypes }, { params }) =>
        items(instanceTypes).map((type) => judge("instanceTypes", type, params.machines)),
      ({ scalingConfig }, { params: { maxNodes } }) =>
        scalingConfig !== undefined &&
        scalingConfig.maxSize > maxNodes &&
        `scalingConfig.maxSize is ${scalingConfig.maxSize}: let a group grow to ${maxNodes} nodes at most in this stack.`,
    ],
    "aws:ec2/instance:Instance": [
      ({ instanceType }, { params }) => judge("instanceType", instanceType, params.machines),
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      ({ instanceType }, { params }) => judge("instanceType", instanceType, params.machines),
    ],
  },
});
