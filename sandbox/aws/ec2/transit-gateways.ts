import type { ec2transitgateway } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour, Plain, Reference } from "../behaviour.ts";
import { placementOf } from "../placement.ts";
import { refined } from "../specification/refined.ts";
import type { Request } from "../specification/refined.ts";
import { toSubnet, toVpc } from "./references.ts";

const gatewayToken = "aws:ec2transitgateway/transitGateway:TransitGateway";
const attachmentToken = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";

const toTransitGateway: Reference = {
  to: gatewayToken,
  missing: {
    code: "InvalidTransitGatewayID.NotFound",
    message: "Transit Gateway {value} was deleted or does not exist.",
  },
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGateway.html */
const gateway = refined<ec2transitgateway.TransitGatewayArgs, ec2transitgateway.TransitGatewayState>(
  gatewayToken,
  {
    keeps: ({ id }, holders) => {
      const attached = holders.filter(({ token }) => token === attachmentToken).map((one) => one.id);
      if (attached.length === 0) return;
      throw new Refusal("IncorrectState", `${id} has non-deleted VPC Attachments: ${attached.join(", ")}.`);
    },
    seconds: { create: 150, update: 150, delete: 150 },
  },
);

type Asked = Request<Plain<ec2transitgateway.VpcAttachmentArgs>>;

function isSecond({ inputs, account, before }: Asked): boolean {
  if (before !== undefined) return false;
  const { transitGatewayId, vpcId } = inputs;
  return account
    .all(attachmentToken)
    .some(({ state }) => state.transitGatewayId === transitGatewayId && state.vpcId === vpcId);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html */
const attachment = refined<ec2transitgateway.VpcAttachmentArgs, ec2transitgateway.VpcAttachmentState>(
  attachmentToken,
  {
    references: { transitGatewayId: toTransitGateway, vpcId: toVpc, "subnetIds[]": toSubnet },
    rules: [
      {
        when: ({ inputs, account }) =>
          placementOf(account, inputs.subnetIds).zones.length < new Set(inputs.subnetIds).size,
        code: "DuplicateSubnetsInSameZone",
        says: "Duplicate Subnets for same AZ",
      },
      {
        when: isSecond,
        code: "DuplicateTransitGatewayAttachment",
        says: ({ inputs }) =>
          `${inputs.transitGatewayId} has non-deleted Transit Gateway Attachments with same VPC ID.`,
      },
    ],
    seconds: { create: 90, update: 30, delete: 60 },
  },
);

/** What joins many VPCs. */
export const transitGateways: readonly AnyBehaviour[] = [gateway, attachment];
