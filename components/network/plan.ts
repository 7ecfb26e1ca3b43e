import { contains, formatBlock, overlap, parseBlock, sizeOf } from "./cidr.ts";
import type { Block } from "./cidr.ts";

/** What a subnet is for; see `NetworkPlacement`. */
export type Tier = "public" | "private" | "database";

/** Blocks by tier, one per zone in the order of the zones. Without `database`, stores live in the private tier. */
export interface SubnetBlocks {
  readonly public: readonly string[];
  readonly private: readonly string[];
  readonly database?: readonly string[] | undefined;
}

/** One subnet to be made. */
export interface SubnetPlan {
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr: string;
}

/** What is wrong with a layout: where in the settings, and what. */
export interface LayoutProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Zones for which a planned layout keeps room, so that a zone can be added without moving a subnet. */
const zoneSlots = 4;

/**
 * Where each tier starts within the VPC and how much one of its subnets takes, as shares of the VPC. Four subnets a tier:
 * half of all addresses go to the private tier, since every pod takes one; the last three eighths stay free.
 */
const shares: Readonly<Record<Tier, { readonly startSixteenths: number; readonly extraBits: number }>> = {
  private: { startSixteenths: 0, extraBits: 3 },
  public: { startSixteenths: 8, extraBits: 6 },
  database: { startSixteenths: 9, extraBits: 6 },
};

/** The smallest subnet of each tier, as the longest prefix. AWS itself allows /16 to /28 (Amazon VPC user guide, "Subnet sizing"). */
const smallest: Readonly<Record<Tier, { readonly prefix: number; readonly reason: string }>> = {
  // Elastic Load Balancing user guide, "Subnets for your load balancer".
  public: { prefix: 27, reason: "a load balancer needs a /27" },
  private: { prefix: 24, reason: "every pod takes an address" },
  database: { prefix: 28, reason: "AWS allows no smaller subnet" },
};

/** The VPC sizes that can be planned: between what AWS allows at most and what leaves each tier its smallest subnet. */
const plannable = { largest: 16, smallest: 21 };

/** Tiers in the order in which subnets are listed. */
export const tiers: readonly Tier[] = ["public", "private", "database"];

/**
 * Divides a VPC's block into subnets, one per tier and zone, zone by zone. A zone appended to the list leaves the others'
 * blocks as they are. The VPC must be one that `findLayoutProblems` accepts.
 */
export function planSubnets(vpcCidr: string, zones: readonly string[]): readonly SubnetPlan[] {
  const vpc = parseBlock(vpcCidr);
  if (vpc === undefined || zones.length > zoneSlots) return [];
  return zones.flatMap((zone, index) =>
    tiers.map((tier) => ({ tier, zone, cidr: plannedBlock(vpc, tier, index) })),
  );
}

/** The subnets of explicit blocks, zone by zone, in the same order as planned ones. */
export function arrangeSubnets(blocks: SubnetBlocks, zones: readonly string[]): readonly SubnetPlan[] {
  return zones.flatMap((zone, index) =>
    tiers.flatMap((tier) => {
      const cidr = blocks[tier]?.[index];
      return cidr === undefined ? [] : [{ tier, zone, cidr }];
    }),
  );
}

/** Everything that AWS, or a platform on it, would not accept about a layout. */
export function findLayoutProblems(
  vpcCidr: string,
  subnets: "planned" | SubnetBlocks,
  zones: readonly string[],
): readonly LayoutProblem[] {
  const vpc = parseBlock(vpcCidr);
  if (vpc === undefined) {
    return [
      {
        path: ["cidr"],
        message: `must be the first address of a block and its size, such as 10.0.0.0/16, got ${vpcCidr}`,
      },
    ];
  }
  if (subnets === "planned") return findPlannedProblems(vpc);
  return [
    ...findVpcProblems(vpc, 28),
    ...tiers.flatMap((tier) => findTierProblems(vpc, tier, subnets[tier], zones)),
    ...findOverlaps(subnets),
  ];
}

function plannedBlock(vpc: Block, tier: Tier, index: number): string {
  const { startSixteenths, extraBits } = shares[tier];
  const prefix = vpc.prefix + extraBits;
  const start = vpc.first + (sizeOf(vpc) / 16) * startSixteenths;
  return formatBlock({ first: start + index * sizeOf({ first: 0, prefix }), prefix });
}

function findVpcProblems(vpc: Block, longest: number): readonly LayoutProblem[] {
  return vpc.prefix < plannable.largest || vpc.prefix > longest
    ? [{ path: ["cidr"], message: `must be a block from /16 to /${longest}, got ${formatBlock(vpc)}` }]
    : [];
}

function findPlannedProblems(vpc: Block): readonly LayoutProblem[] {
  return findVpcProblems(vpc, plannable.smallest).map(({ path, message }) => ({
    path,
    message: `${message}: give subnets explicit blocks, or the VPC another size`,
  }));
}

function findTierProblems(
  vpc: Block,
  tier: Tier,
  blocks: readonly string[] | undefined,
  zones: readonly string[],
): readonly LayoutProblem[] {
  if (blocks === undefined) return [];
  const count =
    blocks.length === zones.length
      ? []
      : [
          {
            path: ["subnets", tier],
            message: `must be one block per zone, got ${blocks.length} for ${zones.length} zones`,
          },
        ];
  return [
    ...count,
    ...blocks.flatMap((cidr, index) => {
      const message = describeBlockProblem(vpc, tier, cidr);
      return message === undefined ? [] : [{ path: ["subnets", tier, index], message }];
    }),
  ];
}

function describeBlockProblem(vpc: Block, tier: Tier, cidr: string): string | undefined {
  const block = parseBlock(cidr);
  if (block === undefined)
    return `must be the first address of a block and its size, such as 10.0.1.0/24, got ${cidr}`;
  if (!contains(vpc, block)) return `must lie inside the VPC's ${formatBlock(vpc)}, got ${cidr}`;
  const { prefix, reason } = smallest[tier];
  if (block.prefix > prefix) return `must be a /${prefix} or larger, got ${cidr}: ${reason}`;
  return undefined;
}

function findOverlaps(blocks: SubnetBlocks): readonly LayoutProblem[] {
  const all = tiers.flatMap((tier) =>
    (blocks[tier] ?? []).map((cidr, index) => ({
      path: ["subnets", tier, index],
      cidr,
      block: parseBlock(cidr),
    })),
  );
  return all.flatMap((later, position) => {
    const earlier = all
      .slice(0, position)
      .find(({ block }) => block !== undefined && later.block !== undefined && overlap(block, later.block));
    if (earlier === undefined) return [];
    return [
      {
        path: later.path,
        message: `must not overlap another subnet, got ${later.cidr}, which shares addresses with ${earlier.cidr}`,
      },
    ];
  });
}
