import type { Properties } from "../model.ts";
import { text } from "../values.ts";
import { ComponentError, notSimulated, shape, shapeOfList, shapeOfRecord, shapeOfText } from "./arguments.ts";
import { cidrOf, overlap, sizeOf } from "../aws/cidr.ts";
import type { Block } from "../aws/cidr.ts";
import { blockAt, lastHost, nextBlock, parseBlock } from "./blocks.ts";
import { layOutLegacy, legacyDefaults } from "./subnet-legacy.ts";

/** What the program says about the subnets of one kind. */
export interface SubnetSpec {
  readonly type: string;
  readonly name?: string | undefined;
  readonly cidrBlocks?: readonly string[] | undefined;
  readonly cidrMask?: number | undefined;
  readonly tags?: unknown;
}

/** One subnet to be made. */
export interface PlannedSubnet {
  /** The logical name. */
  readonly name: string;
  readonly type: string;
  /** 0-based place of its zone in the list. */
  readonly zone: number;
  readonly cidrBlock: string;
  /** The spec's own tags. */
  readonly tags: unknown;
}

/** The subnets zone by zone, within a zone in the order of the specs, and what the component says about the layout. */
export interface Layout {
  readonly subnets: readonly PlannedSubnet[];
  /** `undefined` for the strategy `Legacy`: how that says its layout is not simulated. */
  readonly described: readonly Properties[] | undefined;
}

interface LayoutRequest {
  readonly name: string;
  readonly cidrBlock: string;
  readonly zones: number;
  readonly strategy: string;
  readonly specs: readonly SubnetSpec[] | undefined;
}

const componentType = "awsx:ec2:Vpc";

/** Lays the subnets out as the strategies do, and refuses what they refuse. */
export function layOutSubnets(request: LayoutRequest): Layout {
  const { name, cidrBlock, zones, strategy, specs: given } = request;
  if (strategy === "Legacy") {
    if (given !== undefined) refuseSpecs(given, zones);
    const placed = layOutLegacy(cidrBlock, zones, given ?? legacyDefaults(cidrBlock, zones));
    const subnets = placed.flatMap((ofZone, zone) =>
      ofZone.map(({ spec, block }) => plannedSubnet(name, zone, spec, cidrOf(block))),
    );
    refuseOverlaps(subnets);
    return { subnets, described: undefined };
  }
  const specs = chooseSpecs(request);
  const explicit = specs.some(({ cidrBlocks }) => cidrBlocks !== undefined);
  const blocks = explicit ? specs.map((spec) => spec.cidrBlocks ?? []) : divide(cidrBlock, zones, specs);
  const subnets = Array.from({ length: zones }, (_, zone) =>
    specs.map((spec, index) => plannedSubnet(name, zone, spec, blocks[index]?.[zone] ?? "")),
  ).flat();
  refuseOverlaps(subnets);
  if (strategy === "Exact") refuseGaps(cidrBlock, subnets);
  return { subnets, described: specs.map(describeSpec) };
}

function plannedSubnet(vpc: string, zone: number, spec: SubnetSpec, cidrBlock: string): PlannedSubnet {
  const { type, name = type.toLowerCase(), tags } = spec;
  return { name: `${vpc}-${name}-${zone + 1}`, type, zone, cidrBlock, tags };
}

function chooseSpecs({ cidrBlock, zones, strategy, specs }: LayoutRequest): readonly SubnetSpec[] {
  if (strategy !== "Auto" && strategy !== "Exact") {
    throw notSimulated(componentType, `the subnet strategy '${strategy}'`);
  }
  if (specs !== undefined) {
    refuseSpecs(specs, zones);
    return specs;
  }
  if (strategy === "Exact")
    throw notSimulated(componentType, "the subnet strategy 'Exact' without subnetSpecs");
  return defaultSpecs(parseBlock(cidrBlock).prefix + newBits(zones));
}

/** Reads the specs from the component's arguments. */
export function readSubnetSpecs(value: unknown): readonly SubnetSpec[] | undefined {
  return shapeOfList(value)?.map((item) => {
    const { type, name, cidrBlocks, cidrMask, tags, ...rest } = shapeOfRecord(item);
    const [unread] = Object.keys(rest);
    if (unread !== undefined) throw notSimulated(componentType, `'${unread}' in subnetSpecs`);
    const mask = shape(cidrMask);
    return {
      type: shapeOfText(type) ?? "",
      name: shapeOfText(name),
      cidrBlocks: shapeOfList(cidrBlocks)?.map((block) => text(block) ?? ""),
      cidrMask: typeof mask === "number" ? mask : undefined,
      tags,
    };
  });
}

/** Private ones of half a zone, public ones of a quarter; of a VPC wider than a /16 per zone only that much. */
function defaultSpecs(zoneBits: number): readonly SubnetSpec[] {
  if (zoneBits > 26) {
    throw new ComponentError(
      `Automatic subnet creation requires a VPC with at least /26 available per AZ, but only /${zoneBits} is available.` +
        "If you do need very small subnets, please specify them explicitly.",
    );
  }
  const bits = Math.max(zoneBits, 16);
  return [
    { type: "Private", cidrMask: bits + 1 },
    { type: "Public", cidrMask: bits + 2 },
  ];
}

/** Prefix bits that tell `count` blocks apart. */
function newBits(count: number): number {
  return Math.ceil(Math.log2(count));
}

/** Blocks by spec and zone: each zone an equal share, within it one spec after the other, each aligned to its own size. */
function divide(
  cidrBlock: string,
  zones: number,
  specs: readonly SubnetSpec[],
): readonly (readonly string[])[] {
  if (specs.length === 0) throw new ComponentError("No subnets specified");
  const vpc = parseBlock(cidrBlock);
  const zoneBits = vpc.prefix + newBits(zones);
  const masks = specs.map(({ cidrMask }) => cidrMask ?? zoneBits + newBits(specs.length));
  const [room, needed] = [sizeOf(zoneBits), masks.reduce((sum, bits) => sum + sizeOf(bits), 0)];
  if (needed > room) {
    throw new ComponentError(
      `Subnets are too large for VPC. VPC has ${room} addresses, but subnets require ${needed} addresses.`,
    );
  }
  const byZone = Array.from({ length: zones }, (_, zone) => fill(vpc.first + zone * room, masks));
  return masks.map((_, index) => byZone.map((blocks) => cidrOf(blocks[index] ?? vpc)));
}

function fill(start: number, masks: readonly number[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const bits of masks) {
    const previous = blocks.at(-1);
    const last = previous === undefined ? undefined : previous.first + sizeOf(previous.prefix) - 1;
    blocks.push(last === undefined ? blockAt(start, bits) : nextBlock(blockAt(last, bits)));
  }
  return blocks;
}

function describeSpec({ name, type, cidrBlocks, cidrMask }: SubnetSpec): Properties {
  return { name, type, cidrBlocks, cidrMask };
}

function refuseSpecs(specs: readonly SubnetSpec[], zones: number): void {
  const explicit = specs.some(({ cidrBlocks }) => cidrBlocks !== undefined);
  const issues = [
    ...duplicateIssues(specs),
    ...(explicit ? specs.flatMap((spec, index) => blockIssues(spec, index, zones)) : []),
  ];
  if (issues.length > 0)
    throw new ComponentError(`Invalid subnet specifications:\n - ${issues.join("\n - ")}`);
}

function duplicateIssues(specs: readonly SubnetSpec[]): readonly string[] {
  const types = [...new Set(specs.map(({ type }) => type.toLowerCase()))];
  const ambiguous = types.filter((type) => {
    const names = specs.filter((spec) => spec.type.toLowerCase() === type).map(({ name }) => name);
    return new Set(names).size < names.length;
  });
  return ambiguous.map(
    (type) =>
      `Multiple subnet specs of type "${type}" require unique names. You can have at most one unnamed subnet per type. ` +
      'All other subnets of the same type must have unique "name" properties to avoid duplicate resource names.',
  );
}

function blockIssues({ cidrBlocks, cidrMask }: SubnetSpec, index: number, zones: number): readonly string[] {
  if (cidrBlocks === undefined) {
    return ["If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks."];
  }
  if (cidrBlocks.length !== zones) {
    return [
      `The number of CIDR blocks in subnetSpecs[${index}] must match the number of availability zones (${zones}).`,
    ];
  }
  const agrees = cidrMask === undefined || cidrBlocks.every((block) => parseBlock(block).prefix === cidrMask);
  return agrees
    ? []
    : [`The cidrMask in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`];
}

function refuseOverlaps(subnets: readonly PlannedSubnet[]): void {
  const blocks = subnets.map(({ cidrBlock }) => parseBlock(cidrBlock));
  const clashing = subnets.filter((_, left) =>
    blocks.some((block, right) => left !== right && overlap(block, blocks[left] ?? block)),
  );
  if (clashing.length === 0) return;
  const lines = clashing.map(({ name, cidrBlock }, index) => `${index + 1}. ${name}: ${cidrBlock}\n`);
  throw new ComponentError(
    "The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, " +
      `reduce the size of the subnets per AZ, or use less Availability Zones:\n\n${lines.join("")}`,
  );
}

function refuseGaps(cidrBlock: string, subnets: readonly PlannedSubnet[]): void {
  const vpc = parseBlock(cidrBlock);
  const labelled = subnets.map(({ name, cidrBlock: own }) => ({
    label: `${name} (${own})`,
    name,
    block: parseBlock(own),
  }));
  const gaps = labelled.flatMap(({ label, block }, index) => {
    const previous = labelled[index - 1];
    if (previous === undefined) {
      return block.first === vpc.first
        ? []
        : [`${label} does not start at the beginning of the VPC (${cidrBlock})`];
    }
    return block.first === nextBlock(previous.block).first ? [] : [`${previous.label} <=> ${label}`];
  });
  const last = labelled.at(-1);
  if (last !== undefined && lastHost(last.block) !== lastHost(vpc)) {
    // The stray brace is the real component's.
    gaps.push(`${last.name} (ending ${lastHost(last.block)}) ends before VPC ends (at ${lastHost(vpc)}})`);
  }
  if (gaps.length === 0) return;
  throw new ComponentError(
    `There are gaps in the subnet ranges. Please fix the following gaps: ${gaps.join(", ")}`,
  );
}
