import { reference } from "../../../sandbox/components/engine-values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { answers } from "./a-cluster.ts";
import { Laboratory, make, urnOf } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

/** Of the cluster that the groups belong to. */
export const clusterUrn = urnOf("eks:index:Cluster", "main");
const innerUrn = urnOf("aws:eks/cluster:Cluster", "main-eksCluster");
const mapUrn = urnOf("kubernetes:core/v1:ConfigMap", "main-nodeAccess");
const profileUrn = urnOf("aws:iam/instanceProfile:InstanceProfile", "workers");

const inner: Properties = {
  name: "platform",
  version: "1.35",
  endpoint: "https://api",
  certificateAuthority: { data: "Y2E=" },
  kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
  vpcConfig: { clusterSecurityGroupId: "sg-of-eks" },
};

/** What the cluster tells of itself. */
export const core: Properties = {
  cluster: reference(innerUrn, "platform"),
  eksNodeAccess: reference(mapUrn, "kube-system/aws-auth"),
  nodeGroupOptions: {},
  subnetIds: ["subnet-0", "subnet-1"],
  privateSubnetIds: ["subnet-1"],
  tags: { team: "core" },
  vpcId: "vpc-1",
};

/** A node group in the smallest cluster, with one thing of its arguments and of the cluster's outputs changed. */
export function group(type: string, change: Properties = {}, ofCluster: Properties = {}): Promise<Finished> {
  const others = [
    { urn: clusterUrn, state: { core: { ...core, ...ofCluster } } },
    { urn: innerUrn, id: "platform", state: inner },
    { urn: mapUrn, id: "kube-system/aws-auth", state: {} },
    { urn: profileUrn, id: "workers", state: { name: "workers-profile" } },
  ];
  const args = {
    cluster: reference(clusterUrn),
    instanceProfile: reference(profileUrn, "workers"),
    ...change,
  };
  return make(`eks:index:${type}`, "spot", args, new Laboratory({ answers, others }));
}

/** The security group of a group, and its rules. */
export const security = [
  "aws:ec2/securityGroup:SecurityGroup spot-nodeSecurityGroup < the component",
  "aws:ec2/securityGroupRule:SecurityGroupRule spot-eksClusterIngressRule < the component",
  "aws:ec2/securityGroupRule:SecurityGroupRule spot-eksExtApiServerClusterIngressRule < the component",
  "aws:ec2/securityGroupRule:SecurityGroupRule spot-eksNodeClusterIngressRule < the component",
  "aws:ec2/securityGroupRule:SecurityGroupRule spot-eksNodeIngressRule < the component",
  "aws:ec2/securityGroupRule:SecurityGroupRule spot-eksNodeInternetEgressRule < the component",
];
/** The template that a group starts its nodes from. */
export const template = "LaunchTemplate spot-launchTemplate";
