import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";

export const eksNodeNoSshModernAmi = define({
  name: "eks-node-no-ssh-modern-ami",
  description: "Nodes run a supported image from a launch template, and nobody logs in to them.",
  severity: "medium",
  controls: { ckv: ["CKV_AWS_100"] },
  remediation: "Take the key out and use a session of Systems Manager; choose AL2023 or Bottlerocket.",
  params: {
    amiTypes: list(
      ["AL2023_*", "BOTTLEROCKET_*"],
      "Globs on families of images; AL2 gets no more images since November 2025 (EKS User Guide).",
    ),
  },
  checks: {
    "aws:eks/nodeGroup:NodeGroup": [
      (group) =>
        has(group, "remoteAccess") && "remoteAccess is set, which opens port 22 of every node: take it out.",
      ({ amiType }, { params: { amiTypes } }) =>
        !amiTypes.some((glob) => fits(glob, amiType ?? "")) &&
        `amiType is ${amiType ?? "not set"}: choose one of ${amiTypes.join(", ")}.`,
      (group) =>
        !has(group, "launchTemplate") &&
        "launchTemplate is not set, so the nodes' disks and metadata service are as AWS has them: give one.",
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      (template) => has(template, "keyName") && "keyName is set: take it out, and log in to no node.",
    ],
  },
});
