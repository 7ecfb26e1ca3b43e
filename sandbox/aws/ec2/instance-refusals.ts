import type { AccountView, Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { addressIn, blockOf, sizeOf } from "../cidr.ts";
import type { Block } from "../cidr.ts";
import { imageIdOf, images } from "../invokes/image-catalogue.ts";
import { placementOf, strayGroup } from "../placement.ts";
import type { Rule } from "../refuse-first.ts";
import { subnetToken } from "./references.ts";

/** A network interface that the program brings. */
interface Attached {
  readonly networkInterfaceId: string;
}

/** A volume as an instance starts with it. */
interface Disk {
  readonly volumeType?: string | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
}

/** What a machine is asked to be. */
export interface Inputs {
  readonly ami?: string | undefined;
  readonly instanceType?: string | undefined;
  readonly subnetId?: string | undefined;
  readonly vpcSecurityGroupIds?: readonly string[] | undefined;
  readonly availabilityZone?: string | undefined;
  readonly associatePublicIpAddress?: boolean | undefined;
  readonly privateIp?: string | undefined;
  readonly rootBlockDevice?: Disk | undefined;
  readonly ebsBlockDevices?: readonly Disk[] | undefined;
  readonly networkInterfaces?: readonly Attached[] | undefined;
  readonly primaryNetworkInterface?: Attached | undefined;
}

/** A request, and what it would change. */
export interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

/** Families with AWS's own processors have a `g` after their generation: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
function architectureOf(instanceType: string): "x86_64" | "arm64" {
  return /^(?:a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}

function imageOf({ inputs, region }: Request): "x86_64" | "arm64" | undefined {
  return images.find((image) => imageIdOf(image, region) === inputs.ami)?.architecture;
}

function strayOf(inputs: Inputs, account: AccountView): string | undefined {
  if (inputs.subnetId === undefined) return undefined;
  const [vpcId] = placementOf(account, [inputs.subnetId]).vpcs;
  return strayGroup(account, inputs.vpcSecurityGroupIds, vpcId)?.groupId;
}

/** The first and the last addresses of a subnet are AWS's own: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
function isReserved(place: number, size: number): boolean {
  return (place >= 0 && place < 4) || place === size - 1;
}

function complainOfAddress(address: string, { first, prefix }: Block): string | undefined {
  const [place, size] = [addressIn(address) - first, sizeOf(prefix)];
  if (isReserved(place, size)) return `Address ${address} is in subnet's reserved address range`;
  const isOutside = place < 0 || place >= size;
  return isOutside ? `Address ${address} does not fall within the subnet's address range` : undefined;
}

/** What is wrong with the address that something in a subnet is to have; `""` is the provider's for no wish. */
export function misplaced(account: AccountView, subnetId = "", address = ""): string | undefined {
  const block = blockOf(text(account.find(subnetToken, subnetId)?.state.cidrBlock) ?? "");
  return block === undefined || address === "" ? undefined : complainOfAddress(address, block);
}

/** Types whose speed cannot be chosen: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html. The provider says so before EC2 is asked to start a machine. */
function overTuned({ inputs, before }: Request): string | undefined {
  if (before !== undefined) return undefined;
  const { rootBlockDevice, ebsBlockDevices = [] } = inputs;
  const disks = [
    ...(rootBlockDevice === undefined ? [] : [{ of: "root_block_device", ...rootBlockDevice }]),
    ...ebsBlockDevices.map((disk) => ({ of: "ebs_block_device", ...disk })),
  ];
  const complaints = disks.flatMap(({ of, volumeType, iops = 0, throughput = 0 }) => {
    if (volumeType === undefined) return [];
    const says = (what: string): string[] => [
      `creating resource: ${what} attribute not supported for ${of} with volume_type ${volumeType}`,
    ];
    if (iops > 0 && !/^(?:gp3|io[12])$/.test(volumeType)) return says("iops");
    return throughput > 0 && volumeType !== "gp3" ? says("throughput") : [];
  });
  return complaints[0];
}

/** Whether the image is for another kind of processor than the machine's. */
function isForOther(request: Request): boolean {
  const [image, { instanceType }] = [imageOf(request), request.inputs];
  return image !== undefined && instanceType !== undefined && architectureOf(instanceType) !== image;
}

/** Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const instanceRules: readonly Rule<Request>[] = [
  {
    when: (request) => overTuned(request) !== undefined,
    code: "InvalidParameterCombination",
    says: (request) => overTuned(request) ?? "",
  },
  {
    when: ({ inputs }) =>
      inputs.ami !== undefined && !/^(?:ami-(?:[0-9a-f]{8}|[0-9a-f]{17})|resolve:ssm:.+)$/.test(inputs.ami),
    code: "InvalidAMIID.Malformed",
    says: ({ inputs }) => `Invalid id: "${inputs.ami ?? ""}"`,
  },
  {
    when: ({ inputs }) =>
      inputs.instanceType !== undefined && !/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(inputs.instanceType),
    code: "InvalidParameterValue",
    says: ({ inputs }) => `Invalid value '${inputs.instanceType ?? ""}' for InstanceType.`,
  },
  {
    when: isForOther,
    code: "InvalidParameterValue",
    says: (request) =>
      `The architecture '${architectureOf(request.inputs.instanceType ?? "")}' of the specified instance type does not match the architecture '${imageOf(request) ?? ""}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
  },
  {
    when: ({ inputs, account }) => strayOf(inputs, account) !== undefined,
    code: "InvalidParameter",
    says: ({ inputs, account }) =>
      `Security group ${strayOf(inputs, account) ?? ""} and subnet ${inputs.subnetId ?? ""} belong to different networks.`,
  },
  {
    when: ({ inputs, account }) => misplaced(account, inputs.subnetId, inputs.privateIp) !== undefined,
    code: "InvalidParameterValue",
    says: ({ inputs, account }) => misplaced(account, inputs.subnetId, inputs.privateIp) ?? "",
  },
];
