import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { has, items } from "../../kernel/read.ts";

/** A launch template takes true or the text "true". */
function isOn(flag: boolean | string | undefined): boolean {
  return String(flag) === "true";
}

const remedy = "reach machines through a load balancer or Session Manager";

/** An address may belong to a NAT gateway, which names the address and not the other way round. */
function attached(address: object): Findings {
  return ["instance", "instanceId", "networkInterface", "networkInterfaceId"]
    .filter((key) => has(address, key))
    .map((key) => `${key} is set, which gives a machine a public address: ${remedy}.`);
}

export const noPublicIpOnCompute = define({
  name: "no-public-ip-on-compute",
  description: "Machines have no public addresses.",
  severity: "high",
  controls: { fsbp: ["EC2.9", "EC2.25"], ckv: ["CKV_AWS_88", "CKV_AWS_148"] },
  remediation: "Put machines into private subnets behind a load balancer; use Session Manager for a shell.",
  checks: {
    "aws:ec2/instance:Instance": [
      ({ associatePublicIpAddress }) =>
        associatePublicIpAddress === true &&
        `associatePublicIpAddress is true: leave it unset, and ${remedy}.`,
    ],
    "aws:ec2/launchConfiguration:LaunchConfiguration": [
      ({ associatePublicIpAddress }) =>
        associatePublicIpAddress === true &&
        `associatePublicIpAddress is true: leave it unset, and ${remedy}.`,
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      ({ networkInterfaces }) =>
        items(networkInterfaces).map(
          ({ associatePublicIpAddress }, index) =>
            isOn(associatePublicIpAddress) &&
            `networkInterfaces[${index}].associatePublicIpAddress is true: leave it unset, and ${remedy}.`,
        ),
    ],
    "aws:ec2/eip:Eip": [attached],
    "aws:ec2/eipAssociation:EipAssociation": [attached],
  },
});
