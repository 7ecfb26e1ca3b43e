import type { ec2 } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Reference } from "../behaviour.ts";
import { blockOf, overlap } from "../cidr.ts";
import { refined } from "../specification/refined.ts";
import { loosely, toVpc, vpcToken } from "./references.ts";

const peeringToken = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const accepterToken = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";

const toPeering: Reference = {
  to: peeringToken,
  missing: {
    code: "InvalidVpcPeeringConnectionID.NotFound",
    message: "The vpcPeeringConnection ID '{value}' does not exist",
  },
  holds: false,
  anyRegion: true,
};

/** Whether two VPCs have an address in common; one of another account is not known. */
function doOverlap(account: AccountView, vpcIds: readonly string[]): boolean {
  const [one, other] = vpcIds.map((id) => blockOf(text(account.find(vpcToken, id)?.state.cidrBlock) ?? ""));
  return one !== undefined && other !== undefined && overlap(one, other);
}

/** Whether somebody has accepted it: the program that asked, or the other side. */
function isActive(account: AccountView, peering: Stored | undefined): boolean {
  if (peering === undefined) return true;
  const accepted = account
    .all(accepterToken)
    .some(({ state }) => state.vpcPeeringConnectionId === peering.id && state.autoAccept === true);
  return peering.state.autoAccept === true || accepted;
}

/** https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html */
const peering = refined<ec2.VpcPeeringConnectionArgs, ec2.VpcPeeringConnectionState>(peeringToken, {
  references: { vpcId: loosely(toVpc), peerVpcId: { ...loosely(toVpc), anyRegion: true } },
  id: ({ hex }) => `pcx-0${hex(16)}`,
  outputs: ({ inputs }) => ({
    acceptStatus: inputs.autoAccept === true ? "active" : "pending-acceptance",
  }),
  rules: [
    {
      // The provider says so before EC2 is asked.
      when: ({ inputs }) => inputs.autoAccept === true && inputs.peerRegion !== undefined,
      code: "InvalidParameter",
      says: "`peer_region` cannot be set whilst `auto_accept` is `true` when creating an EC2 VPC Peering Connection",
    },
    {
      when: ({ inputs, account, before }) =>
        before === undefined &&
        account
          .all(peeringToken)
          .some(({ state }) => state.vpcId === inputs.vpcId && state.peerVpcId === inputs.peerVpcId),
      code: "VpcPeeringConnectionAlreadyExists",
      says: ({ inputs }) =>
        `A VPC peering connection between ${inputs.vpcId} and ${inputs.peerVpcId} already exists.`,
    },
    {
      // EC2 takes the request, and the connection fails while the provider waits for it.
      when: ({ inputs, account }) => doOverlap(account, [inputs.vpcId, inputs.peerVpcId]),
      code: "UnexpectedState",
      says: "unexpected state 'failed', wanted target 'active, pending-acceptance'. last error: Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range",
    },
  ],
  seconds: { create: 5, update: 3, delete: 5 },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptVpcPeeringConnection.html */
const accepter = refined<ec2.VpcPeeringConnectionAccepterArgs, ec2.VpcPeeringConnectionAccepterState>(
  accepterToken,
  {
    references: { vpcPeeringConnectionId: toPeering },
    id: ({ inputs }) => inputs.vpcPeeringConnectionId,
    outputs: ({ inputs, account }) => {
      const asked = account.find(peeringToken, inputs.vpcPeeringConnectionId)?.state;
      return {
        acceptStatus: inputs.autoAccept === true ? "active" : "pending-acceptance",
        peerVpcId: text(asked?.vpcId) ?? "",
        vpcId: text(asked?.peerVpcId) ?? "",
      };
    },
    keys: () => [],
    seconds: { create: 4, update: 3, delete: 1 },
  },
);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html */
const options = refined<ec2.PeeringConnectionOptionsArgs, ec2.PeeringConnectionOptionsState>(
  "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions",
  {
    references: { vpcPeeringConnectionId: toPeering },
    id: ({ inputs }) => inputs.vpcPeeringConnectionId,
    keys: () => [],
    rules: [
      {
        when: ({ inputs, account }) =>
          !isActive(account, account.find(peeringToken, inputs.vpcPeeringConnectionId)),
        code: "OperationNotPermitted",
        says: ({ inputs }) =>
          `Peering ${inputs.vpcPeeringConnectionId} is not active. Peering options can be added only to active peerings.`,
      },
    ],
    seconds: { create: 2, update: 2, delete: 1 },
  },
);

/** Two VPCs that reach each other. */
export const peerings: readonly AnyBehaviour[] = [peering, accepter, options];
