import { overlap, sizeOf } from "../aws/cidr.ts";
import type { Block } from "../aws/cidr.ts";
import { blockAt, nextBlock, parseBlock } from "./blocks.ts";

interface Spec {
  readonly type: string;
  readonly cidrMask?: number | undefined;
}

/** Kinds in the order in which they get their blocks, each with the widest one that it gets unasked. */
const widest = { private: 19, public: 20, isolated: 24 } as const;

/** One subnet of a zone. */
export interface Placed<Of extends Spec> {
  readonly spec: Of;
  readonly block: Block;
}

/** The subnets of each zone, as the strategy `Legacy` lays them out: an even share of the VPC for each zone, in it kind after kind. */
export function layOutLegacy<Of extends Spec>(
  cidrBlock: string,
  zones: number,
  specs: readonly Of[],
): readonly (readonly Placed<Of>[])[] {
  const vpc = parseBlock(cidrBlock);
  const share = vpc.prefix + Math.ceil(Math.log2(zones));
  return Array.from({ length: zones }, (_, zone) =>
    layOutZone({ first: vpc.first + zone * sizeOf(share), prefix: share }, specs),
  );
}

function layOutZone<Of extends Spec>(zone: Block, specs: readonly Of[]): readonly Placed<Of>[] {
  const bits = specs.length === 1 ? 0 : 1;
  const placed: Placed<Of>[] = [];
  for (const [type, unasked] of Object.entries(widest)) {
    const before = placed.at(-1)?.block;
    // Each kind starts in the block behind the last one of the kind before, which is as large as that one.
    const start = before === undefined ? zone : nextBlock(before);
    const ofType = specs.filter((spec) => spec.type.toLowerCase() === type);
    for (const [index, spec] of ofType.entries()) {
      const prefix = spec.cidrMask ?? Math.max(zone.prefix + bits, unasked);
      const wanted = { first: start.first + index * sizeOf(prefix), prefix };
      placed.push({ spec, block: freeBlock(wanted, placed.at(-1)?.block) });
    }
  }
  return placed;
}

function freeBlock(wanted: Block, previous: Block | undefined): Block {
  if (previous === undefined || !overlap(previous, blockAt(wanted.first, wanted.prefix))) return wanted;
  const last = previous.first + sizeOf(previous.prefix) - 1;
  return nextBlock(blockAt(last, wanted.prefix));
}

/** What a VPC has where the program does not say: half of a zone for private subnets, a quarter for public ones. */
export function legacyDefaults(cidrBlock: string, zones: number): readonly Spec[] {
  const share = parseBlock(cidrBlock).prefix + Math.ceil(Math.log2(zones));
  return [
    { type: "Private", cidrMask: share + 1 },
    { type: "Public", cidrMask: share + 2 },
  ];
}
