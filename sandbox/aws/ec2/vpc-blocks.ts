import type { ec2 } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { blockOf, contains, overlap } from "../cidr.ts";
import type { Block } from "../cidr.ts";
import { refined } from "../specification/refined.ts";
import { inVpc, toVpc, vpcToken } from "./references.ts";

const associationToken = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export function isVpcSize({ prefix }: Block): boolean {
  return prefix >= 16 && prefix <= 28;
}

/** The block of a VPC, a subnet or an association. */
export function blockIn({ state }: Stored): Block | undefined {
  return blockOf(text(state.cidrBlock) ?? "");
}

/** The blocks that the subnets of a VPC may lie in: its first one, and those added to it; none where the first one is from a pool, and so not known. */
export function blocksOf(account: AccountView, vpcId: string): readonly Block[] {
  const vpc = account.find(vpcToken, vpcId);
  const first = vpc && blockIn(vpc);
  if (first === undefined) return [];
  return [first, ...inVpc(account, associationToken, vpcId).flatMap((one) => blockIn(one) ?? [])];
}

/** RFC 1918: what lies in one of them can be joined by the others of the same one, and by public blocks. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap(
  (cidr) => blockOf(cidr) ?? [],
);

function rangeOf(block: Block | undefined): Block | undefined {
  return block && privateRanges.find((range) => contains(range, block));
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions */
function isRestricted(block: Block, first: Block | undefined): boolean {
  const [wanted, own] = [rangeOf(block), rangeOf(first)];
  return wanted !== undefined && own !== undefined && wanted !== own;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html */
const association = refined<ec2.VpcIpv4CidrBlockAssociationArgs, ec2.VpcIpv4CidrBlockAssociationState>(
  associationToken,
  {
    references: { vpcId: toVpc },
    id: ({ hex }) => `vpc-cidr-assoc-0${hex(16)}`,
    keys: () => [],
    rules: [
      {
        when: ({ inputs }) => {
          const block = blockOf(inputs.cidrBlock ?? "");
          return block !== undefined && !isVpcSize(block);
        },
        code: "InvalidVpc.Range",
        says: ({ inputs }) => `The CIDR '${inputs.cidrBlock ?? ""}' is invalid.`,
      },
      {
        when: ({ inputs, account }) => {
          const block = blockOf(inputs.cidrBlock ?? "");
          return block !== undefined && isRestricted(block, blocksOf(account, inputs.vpcId)[0]);
        },
        code: "InvalidVpc.Range",
        says: ({ inputs }) =>
          `The CIDR '${inputs.cidrBlock ?? ""}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html`,
      },
      {
        when: ({ inputs, account, before }) => {
          const block = blockOf(inputs.cidrBlock ?? "");
          const own = blocksOf(account, inputs.vpcId);
          return before === undefined && block !== undefined && own.some((one) => overlap(one, block));
        },
        code: "CidrConflict",
        says: ({ inputs }) => `The CIDR '${inputs.cidrBlock ?? ""}' conflicts with another CIDR of the VPC.`,
      },
    ],
    seconds: { create: 10, update: 1, delete: 10 },
  },
);

/** Addresses that a VPC is given after the first ones. */
export const vpcBlocks: readonly AnyBehaviour[] = [association];
