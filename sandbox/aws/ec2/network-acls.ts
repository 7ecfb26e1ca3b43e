import { crc32 } from "node:zlib";
import type { ec2 } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { keepsNeeded, loosely, toNetworkAcl, toSubnet, toVpc, vpcOf } from "./references.ts";

const ruleToken = "aws:ec2/networkAclRule:NetworkAclRule";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAcl.html */
const networkAcl = behaviour<ec2.NetworkAclArgs, ec2.NetworkAclState>("aws:ec2/networkAcl:NetworkAcl", {
  references: { vpcId: toVpc, "subnetIds[]": loosely(toSubnet) },
  id: ({ hex }) => `acl-0${hex(16)}`,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:ec2:${region}:${accountId}:network-acl/${id}`,
    egress: [],
    ingress: [],
    ownerId: accountId,
    subnetIds: [],
  }),
  keeps: keepsNeeded("networkAcl"),
  seconds: { create: 2, update: 2, delete: 1 },
});

/** The first ACL of a VPC, taken into the program's hands: its rules are replaced by those given. */
const defaultNetworkAcl = behaviour<ec2.DefaultNetworkAclArgs, ec2.DefaultNetworkAclState>(
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  {
    references: { defaultNetworkAclId: loosely(toNetworkAcl), "subnetIds[]": loosely(toSubnet) },
    id: ({ inputs }) => inputs.defaultNetworkAclId,
    outputs: ({ id, accountId, region, account }) => ({
      arn: `arn:aws:ec2:${region}:${accountId}:network-acl/${id}`,
      ownerId: accountId,
      vpcId: vpcOf(account, id) ?? "",
    }),
    // It is only let go: what the VPC came with stays until the VPC goes.
    keeps: () => undefined,
    seconds: { create: 2, update: 2, delete: 0 },
  },
);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html; the id is a checksum of the provider's making. */
const rule = behaviour<ec2.NetworkAclRuleArgs, ec2.NetworkAclRuleState>(ruleToken, {
  references: { networkAclId: loosely(toNetworkAcl) },
  id: ({ inputs: { networkAclId, ruleNumber, egress = false, protocol } }) =>
    `nacl-${crc32(`${networkAclId}-${ruleNumber}-${String(egress)}-${protocol}-`)}`,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs: { networkAclId, ruleNumber, egress = false }, account }, before) => {
    const taken = account
      .all(ruleToken)
      .some(
        ({ id, state }) =>
          id !== before?.id &&
          state.networkAclId === networkAclId &&
          state.ruleNumber === ruleNumber &&
          (state.egress ?? false) === egress,
      );
    if (taken) {
      throw new Refusal(
        "NetworkAclEntryAlreadyExists",
        `The network acl entry identified by ${ruleNumber} already exists.`,
      );
    }
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html */
const association = behaviour<ec2.NetworkAclAssociationArgs, ec2.NetworkAclAssociationState>(
  "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  {
    references: { networkAclId: toNetworkAcl, subnetId: loosely(toSubnet) },
    id: ({ hex }) => `aclassoc-0${hex(16)}`,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs: { networkAclId, subnetId }, account }) => {
      if (vpcOf(account, networkAclId) === vpcOf(account, subnetId)) return;
      throw new Refusal(
        "InvalidParameterValue",
        `network acl ${networkAclId} and subnet ${subnetId} belong to different networks`,
      );
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Stateless filters at the edge of subnets. */
export const networkAcls: readonly AnyBehaviour[] = [networkAcl, defaultNetworkAcl, rule, association];
