import type { Properties } from "../model.ts";
import { merged } from "./arguments.ts";
import { derive, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";

const ruleType = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** What every security group of these components says beside its VPC and tags. */
export const groupDefaults = { description: "Managed by Pulumi", revokeRulesOnDelete: true } as const;

/** Where nodes are, and which control plane they must reach. */
export interface NodeSecurityRequest {
  readonly name: string;
  readonly vpcId: unknown;
  readonly clusterName: unknown;
  /** The id of the control plane's security group. */
  readonly clusterGroupId: unknown;
  /** Records of tags, of which a later one wins. */
  readonly tags: readonly unknown[];
}

/** A security group for nodes. */
export interface NodeSecurity {
  readonly children: readonly Child[];
  readonly group: Key;
  /** Lets pods reach the control plane. */
  readonly clusterIngress: Key;
}

/** The security group that nodes have by default, with its rules, and the control plane's for them. */
export function expandNodeSecurity(request: NodeSecurityRequest): NodeSecurity {
  const { name, vpcId, clusterName, tags } = request;
  const groupName = `${name}-nodeSecurityGroup`;
  const ownership = derive([clusterName], (known) => ({
    [`kubernetes.io/cluster/${String(known)}`]: "owned",
  }));
  const group: Child = {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: groupName,
    inputs: { ...groupDefaults, vpcId, tags: merged({ Name: groupName }, ownership, ...tags) },
  };
  const key = keyOf(group);
  return {
    children: [group, ...rules(request, key)],
    group: key,
    clusterIngress: `${ruleType}::${name}-eksClusterIngressRule`,
  };
}

/** Everything, to anywhere. */
export function internetEgress(name: string, group: Key): Child {
  const inputs = { type: "egress", ...everything, cidrBlocks: ["0.0.0.0/0"], securityGroupId: ref(group) };
  return { type: ruleType, name, inputs: { description: "Allow internet access.", ...inputs } };
}

const everything = { protocol: "-1", fromPort: 0, toPort: 0 } as const;

function rules({ name, clusterGroupId }: NodeSecurityRequest, node: Key): readonly Child[] {
  const tcp = (fromPort: number, toPort: number): Properties => ({ protocol: "tcp", fromPort, toPort });
  const ingress = (suffix: string, description: string, inputs: Properties): Child => ({
    type: ruleType,
    name: `${name}-${suffix}`,
    inputs: { description, type: "ingress", ...inputs },
  });
  const fromCluster = { securityGroupId: ref(node), sourceSecurityGroupId: clusterGroupId };
  return [
    internetEgress(`${name}-eksNodeInternetEgressRule`, node),
    ingress("eksNodeIngressRule", "Allow nodes to communicate with each other", {
      ...everything,
      securityGroupId: ref(node),
      self: true,
    }),
    ingress(
      "eksNodeClusterIngressRule",
      "Allow worker Kubelets and pods to receive communication from the cluster control plane",
      { ...fromCluster, ...tcp(1025, 65_535) },
    ),
    ingress(
      "eksExtApiServerClusterIngressRule",
      "Allow pods running extension API servers on port 443 to receive communication from cluster control plane",
      { ...fromCluster, ...tcp(443, 443) },
    ),
    ingress("eksClusterIngressRule", "Allow pods to communicate with the cluster API Server", {
      securityGroupId: clusterGroupId,
      sourceSecurityGroupId: ref(node),
      ...tcp(443, 443),
    }),
  ];
}
