import type { Properties } from "../model.ts";
import { merged } from "./arguments.ts";
import { derive, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ruleType = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** The security groups that the cluster component makes by default. Managed node groups do not use the one for nodes. */
export interface ClusterSecurity {
  readonly children: readonly Child[];
  readonly clusterGroup: Key;
  readonly nodeGroup: Key;
  /** Lets pods reach the control plane. */
  readonly clusterIngress: Key;
}

/** Both groups and their six rules. */
export function expandClusterSecurity(name: string, cluster: Key, args: Properties): ClusterSecurity {
  const common = { description: "Managed by Pulumi", revokeRulesOnDelete: true, vpcId: args.vpcId };
  const groupName = `${name}-eksClusterSecurityGroup`;
  const clusterGroup: Child = {
    type: groupType,
    name: groupName,
    inputs: { ...common, tags: merged({ Name: groupName }, args.clusterSecurityGroupTags, args.tags) },
  };
  const nodeName = `${name}-nodeSecurityGroup`;
  const ownership = derive([ref(cluster, "name")], (known) => ({
    [`kubernetes.io/cluster/${String(known)}`]: "owned",
  }));
  const nodeGroup: Child = {
    type: groupType,
    name: nodeName,
    inputs: {
      ...common,
      tags: merged({ Name: nodeName }, ownership, args.nodeSecurityGroupTags, args.tags),
    },
  };
  const groups = { cluster: keyOf(clusterGroup), node: keyOf(nodeGroup) };
  const made = rules(name, groups);
  const clusterIngress: Key = `${ruleType}::${name}-eksClusterIngressRule`;
  return {
    children: [clusterGroup, nodeGroup, ...made],
    clusterGroup: groups.cluster,
    nodeGroup: groups.node,
    clusterIngress,
  };
}

function rules(
  name: string,
  { cluster, node }: { readonly cluster: Key; readonly node: Key },
): readonly Child[] {
  const everything = { protocol: "-1", fromPort: 0, toPort: 0 };
  const tcp = (fromPort: number, toPort: number): Properties => ({ protocol: "tcp", fromPort, toPort });
  const rule = (suffix: string, group: Key, description: string, inputs: Properties): Child => ({
    type: ruleType,
    name: `${name}-${suffix}`,
    inputs: { description, securityGroupId: ref(group), ...inputs },
  });
  const internet = { type: "egress", ...everything, cidrBlocks: ["0.0.0.0/0"] };
  const from = (source: Key): Properties => ({ type: "ingress", sourceSecurityGroupId: ref(source) });
  return [
    rule("eksClusterInternetEgressRule", cluster, "Allow internet access.", internet),
    rule("eksNodeInternetEgressRule", node, "Allow internet access.", internet),
    rule("eksNodeIngressRule", node, "Allow nodes to communicate with each other", {
      type: "ingress",
      ...everything,
      self: true,
    }),
    rule(
      "eksNodeClusterIngressRule",
      node,
      "Allow worker Kubelets and pods to receive communication from the cluster control plane",
      { ...from(cluster), ...tcp(1025, 65_535) },
    ),
    rule(
      "eksExtApiServerClusterIngressRule",
      node,
      "Allow pods running extension API servers on port 443 to receive communication from cluster control plane",
      { ...from(cluster), ...tcp(443, 443) },
    ),
    rule("eksClusterIngressRule", cluster, "Allow pods to communicate with the cluster API Server", {
      ...from(node),
      ...tcp(443, 443),
    }),
  ];
}
