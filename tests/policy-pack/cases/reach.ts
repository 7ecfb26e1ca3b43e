import { compliantEdge } from "../fixtures/compliant-edge.ts";
import { UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";

const rule = {
  ...{ ruleNo: 100, action: "allow", protocol: "tcp", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 65535 },
};
const remedy = "deny it by a lower number, or narrow the rule.";
const ssh = `rule 100 lets 0.0.0.0/0 in on port 22 (SSH): ${remedy}`;
const desktop = `rule 100 lets 0.0.0.0/0 in on port 3389 (remote desktop): ${remedy}`;
const behind = "reach machines through a load balancer or Session Manager.";
const publicMachine = `associatePublicIpAddress is true: leave it unset, and ${behind}`;
const attached = (key: string): string => `${key} is set, which gives a machine a public address: ${behind}`;
const brought =
  "since load balancers and NAT gateways bring their own addresses, and nothing else needs one.";
const headers = "dropInvalidHeaderFields is not true: set it, or broken headers reach the services.";
const plain = "protocol is HTTP and not all it does is redirect to HTTPS: let it redirect only.";
const oldPolicy = (policy: string): string =>
  `sslPolicy is ${policy}: use ELBSecurityPolicy-TLS13-1-2-2021-06 or a stricter one.`;
const redirect = { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" };
const { subnets } = compliantEdge["aws:lb/loadBalancer:LoadBalancer"];

/** What the policies on the network's openings and on load balancers make of single resources. */
export const reach: CaseBook = {
  "nacl-no-admin-ports-public": {
    "aws:ec2/networkAcl:NetworkAcl": [
      { when: "everything is let in", patch: { ingress: [rule] }, finds: [ssh, desktop] },
      {
        when: "every protocol is let in over IPv6",
        patch: {
          ingress: [{ ...rule, protocol: "-1", cidrBlock: undefined, ipv6CidrBlock: "::/0", toPort: 0 }],
        },
        finds: [
          `rule 100 lets ::/0 in on port 22 (SSH): ${remedy}`,
          `rule 100 lets ::/0 in on port 3389 (remote desktop): ${remedy}`,
        ],
      },
      {
        when: "answers return to high ports, and remote desktop is denied before",
        patch: {
          ingress: [
            { ...rule, fromPort: 1024 },
            { ...rule, ruleNo: 90, action: "deny", fromPort: 3389, toPort: 3389 },
          ],
        },
      },
      {
        when: "remote desktop is denied too late",
        patch: {
          ingress: [
            { ...rule, fromPort: 1024 },
            { ...rule, ruleNo: 110, action: "deny", fromPort: 3389, toPort: 3389 },
          ],
        },
        finds: desktop,
      },
      { when: "UDP is let in", patch: { ingress: [{ ...rule, protocol: "udp" }] } },
      { when: "the VPC is let in", patch: { ingress: [{ ...rule, cidrBlock: "10.0.0.0/16" }] } },
      { when: "the rules are not known yet", patch: { ingress: UNKNOWN }, defers: true },
    ],
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": [
      { when: "SSH is let in", patch: { ingress: [{ ...rule, toPort: 1023 }] }, finds: ssh },
    ],
    "aws:ec2/networkAclRule:NetworkAclRule": [
      { when: "SSH is let in", patch: { fromPort: 22, toPort: 22 }, finds: ssh },
      {
        when: "every protocol is let in, without ports",
        patch: { protocol: "-1", fromPort: undefined, toPort: undefined },
        finds: [ssh, desktop],
      },
      { when: "SSH is denied", patch: { fromPort: 22, toPort: 22, ruleAction: "deny" } },
      { when: "SSH goes out", patch: { fromPort: 22, toPort: 22, egress: true } },
    ],
  },
  "subnet-no-auto-public-ip": {
    "aws:ec2/subnet:Subnet": [
      {
        when: "whatever starts there gets an address",
        patch: { mapPublicIpOnLaunch: true },
        finds: `mapPublicIpOnLaunch is true: leave it unset, ${brought}`,
      },
      { when: "nothing is said", patch: { mapPublicIpOnLaunch: undefined } },
      { when: "it is not known yet", patch: { mapPublicIpOnLaunch: UNKNOWN }, defers: true },
    ],
    "aws:ec2/defaultSubnet:DefaultSubnet": [
      {
        when: "nothing is said, which AWS takes for yes",
        patch: { mapPublicIpOnLaunch: undefined },
        finds: `mapPublicIpOnLaunch is not false: set it, ${brought}`,
      },
    ],
  },
  "no-public-ip-on-compute": {
    "aws:ec2/instance:Instance": [
      { when: "it asks for an address", patch: { associatePublicIpAddress: true }, finds: publicMachine },
      { when: "nothing is said", patch: { associatePublicIpAddress: undefined } },
      { when: "it is not known yet", patch: { associatePublicIpAddress: UNKNOWN }, defers: true },
    ],
    "aws:ec2/launchConfiguration:LaunchConfiguration": [
      { when: "it asks for an address", patch: { associatePublicIpAddress: true }, finds: publicMachine },
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      {
        when: "an interface asks for an address, in letters",
        patch: { networkInterfaces: [{}, { associatePublicIpAddress: "true" }] },
        finds: `networkInterfaces[1].${publicMachine}`,
      },
      { when: "nothing is said", patch: { networkInterfaces: undefined } },
    ],
    "aws:ec2/eip:Eip": [
      { when: "it is a machine's", patch: { instance: "i-1" }, finds: attached("instance") },
      {
        when: "it is an interface's, not known yet",
        patch: { networkInterface: UNKNOWN },
        finds: attached("networkInterface"),
      },
    ],
    "aws:ec2/eipAssociation:EipAssociation": [
      { when: "it is a machine's", patch: { instanceId: "i-1" }, finds: attached("instanceId") },
    ],
  },
  "alb-tls-listeners": {
    "aws:lb/listener:Listener": [
      {
        when: "it serves plain HTTP",
        patch: { port: 80, protocol: "HTTP", sslPolicy: undefined },
        finds: plain,
      },
      {
        when: "nothing is said of the protocol, which is then HTTP",
        patch: { port: 80, protocol: undefined },
        finds: plain,
      },
      {
        when: "it redirects to HTTPS",
        patch: { port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect }] },
      },
      {
        when: "it redirects to the protocol that was asked with",
        patch: {
          ...{ port: 80, protocol: "HTTP" },
          defaultActions: [{ type: "redirect", redirect: { port: "8080", statusCode: "HTTP_301" } }],
        },
        finds: plain,
      },
      {
        when: "old ciphers are let in",
        patch: { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06" },
        finds: oldPolicy("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06"),
      },
      {
        when: "no policy is named",
        patch: { sslPolicy: undefined },
        finds: oldPolicy("not set, which is ELBSecurityPolicy-2016-08"),
      },
      { when: "the strictest policy is named", patch: { sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" } },
      {
        when: "the policy resists quantum computers",
        patch: { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" },
      },
      { when: "it passes TCP on", patch: { protocol: "TCP", sslPolicy: undefined } },
      { when: "it is a gateway's", patch: { port: undefined, protocol: undefined, sslPolicy: undefined } },
      { when: "the policy is not known yet", patch: { sslPolicy: UNKNOWN }, defers: true },
    ],
    "aws:alb/listener:Listener": [
      { when: "it serves plain HTTP", patch: { protocol: "HTTP" }, finds: plain },
    ],
  },
  "alb-hardened": {
    "aws:lb/loadBalancer:LoadBalancer": [
      { when: "broken headers pass", patch: { dropInvalidHeaderFields: false }, finds: headers },
      { when: "nothing is said of headers", patch: { dropInvalidHeaderFields: undefined }, finds: headers },
      {
        when: "smuggled requests are only watched",
        patch: { desyncMitigationMode: "monitor" },
        finds: "desyncMitigationMode is monitor: use defensive or strictest, or smuggled requests pass.",
      },
      { when: "nothing is said of smuggling", patch: { desyncMitigationMode: undefined } },
      {
        when: "it is in one subnet",
        patch: { subnets: ["subnet-1"] },
        finds: "the load balancer is in 1 subnets: name two or more, in different zones.",
      },
      {
        when: "subnets are given with addresses",
        patch: { subnets: undefined, subnetMappings: subnets.map((subnetId) => ({ subnetId })) },
      },
      {
        when: "it balances TCP, which has no headers",
        patch: {
          ...{ loadBalancerType: "network", desyncMitigationMode: undefined },
          dropInvalidHeaderFields: undefined,
        },
      },
      { when: "the subnets are not known yet", patch: { subnets: UNKNOWN }, defers: true },
    ],
    "aws:alb/loadBalancer:LoadBalancer": [
      { when: "broken headers pass", patch: { dropInvalidHeaderFields: false }, finds: headers },
    ],
  },
};
