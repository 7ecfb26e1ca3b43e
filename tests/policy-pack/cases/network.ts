import { UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";

const https = { protocol: "tcp", fromPort: 443, toPort: 443 };

/** What the policies on the network and the cluster make of single resources. */
export const network: CaseBook = {
  "sg-no-admin-ports-from-wide-cidrs": {
    "aws:ec2/securityGroup:SecurityGroup": [
      {
        when: "SSH is open to the world",
        patch: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
        finds: "port 22 (SSH) is open to 0.0.0.0/0: let in a security group instead.",
      },
      {
        when: "a range of ports holds those of databases",
        patch: { ingress: [{ protocol: "tcp", fromPort: 5000, toPort: 7000, cidrBlocks: ["52.0.0.0/8"] }] },
        finds:
          "ports 5000 to 7000 (PostgreSQL, Redis) is open to 52.0.0.0/8: let in a security group instead.",
      },
      {
        when: "every protocol is let in by its name",
        patch: { ingress: [{ protocol: "ALL", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] },
        finds:
          "every port (SSH, etcd, MySQL, remote desktop, PostgreSQL, Redis, Elasticsearch, the kubelet) is open to 0.0.0.0/0: let in a security group instead.",
      },
      {
        when: "a range on the internet ends like a private one",
        patch: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["52.192.168.0/24"] }] },
        finds: "port 22 (SSH) is open to 52.192.168.0/24: let in a security group instead.",
      },
      {
        when: "more than a VPC is let in",
        patch: { ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/8"] }] },
        finds: "port 5432 (PostgreSQL) is open to 10.0.0.0/8: let in a security group instead.",
      },
      {
        when: "HTTPS is open to an office",
        patch: { ingress: [{ ...https, cidrBlocks: ["203.0.113.0/24"] }] },
      },
      { when: "it has no rules of its own", patch: { ingress: undefined } },
      { when: "the rules are not known yet", patch: { ingress: UNKNOWN }, defers: true },
    ],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
      {
        when: "everything is open over IPv6",
        patch: { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }] },
        finds:
          "every port (SSH, etcd, MySQL, remote desktop, PostgreSQL, Redis, Elasticsearch, the kubelet) is open to ::/0: let in a security group instead.",
      },
    ],
    "aws:ec2/securityGroupRule:SecurityGroupRule": [
      {
        when: "the kubelet is open to the world",
        patch: {
          fromPort: 10250,
          toPort: 10250,
          cidrBlocks: ["0.0.0.0/0"],
          sourceSecurityGroupId: undefined,
        },
        finds: "port 10250 (the kubelet) is open to 0.0.0.0/0: let in a security group instead.",
      },
      {
        when: "it is for traffic going out",
        patch: { type: "egress", protocol: "-1", cidrBlocks: ["0.0.0.0/0"] },
      },
    ],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
      {
        when: "PostgreSQL is open to the world",
        patch: { cidrIpv4: "0.0.0.0/0", referencedSecurityGroupId: undefined },
        finds: "port 5432 (PostgreSQL) is open to 0.0.0.0/0: let in a security group instead.",
      },
      {
        when: "PostgreSQL is open to the VPC",
        patch: { cidrIpv4: "10.2.0.0/16", referencedSecurityGroupId: undefined },
      },
      { when: "the range is not known yet", patch: { cidrIpv4: UNKNOWN }, defers: true },
    ],
  },
  "eks-endpoint-restricted": {
    "aws:eks/cluster:Cluster": [
      {
        when: "nothing is said about the endpoint",
        patch: { vpcConfig: { subnetIds: ["subnet-1"] } },
        finds: [
          "vpcConfig.endpointPrivateAccess is not true: set it, since AWS's default is false.",
          "vpcConfig.endpointPublicAccess is not false: set it to false, since AWS's default is true.",
        ],
      },
      {
        when: "a public endpoint lists addresses, which only dev allows",
        patch: {
          vpcConfig: {
            ...{ subnetIds: ["subnet-1"], endpointPrivateAccess: true, endpointPublicAccess: true },
            publicAccessCidrs: ["203.0.113.0/24"],
          },
        },
        finds: "vpcConfig.endpointPublicAccess is not false: set it to false, since AWS's default is true.",
      },
      {
        when: "a public endpoint lists addresses in dev",
        patch: {
          vpcConfig: {
            ...{ subnetIds: ["subnet-1"], endpointPrivateAccess: true, endpointPublicAccess: true },
            publicAccessCidrs: ["203.0.113.0/24"],
          },
        },
        stack: "dev",
      },
      {
        when: "a public endpoint lists nobody in dev",
        patch: { vpcConfig: { subnetIds: ["subnet-1"], endpointPrivateAccess: true } },
        finds:
          "vpcConfig.publicAccessCidrs is empty: list the addresses of a VPN or an office, since AWS's default is 0.0.0.0/0.",
        stack: "dev",
      },
      {
        when: "a public endpoint lets in the world in dev",
        patch: {
          vpcConfig: { subnetIds: [], endpointPrivateAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
        },
        finds: "vpcConfig.publicAccessCidrs lets in 0.0.0.0/0: list the addresses of a VPN or an office.",
        stack: "dev",
      },
      {
        when: "only the subnets are not known yet",
        patch: {
          vpcConfig: { subnetIds: [UNKNOWN], endpointPrivateAccess: true, endpointPublicAccess: false },
        },
      },
    ],
  },
  "eks-secrets-encrypted": {
    "aws:eks/cluster:Cluster": [
      {
        when: "nothing is said",
        patch: { encryptionConfig: undefined },
        finds: [
          "encryptionConfig.resources does not name secrets: add it.",
          "encryptionConfig.provider.keyArn is not set: name a key of the account.",
        ],
      },
      {
        when: "the key is not known yet",
        patch: { encryptionConfig: { resources: ["secrets"], provider: { keyArn: UNKNOWN } } },
      },
    ],
  },
  "eks-admin-allow-list": {
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
      {
        when: "an administrator is of another account",
        patch: { principalArn: "arn:aws:iam::999999999999:role/platform-admin" },
        finds:
          "arn:aws:iam::999999999999:role/platform-admin becomes an administrator of the cluster: name it in admins if that is meant.",
      },
      {
        when: "an administrator is not listed",
        patch: { principalArn: "arn:aws:iam::333333333333:role/developer" },
        finds:
          "arn:aws:iam::333333333333:role/developer becomes an administrator of the cluster: name it in admins if that is meant.",
      },
      {
        when: "somebody else may look",
        patch: {
          principalArn: "arn:aws:iam::999999999999:role/auditor",
          policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        },
      },
      { when: "the administrator is not known yet", patch: { principalArn: UNKNOWN }, defers: true },
    ],
    "aws:eks/accessEntry:AccessEntry": [
      {
        when: "the entry is a member of system:masters",
        patch: { kubernetesGroups: ["system:masters"] },
        finds:
          "kubernetesGroups holds system:masters, which no RBAC rule can limit: associate an access policy instead.",
      },
    ],
  },
  "loggroup-retention-and-kms": {
    "aws:cloudwatch/logGroup:LogGroup": [
      {
        when: "logs are kept for ever",
        patch: { retentionInDays: undefined },
        finds: "retentionInDays is not set, so logs are kept and paid for ever: set it.",
      },
      {
        when: "logs are kept a month",
        patch: { retentionInDays: 30 },
        finds: "retentionInDays is 30: keep logs 365 to 3653 days in this stack.",
      },
      { when: "logs are kept a month in dev", patch: { retentionInDays: 30 }, stack: "dev" },
      {
        when: "no key is named",
        patch: { kmsKeyId: undefined },
        finds: "kmsKeyId is not set: name a key of the account.",
      },
    ],
  },
};
