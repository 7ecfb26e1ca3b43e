import type { ec2 } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Plain, Reference } from "../behaviour.ts";
import { placementOf, strayGroup } from "../placement.ts";
import { refined } from "../specification/refined.ts";
import { refuseUnreachable } from "./gateways.ts";
import { misplaced } from "./instance-refusals.ts";
import { interfaceToken } from "./interfaces.ts";
import {
  gatewayAttachmentToken,
  inVpc,
  internetGatewayToken,
  subnetToken,
  toAddress,
  toSecurityGroup,
  toSubnet,
  toVpc,
} from "./references.ts";

const instanceToken = "aws:ec2/instance:Instance";
const volumeToken = "aws:ebs/volume:Volume";
const volumeAttachmentToken = "aws:ec2/volumeAttachment:VolumeAttachment";
const interfaceAttachmentToken = "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment";
const addressAssociationToken = "aws:ec2/eipAssociation:EipAssociation";
const quick = { create: 1, update: 1, delete: 1 } as const;

const toInstance: Reference = {
  to: instanceToken,
  missing: { code: "InvalidInstanceID.NotFound", message: "The instance ID '{value}' does not exist" },
  holds: false,
};
const toVolume: Reference = {
  to: volumeToken,
  missing: { code: "InvalidVolume.NotFound", message: "The volume '{value}' does not exist." },
};
const toInterface: Reference = {
  to: interfaceToken,
  missing: {
    code: "InvalidNetworkInterfaceID.NotFound",
    message: "The networkInterface ID '{value}' does not exist",
  },
};
const toGateway: Reference = {
  to: internetGatewayToken,
  missing: {
    code: "InvalidInternetGatewayID.NotFound",
    message: "The internetGateway ID '{value}' does not exist",
  },
};

/** Zone of a volume, or of an instance by its subnet. */
function zoneOf(account: AccountView, token: string, id: string): string | undefined {
  const state = account.find(token, id)?.state;
  const subnet = account.find(subnetToken, text(state?.subnetId) ?? "");
  return text(state?.availabilityZone) ?? text(subnet?.state.availabilityZone);
}

function attachmentsOf(account: AccountView, before: Stored | undefined): readonly Stored[] {
  return account.all(volumeAttachmentToken).filter(({ id }) => id !== before?.id);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachVolume.html */
const volumeAttachment = refined<ec2.VolumeAttachmentArgs, ec2.VolumeAttachmentState>(volumeAttachmentToken, {
  references: { volumeId: toVolume, instanceId: toInstance },
  id: ({ hex }) => `vai-${hex(10)}`,
  keys: () => [],
  rules: [
    {
      when: ({ inputs, account }) =>
        zoneOf(account, volumeToken, inputs.volumeId) !== zoneOf(account, instanceToken, inputs.instanceId),
      code: "InvalidVolume.ZoneMismatch",
      says: ({ inputs }) =>
        `The volume '${inputs.volumeId}' is not in the same availability zone as instance '${inputs.instanceId}'`,
    },
    {
      when: ({ inputs, account, before }) =>
        attachmentsOf(account, before).some(({ state }) => state.volumeId === inputs.volumeId),
      code: "VolumeInUse",
      says: ({ inputs }) => `${inputs.volumeId} is already attached to an instance`,
    },
    {
      when: ({ inputs, account, before }) =>
        attachmentsOf(account, before).some(
          ({ state }) => state.instanceId === inputs.instanceId && state.deviceName === inputs.deviceName,
        ),
      code: "InvalidParameterValue",
      says: ({ inputs }) =>
        `Invalid value '${inputs.deviceName}' for unixDevice. Attachment point ${inputs.deviceName} is already in use`,
    },
  ],
  seconds: { create: 22, update: 1, delete: 12 },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html */
const networkInterface = refined<ec2.NetworkInterfaceArgs, ec2.NetworkInterfaceState>(interfaceToken, {
  references: { subnetId: toSubnet, "securityGroups[]": toSecurityGroup },
  id: ({ hex }) => `eni-0${hex(16)}`,
  rules: [
    {
      when: ({ inputs, account }) => {
        const [vpcId] = placementOf(account, [inputs.subnetId]).vpcs;
        return strayGroup(account, inputs.securityGroups, vpcId) !== undefined;
      },
      code: "InvalidParameter",
      says: ({ inputs, account }) => {
        const [vpcId] = placementOf(account, [inputs.subnetId]).vpcs;
        const group = strayGroup(account, inputs.securityGroups, vpcId)?.groupId ?? "";
        return `Security group ${group} and subnet ${inputs.subnetId} belong to different networks.`;
      },
    },
    {
      when: ({ inputs, account }) => misplacedOf(account, inputs) !== undefined,
      code: "InvalidParameterValue",
      says: ({ inputs, account }) => misplacedOf(account, inputs) ?? "",
    },
  ],
  keeps: ({ id }, holders) => {
    if (holders.length === 0) return;
    throw new Refusal("InvalidParameterValue", `Network interface '${id}' is currently in use.`);
  },
  seconds: { create: 2, update: 2, delete: 2 },
});

/** What is wrong with the first of an interface's addresses that cannot be. */
function misplacedOf(
  account: AccountView,
  { subnetId, privateIps = [] }: Plain<ec2.NetworkInterfaceArgs>,
): string | undefined {
  return privateIps.flatMap((address) => misplaced(account, subnetId, address) ?? [])[0];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html */
const interfaceAttachment = refined<ec2.NetworkInterfaceAttachmentArgs, ec2.NetworkInterfaceAttachmentState>(
  interfaceAttachmentToken,
  {
    references: { networkInterfaceId: toInterface, instanceId: toInstance },
    id: ({ hex }) => `eni-attach-0${hex(16)}`,
    keys: () => [],
    rules: [
      {
        when: ({ inputs, account, before }) =>
          account
            .all(interfaceAttachmentToken)
            .some(
              ({ id, state }) => state.networkInterfaceId === inputs.networkInterfaceId && id !== before?.id,
            ),
        code: "InvalidParameterValue",
        says: ({ inputs }) => `Network interface '${inputs.networkInterfaceId}' is currently in use.`,
      },
    ],
    seconds: { create: 5, update: 1, delete: 15 },
  },
);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html */
const addressAssociation = refined<ec2.EipAssociationArgs, ec2.EipAssociationState>(addressAssociationToken, {
  references: {
    allocationId: toAddress,
    instanceId: toInstance,
    networkInterfaceId: { ...toInterface, holds: false },
  },
  id: ({ hex }) => `eipassoc-0${hex(16)}`,
  outputs: ({ inputs, account }) => ({
    publicIp: text(account.find("aws:ec2/eip:Eip", inputs.allocationId ?? "")?.state.publicIp) ?? "",
  }),
  keys: () => [],
  rules: [
    {
      when: ({ inputs, account, before }) => twinOf(account, inputs, before) !== undefined,
      code: "Resource.AlreadyAssociated",
      says: ({ inputs, account, before }) =>
        `resource ${inputs.allocationId ?? ""} is already associated with associate-id ${twinOf(account, inputs, before)?.id ?? ""}`,
    },
  ],
  refuses: ({ inputs, account }) => {
    refuseUnreachable(account, inputs.instanceId ?? inputs.networkInterfaceId);
  },
  seconds: quick,
});

/** What has the address already, where it may not be taken away from that. */
function twinOf(
  account: AccountView,
  inputs: { readonly allocationId?: string | undefined; readonly allowReassociation?: boolean | undefined },
  before: Stored | undefined,
): Stored | undefined {
  if (inputs.allowReassociation === true || inputs.allocationId === undefined) return undefined;
  return account
    .all(addressAssociationToken)
    .find(({ id, state }) => state.allocationId === inputs.allocationId && id !== before?.id);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html */
const gatewayAttachment = refined<ec2.InternetGatewayAttachmentArgs, ec2.InternetGatewayAttachmentState>(
  gatewayAttachmentToken,
  {
    references: { internetGatewayId: toGateway, vpcId: toVpc },
    id: ({ inputs }) => `${inputs.internetGatewayId}:${inputs.vpcId}`,
    keys: () => [],
    rules: [
      {
        when: ({ inputs, account, before }) =>
          before === undefined && homeOf(account, inputs.internetGatewayId) !== undefined,
        code: "Resource.AlreadyAssociated",
        says: ({ inputs, account }) =>
          `resource ${inputs.internetGatewayId} is already attached to network ${homeOf(account, inputs.internetGatewayId) ?? ""}`,
      },
      {
        when: ({ inputs, account, before }) =>
          before === undefined &&
          [internetGatewayToken, gatewayAttachmentToken].some(
            (token) => inVpc(account, token, inputs.vpcId).length > 0,
          ),
        code: "InvalidParameterValue",
        says: ({ inputs }) => `Network ${inputs.vpcId} already has an internet gateway attached`,
      },
    ],
    seconds: { create: 2, update: 1, delete: 2 },
  },
);

/** The VPC that a gateway is attached to, by itself or by an attachment. */
function homeOf(account: AccountView, gatewayId: string): string | undefined {
  const attached = account
    .all(gatewayAttachmentToken)
    .find(({ state }) => state.internetGatewayId === gatewayId);
  return text(account.find(internetGatewayToken, gatewayId)?.state.vpcId) ?? text(attached?.state.vpcId);
}

/** What is plugged into something else. */
export const attachments: readonly AnyBehaviour[] = [
  volumeAttachment,
  networkInterface,
  interfaceAttachment,
  addressAssociation,
  gatewayAttachment,
];
