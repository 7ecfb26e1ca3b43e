import type { Child } from "./plan.ts";

const everywhere = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };

/** The group that components of awsx make where they are given none: open to everybody. */
export function openSecurityGroup(name: string, vpcId: unknown): Child {
  return {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name,
    inputs: {
      description: "Managed by Pulumi",
      vpcId,
      ingress: [{ fromPort: 0, toPort: 0, protocol: "-1", ...everywhere }],
      egress: [{ fromPort: 0, toPort: 65_535, protocol: "tcp", ...everywhere }],
    },
  };
}
